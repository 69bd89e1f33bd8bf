"""The values that flow through Wellkept.

Frozen dataclasses, compared by value. Offsets count Unicode code points of
`Article.text`, so that `article.text[start:end]` is always the quoted text.
Times are aware and in UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path


class BlockKind(StrEnum):
    """What a block of an article is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    STEP = "step"
    NOTE = "note"
    TABLE_ROW = "table_row"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One statement: a sentence, a list item, a heading or a whole table row.

    `text` is what a reader sees, without markup; `article.text[start:end]` is the source.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row, with the headers that give it its meaning."""

    start: int
    end: int
    text: str
    column: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item, step, note, table row, heading or code listing.

    `depth` is the nesting of a list (0 outermost) or the level of a heading (1 to 6).
    `marker` is what stood before a list item ("3.", "-"), else empty.
    `cells` is filled for table rows alone.
    """

    kind: BlockKind
    start: int
    end: int
    text: str
    sentences: tuple[Sentence, ...] = ()
    depth: int = 0
    marker: str = ""
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, up to the next heading of any level.

    `path` holds the headings from the outermost to this one, without the article's title;
    it is empty for the text before the first heading. `anchor` is the slug that links use.
    """

    path: tuple[str, ...]
    anchor: str
    level: int
    start: int
    end: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link or an image of an article; `target` as written."""

    target: str
    text: str
    start: int
    end: int
    image: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """What a source hands over: bytes and what is known of them.

    `id` is `source:external id`. `path` is relative to the source's root, with forward slashes.
    """

    id: str
    source: str
    path: str
    media_type: str
    data: bytes
    revision: str
    created_at: datetime | None = None
    updated_at: datetime | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A document that was read.

    `content_hash` is the SHA-256 of the document's bytes, of how they were read and of the
    dates and owner given from outside: two articles with the same hash are the same article.
    `text` is the source text of Markdown and plain text (front matter included), and the
    visible text of HTML, PDF and DOCX. `extra` holds front matter that nothing else reads.
    """

    id: str
    source: str
    path: str
    title: str
    text: str
    sections: tuple[Section, ...]
    content_hash: str
    media_type: str = "text/markdown"
    owner: str = ""
    audience: tuple[str, ...] = ()
    product: tuple[str, ...] = ()
    locale: str = "en"
    tags: tuple[str, ...] = ()
    url: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    reviewed_on: date | None = None
    links: tuple[Link, ...] = ()
    anchors: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Passage:
    """What search finds: a stretch of one section. Its id depends on the article and what is
    embedded, never on where it stands, so that an unchanged passage keeps its vector."""

    id: str
    article_id: str
    path: str
    title: str
    heading_path: tuple[str, ...]
    start: int
    end: int
    text: str
    audience: tuple[str, ...] = ()
    product: tuple[str, ...] = ()
    locale: str = "en"
    url: str | None = None

    @property
    def embedded_text(self) -> str:
        """Title and heading path, then the text: what is embedded and weighed by BM25."""
        return "\n".join([" > ".join([self.title, *self.heading_path]), self.text])


@dataclass(frozen=True, slots=True)
class Filters:
    """What search may return. Empty means no restriction, except for `audience`: an article
    without an audience is for everybody; one with an audience is found only by a member."""

    audience: tuple[str, ...] = ()
    locale: str | None = None
    product: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a query found. `score` grows with relevance and is comparable only
    within one result; `similarity` is the cosine to the query, `lexical` the BM25 score as a
    share of the highest that the query's words can reach; None when not computed."""

    passage: Passage
    score: float
    similarity: float | None = None
    lexical: float | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What a customer asked, from a conversation log or from the agent's own record."""

    id: str
    text: str
    asked_at: datetime | None = None
    resolved: bool | None = None


class GapVerdict(StrEnum):
    """Why customers do not find an answer."""

    MISSING = "missing"
    THIN = "thin"
    HARD_TO_FIND = "hard_to_find"


@dataclass(frozen=True, slots=True)
class Cluster:
    """Questions about one topic, and what the help center has on it.

    `nearest` holds article paths, nearest first; `verdict` is None where the topic is covered.
    """

    id: str
    label: str
    question_ids: tuple[str, ...]
    examples: tuple[str, ...]
    nearest: tuple[str, ...]
    verdict: GapVerdict | None
    suggestion: str


class ReleaseStatus(StrEnum):
    """Where a release stands. Exactly one is live, or none before the first promotion."""

    BUILDING = "building"
    CANDIDATE = "candidate"
    LIVE = "live"
    RETIRED = "retired"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Asset:
    """A text beside the articles that a release holds, such as a procedure. `version` changes
    when what is made of it would."""

    kind: str
    name: str
    version: str
    text: str


@dataclass(frozen=True, slots=True)
class Release:
    """A version of the knowledge: exactly these articles and assets, this model, these settings.

    `fingerprint` is a SHA-256 over all of them; `evaluated_fingerprint` is what the gate passed;
    `encoder` is the fingerprint of the model that made its vectors; `seal` holds digests of what
    was built and evaluated, by part.
    """

    id: str
    fingerprint: str
    status: ReleaseStatus
    created_at: datetime
    article_count: int = 0
    passage_count: int = 0
    encoder: str = ""
    promoted_at: datetime | None = None
    evaluated_fingerprint: str | None = None
    verdict: Mapping[str, object] | None = None
    seal: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What a release holds in rows: the SHA-256 of each article as it is stored, by article id and
    content hash, and its assets."""

    texts: Mapping[tuple[str, str], str]
    assets: tuple[Asset, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent to people outside. `body` is Markdown; `attachment` goes along where the
    service takes files."""

    subject: str
    body: str
    attachment: Path | None = None


@dataclass(frozen=True, slots=True)
class ReadError:
    """A document that could not be read: the run names it and goes on."""

    path: str
    reason: str
