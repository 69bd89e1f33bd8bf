"""An HTML tree to leaves: every stretch of text gets a mark, and is remembered with its place.

The tree is changed: marks are put in front of texts, links and images become marks, and cells
are flattened. Then unstructured partitions it, and the marks lead back here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from lxml import html

from kb.parse.elements import mark
from kb.parse.plain import BREAK
from kb.parse.tags import BLOCK
from kb.parse.webpage import is_callout
from kb.types import BlockKind

LINK, LINK_TEXT, LINK_END = "\ue012", "\ue013", "\ue014"
"""A link is LINK number LINK_TEXT its text LINK_END; an image has no text."""

_BLOCKS = BLOCK | {"body", "html", "article", "fieldset", "legend", "optgroup", "video"}
_RENAMED = {"details": "div", "summary": "h6", "figure": "div", "label": "span"}
"""unstructured drops these, text and all."""

_NOTE = re.compile(
    r"\W*(?:note|tip|warning|important|caution|info)\s*[:!\u2013\u2014-]", re.IGNORECASE
)


@dataclass
class _Item:
    """A list item whose marker stands before its first text alone."""

    marker: str = ""


@dataclass(frozen=True)
class Leaf:
    """Where a stretch of text stands. `table` is (table, row, is header) of a cell. `fold` is the
    number of the first leaf after the fold that a summary opens."""

    kind: BlockKind = BlockKind.PARAGRAPH
    depth: int = 0
    marker: str = ""
    anchors: tuple[str, ...] = ()
    table: tuple[int, int, bool] | None = None
    fold: int | None = None


@dataclass(frozen=True)
class _Context:
    kind: BlockKind = BlockKind.PARAGRAPH
    depth: int = -1
    item: _Item | None = None
    heading: int = 0
    anchors: tuple[str, ...] = ()


@dataclass
class Leaves:
    """The leaves by mark, the targets of links by number, and every id of the tree."""

    found: list[Leaf] = field(default_factory=list)
    targets: list[tuple[str, str, bool]] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    _tables: int = 0

    def read(self, root: html.HtmlElement) -> None:
        """Marks the whole of `root`."""
        for element in root.iter():
            names = [element.get("id"), element.get("name") if element.tag == "a" else None]
            self.anchors.extend(name for name in names if name)
        self._inline(root)
        self._walk(root, _Context())

    def _inline(self, root: html.HtmlElement) -> None:
        for element in list(root.iter("img", "br", "a")):
            if element.tag == "img":
                self._image(element)
            elif element.tag == "a":
                self._link(element)
            else:
                in_code = any(parent.tag == "pre" for parent in element.iterancestors())
                _replace(element, "\n" if in_code else BREAK)

    def _image(self, element: html.HtmlElement) -> None:
        target = element.get("src") or element.get("data-src") or ""
        shown = ""
        if target and not target.startswith("data:"):
            shown = f"{LINK}{len(self.targets)}{LINK_TEXT}{LINK_END}"
            self.targets.append((target, element.get("alt") or "", True))
        _replace(element, shown)

    def _link(self, element: html.HtmlElement) -> None:
        target = element.get("href")
        if not target:
            return
        holder = element
        while (inner := next(filter(_is_block, holder), None)) is not None:
            holder = inner
        holder.text = f"{LINK}{len(self.targets)}{LINK_TEXT}{holder.text or ''}"
        if len(holder):
            holder[-1].tail = (holder[-1].tail or "") + LINK_END
        else:
            holder.text += LINK_END
        self.targets.append((target, "", False))

    def _walk(self, element: html.HtmlElement, around: _Context) -> None:
        context = self._context(element, around)
        if element.tag == "table":
            self._table(element)
            return
        if element.tag == "pre":
            element.text = self._new(_Context(kind=BlockKind.CODE)) + element.text_content()
            del element[:]
            return
        first = len(self.found)
        if _begins_text(element.text, element):
            element.text = self._new(context) + (element.text or "")
        for child in list(element):
            if _is_block(child):
                self._walk(child, context)
                if _begins_text(child.tail, child.itersiblings()):
                    child.tail = self._new(context) + (child.tail or "")
        if element.tag == "details":
            self._end_fold(first)
        if element.tag in _RENAMED:
            element.tag = _RENAMED[element.tag]

    def _end_fold(self, first: int) -> None:
        for number in range(first, len(self.found)):
            if self.found[number].fold == -1:
                self.found[number] = replace(self.found[number], fold=len(self.found))
                return

    def _context(self, element: html.HtmlElement, around: _Context) -> _Context:
        match element.tag:
            case "ul" | "ol":
                _number(element)
                kind = BlockKind.STEP if element.tag == "ol" else BlockKind.LIST_ITEM
                return _Context(kind, around.depth + 1)
            case "li":
                depth = int(element.get("data-depth", max(0, around.depth)))
                kind = around.kind if around.depth >= 0 else BlockKind.LIST_ITEM
                marker = element.get("data-marker") or "-"
                return _Context(kind, depth, _Item(marker))
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                inner = [found.get("id") for found in element.iter() if found.get("id")]
                return _Context(
                    BlockKind.HEADING, heading=int(element.tag[1]), anchors=tuple(inner)
                )
            case "summary":
                return _Context(BlockKind.HEADING, heading=-1)
            case "blockquote" if _NOTE.match(element.text_content()):
                return _Context(BlockKind.NOTE)
        return _Context(BlockKind.NOTE) if is_callout(element) and not around.item else around

    def _table(self, table: html.HtmlElement) -> None:
        self._tables += 1
        lines = [line for line in table.iter("tr") if next(line.iterancestors("table")) is table]
        for number, line in enumerate(lines):
            cells = [cell for cell in line if cell.tag in ("td", "th")]
            header = all(cell.tag == "th" for cell in cells)
            for cell in cells:
                for inner in cell.iter():
                    if inner is not cell and _is_block(inner):
                        inner.tail = BREAK + (inner.tail or "")
                shown = " ".join(cell.text_content().split())
                del cell[:]
                self.found.append(Leaf(BlockKind.TABLE_ROW, table=(self._tables, number, header)))
                cell.text = mark(len(self.found) - 1) + shown

    def _new(self, context: _Context) -> str:
        marker = ""
        if context.item is not None:
            marker, context.item.marker = context.item.marker, ""
        depth = max(0, context.heading) if context.kind is BlockKind.HEADING else context.depth
        fold = -1 if context.heading == -1 else None
        leaf = Leaf(context.kind, max(0, depth), marker, context.anchors, fold=fold)
        self.found.append(leaf)
        return mark(len(self.found) - 1)


def _is_block(element: html.HtmlElement) -> bool:
    return element.tag in _BLOCKS or any(
        inner.tag in _BLOCKS for inner in element.iterdescendants()
    )


def _begins_text(text: str | None, following: Iterable[html.HtmlElement]) -> bool:
    """Whether a stretch of text begins here: words, or an inline element that holds some."""
    if (text or "").strip():
        return True
    for element in following:
        if _is_block(element):
            return False
        if element.text_content().strip() or (element.tail or "").strip():
            return True
    return False


def _replace(element: html.HtmlElement, text: str) -> None:
    """Puts `text` where `element` stood."""
    element.tail = text + (element.tail or "")
    element.drop_tree()


def _number(element: html.HtmlElement) -> None:
    if element.tag != "ol":
        return
    start = element.get("start", "1")
    number = int(start) if start.lstrip("-").isdigit() else 1
    for item in element.iterchildren("li"):
        value = item.get("value", "")
        number = int(value) if value.isdigit() else number
        if not item.get("data-marker"):
            item.set("data-marker", f"{number}.")
        number += 1
