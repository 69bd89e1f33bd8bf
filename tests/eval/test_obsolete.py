"""Which cases a change of the articles made obsolete, and which changes make none."""

from dataclasses import replace

import pytest

from agent.types import Decision
from eval.golden.case import Case
from eval.golden.obsolete import obsolete
from kb.types import Article
from tests.agent.fakes import article

RETURNS = """---
title: Returns
---
You can send anything back within 30 days of the day on which it arrived. Custom frames can't be
returned. The return label costs $6.95, which we take off the refund.

## Refurbished frames

Refurbished frames have a warranty of 12 months. Their claims are decided within 30 days.

| Frame | Fits | Print by |
|---|---|---|
| FR-20 | 20 × 30 cm | 14 March 2026 |
| FR-40 | 40 × 60 cm | 21 March 2026 |

To print the label, open **Settings > Orders > Returns** in version 4.6 or later.
"""
SHIPPING = "---\ntitle: Shipping\n---\nParcels leave our warehouse within two working days.\n"
CASE = Case(
    "g1",
    "how long until i must send a frame back?",
    Decision.ANSWER,
    "It can go back within 30 days.",
    ("returns.md",),
)


def center(returns: str | None, shipping: str = SHIPPING) -> list[Article]:
    texts = {"returns.md": returns, "shipping.md": shipping}
    return [article(path, text) for path, text in texts.items() if text is not None]


def named(case: Case, returns: str | None) -> list[str]:
    return [item.message for item in obsolete([case], center(returns), center(RETURNS))]


def edited(before: str, after: str) -> str:
    assert before in RETURNS
    return RETURNS.replace(before, after)


@pytest.mark.parametrize(
    ("reference", "before", "after"),
    [
        (
            "It can go back within 30 days.",
            "within 30 days of the day",
            "within 45 days of the day",
        ),
        ("The return label costs $6.95.", "$6.95", "$9.95"),
        ("A refurbished frame has 12 months of warranty.", "12 months", "6 months"),
        ("The FR-40 must be printed by 21 March 2026.", "21 March 2026", "28 March 2026"),
        ("An FR-40.", "FR-40", "FR-44"),
        ("Open Settings > Orders > Returns.", "Orders > Returns", "Purchases > Labels"),
        ("You need version 4.6.", "version 4.6", "version 5.0"),
    ],
)
def test_a_value_that_is_told_no_more_is_named(reference: str, before: str, after: str) -> None:
    case = replace(CASE, reference=reference)
    (message,) = named(case, edited(before, after))
    assert message.startswith("returns.md told “")


def test_the_sentence_is_shown_as_it_was_and_as_it_is() -> None:
    (remark,) = obsolete(
        [CASE], center(edited("30 days of the day", "45 days of the day")), center(RETURNS)
    )
    assert (remark.case_id, remark.rule, remark.error, remark.path) == (
        *("g1", "obsolete", True),
        "returns.md",
    )
    assert remark.message == (
        "returns.md told “30 days” in “You can send anything back within 30 days of the day on "
        "which it arrived.”, and says “You can send anything back within 45 days of the day on "
        "which it arrived.” now"
    )


def test_the_same_value_about_something_else_keeps_no_case_alive() -> None:
    """Claims are still decided within 30 days."""
    assert named(CASE, edited("within 30 days of the day", "within 45 days of the day"))


def test_a_fact_counts_as_a_reference_does() -> None:
    case = replace(CASE, reference="", says=("within 30 days",))
    assert named(case, edited("within 30 days of the day", "within 45 days of the day"))
    words = replace(CASE, reference="", says=("Custom frames can't be returned",))
    assert named(words, edited("Custom frames can't be\nreturned. ", ""))


def test_an_article_that_is_gone_is_named_and_one_that_moved_with_its_new_place() -> None:
    assert named(CASE, None) == ["its article returns.md is gone"]
    moved = [article("help/returns.md", RETURNS), article("shipping.md", SHIPPING)]
    same = replace(moved[0], content_hash=center(RETURNS)[0].content_hash)
    (remark,) = obsolete([CASE], [same, moved[1]], center(RETURNS))
    assert remark.message == "its article returns.md is gone; help/returns.md is the same"


@pytest.mark.parametrize(
    "after",
    [
        RETURNS.replace("within 30 days of the day", "for thirty days after the day"),
        RETURNS.replace(
            "You can send anything back within 30 days",
            "Within **30 days** you may return anything, counted from the end",
        ),
        RETURNS.replace("12 months", "one year").replace("Custom", "Made-to-measure"),
        "\n\n## ".join(reversed(RETURNS.split("\n\n## "))),
        RETURNS.replace(". ", ".\n\n"),
        RETURNS.replace("$6.95", "6.95 US dollars"),
        RETURNS
        + "\nOur shop has 14 branches, open from 9 am to 6 pm, and 99 % of you like them.\n",
        RETURNS.replace("title: Returns", "title: Returns\nowner: somebody@else.example"),
        RETURNS.replace("12 months", "18 months"),
    ],
)
def test_other_words_order_and_form_make_no_case_obsolete(after: str) -> None:
    case = replace(CASE, reference="It can go back within 30 days. The label costs $6.95.")
    assert after != RETURNS
    assert named(case, after) == []


def test_what_was_never_told_is_not_lost() -> None:
    case = replace(CASE, reference="It can go back within 21 days, for $3.50.")
    assert named(case, edited("30 days of the day", "45 days of the day")) == []


def test_a_change_of_another_article_is_none_of_the_case() -> None:
    now = center(RETURNS, SHIPPING.replace("two working days", "five working days"))
    assert obsolete([CASE], now, center(RETURNS)) == []
