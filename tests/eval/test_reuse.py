"""After a change only the cases that could have changed are asked again, and the verdict is that
of the whole run."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from os import utime
from pathlib import Path

import pytest

from eval.gate.verdict import Rule
from eval.golden.case import Case
from eval.golden.file import parse_line
from eval.runs import ground
from eval.runs.remembering import open_reuse
from eval.scoring.evaluation import CaseResult
from kb.code import code_fingerprint
from kb.findings import FindingKind, FindingStatus
from tests.eval.center import Bench, asked, golden, told

EVERY = [case["id"] for case in golden()]
# A rule hands this one over before anything is searched.
SEARCHED = [name for name in EVERY if name != "person"]


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """Live, and evaluated."""
    bench = Bench.of(tmp_path_factory.mktemp("center"))
    release = bench.build()
    bench.assess(release)
    bench.go_live(release)
    yield bench
    bench.work.database.close()


@pytest.fixture
def bench(released: Bench, tmp_path: Path) -> Iterator[Bench]:
    """A copy of it, to be changed."""
    copied = released.copy(tmp_path)
    yield copied
    copied.work.database.close()


EDITS: dict[str, Callable[[Bench], None]] = {
    "a number": lambda it: it.reword("refunds", "14 days", "41 days"),
    "other words": lambda it: it.reword("export", "is ready within", "can be had within"),
    "a step less": lambda it: it.reword("password", "2. Choose Forgot password.\n", ""),
    "a contradiction": lambda it: it.reword(
        "invoices", "each month.", "each month. The money reaches your account within 30 days."
    ),
    "an article more": lambda it: it.change(plants="# Plants\n\nWater every plant at dawn.\n"),
    "another name": lambda it: it.change(
        warranty=None, guarantee=(it.folder / "docs" / "warranty.md").read_text()
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_the_verdict_and_every_row_are_those_of_the_whole_run(bench: Bench, edit: str) -> None:
    EDITS[edit](bench)
    release = bench.build()
    quick = bench.assess(release)
    whole = bench.assess(release, fresh=True)
    assert told(quick) == told(whole)
    assert quick.verdict.passed == whole.verdict.passed
    assert but_speed(quick.verdict.rules) == but_speed(whole.verdict.rules)
    assert quick.verdict.failing == whole.verdict.failing
    assert asked(whole) == EVERY
    assert len(asked(quick)) < len(EVERY)


def but_speed(rules: Sequence[Rule]) -> list[tuple[str, bool, float | None, str]]:
    """How long it took is not the same twice."""
    kept = [rule for rule in rules if rule.group != "speed"]
    return [(rule.metric, rule.passed, rule.score, rule.reason) for rule in kept]


def test_it_says_how_many_cases_could_have_changed_and_whose_the_rest_are(bench: Bench) -> None:
    live = bench.work.release()
    bench.reword("refunds", "14 days", "41 days")
    found = bench.assess(bench.build())
    again = asked(found)
    assert {"refund", "late"} <= set(again)
    assert "person" not in again
    assert (
        f"{len(again)} of 12 cases could have changed and were asked again; "
        f"the other {12 - len(again)} said the same in release {live.id}." in found.verdict.notes
    )
    assert (found.record.details["asked"], found.record.details["reused"]) == (
        len(again),
        12 - len(again),
    )


def test_a_change_that_was_taken_back_finds_the_turns_from_before(bench: Bench) -> None:
    file = bench.folder / "docs" / "refunds.md"
    before = file.stat()
    bench.reword("refunds", "14 days", "41 days")
    bench.go_live(bench.build())
    bench.assess(bench.work.release())
    bench.reword("refunds", "41 days", "14 days")
    # An article is as old as its file says.
    utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert asked(bench.assess(bench.build())) == []


def test_turns_outlive_the_release_that_they_are_from(bench: Bench) -> None:
    bench.reword("gateway", "green", "blue")
    second = bench.go_live(bench.build())
    bench.assess(second)
    first = next(item for item in bench.work.releases.all() if item.id != second.id)
    bench.work.releases.drop(first.id)
    assert asked(bench.assess(second)) == []
    bench.reword("gateway", "blue", "red")
    assert set(SEARCHED) - set(asked(bench.assess(bench.build())))


def test_an_article_more_makes_every_word_rarer_so_that_every_search_is_asked(bench: Bench) -> None:
    bench.change(plants="# Plants\n\nWater every plant at dawn.\n")
    assert asked(bench.assess(bench.build())) == SEARCHED


@pytest.mark.parametrize(
    "settings",
    [{"agent": {"max_sentences": 1}}, {"handover": {"reply_within": "in an hour"}}],
)
def test_other_settings_are_another_ground(bench: Bench, settings: dict[str, object]) -> None:
    bench.open(**settings)
    assert asked(bench.assess(bench.build())) == EVERY


def test_what_notes_the_questions_of_a_case_is_of_the_ground(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A trace in which less was noted confirms more than it may."""

    def other(*packages: str) -> str:
        return code_fingerprint(*packages) + "other" * ("eval.runs.watching" in packages)

    monkeypatch.setattr(ground, "code_fingerprint", other)
    assert asked(bench.assess(bench.work.release())) == EVERY


