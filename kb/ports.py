"""What the use cases need from the world. Each port has one contract suite in tests/contracts."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from kb.findings import Fetched, Finding, FindingStatus, Opinion, StatusChange, Unseen
from kb.types import Article, Asset, Document, Filters, Held, Hit, Message, Passage, Release

Vector: TypeAlias = npt.NDArray[np.float32]
Matrix: TypeAlias = npt.NDArray[np.float32]


class Progress(Protocol):
    """Told how far long work is; `total` is None while it is unknown."""

    def __call__(self, step: str, done: int, total: int | None) -> None: ...


class Source(Protocol):
    """Where articles come from. `revisions` is cheap; `fetch` reads."""

    name: str

    def revisions(self) -> Mapping[str, str]:
        """External id to an opaque revision, for every document that there is now."""
        ...

    def assets(self) -> frozenset[str]:
        """Paths of what is no article but can be linked to, such as images."""
        ...

    def fetch(self, external_id: str) -> Document:
        """Raises `Permanent` when this document can't be read, `Transient` when not now."""
        ...


class Parser(Protocol):
    """Reads a document. `version` changes when the same document would be read differently."""

    @property
    def version(self) -> str: ...

    def __call__(self, document: Document) -> Article:
        """Raises `Permanent` when the document can't be read. One that its author has not
        finished has `extra["draft"] == "true"`."""
        ...


