"""Where the contents of Markdown blocks stand in the source."""

import re
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kb.parse.inline import read_inline
from kb.parse.mask import Masked
from kb.parse.plain import NOTHING, Plain

_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")


class Places:
    """Reads stretches of one masked source as Markdown inline text."""

    def __init__(self, source: str, masked: Masked, markdown: MarkdownIt) -> None:
        self._source = source
        self._masked = masked
        self._markdown = markdown

    def block(self, token: Token, first: int) -> Plain:
        """An inline token whose content begins on line `first`."""
        lines = self._masked.lines
        offsets: list[int] = []
        for part in token.content.split("\n"):
            while first < len(lines) - 1 and part.strip() not in lines[first]:
                first += 1  # a line of nothing but exotic spaces was left out of the content
            offsets.extend(self._line(part, first))
            first = min(first + 1, len(lines) - 1)
        return read_inline(token.children or [], token.content, offsets[:-1])

    def code(self, token: Token) -> tuple[int, int]:
        """Source span of the lines of a code block, without its fence; empty when it has none."""
        first, last = token.map or [0, 0]
        lines = self._masked.lines
        if token.type == "fence":
            first += 1
            last = min(last, first + token.content.count("\n"))
        while first < last and not lines[first].strip():
            first += 1
        while first < last and not lines[last - 1].strip():
            last -= 1
        if first >= last:
            return 0, 0
        indent = len(lines[first]) - len(lines[first].lstrip())
        end = self._masked.bases[last - 1] + len(lines[last - 1].rstrip())
        return self._masked.bases[first] + indent, end

    def cells(self, number: int) -> list[Plain]:
        """The cells of a table row on line `number`, from left to right."""
        line, base = self._masked.lines[number], self._masked.bases[number]
        bounds = [match.start() for match in re.finditer(r"(?<!\\)\|", line)]
        edges = [-1, *bounds, len(line)]
        ranges = [(left + 1, right) for left, right in pairwise(edges)]
        if not line[slice(*ranges[0])].strip():
            ranges.pop(0)
        if ranges and not line[slice(*ranges[-1])].strip():
            ranges.pop()
        return [self._cell(line, base, start, end) for start, end in ranges]

    def span(self, start: int, end: int) -> Plain:
        """`source[start:end]` read as inline Markdown, tags left out."""
        text = _TAG.sub(lambda match: NOTHING * len(match.group()), self._source[start:end])
        return self._read(text, list(range(start, end)))

    def _line(self, part: str, number: int) -> list[int]:
        """Places of a content line and its line end; tabs can have become spaces in front."""
        line, base = self._masked.lines[number], self._masked.bases[number]
        core = part.strip()
        begin = base + max(0, line.rfind(core))
        lead = len(part) - len(part.lstrip())
        last = base + len(line)
        return [
            min(begin + max(0, index - lead), max(begin, last)) for index in range(len(part) + 1)
        ]

    def _cell(self, line: str, base: int, start: int, end: int) -> Plain:
        kept = [at for at in range(start, end) if line[at : at + 2] != "\\|"]
        return self._read("".join(line[at] for at in kept), [base + at for at in kept])

    def _read(self, text: str, offsets: list[int]) -> Plain:
        left = len(text) - len(text.lstrip())
        text = text.strip()
        if not text:
            return Plain("", (), ())
        tokens = self._markdown.parseInline(text)[0].children or []
        return read_inline(tokens, text, offsets[left : left + len(text)])
