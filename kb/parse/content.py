"""One reader per format: bytes to the text of an article and what stands in it."""

from dataclasses import dataclass, replace

from kb.parse import front, page
from kb.parse import markdown as marked
from kb.parse.decode import decode
from kb.parse.drafts import Draft
from kb.parse.front import Front
from kb.types import BlockKind, Link

_LONGEST_HEADING = 80


@dataclass(frozen=True, slots=True)
class Content:
    """`title` is what the file's metadata says. `rendered` tells that `text` is what a reader
    sees, not the source."""

    text: str
    drafts: tuple[Draft, ...]
    links: tuple[Link, ...]
    anchors: tuple[str, ...]
    front: Front
    title: str = ""
    rendered: bool = False


def markdown(data: bytes) -> Content:
    return _source(decode(data), "markdown")


def mdx(data: bytes) -> Content:
    return _source(decode(data), "mdx")


def plain(data: bytes) -> Content:
    content = _source(decode(data), "plain")
    return replace(content, drafts=tuple(map(_promote, content.drafts)))


def html(data: bytes) -> Content:
    text = decode(data)
    said, body = front.split(text)
    return _page(text[body:], said)


def pdf(data: bytes) -> Content:
    from kb.parse.pdf import to_html

    return _page(to_html(data))


def word(data: bytes) -> Content:
    from kb.parse.word import to_html

    return _page(to_html(data))


def _source(text: str, flavour: marked.Flavour) -> Content:
    said, body = front.split(text)
    reading = marked.read(text, body, flavour)
    return Content(text, reading.drafts, reading.links, reading.anchors, said)


def _page(markup: str, said: Front | None = None) -> Content:
    read = page.read(markup)
    told = read.front if said is None or said == Front() else said
    return Content(
        read.text, read.drafts, read.links, read.anchors, told, read.title, rendered=True
    )


def _promote(item: Draft) -> Draft:
    """A line of its own in capitals is a heading of plain text."""
    one_line = item.end - item.start == len(item.text) <= _LONGEST_HEADING
    if item.kind is BlockKind.PARAGRAPH and one_line and item.text.isupper():
        return replace(item, kind=BlockKind.HEADING, depth=2)
    return item
