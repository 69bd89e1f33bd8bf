"""Documents to articles.

The text of Markdown and plain text is the file itself with `\\n` line ends; that of HTML, PDF and
DOCX is what a reader sees. Every span of an article refers to that text.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import PurePosixPath
from urllib.parse import urljoin

from kb.errors import Permanent
from kb.owners import Owners
from kb.parse.byline import byline
from kb.parse.content import Content
from kb.parse.drafts import outline
from kb.parse.front import Front
from kb.types import Article, BlockKind, Document

PARSER_VERSION = "1"
"""Raised whenever the same bytes are read differently: every article is then read again."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for articles that do not say. `base_url` is where articles are published;
    `owner` owns what `owners` gives to nobody."""

    owner: str = "unowned"
    locale: str = "en"
    base_url: str | None = None
    owners: Owners = field(default_factory=Owners)

    def owner_of(self, document: Document) -> str:
        """The owner of a document that names none."""
        return self.owners.owner(document.path, document.source) or self.owner


@dataclass(frozen=True, slots=True)
class DocumentParser:
    """`parse` with its defaults: the `Parser` of the ports."""

    defaults: Defaults

    @property
    def version(self) -> str:
        """A short name of how documents are read; another one means that all are read again."""
        return sha256(repr((PARSER_VERSION, asdict(self.defaults))).encode()).hexdigest()[:12]

    def __call__(self, document: Document) -> Article:
        return parse(document, self.defaults)


def parse(document: Document, defaults: Defaults) -> Article:
    """The article. An unfinished one has `extra["draft"] == "true"`.

    Raises `Permanent`, with a reason that its author understands, when the document is empty,
    broken, locked or of a kind that is not read.
    """
    reader = _readers().get(document.media_type)
    if reader is None:
        raise Permanent(f"files of type {document.media_type} are not read")
    try:
        content = reader(document.data)
    except RecursionError:
        raise Permanent("the document is nested too deeply to be read") from None
    if not content.drafts:
        raise Permanent("the document has no text")
    return _article(document, defaults, content)


def _article(document: Document, defaults: Defaults, content: Content) -> Article:
    front = byline(content.front, content.drafts)
    title = _title(document, content)
    sections, anchors = outline(content.drafts, title, content.text)
    extra = dict(front.extra) | ({"draft": "true"} if front.draft else {})
    owner = defaults.owner_of(document)
    return Article(
        id=document.id,
        source=document.source,
        path=document.path,
        title=title,
        text=content.text,
        sections=sections,
        content_hash=_content_hash(document, defaults, owner),
        media_type=document.media_type,
        owner=front.owner or owner,
        audience=front.audience,
        product=front.product,
        locale=front.locale or defaults.locale,
        tags=front.tags,
        url=_url(document, defaults, front),
        created_at=front.created_at or document.created_at,
        updated_at=front.updated_at or document.updated_at,
        reviewed_on=front.reviewed_on,
        links=content.links,
        anchors=tuple(dict.fromkeys((*anchors, *content.anchors))),
        extra=extra,
    )


def _readers() -> Mapping[str, Callable[[bytes], Content]]:
    from kb.parse import content

    return {
        "text/markdown": content.markdown,
        "text/mdx": content.mdx,
        "text/html": content.html,
        "text/plain": content.plain,
        "application/pdf": content.pdf,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": content.word,
    }


def _title(document: Document, content: Content) -> str:
    headings = [item for item in content.drafts if item.kind is BlockKind.HEADING]
    first = next((item.text for item in headings if item.depth == 1 and item.until is None), "")
    any_heading = headings[0].text if headings and content.rendered else ""
    named = content.front.title or first or content.title or any_heading
    return named or _readable(document.path)


def _readable(path: str) -> str:
    """`guides/set-up_hub.md` as "Set up hub"; an index is named by its folder."""
    pure = PurePosixPath(path)
    stem = pure.stem
    if stem.lower() in ("index", "readme") and pure.parent.name:
        stem = pure.parent.name
    words = " ".join(stem.replace("-", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:]


def _url(document: Document, defaults: Defaults, front: Front) -> str | None:
    written = front.url or front.extra.get("slug", "")
    if written.startswith(("http://", "https://")):
        return written
    if document.url or not defaults.base_url:
        return document.url
    path = PurePosixPath(document.path)
    stem = path.parent if path.stem.lower() in ("index", "readme") else path.with_suffix("")
    target = written.lstrip("/") or ("" if str(stem) == "." else str(stem))
    return urljoin(defaults.base_url.rstrip("/") + "/", target)


def _content_hash(document: Document, defaults: Defaults, owner: str) -> str:
    """Moves with the owner that the rules give to this document, not with the rules."""
    outside = (
        PARSER_VERSION,
        defaults.locale,
        defaults.base_url,
        owner,
        document.media_type,
        document.url,
        document.created_at and document.created_at.isoformat(),
        document.updated_at and document.updated_at.isoformat(),
    )
    return sha256(repr(outside).encode() + b"\0" + document.data).hexdigest()
