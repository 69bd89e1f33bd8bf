"""What changed in articles: sentences beside each other, and the values that they state."""

from dataclasses import replace

from eval.diff.articles import ArticleChange, diff_articles
from tests.kb.articles import article

REFUNDS = article(
    "refunds.md",
    "# Refunds\nWe refund within 30 days of delivery. Shipping is not refunded.\n"
    "## Exceptions\nGift cards can't be returned.\n",
    owner="Ada",
)


def changed(text: str) -> ArticleChange:
    (found,) = diff_articles([REFUNDS], [article("refunds.md", text, owner="Ada")])
    return found


def test_a_changed_value_is_named_before_and_after() -> None:
    found = changed(REFUNDS.text.replace("30 days", "14 days"))
    assert (found.kind, found.values) == ("changed", (("30 days", "14 days"),))
    (edit,) = found.edits
    assert (edit.heading, edit.before, edit.after) == (
        "Refunds",
        "We refund within 30 days of delivery.",
        "We refund within 14 days of delivery.",
    )
    assert [run.text for run in edit.words.after if run.differs] == ["14"]
    assert (found.removed, found.added) == (1, 1)


def test_a_reworded_sentence_changes_no_value() -> None:
    found = changed(REFUNDS.text.replace("We refund", "You get a refund"))
    assert found.values == ()
    assert len(found.edits) == 1


def test_sentences_that_came_and_went_have_no_partner() -> None:
    text = REFUNDS.text.replace("Shipping is not refunded.", "").replace(
        "Gift cards can't be returned.", "Gift cards can't be returned. Call 112 in an emergency."
    )
    edits = [(edit.before, edit.after) for edit in changed(text).edits]
    assert edits == [("Shipping is not refunded.", ""), ("", "Call 112 in an emergency.")]


def test_added_removed_and_renamed_articles_are_told_apart() -> None:
    moved = article("billing/refunds.md", REFUNDS.text, owner="Ada")
    found = diff_articles(
        [REFUNDS, article("old.md", "# Old\nFax us your order.\n")],
        [moved, article("new.md", "# New\nChat with us on weekdays.\n")],
    )
    assert [(it.kind, it.path, it.was) for it in found] == [
        ("renamed", "billing/refunds.md", "refunds.md"),
        ("added", "new.md", ""),
        ("removed", "old.md", ""),
    ]


def test_a_new_owner_alone_is_a_change() -> None:
    (found,) = diff_articles([REFUNDS], [replace(REFUNDS, owner="Ben", content_hash="other")])
    assert (found.fields, found.edits) == ((("owner", "Ada", "Ben"),), ())


def test_the_same_articles_in_another_order_are_the_same() -> None:
    other = article("other.md", "# Other\nIt is blue.\n")
    assert diff_articles([REFUNDS, other], [other, REFUNDS]) == []
