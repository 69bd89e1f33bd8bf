"""Cases that were tried are kept until they are of no use."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from agent.types import Attempt
from eval.runs.trace import Search, Trace, key_of
from eval.runs.tried import Tried, TriedCases
from kb.store.database import Database
from kb.types import Filters
from tests.eval.turns import answer, handoff

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def store(database: Database) -> TriedCases:
    return TriedCases(database)


def trace() -> Trace:
    search = Search(
        text="refund?",
        top=12,
        filters=Filters(("staff",), "en", None),
        per_article=False,
        passages="ab12",
        cosines=(0.1 + 0.2, 1 / 3, None),
    )
    return Trace(
        center='[["en"], "en"]',
        searches={key_of(search): search},
        articles={"h:refunds.md": "cd34", "h:gone.md": ""},
        named={"refunds.md": "cd34"},
        findings={"h:refunds.md": "ef56"},
        trusted={"h:refunds.md": True},
        read={"refunds": ["refund"], "logni": ["login"]},
        weights={"refund": 2.302585092994046},
        known={"refund": True, "größe": False},
    )


def tried(key: str, release: str = "r1", hours: int = 0, ground: str = "g", **more: str) -> Tried:
    return Tried(
        release_id=release,
        case_key=key,
        ground=ground,
        subject="s",
        stage="",
        settings=more.get("settings", "v1"),
        author="a",
        created_at=NOON + timedelta(hours=hours),
        turns=(answer(), handoff()),
        answer_ms=12.5,
        trace=trace(),
        end_state_differences=("orders/1 is still open",),
        changed=(Attempt("refund", {"amount": "5"}, "done", "ok", "c1"),),
    )


def test_a_case_comes_back_as_it_was_kept(store: TriedCases) -> None:
    store.keep([tried("k1")])
    assert store.on_ground("g", {"k1"}) == {"k1": [tried("k1")]}
    assert store.on_ground("g", {"k2"}) == {}
    assert store.on_ground("other", {"k1"}) == {}


def test_a_case_that_is_tried_again_takes_the_place_of_the_first_time(store: TriedCases) -> None:
    store.keep([tried("k1")])
    store.keep([tried("k1", hours=1)])
    assert store.on_ground("g", {"k1"}) == {"k1": [tried("k1", hours=1)]}


def test_the_newest_three_releases_are_told_newest_first(store: TriedCases) -> None:
    store.keep(tried("k1", f"r{hours}", hours) for hours in (2, 0, 3, 1))
    assert [it.release_id for it in store.on_ground("g", {"k1"})["k1"]] == ["r3", "r2", "r1"]


def test_of_a_release_the_newest_with_its_own_settings_is_told(store: TriedCases) -> None:
    store.keep(
        [
            tried("k1", ground="g1"),
            tried("k1", ground="g2", hours=1),
            tried("k1", ground="g3", hours=2, settings="v2"),
            tried("k2", "r2"),
        ]
    )
    found = store.of_release("r1", "v1", {"k1", "k2"})
    assert found == {"k1": tried("k1", ground="g2", hours=1)}


def test_what_is_of_releases_that_are_gone_or_old_is_forgotten(store: TriedCases) -> None:
    store.keep([tried("k1", "r1", 0), tried("k2", "r1", 5), tried("k3", "r2", 5)])
    store.prune({"r1"}, before=NOON + timedelta(hours=1))
    assert set(store.on_ground("g", {"k1", "k2", "k3"})) == {"k2"}


def test_what_another_version_wrote_is_as_if_it_were_not_there(
    store: TriedCases, database: Database
) -> None:
    store.keep([tried("k1"), tried("k2")])
    with database.write("tests") as session:
        session.execute(text("UPDATE tried_case SET trace = '{}' WHERE case_key = 'k1'"))
        session.execute(text("UPDATE tried_case SET said = '{}' WHERE case_key = 'k2'"))
    assert store.on_ground("g", {"k1", "k2"}) == {}
