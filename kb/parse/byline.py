"""What the first lines of an article say about it: `Last reviewed: 3 March 2026`, `Owner: …`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.parse.drafts import Draft
from kb.parse.front import Front, read
from kb.types import BlockKind

_LABELS = {
    "owner": "owner",
    "article owner": "owner",
    "reviewed": "reviewed",
    "last reviewed": "reviewed",
    "reviewed on": "reviewed",
    "updated": "updated",
    "last updated": "updated",
    "updated on": "updated",
    "last modified": "updated",
}
_ALTERNATIVES = "|".join(sorted(_LABELS, key=len, reverse=True))
_LABEL = re.compile(rf"(?i)\b({_ALTERNATIVES})( on)?\s*:\s*")
_BEGINS = re.compile(rf"(?i)\W*(?:{_ALTERNATIVES})(?: on)?\s*:")
_SEPARATOR = re.compile(r"\s[·|•–—/]|\n|;")
_FIRST = 4
_LONGEST = 60


def byline(front: Front, drafts: Sequence[Draft]) -> Front:
    """`front`, filled up with what the first paragraphs say; what it says itself stays."""
    said: dict[str, str] = {}
    for item in drafts[:_FIRST]:
        if item.kind is not BlockKind.HEADING and _BEGINS.match(item.text):
            said = _statements(item.text) | said
    if not said:
        return front
    found = read(said)
    return replace(
        front,
        owner=front.owner or found.owner,
        reviewed_on=front.reviewed_on or found.reviewed_on,
        updated_at=front.updated_at or found.updated_at,
    )


def _statements(text: str) -> dict[str, str]:
    labels = list(_LABEL.finditer(text))
    ends = [label.start() for label in labels[1:]] + [len(text)]
    values = {
        _LABELS[label[1].lower()]: _SEPARATOR.split(text[label.end() : end])[0].strip(" ,;.*_()")
        for label, end in zip(labels, ends, strict=True)
    }
    return {key: value for key, value in values.items() if 0 < len(value) <= _LONGEST}
