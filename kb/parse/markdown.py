"""Markdown and MDX to drafts whose places in the source are exact.

markdown-it reads the masked source, unstructured partitions what it renders, and the marks in
front of each block lead from unstructured's elements back to the source.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, TypeAlias

from markdown_it import MarkdownIt

from kb.parse.blocks import Walk
from kb.parse.drafts import Draft, draft
from kb.parse.elements import partition
from kb.parse.mask import Masked, mask
from kb.parse.places import Places
from kb.parse.tables import html_rows, rows
from kb.types import BlockKind, Link

KINDS = {"Title": BlockKind.HEADING, "CodeSnippet": BlockKind.CODE, "Table": BlockKind.TABLE_ROW}
"""What unstructured's categories say; the others are told apart by where they stand."""

Flavour: TypeAlias = Literal["markdown", "mdx", "plain"]
"""MDX has no indented code; plain text has paragraphs, lists and underlined headings alone."""

_INLINE = [
    "emphasis",
    "strikethrough",
    "backticks",
    "link",
    "image",
    "autolink",
    "escape",
    "entity",
]
_LEFT_OUT: Mapping[Flavour, list[str]] = {
    "markdown": [],
    "mdx": ["code"],
    "plain": ["code", "table", "reference", "heading", "blockquote", "fence", *_INLINE],
}


@dataclass(frozen=True, slots=True)
class Reading:
    """Drafts, links and explicit anchors, each in order of the source."""

    drafts: tuple[Draft, ...]
    links: tuple[Link, ...]
    anchors: tuple[str, ...]


def read(source: str, body: int = 0, flavour: Flavour = "markdown") -> Reading:
    """Reads `source` from offset `body` on, where the front matter ends."""
    masked = mask(source, body, tagged=flavour != "plain", indented=flavour == "markdown")
    markdown = _markdown(flavour)
    tokens = markdown.parse("\n".join(masked.lines))
    places = Places(source, masked, markdown)
    walk = Walk(masked, places)
    walk.run(tokens)
    html = markdown.renderer.render(tokens, markdown.options, {})
    drafts = [*_confirmed(walk.drafts, html), *_lifted(masked, places)]
    links = [*walk.links, *masked.meaning.links]
    for region in masked.meaning.tables:
        made, found = _table(source, region.start, region.end, places)
        drafts.extend(made)
        links.extend(found)
    return Reading(
        tuple(_in_order(drafts)),
        tuple(sorted(set(links), key=lambda link: (link.start, link.end, link.target))),
        tuple(masked.meaning.anchors),
    )


@cache
def _markdown(flavour: Flavour) -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    markdown.disable(["text_join", *_LEFT_OUT[flavour]])
    markdown.normalizeLink = _as_written  # type: ignore[method-assign, assignment]  # the documented hook
    markdown.normalizeLinkText = _as_written  # type: ignore[method-assign, assignment]  # the documented hook
    markdown.validateLink = bool  # type: ignore[method-assign, assignment]  # the documented hook
    return markdown


def _as_written(target: str) -> str:
    return target


def _confirmed(drafts: Sequence[Draft], html: str) -> Iterable[Draft]:
    """The drafts with the kind that unstructured sees. One that it drops is kept as it was."""
    kinds = {
        element.mark: KINDS[element.category]
        for element in partition(html)
        if element.mark is not None and element.category in KINDS
    }
    for number, item in enumerate(drafts):
        yield replace(item, kind=kinds.get(number, item.kind))


def _lifted(masked: Masked, places: Places) -> Iterable[Draft]:
    for lift in masked.meaning.lifts:
        plain = places.span(lift.start, lift.end)
        if plain.text:
            yield draft(
                lift.kind,
                plain,
                depth=lift.depth,
                marker=lift.marker,
                until=lift.until,
                anchors=lift.anchors,
            )


def _table(source: str, start: int, end: int, places: Places) -> tuple[list[Draft], list[Link]]:
    read_rows = [
        (header, [places.span(*cell) for cell in cells])
        for header, cells in html_rows(source, start, end)
    ]
    links = [link for _, cells in read_rows for cell in cells for link in cell.links]
    names: list[str] = []
    if len(read_rows) > 1 and read_rows[0][0]:
        names = [cell.text for cell in read_rows[0][1]]
        read_rows = read_rows[1:]
    return list(rows(names, [cells for _, cells in read_rows])), links


def _in_order(drafts: Iterable[Draft]) -> Iterable[Draft]:
    """By place; of two that overlap, the one that begins first."""
    reached = 0
    for item in sorted(drafts, key=lambda item: (item.start, item.end)):
        if item.start >= reached and item.text.strip():
            reached = item.end
            yield item