def test_whether_somebody_is_there_is_another_matter_each_time(bench: Bench) -> None:
    bench.open(handover={"hours": {"mon": "09:00-17:00"}})
    release = bench.build()
    bench.assess(release)
    found = bench.assess(release)
    handed_over = [row["id"] for row in found.evaluation.rows() if row["handoff"]]
    assert "person" in handed_over
    assert asked(found) == handed_over


@pytest.mark.parametrize(("days", "known"), [(0, True), (1, False)])
def test_a_turn_of_a_procedure_is_of_its_day(bench: Bench, days: int, *, known: bool) -> None:
    work, release = bench.work, bench.work.release()
    reuse = open_reuse(work, release.id, work.articles.of_release(release.id))
    case = parse_line(json.dumps(golden()[-2]))
    (result,) = reuse.known([case]).results.values()
    paused = replace(result.turns[-1], procedure="pause@1")
    talk = replace(result, turn=paused, turns=(paused,))
    reuse.play(Fixed(talk), case)
    later = replace(reuse, now=lambda: datetime.now(UTC) + timedelta(days=days))
    assert bool(later.known([case]).results) is known


class Fixed:
    """A `Player` with which every case comes to this."""

    def __init__(self, result: CaseResult) -> None:
        self._result = result

    def play(self, case: Case) -> CaseResult:
        return self._result


def test_a_finding_that_is_settled_reaches_the_answers_that_cite_it(bench: Bench) -> None:
    bench.reword(
        "invoices", "each month.", "each month. The money reaches your account within 30 days."
    )
    release = bench.build()
    bench.assess(release)
    (finding,) = [it for it in bench.work.findings.all() if it.kind is FindingKind.CONTRADICTION]
    now = datetime.now(UTC)
    bench.work.findings.set_status(finding.id, FindingStatus.DISMISSED, "test", "not so", now)
    found = bench.assess(release)
    assert asked(found) == ["invoice"]
    assert told(found) == told(bench.assess(release, fresh=True))


def test_what_a_case_is_due_may_change_without_its_being_asked_again(bench: Bench) -> None:
    cases = golden()
    cases[0] |= {"says": ["41 days"], "weight": 3, "tags": ["money"], "reference": "In 41 days."}
    bench.write_golden(cases)
    found = bench.assess(bench.work.release())
    assert asked(found) == []
    assert found.evaluation.rows()[0]["scores"]["required_facts"] == 0.0


@pytest.mark.parametrize(
    "asked_otherwise",
    [
        {"question": "When does a refund reach my account?"},
        {"who": {"audience": ["staff"]}},
        {"who": {"identity": "verified", "customer": "c1"}},
        {"who": {"locale": "en"}},
    ],
)
def test_a_case_that_is_asked_otherwise_is_another(
    bench: Bench, asked_otherwise: dict[str, object]
) -> None:
    cases = golden()
    cases[0] |= asked_otherwise
    bench.write_golden(cases)
    assert asked(bench.assess(bench.work.release())) == ["refund"]
