"""A candidate is held against the live release on the same cases, by the same metrics."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.eval.center import Bench, asked, golden

NEW: dict[str, Any] = {
    "id": "online",
    "question": "What do I plug the gateway into?",
    "decision": "answer",
    "articles": ["gateway.md"],
    "says": ["router"],
}


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    bench = Bench.of(tmp_path_factory.mktemp("center"))
    release = bench.build()
    bench.assess(release)
    bench.go_live(release)
    yield bench
    bench.work.database.close()


@pytest.fixture
def bench(released: Bench, tmp_path: Path) -> Iterator[Bench]:
    copied = released.copy(tmp_path)
    copied.reword("gateway", "green", "blue")
    yield copied
    copied.work.database.close()


def test_a_case_that_is_new_is_put_to_the_live_release_too(bench: Bench) -> None:
    bench.write_golden([*golden(), NEW])
    release = bench.build()
    found = bench.assess(release)
    assert found.before is not None
    row = next(row for row in found.before.cases if row["id"] == "online")
    assert row["decision"] == "answer"
    assert row["scores"]["required_facts"] == 1.0
    note = "1 of 13 cases had never been put to the live release, and were now."
    assert note in found.verdict.notes
    again = bench.assess(release)
    assert note not in again.verdict.notes
    assert again.before is not None
    assert len(again.before.cases) == 13


def test_what_a_case_is_due_today_is_what_the_live_release_is_scored_by(bench: Bench) -> None:
    cases = golden()
    cases[-3] |= {"says": ["green"]}
    bench.write_golden(cases)
    found = bench.assess(bench.build())
    assert found.before is not None
    scores = [
        next(row for row in rows if row["id"] == "gateway")["scores"]["required_facts"]
        for rows in (found.before.cases, found.record.cases)
    ]
    assert scores == [1.0, 0.0]
    assert "gateway" in {item.case_id for item in found.verdict.failing if item.metric == "lost"}


def test_the_live_release_is_what_it_was_under_its_own_settings(bench: Bench) -> None:
    bench.open(handover={"reply_within": "in an hour"})
    person = {"id": "human", "question": "Can I speak to a human?", "decision": "handoff"}
    bench.write_golden([*golden(), person])
    found = bench.assess(bench.build())
    assert found.before is not None
    told = {
        (name, row["id"]): "in an hour" in row["text"]
        for name, rows in (("live", found.before.cases), ("now", found.record.cases))
        for row in rows
        if row["expected"] == "handoff"
    }
    assert told == {
        ("live", "person"): False,
        ("live", "human"): False,
        ("now", "person"): True,
        ("now", "human"): True,
    }


def test_without_its_turns_the_record_of_the_live_release_stands_for_it(bench: Bench) -> None:
    with bench.work.database.write("tests") as session:
        session.execute(text("DELETE FROM tried_case"))
    found = bench.assess(bench.build())
    assert found.before is not None
    assert [row["id"] for row in found.before.cases] == [case["id"] for case in golden()]


def test_what_somebody_else_was_told_does_not_stand_for_it(bench: Bench) -> None:
    with bench.work.database.write("tests") as session:
        session.execute(text("DELETE FROM tried_case"))
    cases = golden()
    cases[0] |= {"who": {"locale": "en"}}
    bench.write_golden(cases)
    found = bench.assess(bench.build())
    note = "1 of 12 cases had never been put to the live release, and were now."
    assert note in found.verdict.notes


def test_the_live_release_itself_has_no_baseline(bench: Bench) -> None:
    found = bench.assess(bench.work.release())
    assert found.before is None
    assert asked(found) == []
