"""Markdown inline markup to plain text whose every character knows its place in the source.

markdown-it says what the markup is, without offsets; this walks its tokens and the source side
by side. Each token eats exactly the characters that it was made from.
"""

import re
from collections.abc import Sequence

from markdown_it.token import Token

from kb.parse.plain import Collector, Plain
from kb.types import Link

_TICKS = re.compile(r"`+")
_LINE_END = re.compile(r"[ \t]*\\?\n[ \t]*")
_DESTINATION = re.compile(
    r"\(\s*(?:<[^<>\n]*>|(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.|\([^\s()]*\))*\))*)"
    r"(?:\s+(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?\s*\)"
)
_REFERENCE = re.compile(r"\[(?:[^\[\]\\]|\\.)*\]")


class LostPlaceError(Exception):
    """A token was not found where it should stand."""


def read_inline(tokens: Sequence[Token], content: str, offsets: Sequence[int]) -> Plain:
    """The plain text of `content`, whose character i stands at `offsets[i]` of the source.

    Code ticks, emphasis and link targets are left out; images leave only a link behind. Where
    the walk loses its place, the content is taken as it stands, so that no word is ever lost.
    """
    try:
        return _Walk(content, offsets).run(tokens)
    except LostPlaceError:
        collector = Collector(offsets[0])
        for char, offset in zip(content, offsets, strict=True):
            collector.add(" " if char == "\n" else char, offset, offset + 1)
        return collector.finish(offsets[-1] + 1)


class _Walk:
    def __init__(self, content: str, offsets: Sequence[int]) -> None:
        self._content = content
        self._offsets = offsets
        self._at = 0
        self._out = Collector(offsets[0])
        self._open: list[tuple[str, int, int]] = []
        self._links: list[Link] = []

    def run(self, tokens: Sequence[Token]) -> Plain:
        for token in tokens:
            self._eat(token)
        return self._out.finish(self._offsets[-1] + 1, self._links)

    def _eat(self, token: Token) -> None:
        match token.type:
            case "text":
                self._emit(token.content)
            case "text_special":
                self._replace(token.markup, token.content)
            case "code_inline":
                self._code()
            case "softbreak" | "hardbreak":
                self._line_end(hard=token.type == "hardbreak")
            case "image":
                self._image(token)
            case "link_open":
                self._open_link(token)
            case "link_close":
                self._close_link(token)
            case _:
                self._skip(token.markup)

    def _source(self, at: int) -> int:
        return self._offsets[at] if at < len(self._offsets) else self._offsets[-1] + 1

    def _skip(self, expected: str) -> None:
        if not self._content.startswith(expected, self._at):
            raise LostPlaceError(expected)
        self._at += len(expected)

    def _emit(self, text: str) -> None:
        begin = self._at
        self._skip(text)
        for index, char in enumerate(text, begin):
            self._out.add(char, self._offsets[index], self._offsets[index] + 1)

    def _replace(self, written: str, shown: str) -> None:
        begin = self._at
        self._skip(written)
        for char in shown:
            self._out.add(char, self._offsets[begin], self._offsets[self._at - 1] + 1)

    def _code(self) -> None:
        opening = _TICKS.match(self._content, self._at)
        if opening is None:
            raise LostPlaceError("`")
        ticks = opening.group()
        closing = re.compile(rf"(?<!`){ticks}(?!`)").search(self._content, opening.end())
        if closing is None:
            raise LostPlaceError(ticks)
        for index in range(opening.end(), closing.start()):
            char = self._content[index]
            self._out.add(
                " " if char == "\n" else char, self._source(index), self._source(index) + 1
            )
        self._at = closing.end()

    def _line_end(self, *, hard: bool) -> None:
        found = _LINE_END.match(self._content, self._at)
        if found is None:
            raise LostPlaceError("line end")
        self._out.add("\n" if hard else " ", self._source(found.start()), self._source(found.end()))
        self._at = found.end()

    def _image(self, token: Token) -> None:
        begin = self._at
        self._skip("![")
        self._skip(token.content)
        self._after_label()
        alt = " ".join(child.content for child in token.children or () if child.content)
        target = str(token.attrs.get("src", ""))
        start, end = self._source(begin), self._source(self._at - 1) + 1
        self._links.append(Link(target, alt, start, end, image=True))

    def _open_link(self, token: Token) -> None:
        self._open.append((str(token.attrs.get("href", "")), self._at, len(self._out)))
        self._at += 1

    def _close_link(self, token: Token) -> None:
        target, begin, written = self._open.pop()
        if token.markup == "autolink":
            self._skip(">")
        else:
            self._after_label()
        start, end = self._source(begin), self._source(self._at - 1) + 1
        self._links.append(Link(target, self._out.text_from(written), start, end))

    def _after_label(self) -> None:
        self._skip("]")
        for pattern in (_DESTINATION, _REFERENCE):
            found = pattern.match(self._content, self._at)
            if found:
                self._at = found.end()
                return
