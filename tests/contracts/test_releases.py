"""The contract of `ReleaseStore`."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import ColumnElement, Delete, Update, delete, update
from sqlalchemy.exc import IntegrityError

from kb.errors import Permanent
from kb.pinned import fingerprint_of
from kb.seal import VERDICT, seal, sealed_verdict
from kb.store.articles import Articles
from kb.store.database import Database
from kb.store.releases import Releases
from kb.store.tables import AssetPinRow, AssetRow, PinRow, ReleaseRow, VersionRow
from kb.types import Article, Asset, Release, ReleaseStatus
from tests.contracts.threads import at_once

START = datetime(2026, 11, 22, 12, tzinfo=UTC)
INDEX = "digest of the index"


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


def sealed(
    releases: Releases,
    release: Release,
    articles: Sequence[Article] = (),
    assets: Sequence[Asset] = (),
) -> Release:
    """Added, built and evaluated as it is."""
    mark = fingerprint_of({item.id: item.content_hash for item in articles}, assets)
    releases.add(replace(release, fingerprint=mark, evaluated_fingerprint=mark), articles, assets)
    parts = seal(releases.held(release.id), INDEX)
    parts[VERDICT] = sealed_verdict(release.verdict or {})
    made = replace(release, fingerprint=mark, evaluated_fingerprint=mark, seal=parts)
    releases.update(made)
    return made


def add_candidates(releases: Releases, *names: str) -> None:
    for hours, name in enumerate(names):
        sealed(releases, candidate(name, hours=hours))


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
    promoted = releases.promote("a", INDEX)
    assert promoted == releases.live()
    assert promoted.status == ReleaseStatus.LIVE
    assert promoted.promoted_at is not None
    assert before <= promoted.promoted_at <= datetime.now(UTC)
    releases.promote("b", INDEX)
    assert statuses(releases) == {"a": "retired", "b": "live"}


def test_promoting_the_live_release_changes_nothing(releases: Releases) -> None:
    add_candidates(releases, "a")
    assert releases.promote("a", INDEX) == releases.promote("a", INDEX)


def test_a_retired_release_can_go_live_again(releases: Releases) -> None:
    add_candidates(releases, "a", "b")
    for name in ("a", "b", "a"):
        releases.promote(name, INDEX)
    assert statuses(releases) == {"a": "live", "b": "retired"}


@pytest.mark.parametrize(
    "untested",
    [
        candidate("b", passed=False),
        replace(candidate("b"), verdict={}),
        replace(candidate("b"), verdict={"passed": "yes"}),
        replace(candidate("b"), status=ReleaseStatus.REFUSED),
    ],
)
def test_what_did_not_pass_never_goes_live(releases: Releases, untested: Release) -> None:
    add_candidates(releases, "a")
    releases.promote("a", INDEX)
    made = sealed(releases, untested)
    with pytest.raises(Permanent, match="did not pass"):
        releases.promote("b", INDEX)
    assert statuses(releases) == {"a": "live", "b": made.status}


def test_what_was_not_evaluated_never_goes_live(releases: Releases) -> None:
    made = sealed(releases, candidate("b"))
    releases.update(replace(made, evaluated_fingerprint=None, verdict=None))
    with pytest.raises(Permanent, match="not evaluated yet"):
        releases.promote("b", INDEX)


PAGE = Article("h:1", "h", "1", "1", "1", (), "1")
NEWER = replace(PAGE, content_hash="2")
EDITS: dict[str, tuple[Callable[[], Update | Delete], str]] = {
    "an article leaves": (lambda: delete(PinRow), "its articles"),
    "an article becomes another version": (
        lambda: update(PinRow).values(content_hash="2"),
        "its articles, its fingerprint",
    ),
    "the text of an article": (
        lambda: update(VersionRow).values(payload=b"edited"),
        "its articles",
    ),
    "an asset leaves": (lambda: delete(AssetPinRow), "its assets"),
    "the text of an asset": (lambda: update(AssetRow).values(text="1. Refund all."), "its assets"),
    "the verdict": (lambda: update(ReleaseRow).values(verdict={"passed": True}), "its verdict"),
    "the fingerprint": (lambda: update(ReleaseRow).values(fingerprint="f"), "its fingerprint"),
    "the evaluated fingerprint": (
        lambda: update(ReleaseRow).values(evaluated_fingerprint="f"),
        "its fingerprint",
    ),
}


@pytest.mark.parametrize("status", [ReleaseStatus.CANDIDATE, ReleaseStatus.RETIRED])
@pytest.mark.parametrize("edit", EDITS)
def test_a_release_that_was_edited_after_its_evaluation_never_goes_live(
    database: Database, releases: Releases, edit: str, status: ReleaseStatus
) -> None:
    articles = Articles(database)
    for page in (PAGE, NEWER):
        articles.put(page, "r")
        sealed(releases, candidate(f"of {page.content_hash}"), [page], [asset("refund")])
    if status is ReleaseStatus.RETIRED:
        releases.promote("of 1", INDEX)
        releases.promote("of 2", INDEX)
    else:
        releases.promote("of 2", INDEX)
    statement, what = EDITS[edit]
    with database.write("knowledge") as session:
        session.execute(statement().where(_row_of(statement(), "of 1")))
    with pytest.raises(Permanent, match=f"changed after it was evaluated .{what}"):
        releases.promote("of 1", INDEX)
    assert statuses(releases)["of 2"] == "live"


def test_a_release_whose_index_was_edited_never_goes_live(releases: Releases) -> None:
    add_candidates(releases, "a", "b")
    releases.promote("a", INDEX)
    with pytest.raises(Permanent, match=r"changed after it was evaluated .its index"):
        releases.promote("b", "digest of another index")
    assert statuses(releases) == {"a": "live", "b": "candidate"}


def test_a_release_of_before_seals_goes_live_again_only_if_it_was_live(
    database: Database, releases: Releases
) -> None:
    add_candidates(releases, "a", "b", "c")
    releases.promote("a", INDEX)
    releases.promote("b", INDEX)
    with database.write("knowledge") as session:
        session.execute(update(ReleaseRow).values(seal=None))
    assert releases.promote("a", INDEX).id == "a"
    with pytest.raises(Permanent, match="its seal"):
        releases.promote("c", INDEX)


def test_a_verdict_is_the_same_after_any_database_has_kept_it(releases: Releases) -> None:
    verdict = {"passed": True, "rules": [{"score": -0.0, "p": 1e-7, "n": 3, "interval": (0, 1.0)}]}
    releases.add(replace(candidate("a"), verdict=verdict), [])
    kept, again = releases.get("a"), releases.get("a")
    assert kept is not None
    assert again is not None
    assert sealed_verdict(kept.verdict or {}) == sealed_verdict(again.verdict or {})


def test_an_unknown_release_never_goes_live(releases: Releases) -> None:
    with pytest.raises(Permanent, match="no release nope"):
        releases.promote("nope", INDEX)


def test_promoting_many_at_once_leaves_exactly_one_live(releases: Releases) -> None:
    names = [f"r{number}" for number in range(8)]
    add_candidates(releases, *names)
    at_once([lambda name=name: releases.promote(name, INDEX) for name in names])  # type: ignore[misc]  # mypy can't see a default's type
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
    live = releases.promote("a", INDEX)
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
    releases.promote("b", INDEX)
    releases.drop("a")
    releases.drop("a")
    with pytest.raises(Permanent, match="b is live"):
        releases.drop("b")
    assert statuses(releases) == {"b": "live"}


def _row_of(statement: Update | Delete, release_id: str) -> ColumnElement[bool]:
    """The rows of a statement's table that belong to this release alone."""
    table = str(statement.table)
    if table == "release":
        return ReleaseRow.id == release_id
    if table == "article_version":
        return VersionRow.content_hash == "1"
    if table == "asset_version":
        return AssetRow.name == "refund"
    row = PinRow if table == "release_article" else AssetPinRow
    return row.release_id == release_id


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