class Encoder(Protocol):
    """Text to unit vectors. `fingerprint` changes when the vectors would."""

    @property
    def fingerprint(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Matrix:
        """Shape (len(texts), dimension), float32, each row of length 1."""
        ...

    def encode_query(self, text: str) -> Vector:
        """Shape (dimension,), float32, of length 1."""
        ...


@dataclass(frozen=True, slots=True)
class Resemblance:
    """How close the words of a question are to texts. `words` are the question's, in lower case
    and in order; `close` has the shape (words, texts): cosines of each word to the nearest one of
    each text; `whole` the cosines of the whole question to each text."""

    words: tuple[str, ...]
    close: Matrix
    whole: Vector


class Index(Protocol):
    """One release's passages, searchable. Implementations: embedded Qdrant, Qdrant server."""

    def upsert(self, passages: Sequence[Passage], vectors: Matrix) -> None: ...

    def ids(self) -> set[str]:
        """Ids of every passage in the index."""
        ...

    def delete(self, ids: Iterable[str]) -> None: ...

    def vectors(self, ids: Sequence[str]) -> dict[str, Vector]:
        """Vectors of those of `ids` that the index holds."""
        ...

    def search(self, text: str, vector: Vector | None, limit: int, filters: Filters) -> list[Hit]:
        """Best first. With `vector` None: BM25 alone. With `text` empty: dense alone."""
        ...

    def digest(self) -> str:
        """SHA-256, in hex, of the passages that it holds and of some of their vectors (of all
        where there are few): the same for the same content."""
        ...

    def flush(self) -> None:
        """What was written survives a crash after this returns."""
        ...

    def close(self) -> None: ...


class IndexBackend(Protocol):
    """Makes and finds indexes by release id."""

    def create(self, release_id: str, dimension: int) -> Index:
        """An empty index, or the one that an interrupted run left under this id."""
        ...

    def open(self, release_id: str) -> Index:
        """For reading. Raises `Permanent` when there is none."""
        ...

    def names(self) -> set[str]: ...

    def drop(self, release_id: str) -> None:
        """Nothing happens when there is none."""
        ...

    def digest(self, release_id: str) -> str:
        """Of this release's index, as `Index.digest`. Raises `Permanent` when there is none."""
        ...

    def point_live(self, release_id: str) -> None:
        """Lets outside readers follow the live release (the server's alias)."""
        ...


class ArticleStore(Protocol):
    """Articles by version. The head is what was synced last; a release pins versions."""

    def head(self) -> list[Article]:
        """Every current article, by id."""
        ...

    def revisions(self, source: str) -> dict[str, str]:
        """Article id to the revision it was last fetched at."""
        ...

    def put(self, article: Article, revision: str) -> None: ...

    def touch(self, article_id: str, revision: str) -> None:
        """The document's revision moved, its content did not."""
        ...

    def remove(self, ids: Iterable[str]) -> None:
        """From the head. A version that a kept release pins stays readable through it."""
        ...

    def of_release(self, release_id: str) -> list[Article]: ...

    def get(self, release_id: str, article_id: str) -> Article | None: ...


class ReleaseStore(Protocol):
    """Releases and which one is live."""

    def add(
        self, release: Release, articles: Sequence[Article], assets: Sequence[Asset] = ()
    ) -> None:
        """Pins these versions. The same id again replaces it, unless it is live or retired."""
        ...

    def assets(self, release_id: str) -> list[Asset]:
        """What it holds beside articles, by kind and name."""
        ...

    def asset(self, kind: str, name: str, version: str) -> Asset | None:
        """One that any release ever held, also one that was dropped."""
        ...

    def held(self, release_id: str) -> Held:
        """What its rows hold now; nothing for an unknown release."""
        ...

    def update(self, release: Release) -> None: ...

    def get(self, release_id: str) -> Release | None: ...

    def all(self) -> list[Release]:
        """Newest first."""
        ...

    def live(self) -> Release | None: ...

    def promote(self, release_id: str, index: str) -> Release:
        """Makes it live in one transaction and retires the one before. Raises `Permanent`
        unless it passed its evaluation or was live before, and holds exactly what it held then;
        `index` is the digest of its index."""
        ...

    def drop(self, release_id: str) -> None: ...


class FindingStore(Protocol):
    """Findings across runs."""

    def record(
        self, findings: Sequence[Finding], run_at: datetime, unseen: Unseen = ...
    ) -> list[Finding]:
        """Stores a run's findings and returns them with their kept statuses. One that is not
        in the run any more becomes fixed, unless the run could not look at it; a fixed one that
        comes back is open again."""
        ...

    def all(self, statuses: Iterable[FindingStatus] | None = None) -> list[Finding]:
        """Of these statuses, or of any, most harmful first. A snoozed one whose time has come is
        open."""
        ...

    def get(self, finding_id: str) -> Finding | None: ...

    def stamp(self) -> str:
        """Another one after each run and each change of a status; cheap to read."""
        ...

    def set_status(
        self,
        finding_id: str,
        status: FindingStatus,
        by: str,
        reason: str,
        at: datetime,
        until: datetime | None = None,
    ) -> Finding:
        """As `set_statuses`, of one finding."""
        ...

    def set_statuses(
        self,
        finding_ids: Sequence[str],
        status: FindingStatus,
        by: str,
        reason: str,
        at: datetime,
        until: datetime | None = None,
    ) -> list[Finding]:
        """The findings with their new status, all or none. `until` is when a snoozed one wakes.
        Raises `Permanent` for an unknown finding and for a change that makes no sense."""
        ...

    def history(self, finding_id: str) -> list[StatusChange]:
        """Every change of its status, oldest first."""
        ...

    def changes(self) -> list[StatusChange]:
        """Every change of every finding, oldest first."""
        ...


class Cache(Protocol):
    """Results of costly work by what they were made from. `kind` names the work and its version,
    a key the input, as by its hash. It may lose anything at any time, and never raises."""

    def get(self, kind: str, keys: Collection[str]) -> dict[str, bytes]:
        """Those of `keys` that are kept."""
        ...

    def put(self, kind: str, values: Mapping[str, bytes]) -> None: ...

    def prune(self, kind: str, keep: Collection[str]) -> None:
        """Forgets all of this kind but `keep`."""
        ...


class LinkProbe(Protocol):
    """Tries external links, politely. Never raises for a link: what went wrong is in the answer."""

    def __call__(self, urls: Sequence[str], progress: Progress | None = None) -> dict[str, Fetched]:
        """One answer for each different url."""
        ...


class Notifier(Protocol):
    """Sends messages to addresses, which are secrets: no answer holds any part of one."""

    def name(self, address: str) -> str:
        """The kind of service behind an address, such as E-Mail; empty for no known one."""
        ...

    def __call__(self, message: Message, addresses: Sequence[str]) -> list[str | None]:
        """For each address why nothing could be delivered there, None where it was. One that
        fails does not keep the others waiting for more than a second try. Never raises."""
        ...


class SecondJudge(Protocol):
    """Looks at contradictions again. It may only confirm or lower them. `name` changes when its
    opinions would."""

    @property
    def name(self) -> str: ...

    def __call__(self, findings: Sequence[Finding]) -> list[Opinion | None]:
        """One for each finding, in order; None where the judge failed, had no time, or the budget
        was spent. Never raises."""
        ...


Compare: TypeAlias = Callable[[str, Sequence[str]], Resemblance]
Search: TypeAlias = Callable[[str, int], Iterable[Hit]]
