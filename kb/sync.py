"""Sources into articles: only what changed is read, and what is gone leaves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.errors import ConfigError, Permanent
from kb.ports import ArticleStore, Cache, Parser, Progress, Source
from kb.recollection import recall
from kb.types import Article, Document, ReadError

_NAMED = 3
"""How many unreadable documents an error message names; the report names all."""
_AT_ONCE = 200
"""How many documents are held in memory and looked up together."""


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did, in numbers of articles. `skipped` are drafts; `errors` are by path."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    skipped: int = 0
    errors: tuple[ReadError, ...] = ()


@dataclass(frozen=True, slots=True)
class _Listed:
    """A document that a source has now, and the revision under which it is stored."""

    source: Source
    external_id: str
    revision: str

    @property
    def id(self) -> str:
        return f"{self.source.name}:{self.external_id}"


def sync(
    sources: Sequence[Source], store: ArticleStore, parse: Parser, progress: Progress
) -> SyncReport:
    """Brings the store's head up to date with `sources`; articles of other sources leave it.

    A document with an unchanged revision is not read. One that can no longer be read leaves the
    head too: what its author has changed is never served as if it were still true.
    Raises `ConfigError` without sources, `Permanent` when not one document can be read (the head
    then stays as it was), and `Transient` when a source fails for now.
    """
    listed = _list(sources, parse.version)
    stored = {article.id: article.content_hash for article in store.head()}
    known = {id_: rev for source in sources for id_, rev in store.revisions(source.name).items()}
    changed = [
        item for item in listed if item.id not in stored or known.get(item.id) != item.revision
    ]
    outcome = _Outcome(store, stored)
    for item, read in _read(changed, parse, progress):
        outcome.take(item, read)
    kept = {item.id for item in listed} - outcome.lost
    if not kept:
        raise Permanent(_nothing(outcome.errors))
    gone = sorted(stored.keys() - kept)
    if gone:
        store.remove(gone)
    return SyncReport(
        added=outcome.added,
        changed=outcome.changed,
        unchanged=len(listed) - len(changed) + outcome.same,
        removed=len(gone),
        skipped=outcome.skipped,
        errors=tuple(outcome.errors),
    )


def read(
    sources: Sequence[Source], parse: Parser, progress: Progress, cache: Cache | None = None
) -> tuple[list[Article], tuple[ReadError, ...]]:
    """All finished articles by id, and what could not be read; nothing is stored but in `cache`,
    from which documents come that were read before.

    Raises as `sync` does.
    """
    listed = _list(sources, parse.version)
    articles: list[Article] = []
    errors: list[ReadError] = []
    for start in range(0, len(listed), _AT_ONCE):
        documents: list[Document] = []
        for item in listed[start : start + _AT_ONCE]:
            try:
                documents.append(item.source.fetch(item.external_id))
            except Permanent as error:
                errors.append(ReadError(item.external_id, str(error)))
        for done, found in enumerate(recall(documents, parse, cache), start + 1):
            if isinstance(found, ReadError):
                errors.append(found)
            elif not _is_draft(found):
                articles.append(found)
            progress("read", done, len(listed))
    if not articles:
        raise Permanent(_nothing(errors))
    errors.sort(key=lambda error: error.path)
    return sorted(articles, key=lambda article: article.id), tuple(errors)


class _Outcome:
    """Puts what was read into the store, and counts."""

    def __init__(self, store: ArticleStore, stored: Mapping[str, str]) -> None:
        self._store = store
        self._stored = stored
        self.added = self.changed = self.same = self.skipped = 0
        self.errors: list[ReadError] = []
        self.lost: set[str] = set()

    def take(self, item: _Listed, found: Article | ReadError) -> None:
        if isinstance(found, ReadError):
            self.errors.append(found)
            self.lost.add(item.id)
        elif _is_draft(found):
            self.skipped += 1
            self.lost.add(item.id)
        elif self._stored.get(item.id) == found.content_hash:
            self._store.touch(item.id, item.revision)
            self.same += 1
        else:
            self._store.put(found, item.revision)
            self.added += item.id not in self._stored
            self.changed += item.id in self._stored


def _list(sources: Sequence[Source], version: str) -> list[_Listed]:
    if not sources:
        raise ConfigError("no sources: name a folder of articles")
    names = [source.name for source in sources]
    if len(set(names)) < len(names):
        raise ConfigError(f"two sources have the same name: {', '.join(sorted(names))}")
    return [
        _Listed(source, external_id, f"{version}:{revision}")
        for source in sources
        for external_id, revision in source.revisions().items()
    ]


def _read(
    listed: Sequence[_Listed], parse: Parser, progress: Progress
) -> Iterator[tuple[_Listed, Article | ReadError]]:
    for done, item in enumerate(listed, 1):
        try:
            found: Article | ReadError = parse(item.source.fetch(item.external_id))
        except Permanent as error:
            found = ReadError(item.external_id, str(error))
        yield item, found
        progress("read", done, len(listed))


def _is_draft(article: Article) -> bool:
    return article.extra.get("draft") == "true"


def _nothing(errors: Sequence[ReadError]) -> str:
    if not errors:
        return "there is no finished article to read"
    named = "; ".join(f"{error.path}: {error.reason}" for error in errors[:_NAMED])
    more = f"; and {len(errors) - _NAMED} more" if len(errors) > _NAMED else ""
    return f"not one document could be read: {named}{more}"
