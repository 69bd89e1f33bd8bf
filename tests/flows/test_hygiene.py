"""What becomes of findings from run to run."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.store import Conversations
from agent.types import Citation, Decision, Message, Turn
from flows import hygiene
from kb.corpus import Corpus, Detector
from kb.findings import Finding, FindingKind, FindingStatus
from kb.registry import discover
from tests.flows.conftest import jsonl
from tests.flows.runs import Center
from tests.kb.findings import finding

BINARY = b"\x00\x01\x02\xff" * 99
RETURNS = "# Returns\n\nYou can return a lamp within {days} days of delivery.\n"
TERMS = "# Terms\n\nYou can return a lamp within 14 days of delivery.\n"
CUPS = "# Cups\n\nCups come in green.\n"
OPEN, FIXED, DISMISSED = FindingStatus.OPEN, FindingStatus.FIXED, FindingStatus.DISMISSED


def returns(days: int) -> str:
    return RETURNS.format(days=days)


@pytest.fixture
def center(tmp_path: Path) -> Center:
    return Center.of(tmp_path, {"returns.md": returns(30), "terms.md": TERMS})


def only(findings: list[Finding]) -> Finding:
    (found,) = findings
    return found


def test_a_finding_is_fixed_when_its_text_is_mended_and_opens_when_it_comes_back(
    center: Center,
) -> None:
    center.run()
    assert only(center.findings()).status is OPEN
    center.run(returns=returns(14))
    assert only(center.findings()).status is FIXED
    center.run(returns=returns(30))
    found = only(center.findings())
    assert [item.status for item in center.history(found)] == [OPEN, FIXED, OPEN]


def test_an_article_that_can_not_be_read_leaves_its_findings_as_they_are(center: Center) -> None:
    center.run()
    before = only(center.findings())
    report = center.run(returns=BINARY)
    assert [item.id for item in report.findings if item.kind is before.kind] == [before.id]
    assert only(center.findings()) == before
    center.run(returns=returns(30))
    assert [item.status for item in center.history(before)] == [OPEN]
    center.run(returns=BINARY)
    center.run(returns=None)
    assert only(center.findings()).status is FIXED


def test_a_dismissed_finding_sleeps_through_edits_around_it_and_wakes_with_its_claim(
    center: Center,
) -> None:
    center.run()
    found = only(center.findings())
    now = datetime.now(UTC)
    center.work.findings.set_status(found.id, DISMISSED, "ann", "two countries", now)
    around = "# Returns\n\nLamps are made with care.\n\nYou can return a lamp within 30 days of "
    center.run(returns=f"{around}delivery.\n\nWrite to us first.\n")
    assert [item.status for item in center.findings()] == [DISMISSED]

    center.run(returns=returns(20))
    woken = only([item for item in center.findings() if item.id != found.id])
    assert woken.status is OPEN
    assert "was dismissed by ann" in center.history(woken)[0].reason
    assert "two countries" in center.history(woken)[0].reason

    center.run(returns=returns(30))
    assert {item.id: item.status for item in center.findings()} == {
        found.id: DISMISSED,
        woken.id: FIXED,
    }
    assert [item.status for item in center.history(found)] == [OPEN, DISMISSED]


class Breaks:
    """A detector that crashes half way."""

    kind = FindingKind.CONTRADICTION

    def detect(self, corpus: Corpus) -> Iterator[Finding]:
        yield finding("half")
        raise LookupError(f"in {len(corpus.articles)} articles")


def test_a_detector_that_crashes_leaves_its_findings_as_they_are(
    center: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    center.run()
    before = only(center.findings())
    detectors: dict[str, Detector] = discover("kb.detectors")
    broken = {**detectors, "contradiction": Breaks()}
    with monkeypatch.context() as patched:
        patched.setattr(hygiene, "discover", lambda _folder: broken)
        report = center.run(terms=TERMS.replace("14", "10"))
    assert [name for name, _ in report.errors] == ["contradiction"]
    assert before.id in {item.id for item in report.findings}
    assert only(center.findings()) == before
    center.run()
    assert {item.status for item in center.findings()} == {OPEN, FIXED}


def test_gaps_stay_while_no_question_log_is_configured(tmp_path: Path) -> None:
    center = Center.of(tmp_path, {"returns.md": returns(30)})
    gap = replace(finding("gap"), kind=FindingKind.GAP)
    center.work.findings.record([gap], datetime.now(UTC))
    center.run()
    assert only(center.findings(FindingKind.GAP)).status is OPEN
    log = jsonl(tmp_path / "log.jsonl", [{"id": "1", "text": "Can I return a lamp?"}])
    asked = Center.of(tmp_path, {}, sources={"questions": log})
    asked.run(cups=CUPS)
    assert only(asked.findings(FindingKind.GAP)).status is FIXED


def test_what_conversations_cite_moves_a_finding_up(tmp_path: Path) -> None:
    other = "# {}\n\nThe battery of a radio must be charged for {} hours before its first use.\n"
    center = Center.of(
        tmp_path,
        {
            "returns.md": returns(30),
            "terms.md": TERMS,
            "radio.md": other.format("Radio", 5),
            "battery.md": other.format("Battery", 9),
        },
    )
    center.run()
    first, second = center.findings()
    words = second.evidence[0]
    cited = Citation(
        *(words.article_id, words.path, words.title, None, words.quote, words.start, words.end)
    )
    conversations = Conversations(center.work.database)
    for number in range(20):
        conversations.record(
            Message("How long?"),
            Turn(
                id=f"t{number}",
                conversation_id="c",
                question="How long?",
                decision=Decision.ANSWER,
                text=words.quote,
                confidence=0.9,
                reason="",
                created_at=datetime.now(UTC),
                citations=(cited,),
                retrieved=(words.path,),
            ),
        )
    report = center.run()
    assert [item.id for item in center.findings()] == [second.id, first.id]
    assert center.findings()[0].harm > 2 * second.harm
    ranked = [item.id for item in report.findings]
    assert ranked.index(second.id) < ranked.index(first.id)


def test_a_finding_moves_up_with_its_age(center: Center) -> None:
    center.run()
    new = only(center.findings())
    assert new.first_seen_at is not None
    later = new.first_seen_at.date().replace(year=new.first_seen_at.year + 1, day=1)
    settings = center.work.settings.model_copy(
        update={"hygiene": center.work.settings.hygiene.model_copy(update={"today": later})}
    )
    aged = Center(center.docs, type(center.work)(settings))
    aged.run(cups=CUPS)
    assert only(aged.findings()).harm > new.harm
    assert only(aged.findings()).first_seen_at == new.first_seen_at
