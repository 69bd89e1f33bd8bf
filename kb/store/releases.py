"""Releases, in rows."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import ColumnElement, and_, delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kb.errors import Permanent
from kb.seal import changed
from kb.store.articles import is_version_of, unused
from kb.store.database import Database
from kb.store.tables import AssetPinRow, AssetRow, PinRow, ReleaseRow, VersionRow
from kb.types import Article, Asset, Held, Release, ReleaseStatus

# Only these two are ever served, and only `promote` moves a release to or from them.
_SERVED = (ReleaseStatus.LIVE, ReleaseStatus.RETIRED)


class Releases:
    """The `ReleaseStore` of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, release: Release, articles: Sequence[Article], assets: Sequence[Asset] = ()
    ) -> None:
        """Pins these versions. The same id again replaces it.

        Raises `Permanent` when a live or retired release has this id, when `release` claims to
        be one, and when an article was never put into the store.
        """
        _refuse_served(release)
        with self._database.write("knowledge") as session:
            old = session.get(ReleaseRow, release.id)
            if old is not None:
                _refuse_served(_value(old))
                session.delete(old)
                session.flush()
            session.add(_row(release))
            session.flush()
            _pin(session, release.id, articles)
            _pin_assets(session, release.id, assets)
            session.execute(unused())

    def assets(self, release_id: str) -> list[Asset]:
        """What it holds beside articles, by kind and name."""
        with self._database.read() as session:
            return _assets(session, release_id)

    def held(self, release_id: str) -> Held:
        """What its rows hold now; nothing for an unknown release."""
        with self._database.read() as session:
            return _held(session, release_id)

    def asset(self, kind: str, name: str, version: str) -> Asset | None:
        """One that any release ever held, also one that was dropped: a conversation may still be
        in the middle of it."""
        with self._database.read() as session:
            row = session.get(AssetRow, (kind, name, version))
            return None if row is None else _asset(row)

    def update(self, release: Release) -> None:
        """Stores its fields. Raises `Permanent` for an unknown release, and for one that would
        come to be live or retired, or cease to be: that is what `promote` is for."""
        with self._database.write("knowledge") as session:
            old = _value(_known(session, release.id))
            if old.status != release.status:
                _refuse_served(old)
                _refuse_served(release)
            session.merge(_row(release))

    def get(self, release_id: str) -> Release | None:
        with self._database.read() as session:
            row = session.get(ReleaseRow, release_id)
            return None if row is None else _value(row)

    def all(self) -> list[Release]:
        """Newest first; of the same time, the greater id first."""
        with self._database.read() as session:
            found = [_value(row) for row in session.scalars(select(ReleaseRow))]
        return sorted(found, key=lambda release: (release.created_at, release.id), reverse=True)

    def live(self) -> Release | None:
        with self._database.read() as session:
            row = _live(session)
            return None if row is None else _value(row)

    def promote(self, release_id: str, index: str) -> Release:
        """Makes it live in one transaction and retires the one before; a live one stays so.

        Raises `Permanent` for an unknown release, and unless it passed its evaluation or was live
        before, and its rows and its index (by its digest) hold exactly what they held then.
        """
        with self._database.write("knowledge") as session:
            row = _known(session, release_id)
            live = _live(session)
            if live is row:
                return _value(row)
            _refuse_untested(_value(row), _held(session, release_id), index)
            if live is not None:
                live.status = ReleaseStatus.RETIRED
                session.flush()
            row.status = ReleaseStatus.LIVE
            row.promoted_at = datetime.now(UTC)
            session.flush()
            return _value(row)

    def drop(self, release_id: str) -> None:
        """With the versions that only it pinned. Nothing happens when there is none. Raises
        `Permanent` for the live one."""
        with self._database.write("knowledge") as session:
            row = session.get(ReleaseRow, release_id)
            if row is None:
                return
            if row.status == ReleaseStatus.LIVE:
                raise Permanent(f"release {release_id} is live; roll back before dropping it")
            session.execute(delete(ReleaseRow).where(ReleaseRow.id == release_id))
            session.execute(unused())


