"""The life of a release, on the real store."""

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kb.errors import Permanent
from kb.pinned import fingerprint
from kb.releases import (
    Beginning,
    finish,
    promote,
    prune,
    record_verdict,
    rollback,
)
from kb.settings import Settings
from kb.types import Asset
from tests.kb.center import A1, A2, B1, PASSED, Center


@pytest.fixture
def center(tmp_path: Path) -> Iterator[Center]:
    center = Center(tmp_path)
    yield center
    center.database.close()


def with_setting(section: str, **changes: object) -> Settings:
    settings = Settings()
    changed = getattr(settings, section).model_copy(update=changes)
    return settings.model_copy(update={section: changed})


class TestFingerprint:
    def test_does_not_depend_on_the_order_of_the_articles(self) -> None:
        forth, back = (fingerprint(items, "e", Settings()) for items in ([A1, B1], [B1, A1]))
        assert forth == back
        assert len(forth) == 64

    @pytest.mark.parametrize(
        "changed",
        [
            fingerprint([A2, B1], "e", Settings()),
            fingerprint([A1], "e", Settings()),
            fingerprint([replace(A1, id="h:moved"), B1], "e", Settings()),
            fingerprint([A1, B1], "another model", Settings()),
            fingerprint([A1, B1], "e", with_setting("search", passage_words=80)),
            fingerprint([A1, B1], "e", with_setting("agent", audience=["staff"])),
            fingerprint([A1, B1], "e", with_setting("llm", model="small")),
            fingerprint([A1, B1], "e", with_setting("handover", off=["anger"])),
            fingerprint([A1, B1], "e", Settings(), [Asset("procedure", "refund", "1", "1. Stop.")]),
        ],
    )
    def test_changes_with_whatever_answers_depend_on(self, changed: str) -> None:
        assert changed != fingerprint([A1, B1], "e", Settings())

    @pytest.mark.parametrize(
        "settings",
        [
            with_setting("llm", timeout_s=1.0),
            with_setting("gate", grounding=0.5),
            with_setting("server", port=1),
        ],
    )
    def test_does_not_change_with_anything_else(self, settings: Settings) -> None:
        assert fingerprint([A1], "e", settings) == fingerprint([A1], "e", Settings())


class TestBegin:
    def test_names_a_new_release_by_day_and_content(self, center: Center) -> None:
        release, beginning = center.begin(A1, B1)
        assert beginning == Beginning.NEW
        assert release.id == f"r20261122-{release.fingerprint[:8]}"
        assert (release.status, release.article_count, release.encoder) == (
            "building",
            2,
            "encoder",
        )
        assert center.articles.of_release(release.id) == [A1, B1]

    def test_resumes_what_was_interrupted(self, center: Center) -> None:
        first, _ = center.begin(A1)
        center.now += timedelta(days=1)
        again, beginning = center.begin(A1)
        assert (again.id, beginning) == (first.id, Beginning.RESUMED)

    def test_does_not_resume_what_has_other_articles(self, center: Center) -> None:
        first, _ = center.begin(A1)
        other, beginning = center.begin(A2)
        assert beginning == Beginning.NEW
        assert other.id != first.id

    def test_tries_a_refused_release_again(self, center: Center) -> None:
        refused = record_verdict(center.releases, center.build(A1), {"passed": False})
        assert refused.status == "refused"
        again, beginning = center.begin(A1)
        assert (again.id, beginning) == (refused.id, Beginning.RESUMED)
        assert (again.status, again.evaluated_fingerprint) == ("building", None)

    def test_has_nothing_to_do_when_nothing_changed(self, center: Center) -> None:
        live = center.go_live(A1)
        center.indexes.point_live("left behind by a crash")
        release, beginning = center.begin(A1)
        assert (release.id, release.status, beginning) == (live, "live", Beginning.UNCHANGED)
        assert center.indexes.live() == live

    def test_builds_again_when_the_index_of_the_live_release_is_gone(self, center: Center) -> None:
        live = center.go_live(A1)
        center.indexes.drop(live)
        release, beginning = center.begin(A1)
        assert (release.id, beginning) == (f"{live}-2", Beginning.NEW)
        assert center.live == live

    def test_makes_a_new_release_of_articles_that_came_back(self, center: Center) -> None:
        first = center.go_live(A1)
        center.go_live(A2)
        release, beginning = center.begin(A1)
        assert (release.id, beginning) == (f"{first}-2", Beginning.NEW)


