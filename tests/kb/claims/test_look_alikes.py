"""Values of two small articles: what contradicts, and what only looks as if it did."""

from datetime import date

import pytest

from kb.corpus import Corpus
from kb.detectors.contradiction import plugin
from kb.parse import Defaults, parse
from kb.settings import HygieneSettings
from kb.types import Document


def reported(*texts: str) -> bool:
    articles = [
        parse(Document(f"d:{n}", "d", f"{n}.md", "text/markdown", text.encode(), "1"), Defaults())
        for n, text in enumerate(texts)
    ]
    return bool(list(plugin.detect(Corpus(articles, date(2026, 1, 1), HygieneSettings()))))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Sessions end after 30 minutes of inactivity.",
            "You are signed out after 15 minutes without activity.",
        ),
        ("Passwords are hashed with bcrypt.", "Passwords are hashed with Argon2."),
        ("Reports are sent every Monday.", "Reports are sent every Friday."),
        ("Min 8 characters", "Registration and password changes require at least 12"),
        ("Our data centers are located in Germany.", "Our data centers are located in France."),
        (
            "If the token is missing, the API returns 401.",
            "If the token is missing, it returns 403.",
        ),
        ("Pro costs $12 per user per month.", "The Pro plan is $15 per user and month."),
        ("A post holds up to 5 files.", "The option to add at most 10 files to a post is new."),
    ],
)
def test_values_that_exclude_each_other_are_reported(one: str, other: str) -> None:
    assert reported(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The page size is 25 by default.", "The page size can be at most 100."),
        ("The default interval is one hour.", "You can set the interval to 15 minutes."),
        ("`read_timeout` defaults to 60 seconds.", "`write_timeout` defaults to 10 seconds."),
        (
            "For lists, names have up to 32 characters.",
            "Names have 255 characters for files.",
        ),
        ("The trial lasts 14 days.", "A reminder comes 3 days before the trial ends."),
        ("Invite two teammates.", "You can invite up to ten teammates."),
        ("When it is less than 1 MB, it takes 5 s.", "When it is more than 1 MB, it takes 60 s."),
        ("At least 4 GB of RAM are required.", "At least 20 GB of disk space are required."),
        ("The API allows one call per second.", "3,600 calls per hour are allowed."),
        ("Press Ctrl+K to search.", "Press Cmd+K to search."),
    ],
)
def test_values_that_both_hold_are_not_reported(one: str, other: str) -> None:
    assert not reported(one, other)
