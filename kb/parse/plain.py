"""Text as a reader sees it, that still knows where each character stands in the source."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.types import Link

NOTHING = "\ue000"
"""Stands in masked source for inline markup that a reader does not see."""

BREAK = "\ue001"
"""Stands in masked source for markup that breaks the line."""


@dataclass(frozen=True, slots=True)
class Plain:
    """`text` without markup, and for each of its characters where it stands in the source.

    Whitespace is single spaces, and newlines where the author broke the line. `starts[i]` and
    `ends[i]` take in the markup that hugs character i on the left and on the right, up to the
    neighbouring character, so that a quote is cut with its own emphasis marks and link target.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    links: tuple[Link, ...] = ()

    @property
    def start(self) -> int:
        return self.starts[0]

    @property
    def end(self) -> int:
        return self.ends[-1]

    def cut(self, start: int) -> "Plain":
        """Without the first `start` characters."""
        return replace(
            self, text=self.text[start:], starts=self.starts[start:], ends=self.ends[start:]
        )


class Collector:
    """Collects characters with their source offsets and squeezes whitespace."""

    def __init__(self, begin: int) -> None:
        """`begin` is the source offset at which the content begins."""
        self._chars: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._space = ""
        self._reached = begin

    def __len__(self) -> int:
        return len(self._chars) + (1 if self._space and self._chars else 0)

    def add(self, char: str, start: int, end: int) -> None:
        """One visible character that came from `source[start:end]`."""
        if char == NOTHING:
            return
        if self._ends and not self._space:
            self._ends[-1] = start
        if char.isspace() or char == BREAK:
            self._space = "\n" if char in (BREAK, "\n") else self._space or " "
        else:
            if self._space and self._chars:
                self._append(self._space, self._ends[-1], self._reached)
            self._space = ""
            self._append(char, min(self._reached, start), end)
        self._reached = end

    def text_from(self, position: int) -> str:
        """What was collected since `len(self)` was `position`."""
        return "".join(self._chars[position:]).strip()

    def finish(self, end: int, links: Sequence[Link] = ()) -> Plain:
        """All of it; `end` is the source offset at which the content ends."""
        if self._ends and not self._space:
            self._ends[-1] = end
        return Plain("".join(self._chars), self._starts, self._ends, tuple(links))

    def _append(self, char: str, start: int, end: int) -> None:
        self._chars.append(char)
        self._starts.append(start)
        self._ends.append(end)
