"""HTML to drafts. The article's text is what a reader sees, put together from the elements."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import html

from kb.parse.drafts import Draft, draft
from kb.parse.elements import Element, partition
from kb.parse.front import Front
from kb.parse.front import read as read_front
from kb.parse.leaves import LINK, LINK_END, LINK_TEXT, Leaf, Leaves
from kb.parse.plain import BREAK, Plain
from kb.parse.tables import rows
from kb.parse.webpage import article, load, page_title, statements
from kb.types import BlockKind, Link

_MARKED = re.compile(f"({LINK}\\d+{LINK_TEXT}|{LINK_END})")


@dataclass(frozen=True, slots=True)
class Page:
    """`text`, and drafts, links and anchors that refer to it. `title` is from the page's head."""

    text: str
    drafts: tuple[Draft, ...]
    links: tuple[Link, ...]
    anchors: tuple[str, ...]
    front: Front
    title: str


def read(markup: str) -> Page:
    """Reads an HTML page. Raises `Permanent` when it holds nothing."""
    root = load(markup)
    front, title = read_front(statements(root)), page_title(root)
    body = article(root)
    leaves = Leaves()
    leaves.read(body)
    writer = _Writer(leaves)
    for run in _runs(partition(html.tostring(body, encoding="unicode")), leaves):
        writer.write(run)
    text = "".join(writer.parts).rstrip()
    last = len(text)
    return Page(
        text,
        tuple(writer.folded()),
        tuple(
            replace(link, start=min(link.start, last), end=min(link.end, last))
            for link in writer.links
        ),
        tuple(dict.fromkeys(leaves.anchors)),
        front,
        title,
    )


@dataclass(frozen=True, slots=True)
class _Run:
    """An element and its leaf, or all the elements of a table."""

    cells: tuple[tuple[Leaf, str], ...]
    number: int

    @property
    def leaf(self) -> Leaf:
        return self.cells[0][0]


def _runs(elements: Iterator[Element], leaves: Leaves) -> Iterator[_Run]:
    table: list[tuple[Leaf, str]] = []
    for element in elements:
        number = -1 if element.mark is None else element.mark
        leaf = Leaf() if number < 0 else leaves.found[number]
        if table and (leaf.table is None or leaf.table[0] != table[0][0].table[0]):  # type: ignore[index]  # cells always have one
            yield _Run(tuple(table), number)
            table = []
        if leaf.table is not None:
            table.append((leaf, element.text))
        else:
            yield _Run(((leaf, element.text),), number)
    if table:
        yield _Run(tuple(table), len(leaves.found))


@dataclass
class _Writer:
    """Appends what a reader sees and notes where it stands."""

    leaves: Leaves
    parts: list[str] = field(default_factory=list)
    size: int = 0
    drafts: list[tuple[int, Draft]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    _folds: dict[int, int] = field(default_factory=dict)

    def write(self, run: _Run) -> None:
        leaf, shown = run.cells[0]
        if leaf.table is not None:
            self._table(run)
            return
        if leaf.marker and leaf.kind in (BlockKind.STEP, BlockKind.LIST_ITEM):
            self._put(f"{leaf.marker} ")
        plain = self._append(shown, code=leaf.kind is BlockKind.CODE)
        if not plain.text.strip():
            return
        if leaf.fold is not None:
            self._folds[len(self.drafts)] = leaf.fold
        anchors = tuple(dict.fromkeys(leaf.anchors))
        made = draft(leaf.kind, plain, depth=leaf.depth, marker=leaf.marker, anchors=anchors)
        self.drafts.append((run.number, made))
        self._put("\n\n")

    def folded(self) -> Iterator[Draft]:
        """The drafts, where each fold knows the text offset at which it ends."""
        for index, (_, made) in enumerate(self.drafts):
            if index in self._folds:
                after = (item for number, item in self.drafts if number >= self._folds[index])
                following = next(after, None)
                made = replace(made, until=following.start if following else self.size)
            yield made

    def _table(self, run: _Run) -> None:
        lines: dict[int, list[Plain]] = {}
        header: list[str] = []
        for leaf, shown in run.cells:
            number = leaf.table[1] if leaf.table else 0
            if number in lines:
                self._put(" | ")
            elif lines:
                self._put("\n")
            lines.setdefault(number, []).append(self._append(shown))
        self._put("\n\n")
        first = next(iter(lines))
        if len(lines) > 1 and all(
            leaf.table[2] for leaf, _ in run.cells if leaf.table and leaf.table[1] == first
        ):
            header = [cell.text for cell in lines.pop(first)]
        self.drafts.extend((run.number, made) for made in rows(header, list(lines.values())))

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.size += len(text)

    def _append(self, shown: str, *, code: bool = False) -> Plain:
        """Adds an element's text without its marks, which become links."""
        start = self.size
        pieces = _MARKED.split(shown if code else _tidy(shown))
        text = pieces[0]
        opened: list[tuple[int, int]] = []
        for sign, piece in zip(pieces[1::2], pieces[2::2], strict=True):
            if sign == LINK_END:
                self._link(opened, text, start)
            else:
                opened.append((int(sign[1:-1]), len(text)))
            text += piece.lstrip(" ") if text[-1:].isspace() and not code else piece
        while opened:
            self._link(opened, text, start)
        text = text.rstrip()
        self._put(text)
        places = range(start, self.size)
        return Plain(text, places, range(start + 1, self.size + 1))

    def _link(self, opened: list[tuple[int, int]], text: str, base: int) -> None:
        if opened:
            number, begin = opened.pop()
            target, alt, image = self.leaves.targets[number]
            shown = text[begin:].rstrip()
            end = base + begin + len(shown)
            self.links.append(Link(target, alt or shown, base + begin, end, image))


def _tidy(shown: str) -> str:
    """With the author's line breaks, and no space around them or at the ends."""
    return "\n".join(part.strip() for part in shown.replace(BREAK, "\n").split("\n")).strip()
