"""What was mended becomes a case, so that it stays mended."""

from dataclasses import replace

import pytest

from agent.types import Decision
from eval.drafting.findings import from_findings
from eval.drafting.proposal import Proposal
from kb.findings import Evidence, Finding, FindingKind, FindingStatus
from kb.types import Article
from tests.kb.articles import article
from tests.kb.findings import finding, side

RESET = "# Reset\n## Forgotten password\nThe link in the e-mail works for 15 minutes.\n"
TERMS = "# Terms\nA link to reset the password expires after one hour.\n"


def nothing(question: str) -> str | None:
    return None


def marked(one: Article, quote: str, value: str) -> Evidence:
    found = side(one, quote)
    start = quote.index(value)
    return replace(found, heading="Forgotten password", marks=((start, start + len(value)),))


def contradiction(*evidence: Evidence, title: str) -> Finding:
    return replace(
        finding("f1", *evidence, status=FindingStatus.FIXED),
        title=title,
        details={"disagree_on": "They disagree on how long: one hour, 15 minutes."},
    )


@pytest.fixture
def fixed() -> Finding:
    one, other = article("reset.md", RESET, title="Reset"), article("terms.md", TERMS)
    return contradiction(
        marked(one, "The link in the e-mail works for 15 minutes.", "15 minutes"),
        marked(other, "A link to reset the password expires after one hour.", "one hour"),
        title="Link to reset the password: 15 minutes or one hour?",
    )


def only(found: list[Proposal]) -> Proposal:
    (item,) = found
    return item


def test_the_value_that_stands_is_due_and_the_one_that_was_wrong_is_forbidden(
    fixed: Finding,
) -> None:
    mended = TERMS.replace("one hour", "15 minutes")
    now = [article("reset.md", RESET, title="Reset"), article("terms.md", mended)]
    item = only(from_findings([fixed], now, nothing))
    case = item.case
    assert case.question == "Link to reset the password: how long?"
    assert (case.says, case.never_says) == (("15 minutes",), ("one hour",))
    assert case.decision is Decision.ANSWER
    assert case.articles == ("reset.md", "terms.md")
    assert case.reference == "The link in the e-mail works for 15 minutes."
    assert case.source == "finding:f1"
    assert "a contradiction was mended" in item.why
    assert [quote.text for quote in item.evidence] == [
        "The link in the e-mail works for 15 minutes.",
        "A link to reset the password expires after 15 minutes.",
        "A link to reset the password expires after one hour.",
    ]


def test_where_both_sides_changed_the_new_value_is_read_from_the_new_text(fixed: Finding) -> None:
    now = [
        article("reset.md", RESET.replace("15", "30"), title="Reset"),
        article("terms.md", TERMS.replace("one hour", "30 minutes")),
    ]
    case = only(from_findings([fixed], now, nothing)).case
    assert (case.says, case.never_says) == (("30 minutes",), ("15 minutes", "one hour"))


def test_where_the_wrong_article_is_gone_the_other_one_holds(fixed: Finding) -> None:
    now = [article("reset.md", RESET, title="Reset")]
    case = only(from_findings([fixed], now, nothing)).case
    assert (case.articles, case.never_says) == (("reset.md",), ("one hour",))


def test_nothing_is_proposed_where_the_words_stand_as_they_did_or_nothing_holds_now(
    fixed: Finding,
) -> None:
    same = [article("reset.md", RESET, title="Reset"), article("terms.md", TERMS)]
    assert from_findings([fixed], same, nothing) == []
    assert from_findings([fixed], [], nothing) == []
    still_open = replace(fixed, status=FindingStatus.ACCEPTED)
    assert from_findings([still_open], same[:1], nothing) == []


def test_a_yes_or_no_that_was_settled_forbids_the_sentence_that_was_wrong() -> None:
    faq = article("faq.md", "# Billing\nA break isn't something our plans offer.\n")
    plus = article("plus.md", "# Pause\nPlus can be put on hold for three months.\n")
    found = contradiction(
        marked(faq, "A break isn't something our plans offer.", "A break isn't"),
        marked(plus, "Plus can be put on hold for three months.", "can be"),
        title="Is a break something our plans offer? Yes or no",
    )
    case = only(from_findings([found], [plus], nothing)).case
    assert case.question == "Is a break something your plans offer?"
    assert case.never_says == ("A break isn't something our plans offer.",)
    assert (case.says, case.reference) == ((), "Plus can be put on hold for three months.")


def test_a_mended_stale_article_is_asked_for_what_holds_now() -> None:
    old = article("dates.md", "# Offers\nYou can use the spring code until 31 March 2026.\n")
    new = article("dates.md", "# Offers\nYou can use the spring code until 30 April 2027.\n")
    stale = replace(
        finding(
            "s1",
            marked(old, "You can use the spring code until 31 March 2026.", "31 March 2026"),
            kind=FindingKind.STALE,
            status=FindingStatus.FIXED,
        ),
        title="'31 March 2026' has passed",
    )
    item = only(from_findings([stale], [new], nothing))
    assert item.case.says == ("30 April 2027",)
    assert item.case.never_says == ("31 March 2026",)
    assert item.case.question == "Can I use the spring code, and until when?"
    assert from_findings([stale], [old], nothing) == []


def test_what_proves_that_something_is_stale_is_not_taken_for_what_holds() -> None:
    old = article("dates.md", "# Offers\n## Summer offer\nIt runs until 31 March 2026.\n")
    new = article("dates.md", "# Offers\n## Summer offer\nIt runs until 30 April 2027.\n")
    news = article("news.md", "# News\n4.6 came on 27 October 2026.\n")
    quote = replace(marked(old, "It runs until 31 March 2026.", "31 March 2026"), title="Offers")
    stale = finding(
        "s1",
        replace(quote, heading="Summer offer"),
        marked(news, "4.6 came on 27 October 2026.", "4.6"),
        kind=FindingKind.STALE,
        status=FindingStatus.FIXED,
        details={"stale_quotes": "1"},
    )
    case = only(from_findings([stale], [new, news], nothing)).case
    assert case.question == "Summer offer: until when?"
    assert (case.articles, case.says) == (("dates.md",), ("30 April 2027",))
    assert case.never_says == ("31 March 2026",)


def test_an_accepted_gap_is_due_a_person_until_an_article_answers_it() -> None:
    gap = replace(
        finding("g1", kind=FindingKind.GAP, status=FindingStatus.ACCEPTED),
        title="9 customers asked, and no article answers: “do you sell gift cards”",
    )
    case = only(from_findings([gap], [], nothing)).case
    assert (case.question, case.decision) == ("do you sell gift cards", Decision.HANDOFF)
    assert (case.reason, case.source) == ("no_evidence", "finding:g1")
    closed = replace(gap, status=FindingStatus.FIXED)
    case = only(from_findings([closed], [], lambda _: "gifts.md")).case
    assert (case.decision, case.articles) == (Decision.ANSWER, ("gifts.md",))
    assert from_findings([closed], [], nothing) == []
    assert from_findings([replace(gap, status=FindingStatus.OPEN)], [], nothing) == []
