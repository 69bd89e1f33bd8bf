"""Markdown's token stream to drafts: what each block is and which list or note it stands in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

from markdown_it.token import Token

from kb.parse.components import NOTES
from kb.parse.drafts import Draft, draft
from kb.parse.elements import mark
from kb.parse.mask import Masked
from kb.parse.places import Places
from kb.parse.plain import BREAK, NOTHING, Plain
from kb.parse.tables import rows
from kb.types import BlockKind, Link

_ALERT = re.compile(r"\[!\w+\][ \n]*")
_NOTE = re.compile(
    rf"(?:[\W_]*(?:{'|'.join(sorted(NOTES))})\s*[:!\u2013\u2014-]|[\u2139\u26a0\u2757\U0001f4d8\U0001f44d\U0001f6a7])",
    re.IGNORECASE,
)
_IN_ROW = ("inline", "tr_close")
_TASK = re.compile(r"\[[ xX]\] ")


@dataclass
class _List:
    """`next` is the number of an ordered list's next item."""

    delimiter: str
    next: int | None = None
    marker: str = ""
    start: int = 0


@dataclass
class _Quote:
    note: bool | None = None


@dataclass
class Walk:
    """Goes through the tokens, collects drafts, and puts mark i in front of draft i."""

    masked: Masked
    places: Places
    drafts: list[Draft] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    _around: list[_List | _Quote] = field(default_factory=list)
    _heading: int = 0
    _line: int = 0
    _header: list[str] = field(default_factory=list)
    _body: bool = False

    def run(self, tokens: Sequence[Token]) -> None:
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.type == "table_open":
                index = self._table(tokens, index)
            else:
                self._step(token)
            index += 1

    def _step(self, token: Token) -> None:
        match token.type:
            case "ordered_list_open":
                self._around.append(_List(token.markup, int(token.attrs.get("start", 1))))
            case "bullet_list_open":
                self._around.append(_List(token.markup))
            case "blockquote_open":
                self._around.append(_Quote())
            case "ordered_list_close" | "bullet_list_close" | "blockquote_close":
                self._around.pop()
            case "list_item_open":
                self._item(token)
            case "heading_open":
                self._heading = int(token.tag[1])
            case "heading_close":
                self._heading = 0
            case "inline":
                self._inline(token)
            case "fence" | "code_block":
                self._code(token)

    def _item(self, token: Token) -> None:
        around = self._around[-1]
        if isinstance(around, _List):
            around.marker = token.markup
            if around.next is not None:
                around.marker = f"{around.next}{around.delimiter}"
                around.next += 1
            around.start = self.masked.bases[token.map[0]] if token.map else 0

    def _inline(self, token: Token) -> None:
        first = token.map[0] if token.map else 0
        if not token.content.strip(f"{NOTHING}{BREAK} \t\n"):
            return
        plain = self.places.block(token, first)
        self.links.extend(plain.links)
        plain = self._strip(plain)
        if not plain.text:
            return
        if self._heading:
            anchors = (self.masked.ids[first],) if first in self.masked.ids else ()
            made = draft(BlockKind.HEADING, plain, depth=self._heading, anchors=anchors)
        else:
            made = self._paragraph(plain)
        self._keep(made, token)

    def _keep(self, made: Draft, token: Token) -> None:
        number = mark(len(self.drafts))
        self.drafts.append(made)
        if token.type == "inline":
            token.children = [Token("text", "", 0, content=number), *(token.children or [])]
        else:
            token.content = number + token.content

    def _strip(self, plain: Plain) -> Plain:
        """Without what only says which kind of block this is."""
        around = self._around[-1] if self._around else None
        if isinstance(around, _Quote) and around.note is None:
            alert = _ALERT.match(plain.text)
            around.note = bool(alert or _NOTE.match(plain.text))
            return plain.cut(alert.end()) if alert else plain
        task = _TASK.match(plain.text) if isinstance(around, _List) else None
        return plain.cut(task.end()) if task else plain

    def _paragraph(self, plain: Plain) -> Draft:
        lists = [item for item in self._around if isinstance(item, _List)]
        depth = max(0, len(lists) - 1)
        around = self._around[-1] if self._around else None
        inside = around.start if isinstance(around, _List) else -1
        notes = self.masked.meaning.notes
        noted = any(inside < start and start <= plain.start < end for start, end in notes)
        if noted or (isinstance(around, _Quote) and around.note):
            return draft(BlockKind.NOTE, plain, depth=depth)
        if not lists:
            kind = BlockKind.NOTE if _NOTE.match(plain.text) else BlockKind.PARAGRAPH
            return draft(kind, plain)
        item = lists[-1]
        kind = BlockKind.LIST_ITEM if item.next is None else BlockKind.STEP
        marker, item.marker = item.marker, ""
        return draft(kind, plain, depth=depth, marker=marker)

    def _code(self, token: Token) -> None:
        start, end = self.places.code(token)
        text = re.sub(f"[{NOTHING}{BREAK}]", "", token.content).strip("\n")
        if text.strip() and end > start:
            self._keep(Draft(BlockKind.CODE, text, start, end), token)

    def _table(self, tokens: Sequence[Token], index: int) -> int:
        """Drafts of the table that opens at `index`; returns the index at which it closes."""
        header: list[Plain] = []
        body: list[tuple[list[Plain], Token | None]] = []
        while tokens[index].type != "table_close":
            token = tokens[index]
            if token.type == "tr_open" and token.map:
                cells = self.places.cells(token.map[0])
                self.links.extend(link for cell in cells for link in cell.links)
                cell = next((at for at in count(index) if tokens[at].type in _IN_ROW), index)
                first = tokens[cell] if tokens[cell].type == "inline" else None
                if tokens[index - 1].type == "thead_open":
                    header = cells
                else:
                    body.append((cells, first))
            index += 1
        names = [cell.text for cell in header]
        if not any(cells for cells, _ in body):
            body, names = [(header, None)], []
        for cells, first in body:
            for made in rows(names, [cells]):
                if first is None:
                    self.drafts.append(made)
                else:
                    self._keep(made, first)
        return index