class TestPromote:
    def test_switches_to_what_passed(self, center: Center) -> None:
        first, second = center.go_live(A1), center.go_live(A2)
        assert center.live == center.indexes.live() == second
        assert {item.id: item.status for item in center.releases.all()}[first] == "retired"

    def test_refuses_what_did_not_pass(self, center: Center) -> None:
        live = center.go_live(A1)
        refused = record_verdict(center.releases, center.build(A2), {"passed": False})
        with pytest.raises(Permanent, match="did not pass"):
            promote(center.releases, center.indexes, refused.id)
        assert center.live == center.indexes.live() == live

    def test_refuses_what_was_changed_after_its_evaluation(self, center: Center) -> None:
        judged = record_verdict(center.releases, center.build(A1), PASSED)
        center.releases.add(replace(judged, fingerprint="changed"), [A1])
        with pytest.raises(Permanent, match="changed after it was evaluated"):
            promote(center.releases, center.indexes, judged.id)
        assert center.live is None

    def test_refuses_what_another_process_wrote_to_after_its_evaluation(
        self, center: Center
    ) -> None:
        live = center.go_live(A1)
        judged = record_verdict(center.releases, center.build(A2), PASSED)
        center.indexes.write(judged.id, "a passage more")
        with pytest.raises(Permanent, match=r"changed after it was evaluated .its index"):
            promote(center.releases, center.indexes, judged.id)
        assert center.live == center.indexes.live() == live

    def test_refuses_what_has_no_index(self, center: Center) -> None:
        judged = record_verdict(center.releases, center.build(A1), PASSED)
        center.indexes.drop(judged.id)
        with pytest.raises(Permanent, match="no index"):
            promote(center.releases, center.indexes, judged.id)
        assert center.live is None

    def test_a_new_verdict_on_the_live_release_leaves_it_live(self, center: Center) -> None:
        center.go_live(A1)
        live = center.releases.live()
        assert live is not None
        record_verdict(center.releases, live, {"passed": False})
        found = center.releases.live()
        assert found is not None
        assert (found.id, found.verdict) == (live.id, {"passed": False})


class TestRollback:
    def test_goes_back_to_what_was_live_before_in_under_a_second(self, center: Center) -> None:
        _, second, third = (center.go_live(item) for item in (A1, A2, B1))
        started = time.perf_counter()
        assert rollback(center.releases, center.indexes).id == second
        assert time.perf_counter() - started < 1
        assert center.live == center.indexes.live() == second
        assert rollback(center.releases, center.indexes).id == third

    def test_goes_to_a_named_release(self, center: Center) -> None:
        first, *_ = (center.go_live(item) for item in (A1, A2, B1))
        assert rollback(center.releases, center.indexes, first).id == first
        assert center.live == first

    def test_says_when_there_is_nothing_to_go_back_to(self, center: Center) -> None:
        live = center.go_live(A1)
        with pytest.raises(Permanent, match="no earlier release"):
            rollback(center.releases, center.indexes)
        with pytest.raises(Permanent, match="no release r1"):
            rollback(center.releases, center.indexes, "r1")
        assert center.live == live

    def test_never_reaches_what_was_not_live(self, center: Center) -> None:
        live = center.go_live(A1)
        untried = record_verdict(center.releases, center.build(A2), PASSED)
        with pytest.raises(Permanent, match="never live"):
            rollback(center.releases, center.indexes, untried.id)
        assert center.live == live


class TestPrune:
    def test_drops_the_oldest_with_their_indexes(self, center: Center) -> None:
        first, second, third = (center.go_live(item) for item in (A1, A2, B1))
        assert prune(center.releases, center.indexes, keep=2) == [first]
        assert center.indexes.names() == {second, third}
        assert [item.id for item in center.releases.all()] == [third, second]

    def test_never_drops_the_live_release_however_old(self, center: Center) -> None:
        first, second, third = (center.go_live(item) for item in (A1, A2, B1))
        rollback(center.releases, center.indexes, first)
        assert prune(center.releases, center.indexes, keep=1) == [second, third]
        assert center.live == first
        assert center.indexes.names() == {first}

    def test_drops_what_never_went_live_once_something_newer_did(self, center: Center) -> None:
        old = center.build(A1)
        live = center.go_live(A2)
        assert prune(center.releases, center.indexes, keep=5) == [old.id]
        refused = record_verdict(center.releases, center.build(B1), {"passed": False})
        assert prune(center.releases, center.indexes, keep=5) == []
        assert center.indexes.names() == {live, refused.id}

    def test_goes_on_where_a_crash_stopped_it(self, center: Center) -> None:
        first = center.go_live(A1)
        center.go_live(A2)
        center.go_live(B1)
        center.indexes.drop(first)
        assert prune(center.releases, center.indexes, keep=2) == [first]


KILLED = """
import os, sys
from pathlib import Path
from tests.kb.center import A2, PASSED, Center
from kb.releases import finish, record_verdict
center = Center(Path(sys.argv[1]))
release, _ = center.begin(A2)
if sys.argv[2] == "begun": os._exit(9)
center.indexes.create(release.id)
release = finish(center.releases, center.indexes, release, 5)
if sys.argv[2] == "built": os._exit(9)
record_verdict(center.releases, release, PASSED)
if sys.argv[2] == "judged": os._exit(9)
with center.database.write("releases") as session:
    from kb.store.tables import ReleaseRow
    session.query(ReleaseRow).filter_by(status="live").update({"status": "retired"})
    os._exit(9)
"""


@pytest.mark.parametrize("step", ["begun", "built", "judged", "switching"])
def test_a_crash_at_any_step_leaves_the_live_release_serving(
    center: Center, tmp_path: Path, step: str
) -> None:
    live = center.go_live(A1)
    run = [sys.executable, "-c", KILLED, str(tmp_path), step]
    assert subprocess.run(run, check=False).returncode == 9
    assert center.live == center.indexes.live() == live
    assert center.articles.of_release(live) == [A1]
    release, beginning = center.begin(A2)
    assert beginning == Beginning.RESUMED
    if release.id not in center.indexes.names():
        center.indexes.create(release.id)
    record_verdict(center.releases, finish(center.releases, center.indexes, release, 5), PASSED)
    assert promote(center.releases, center.indexes, release.id).id == center.live == release.id
