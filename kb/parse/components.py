"""What HTML elements and MDX components in Markdown mean to a reader."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kb.parse.tags import FENCE, UNREAD, Tag, Value
from kb.types import BlockKind, Link

_NOTES_WORDS = (
    "note tip warning info caution danger important callout admonition alert aside check hint "
    "success error attention notice seealso"
)
NOTES = frozenset(_NOTES_WORDS.split())
_FOLDS_WORDS = (
    "accordion accordionitem tab tabitem details expandable expand collapse collapsible "
    "disclosure toggle faq faqitem dropdown step-panel"
)
FOLDS = frozenset(_FOLDS_WORDS.split())
"""What stands inside is about their title: it becomes a heading for just that stretch."""

_TITLES = ("title", "label", "question", "summary", "header", "heading", "headline")
_SHOWN = (*_TITLES, "description", "caption", "text", "answer", "linktext", "secondarytext")
_VOID_WORDS = "br hr img input meta link col wbr"
_VOID = frozenset(_VOID_WORDS.split())
_HEADING = re.compile(r"h[1-6]")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif)(?:[?#].*)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Region:
    """An element from its opening to its closing tag; `inner` is what it holds. `index` and
    `parent` number the elements of a source; -1 stands for none."""

    name: str
    tag: Tag
    end: int
    inner_end: int
    index: int
    parent: int

    @property
    def start(self) -> int:
        return self.tag.start

    @property
    def inner_start(self) -> int:
        return self.tag.end


@dataclass(frozen=True, slots=True)
class Lift:
    """A stretch of source that is a block of its own, outside the flow of Markdown."""

    kind: BlockKind
    start: int
    end: int
    depth: int = 0
    marker: str = ""
    until: int | None = None
    anchors: tuple[str, ...] = ()


@dataclass
class Meaning:
    """What the tags of one source add up to. All places are source offsets."""

    lifts: list[Lift] = field(default_factory=list)
    notes: list[tuple[int, int]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    unread: list[tuple[int, int]] = field(default_factory=list)
    tables: list[Region] = field(default_factory=list)


def regions(tags: Sequence[Tag]) -> list[Region]:
    """Every element, by its opening tag; one that is never closed ends where it begins."""
    ends: dict[int, tuple[int, int]] = {}
    parents: dict[int, int] = {}
    stack: list[int] = []
    for index, tag in enumerate(tags):
        if tag.closing:
            _close(tags, stack, tag, ends)
        elif tag.name not in ("", FENCE):
            parents[index] = stack[-1] if stack else -1
            if not tag.alone and tag.name not in _VOID:
                stack.append(index)
    found = []
    for index, parent in parents.items():
        inner_end, end = ends.get(index, (tags[index].end, tags[index].end))
        name = tags[index].name.removeprefix("liquid-").rsplit(".")[-1].lower()
        found.append(Region(name, tags[index], end, inner_end, index, parent))
    return found


def _close(
    tags: Sequence[Tag], stack: list[int], tag: Tag, ends: dict[int, tuple[int, int]]
) -> None:
    for depth in range(len(stack) - 1, -1, -1):
        if tags[stack[depth]].name == tag.name:
            ends[stack[depth]] = (tag.start, tag.end)
            del stack[depth:]
            return


def interpret(source: str, found: Sequence[Region]) -> Meaning:
    """Blocks, notes, links, anchors and tables that the elements stand for."""
    meaning = Meaning()
    meaning.unread = [
        (item.start, item.end) for item in found if item.name in UNREAD or item.tag.hidden
    ]
    counts: dict[int, int] = {}
    by_index = {item.index: item for item in found}
    for item in found:
        if any(start < item.start < end for start, end in meaning.unread):
            continue
        _anchors(item, meaning)
        meaning.links.extend(_links(source, item))
        _structure(source, item, by_index.get(item.parent, item), counts, meaning)
    return meaning


def _structure(
    source: str, item: Region, around: Region, counts: dict[int, int], meaning: Meaning
) -> None:
    title = item.tag.value(*_TITLES)
    if item.name == "table":
        meaning.tables.append(item)
    elif item.name == "summary":
        meaning.lifts.append(_inner(item, until=around.end))
    elif _HEADING.fullmatch(item.name) and source[item.inner_start : item.inner_end].strip():
        meaning.lifts.append(_inner(item, depth=int(item.name[1])))
    elif item.name in FOLDS and title and item.end > item.tag.end:
        meaning.lifts.append(Lift(BlockKind.HEADING, title.start, title.end, until=item.end))
    elif item.name == "step" and title:
        counts[item.parent] = counts.get(item.parent, 0) + 1
        marker = f"{counts[item.parent]}."
        meaning.lifts.append(Lift(BlockKind.STEP, title.start, title.end, marker=marker))
    elif item.name in NOTES and item.tag.component:
        meaning.notes.append((item.start, item.end))
        meaning.lifts.extend(_texts(item, BlockKind.NOTE))
    elif item.tag.component:
        meaning.lifts.extend(_texts(item, BlockKind.PARAGRAPH))


def _inner(item: Region, depth: int = 0, until: int | None = None) -> Lift:
    anchor = item.tag.value("id")
    return Lift(
        BlockKind.HEADING,
        item.inner_start,
        item.inner_end,
        depth=depth,
        until=until,
        anchors=(anchor.text,) if anchor else (),
    )


def _texts(item: Region, kind: BlockKind) -> Iterator[Lift]:
    for name in _SHOWN:
        value = item.tag.value(name)
        if value and any(char.isalpha() for char in value.text):
            yield Lift(kind, value.start, value.end)


def _anchors(item: Region, meaning: Meaning) -> None:
    for name in ("id", "name") if item.name == "a" else ("id",):
        value = item.tag.value(name)
        if value:
            meaning.anchors.append(value.text)


def _links(source: str, item: Region) -> Iterator[Link]:
    for name, value in (item.tag.attributes or {}).items():
        if not value.text.strip():
            continue
        if item.name == "img" and name == "src":
            alt = item.tag.value("alt", "title")
            yield Link(value.text, alt.text if alt else "", item.start, item.tag.end, image=True)
        elif item.name == "a" and name == "href":
            text = _visible(source[item.inner_start : item.inner_end])
            yield Link(value.text, text, item.start, item.end)
        elif item.tag.component and _is_target(name, value):
            title = item.tag.value(*_TITLES, "linktext", "alt")
            picture = bool(_PICTURE.search(value.text))
            text = title.text if title else ""
            yield Link(value.text, text, value.start, value.end, image=picture)


def _is_target(name: str, value: Value) -> bool:
    if name in ("src", "img", "image"):
        return bool(_PICTURE.search(value.text))
    return name in ("href", "to", "url") or name.endswith(("link", "href"))


def _visible(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]*>|[*_`]|!?\[[^\]]*\]\([^)]*\)", " ", markup).split())
