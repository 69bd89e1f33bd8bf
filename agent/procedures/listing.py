"""The numbered steps of a procedure and what stands under them, with their lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_NUMBER = re.compile(
    r"^(?P<indent>\s*)(?:(?P<dotted>\d+(?:\.\d+)+)[.):]?|(?:[Ss]tep\s+)?(?P<number>\d+)[.):])\s+"
    r"(?P<text>\S.*)$"
)
_BULLET = re.compile(r"^(?P<indent>\s*)(?:[-*+•–]|\(?[a-z]\))\s+(?P<text>\S.*)$")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_ASIDE = re.compile(r"^\s*(?:#|>|<!--|---+\s*$|\*\*\*+\s*$)")


@dataclass(slots=True)
class Item:
    """A step or a bullet. `number` is as written, empty for a bullet; `indent` counts columns."""

    line: int
    indent: int
    number: str
    text: str
    children: list["Item"] = field(default_factory=list)


@dataclass(slots=True)
class Listing:
    """All steps in order, and the lines that belong to none."""

    items: list[Item] = field(default_factory=list)
    prose: list[tuple[int, str]] = field(default_factory=list)


def read_listing(body: str, first_line: int) -> Listing:
    """`first_line` is the line of the file on which `body` begins. Headings, quotations, rules
    and comments are for people; other text that belongs to no step is kept as `prose`."""
    listing = Listing()
    path: list[Item] = []
    after_blank = False
    for line, text in _lines(body, first_line):
        if not text.strip():
            after_blank = True
            continue
        if item := _item(line, text):
            _place(item, path, listing)
        elif path and not _ASIDE.match(text) and _continues(text, path, after_blank):
            path[-1].text += " " + text.strip()
        elif _ASIDE.match(text):
            path.clear()
        else:
            listing.prose.append((line, text.strip()))
        after_blank = False
    return listing


def _lines(body: str, first_line: int) -> Iterator[tuple[int, str]]:
    """Without fenced blocks and comments of several lines."""
    fenced = commented = False
    for line, raw in enumerate(body.split("\n"), first_line):
        text = raw.expandtabs(4)
        if _FENCE.match(text):
            fenced = not fenced
            continue
        if "<!--" in text:
            commented = True
        if not fenced and not commented:
            yield line, text
        if "-->" in text:
            commented = False


def _item(line: int, text: str) -> Item | None:
    if found := _NUMBER.match(text):
        number = found["dotted"] or found["number"]
        return Item(line, len(found["indent"]), number, found["text"].strip())
    if found := _BULLET.match(text):
        return Item(line, len(found["indent"]), "", found["text"].strip())
    return None


def _place(item: Item, path: list[Item], listing: Listing) -> None:
    """Under the nearest item that stands further left, or whose number its own begins with."""
    while path and not _holds(path[-1], item):
        path.pop()
    (path[-1].children if path else listing.items).append(item)
    path.append(item)


def _holds(parent: Item, item: Item) -> bool:
    if "." in item.number and parent.number and item.number.startswith(parent.number + "."):
        return True
    if not item.number and parent.number and item.indent == parent.indent:
        return True
    return item.indent > parent.indent


def _continues(text: str, path: list[Item], after_blank: bool) -> bool:
    indent = len(text) - len(text.lstrip())
    return not after_blank or indent > path[-1].indent
