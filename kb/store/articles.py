"""Articles by version, in rows."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Delete, Select, and_, delete, exists, select, update

from kb.errors import Permanent
from kb.store.database import Database
from kb.store.payload import pack, unpack
from kb.store.tables import HeadRow, PinRow, VersionRow
from kb.types import Article

_AT_ONCE = 500


class Articles:
    """The `ArticleStore` of a database.

    A version is never changed. It stays as long as it is the head of its article or a release
    pins it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def head(self) -> list[Article]:
        """Every current article, by id."""
        return self._read(select(VersionRow.payload).join(HeadRow, is_version_of(HeadRow)))

    def revisions(self, source: str) -> dict[str, str]:
        """Article id to the revision it was last fetched at."""
        query = select(HeadRow.article_id, HeadRow.revision).where(HeadRow.source == source)
        with self._database.read() as session:
            return {row.article_id: row.revision for row in session.execute(query)}

    def put(self, article: Article, revision: str) -> None:
        """Makes it the head. Raises `Permanent` when its text can't be stored."""
        payload = pack(article)
        key = {"article_id": article.id, "content_hash": article.content_hash}
        with self._database.write("knowledge") as session:
            if session.get(VersionRow, key) is None:
                session.add(VersionRow(**key, payload=payload))
                session.flush()
            session.merge(HeadRow(**key, source=article.source, revision=revision))
            session.flush()
            session.execute(unused().where(VersionRow.article_id == article.id))

    def touch(self, article_id: str, revision: str) -> None:
        """The document's revision moved, its content did not. Raises `Permanent` for an article
        that is not in the head."""
        moved = update(HeadRow).where(HeadRow.article_id == article_id).values(revision=revision)
        with self._database.write("knowledge") as session:
            if not session.execute(moved.returning(HeadRow.article_id)).all():
                raise Permanent(f"no article {article_id} to touch; put it first")

    def remove(self, ids: Iterable[str]) -> None:
        """From the head. A version that a release pins stays readable through it."""
        with self._database.write("knowledge") as session:
            for some in _batches(list(ids)):
                session.execute(delete(HeadRow).where(HeadRow.article_id.in_(some)))
                session.execute(unused().where(VersionRow.article_id.in_(some)))

    def of_release(self, release_id: str) -> list[Article]:
        """Every article of the release, by id; none for an unknown release."""
        return self._read(_pinned(release_id))

    def get(self, release_id: str, article_id: str) -> Article | None:
        """The release's version of one article; None when the release has none."""
        found = self._read(_pinned(release_id).where(PinRow.article_id == article_id))
        return found[0] if found else None

    def _read(self, query: Select[bytes]) -> list[Article]:
        with self._database.read() as session:
            payloads = session.scalars(query).all()
        # Sorted here: databases order text by rules of their own.
        return sorted(map(unpack, payloads), key=lambda article: article.id)


def unused() -> Delete:
    """Deletes the versions that are nobody's: neither a head nor pinned."""
    return delete(VersionRow).where(
        ~exists().where(is_version_of(HeadRow)), ~exists().where(is_version_of(PinRow))
    )


def is_version_of(row: type[HeadRow] | type[PinRow]) -> ColumnElement[bool]:
    """Joins a version with what points to it."""
    return and_(
        VersionRow.article_id == row.article_id, VersionRow.content_hash == row.content_hash
    )


def _pinned(release_id: str) -> Select[bytes]:
    pins = select(VersionRow.payload).join(PinRow, is_version_of(PinRow))
    return pins.where(PinRow.release_id == release_id)


def _batches(ids: list[str]) -> list[list[str]]:
    """Lists that fit into one statement's parameters."""
    return [ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE)]
