"""The contract of `ReleaseStore`."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from kb.errors import Permanent
from kb.store.articles import Articles
from kb.store.database import Database
from kb.store.releases import Releases
from kb.store.tables import ReleaseRow
from kb.types import Article, Asset, Release, ReleaseStatus
from tests.contracts.threads import at_once

START = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def releases(database: Database) -> Releases:
    return Releases(database)


def candidate(name: str, *, passed: bool = True, hours: int = 0) -> Release:
    return Release(
        name,
        fingerprint=f"of {name}",
        status=ReleaseStatus.CANDIDATE,
        created_at=START + timedelta(hours=hours),
        article_count=3,
        passage_count=7,
        encoder="model",
        evaluated_fingerprint=f"of {name}",
        verdict={"passed": passed, "failing": ["q1", {"score": 0.25}]},
    )


def add_candidates(releases: Releases, *names: str) -> None:
    for hours, name in enumerate(names):
        releases.add(candidate(name, hours=hours), [])


def test_a_release_comes_back_as_it_was_added(releases: Releases) -> None:
    releases.add(candidate("a"), [])
    assert releases.get("a") == candidate("a")
    assert releases.get("b") is None


def test_releases_are_listed_newest_first(releases: Releases) -> None:
    add_candidates(releases, "c", "a", "b")
    assert [item.id for item in releases.all()] == ["b", "a", "c"]


def test_a_time_in_another_zone_comes_back_in_utc(releases: Releases) -> None:
    east = START.astimezone(tz=None)
    releases.add(replace(candidate("a"), created_at=east), [])
    found = releases.get("a")
    assert found is not None
    assert found.created_at == START
    assert found.created_at.utcoffset() == timedelta(0)


def test_adding_again_replaces_a_release_that_never_went_live(
    database: Database, releases: Releases
) -> None:
    articles = Articles(database)
    first, second = (Article(f"h:{n}", "h", n, n, n, (), n) for n in ("1", "2"))
    articles.put(first, "r")
    articles.put(second, "r")
    releases.add(candidate("a"), [first])
    releases.add(replace(candidate("a"), fingerprint="new"), [second])
    assert [item.fingerprint for item in releases.all()] == ["new"]
    assert articles.of_release("a") == [second]


def test_a_release_can_only_hold_stored_articles(releases: Releases) -> None:
    with pytest.raises(Permanent, match="not stored"):
        releases.add(candidate("a"), [Article("h:1", "h", "1", "1", "1", (), "1")])
    assert releases.all() == []


def test_nothing_is_live_before_the_first_promotion(releases: Releases) -> None:
    add_candidates(releases, "a")
    assert releases.live() is None


def test_promoting_makes_one_live_and_retires_the_one_before(releases: Releases) -> None:
    add_candidates(releases, "a", "b")
    before = datetime.now(UTC)
    promoted = releases.promote("a")
    assert promoted == releases.live()
    assert promoted.status == ReleaseStatus.LIVE
    assert promoted.promoted_at is not None
    assert before <= promoted.promoted_at <= datetime.now(UTC)
    releases.promote("b")
    assert statuses(releases) == {"a": "retired", "b": "live"}


def test_promoting_the_live_release_changes_nothing(releases: Releases) -> None:
    add_candidates(releases, "a")
    assert releases.promote("a") == releases.promote("a")


def test_a_retired_release_can_go_live_again(releases: Releases) -> None:
    add_candidates(releases, "a", "b")
    for name in ("a", "b", "a"):
        releases.promote(name)
    assert statuses(releases) == {"a": "live", "b": "retired"}


@pytest.mark.parametrize(
    "untested",
    [
        replace(candidate("b"), evaluated_fingerprint=None),
        replace(candidate("b"), fingerprint="changed after it was evaluated"),
        candidate("b", passed=False),
        replace(candidate("b"), verdict=None),
        replace(candidate("b"), verdict={}),
        replace(candidate("b"), verdict={"passed": "yes"}),
    ],
)
def test_what_did_not_pass_as_it_is_now_never_goes_live(
    releases: Releases, untested: Release
) -> None:
    add_candidates(releases, "a")
    releases.promote("a")
    releases.add(untested, [])
    with pytest.raises(Permanent, match="evaluat"):
        releases.promote("b")
    assert statuses(releases) == {"a": "live", "b": "candidate"}


def test_an_unknown_release_never_goes_live(releases: Releases) -> None:
    with pytest.raises(Permanent, match="no release nope"):
        releases.promote("nope")


def test_promoting_many_at_once_leaves_exactly_one_live(releases: Releases) -> None:
    names = [f"r{number}" for number in range(8)]
    add_candidates(releases, *names)
    at_once([lambda name=name: releases.promote(name) for name in names])  # type: ignore[misc]  # mypy can't see a default's type
    assert sorted(statuses(releases).values()) == ["live"] + ["retired"] * 7


def test_the_database_itself_refuses_a_second_live_release(
    database: Database, releases: Releases
) -> None:
    add_candidates(releases, "a", "b")
    with pytest.raises(IntegrityError), database.write("releases") as session:
        session.execute(update(ReleaseRow).values(status="live"))


def test_updating_stores_every_field(releases: Releases) -> None:
    building = Release("a", "f", ReleaseStatus.BUILDING, START)
    releases.add(building, [])
    refused = replace(candidate("a", passed=False), status=ReleaseStatus.REFUSED)
    releases.update(refused)
    assert releases.get("a") == refused


def test_only_promoting_moves_a_release_to_or_from_live(releases: Releases) -> None:
    add_candidates(releases, "a")
    with pytest.raises(Permanent, match="only promoting"):
        releases.update(replace(candidate("a"), status=ReleaseStatus.LIVE))
    live = releases.promote("a")
    with pytest.raises(Permanent, match="only promoting"):
        releases.update(replace(live, status=ReleaseStatus.CANDIDATE))
    with pytest.raises(Permanent, match="only promoting"):
        releases.add(candidate("a"), [])
    releases.update(replace(live, verdict={"passed": True, "again": 1}))
    assert releases.live() == replace(live, verdict={"passed": True, "again": 1})


def test_a_release_can_not_be_added_as_live(releases: Releases) -> None:
    with pytest.raises(Permanent, match="only promoting"):
        releases.add(replace(candidate("a"), status=ReleaseStatus.LIVE), [])


def test_updating_an_unknown_release_is_refused(releases: Releases) -> None:
    with pytest.raises(Permanent, match="no release a"):
        releases.update(candidate("a"))


def test_a_dropped_release_is_gone_and_the_live_one_is_never_dropped(releases: Releases) -> None:
    add_candidates(releases, "a", "b")
    releases.promote("b")
    releases.drop("a")
    releases.drop("a")
    with pytest.raises(Permanent, match="b is live"):
        releases.drop("b")
    assert statuses(releases) == {"b": "live"}


def statuses(releases: Releases) -> dict[str, str]:
    return {item.id: str(item.status) for item in releases.all()}


def asset(name: str, version: str = "1") -> Asset:
    return Asset("procedure", name, version, f"{name} at {version}\n")


def test_a_release_holds_the_assets_that_it_was_added_with(releases: Releases) -> None:
    releases.add(candidate("a"), [], [asset("refund"), asset("address"), asset("cancel", "2")])
    assert releases.assets("a") == [asset("address"), asset("cancel", "2"), asset("refund")]
    assert releases.assets("b") == []


def test_two_releases_hold_different_versions_of_one_asset(releases: Releases) -> None:
    releases.add(candidate("a"), [], [asset("refund")])
    releases.add(candidate("b"), [], [asset("refund", "2")])
    assert releases.assets("a") == [asset("refund")]
    assert releases.assets("b") == [asset("refund", "2")]


def test_an_asset_outlives_its_release_for_conversations_that_began_with_it(
    releases: Releases,
) -> None:
    releases.add(candidate("a"), [], [asset("refund")])
    releases.drop("a")
    assert releases.assets("a") == []
    assert releases.asset("procedure", "refund", "1") == asset("refund")
    assert releases.asset("procedure", "refund", "2") is None


def test_adding_a_release_again_replaces_its_assets(releases: Releases) -> None:
    releases.add(candidate("a"), [], [asset("refund"), asset("cancel")])
    releases.add(candidate("a"), [], [asset("refund", "2")])
    assert releases.assets("a") == [asset("refund", "2")]
