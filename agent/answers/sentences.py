"""What a model writes, cut into sentences and lists while it is still writing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.types import BlockKind

_CITED = r"(?:\s*\[\d{1,2}(?:\s*,\s*\d{1,2})*\])"
_MARK = re.compile(_CITED)
_ITEM = re.compile(r"^(?P<indent>\s*)(?:(?P<number>\d{1,2})[.)]|(?P<bullet>[-*•]))\s+(?P<text>.*)$")
# A sentence with its citations, surely over: something else has begun after it. "e.g." and the
# like, and a number with a point, end none.
_OVER = re.compile(
    rf"(?:(?<!\be\.g)(?<!\bi\.e)(?<!\betc)(?<!\bvs)(?<!\bNo)(?<!^\d)(?<!\s\d)[.!?][\"'”’)*]*{_CITED}*|{_CITED}+)"
    r"\s+(?=[^\s\[])"
)
_LINK = re.compile(r"!?\[([^\]]+)\]\((\S+?)\)")
_DECORATION = re.compile(
    r"\*\*|__|`|^#{1,6}\s+|^>\s+|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence, or one item of a list, without its marks. `cited` are the numbers of the
    passages it names. Those with the same `paragraph` stand on one line or in one list."""

    text: str
    cited: tuple[int, ...]
    paragraph: int
    kind: BlockKind = BlockKind.PARAGRAPH
    depth: int = 0
    marker: str = ""


class Sentences:
    """Takes a reply in pieces and gives what is complete: a sentence of running text as soon as
    the next one begins, a list when it is over."""

    def __init__(self) -> None:
        self._rest = ""
        self._list: list[Said] = []
        self._paragraph = 0

    def feed(self, piece: str) -> Iterator[tuple[Said, ...]]:
        """What has become complete with this piece: sentences one by one, lists whole."""
        self._rest += piece
        while "\n" in self._rest:
            line, self._rest = self._rest.split("\n", 1)
            yield from self._line(line)
        if not self._could_be_item():
            yield from self._begun()

    def end(self) -> Iterator[tuple[Said, ...]]:
        """What is left when the reply is over."""
        line, self._rest = self._rest, ""
        yield from self._line(line)
        yield from self._listed()

    def _could_be_item(self) -> bool:
        """Until there are a few characters, "1" may become "1. Open …" or "10 days"."""
        start = self._rest.lstrip()
        return len(start) < 4 or bool(_ITEM.match(self._rest))

    def _begun(self) -> Iterator[tuple[Said, ...]]:
        """Sentences at the beginning of a line that is still being written."""
        while over := _OVER.search(self._rest):
            yield from self._listed()
            yield from self._sentence(self._rest[: over.end()])
            self._rest = self._rest[over.end() :]

    def _line(self, line: str) -> Iterator[tuple[Said, ...]]:
        item = _ITEM.match(line)
        if item:
            said = _said(item["text"], self._paragraph)
            if said:
                kind = BlockKind.STEP if item["number"] else BlockKind.LIST_ITEM
                depth = len(item["indent"].expandtabs(4)) // 2
                self._list.append(
                    Said(said.text, said.cited, said.paragraph, kind, depth, item["number"] or "")
                )
            return
        if not line.strip():
            if not self._list:
                self._paragraph += 1
            return
        yield from self._listed()
        while over := _OVER.search(line):
            yield from self._sentence(line[: over.end()])
            line = line[over.end() :]
        yield from self._sentence(line)
        self._paragraph += 1

    def _sentence(self, text: str) -> Iterator[tuple[Said, ...]]:
        said = _said(text, self._paragraph)
        if said:
            yield (said,)

    def _listed(self) -> Iterator[tuple[Said, ...]]:
        if self._list:
            self._paragraph += 1
            items, self._list = tuple(self._list), []
            yield items


def _said(text: str, paragraph: int) -> Said | None:
    """None for what says nothing."""
    text = _LINK.sub(lambda match: f"{match[1]} ({match[2]})", text)
    cited = tuple(
        dict.fromkeys(int(n) for mark in _MARK.findall(text) for n in re.findall(r"\d+", mark))
    )
    plain = " ".join(_DECORATION.sub("", _MARK.sub("", text)).split())
    plain = re.sub(r"\s+([.,;:!?])", r"\1", plain)
    return Said(plain, cited, paragraph) if re.search(r"\w", plain) else None
