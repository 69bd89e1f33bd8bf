"""When an article has to be looked at again."""

from dataclasses import replace
from datetime import date

import pytest

from kb.errors import ConfigError
from kb.review import due_on, review_days, within_review
from kb.settings import HygieneSettings
from kb.types import Article
from tests.kb.articles import article

SETTINGS = HygieneSettings(
    review_by_path={"legal/**": 30, "legal/archive/**": 400, "*.faq.md": 60},
    review_by_owner={"Support@acme.test": 45},
)


@pytest.mark.parametrize(
    ("path", "owner", "days"),
    [
        ("guides/a.md", "", 180),
        ("policies/a.md", "", 90),
        ("guides/a.md", "support@acme.test", 45),
        ("policies/a.md", "support@acme.test", 45),
        ("legal/a.md", "support@acme.test", 30),
        ("legal/archive/a.md", "", 400),
        ("guides/deep/billing.faq.md", "support@acme.test", 60),
    ],
)
def test_a_path_goes_before_an_owner_and_an_owner_before_the_defaults(
    path: str, owner: str, days: int
) -> None:
    assert review_days(article(path, "# A\n", owner=owner), SETTINGS) == days


def test_a_tag_makes_an_article_a_policy() -> None:
    tagged = replace(article("a.md", "# A\n"), tags=("Policy",))
    assert review_days(tagged, HygieneSettings()) == 90


def test_the_last_day_of_the_cycle_is_within_it() -> None:
    page = article("a.md", "# A\n", reviewed=date(2026, 1, 1))
    assert within_review(page, HygieneSettings(), date(2026, 6, 30))
    assert not within_review(page, HygieneSettings(), date(2026, 7, 1))


def test_what_nobody_reviewed_is_not_within_its_cycle_however_new() -> None:
    page = article("a.md", "# A\n", updated=date(2026, 11, 19))
    assert due_on(page, HygieneSettings()) is None
    assert not within_review(page, HygieneSettings(), date(2026, 11, 20))


def test_authors_may_name_the_day_of_the_next_review() -> None:
    def due(**extra: str) -> date | None:
        page: Article = article("a.md", "# A\n", reviewed=date(2026, 1, 1))
        return due_on(replace(page, extra=extra), HygieneSettings())

    assert due(next_review="2027-03-01") == date(2027, 3, 1)
    assert due(expires="some day") == date(2026, 6, 30)


def test_what_is_no_pattern_is_named() -> None:
    with pytest.raises(ConfigError, match=r"\[z-a\]"):
        review_days(article("a.md", "# A\n"), HygieneSettings(review_by_path={"[z-a]": 3}))
