"""Claims come from sentences, items, steps and cells, with exact spans; talk about the past,
examples and suppositions claims nothing."""

import pytest

from kb.claims.claim import Claim
from kb.claims.extract import extract
from kb.claims.values import ValueKind
from kb.claims.vocabulary import vocabulary
from tests.kb.articles import article


def claims(text: str, path: str = "billing.md") -> list[Claim]:
    one = article(path, text)
    return extract(one, vocabulary([one]))


def stated(text: str, path: str = "billing.md") -> list[str]:
    return [claim.value.text for claim in claims(text, path) if claim.value]


def test_the_quote_is_the_source_of_the_statement() -> None:
    text = "# Trial\n\nHello. The **trial** lasts 14 days. Bye.\n"
    one = article("trial.md", text)
    (claim,) = [c for c in extract(one, vocabulary([one])) if c.value]
    assert one.text[claim.spot.start : claim.spot.end] == "The **trial** lasts 14 days."
    assert claim.spot.text == "The trial lasts 14 days."


def test_a_cell_is_about_its_row_and_its_column() -> None:
    text = "| Plan | Price per month |\n|---|---|\n| Orchid | $9 |\n"
    (claim,) = [c for c in claims(text) if c.value]
    assert claim.exact
    assert {"orchid", "month"} <= claim.own
    assert claim.value is not None
    assert claim.value.per == "month"


def test_a_yes_or_no_cell_is_a_claim() -> None:
    (claim,) = claims("| Function | iOS |\n|---|---|\n| Widgets | no |\n")
    assert (claim.kind, claim.sign) == (ValueKind.POLARITY, -1)


@pytest.mark.parametrize(
    "text",
    [
        "The limit used to be 10 MB.",
        "Until 2023 the fee was $5.",
        "For example, 200 contacts take 5 minutes.",
        "Suppose you had twelve sensors.",
        "Does the trial last 14 days?",
        'The message says "wait 10 minutes".',
        "If you have 20 users, ask us.",
        "Select 30 days.",
        "Problem: the link expires after 5 minutes.",
    ],
)
def test_history_examples_questions_and_choices_claim_no_value(text: str) -> None:
    assert stated(text) == []


def test_a_changelog_claims_nothing() -> None:
    assert stated("The trial lasts 14 days.") == ["14 days"]
    assert stated("The trial lasts 14 days.", "release-notes.md") == []


def test_a_pronoun_means_what_the_sentence_before_spoke_of() -> None:
    found = claims("Open the reset link. It is valid for 15 minutes.")
    (claim,) = [c for c in found if c.value]
    assert {"reset", "link"} <= set(claim.profile)
