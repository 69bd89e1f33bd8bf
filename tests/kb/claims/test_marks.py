"""A claim knows where the words that carry it stand in the article's source."""

import pytest

from kb.claims.extract import extract
from kb.claims.vocabulary import vocabulary
from kb.parse import Defaults, parse
from kb.types import Document


def marked(text: str) -> list[str]:
    article = parse(Document("d:a", "d", "a.md", "text/markdown", text.encode(), "1"), Defaults())
    claims = extract(article, vocabulary([article]))
    return [article.text[slice(*claim.mark)] for claim in claims if claim.mark]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Logs are kept for 30 days.", "30 days"),
        ("With 15 or **5** [users](https://acme.test/5) at most 25 MB.", "25 MB"),
        ("Files can be up to **25** MB.", "25** MB"),
        ("Deleted files can't be restored.", "can't"),
        ("| Plan | Limit |\n|---|---|\n| Pro | 50 users |\n| Free | 5 users |\n", "50 users"),
    ],
)
def test_the_words_that_carry_a_claim_are_marked_in_the_source(text: str, mark: str) -> None:
    assert mark in marked(text)


def test_the_value_that_is_meant_is_marked_where_another_has_the_same_digits() -> None:
    text = "[5](https://acme.test/5) of 15 jobs run for 5 minutes."
    assert "5 minutes" in marked(text)