def _pin(session: Session, release_id: str, articles: Sequence[Article]) -> None:
    pins = [
        {"release_id": release_id, "article_id": item.id, "content_hash": item.content_hash}
        for item in articles
    ]
    try:
        if pins:
            session.execute(insert(PinRow), pins)
    except IntegrityError:
        raise Permanent(
            f"release {release_id} holds an article twice or one that is not stored; sync first"
        ) from None


def _pin_assets(session: Session, release_id: str, assets: Sequence[Asset]) -> None:
    for item in assets:
        if session.get(AssetRow, (item.kind, item.name, item.version)) is None:
            session.add(AssetRow(**asdict(item)))
    session.flush()
    for item in assets:
        session.add(
            AssetPinRow(release_id=release_id, kind=item.kind, name=item.name, version=item.version)
        )
    session.flush()


def _held(session: Session, release_id: str) -> Held:
    pinned = (
        select(PinRow.article_id, PinRow.content_hash, VersionRow.payload)
        .join(VersionRow, is_version_of(PinRow))
        .where(PinRow.release_id == release_id)
    )
    return Held(
        {
            (article_id, content_hash): sha256(payload).hexdigest()
            for article_id, content_hash, payload in session.execute(pinned)
        },
        tuple(_assets(session, release_id)),
    )


def _assets(session: Session, release_id: str) -> list[Asset]:
    query = (
        select(AssetRow)
        .join(AssetPinRow, _same_asset())
        .where(AssetPinRow.release_id == release_id)
        .order_by(AssetRow.kind, AssetRow.name)
    )
    return [_asset(row) for row in session.scalars(query)]


def _same_asset() -> ColumnElement[bool]:
    return and_(
        AssetPinRow.kind == AssetRow.kind,
        AssetPinRow.name == AssetRow.name,
        AssetPinRow.version == AssetRow.version,
    )


def _asset(row: AssetRow) -> Asset:
    return Asset(row.kind, row.name, row.version, row.text)


def _live(session: Session) -> ReleaseRow | None:
    return session.scalar(select(ReleaseRow).where(ReleaseRow.status == ReleaseStatus.LIVE))


def _known(session: Session, release_id: str) -> ReleaseRow:
    row = session.get(ReleaseRow, release_id)
    if row is None:
        raise Permanent(f"there is no release {release_id}; `wellkept releases` lists them")
    return row


def _refuse_served(release: Release) -> None:
    if release.status in _SERVED:
        raise Permanent(
            f"release {release.id} is {release.status}; only promoting and rolling back change that"
        )


def _refuse_untested(release: Release, held: Held, index: str) -> None:
    if release.status != ReleaseStatus.RETIRED:
        if release.evaluated_fingerprint is None:
            raise Permanent(f"release {release.id} was not evaluated yet; release again")
        if release.status != ReleaseStatus.CANDIDATE or not _passed(release):
            raise Permanent(
                f"release {release.id} did not pass its evaluation; the verdict says why"
            )
    if edited := changed(release, held, index):
        raise Permanent(
            f"release {release.id} was changed after it was evaluated ({', '.join(edited)}): "
            "it does not go live; `wellkept release` builds and evaluates it anew"
        )


def _passed(release: Release) -> bool:
    return bool(release.verdict) and (release.verdict or {}).get("passed") is True


def _row(release: Release) -> ReleaseRow:
    return ReleaseRow(**{item.name: getattr(release, item.name) for item in fields(release)})


def _value(row: ReleaseRow) -> Release:
    return Release(
        id=row.id,
        fingerprint=row.fingerprint,
        status=ReleaseStatus(row.status),
        created_at=row.created_at,
        article_count=row.article_count,
        passage_count=row.passage_count,
        encoder=row.encoder,
        promoted_at=row.promoted_at,
        evaluated_fingerprint=row.evaluated_fingerprint,
        verdict=row.verdict,
        seal=row.seal,
    )
