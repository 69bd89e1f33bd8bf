"""A run that is interrupted anywhere goes on where it stopped."""

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest

from agent.types import Spent
from eval.golden.case import Case
from eval.runs.remembering import open_reuse
from eval.runs.run import evaluate
from eval.scoring.evaluation import CaseResult
from eval.scoring.suite import Suite
from flows.evaluation import assess_release
from kb.types import Release
from tests.eval.center import Bench, asked, golden, told
from tests.eval.turns import FixedAgent, answer_case, golden_set
from tests.flows.runs import silent

EVERY = [case["id"] for case in golden()]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    bench = Bench.of(tmp_path_factory.mktemp("center"))
    bench.build()
    yield bench
    bench.work.database.close()


@pytest.fixture
def bench(built: Bench, tmp_path: Path) -> Iterator[Bench]:
    copied = built.copy(tmp_path)
    yield copied
    copied.work.database.close()


def candidate(bench: Bench) -> Release:
    return bench.work.releases.all()[0]


class Interrupting:
    """Progress that ends the run when so many cases are answered."""

    def __init__(self, answered: int, *, killed: bool = False) -> None:
        self._answered = answered
        self._killed = killed

    def __call__(self, step: str, done: int, total: int | None) -> None:
        if (step, done) != ("answer", self._answered):
            return
        if self._killed:
            os.kill(os.getpid(), signal.SIGKILL)
        raise KeyboardInterrupt


def interrupted(bench: Bench, answered: int, *, killed: bool = False) -> None:
    stop = Interrupting(answered, killed=killed)
    assess_release(bench.work, candidate(bench), None, stop)


def test_what_was_answered_before_an_interrupt_is_not_asked_again(bench: Bench) -> None:
    with pytest.raises(KeyboardInterrupt):
        interrupted(bench, 5)
    bench.open()
    found = bench.assess(candidate(bench))
    assert asked(found) == EVERY[5:]
    assert "5 of 12 cases were answered before, and were not asked again." in found.verdict.notes
    assert told(found) == told(bench.assess(candidate(bench), fresh=True))


def test_nothing_is_lost_when_the_process_is_killed(bench: Bench) -> None:
    bench.work.database.close()
    process = get_context("fork").Process(
        target=interrupted, args=(bench, 7), kwargs={"killed": True}
    )
    process.start()
    process.join(timeout=60)
    assert process.exitcode == -signal.SIGKILL
    bench.open()
    assert asked(bench.assess(candidate(bench))) == EVERY[7:]


def test_progress_counts_what_was_answered_before(bench: Bench) -> None:
    with pytest.raises(KeyboardInterrupt):
        interrupted(bench, 9)
    steps: list[tuple[int, int | None]] = []

    def note(step: str, done: int, total: int | None) -> None:
        if step == "answer":
            steps.append((done, total))

    assess_release(bench.work, candidate(bench), None, note)
    assert steps == [(9, 12), (10, 12), (11, 12), (12, 12)]


def test_a_fresh_run_asks_every_case_and_is_what_the_next_one_knows(bench: Bench) -> None:
    bench.assess(candidate(bench))
    assert asked(bench.assess(candidate(bench), fresh=True)) == EVERY
    assert asked(bench.assess(candidate(bench))) == []


class Failing(FixedAgent):
    """Plays cases; in some the language model did not answer."""

    def __init__(self, silent_model: str) -> None:
        super().__init__({"answer-0": ValueError("no index")})
        self._silent = silent_model

    def play(self, case: Case) -> CaseResult:
        result = super().play(case)
        if case.id != self._silent or result.turn is None:
            return result
        turn = replace(result.turn, spent=Spent("model", failures=("timed out",)))
        return replace(result, turn=turn, turns=(turn,))


def test_what_failed_is_tried_again(bench: Bench, suite: Suite) -> None:
    release = candidate(bench)
    articles = bench.work.articles.of_release(release.id)
    kept = open_reuse(bench.work, release.id, articles)
    cases = golden_set(answers=3, handoffs=1)
    evaluate(Failing("answer-1"), cases, suite, kept=kept)
    assert set(kept.known(cases).results) == {"answer-2", "handoff-0"}


def test_cases_that_are_played_together_come_in_their_order(suite: Suite) -> None:
    cases = [answer_case(str(number)) for number in range(20)]
    found = evaluate(FixedAgent(), cases, suite, at_once=4)
    assert [result.case.id for result in found.results] == [case.id for case in cases]


def test_what_is_told_of_the_release_is_what_was_tried(bench: Bench) -> None:
    found = assess_release(bench.work, candidate(bench), None, silent, trigger="nightly")
    details = found.record.details
    assert details["golden"]["cases"] == 12
    assert details["golden"]["path"].endswith("golden.jsonl")
    assert (details["trigger"], details["part"], details["compared"]) == ("nightly", False, None)
    assert (details["asked"], details["reused"]) == (12, 0)
    assert details["assets"].keys() == {"settings/settings"}
    measured = details["measures"]["answer_ms"]
    assert measured["n"] == 12
    assert 0 < measured["p50"] <= measured["p95"]
    assert details["measures"]["cost"]["total"] == 0.0


def test_a_part_is_kept_apart_and_is_no_baseline(bench: Bench) -> None:
    release = candidate(bench)
    part = bench.assess(release, cases=["refund", "talk"])
    assert [row["id"] for row in part.record.cases] == ["refund", "talk"]
    assert part.record.details["part"] is True
    assert part.page.stem == part.record.id
    whole = bench.assess(release)
    assert asked(whole) == [name for name in EVERY if name not in ("refund", "talk")]
    assert whole.page.stem == release.id
