"""Word documents: unstructured's elements to a plain HTML page, which is then read as one."""

import io
import re
import zipfile
from collections.abc import Iterator
from html import escape
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError

from kb.errors import Permanent
from kb.parse.elements import of_docx

_LABEL = re.compile(r"\s*((?:\d+|[a-zA-Z]|[ivxIVX]+)[.)])\s+")
_BULLET = re.compile(r"\A\s*[•●▪◦‣·\uf0b7-]\s+")


def to_html(data: bytes) -> str:
    """The document as a page: headings, lists with their labels, tables with headers.

    Raises `Permanent` for what is not a Word document.
    """
    try:
        title = docx.Document(io.BytesIO(data)).core_properties.title or ""
        body = "".join(map(_markup, of_docx(data)))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise Permanent(f"not a readable Word document: {error or type(error).__name__}") from None
    return f"<html><head><title>{escape(title)}</title></head><body>{body}</body></html>"


def _markup(element: Any) -> str:
    depth = element.metadata.category_depth or 0
    match element.category:
        case "Header" | "Footer" | "PageBreak" | "Image":
            return ""
        case "Title":
            level = min(depth + 1, 6)
            return f"<h{level}>{_linked(element.text, element)}</h{level}>"
        case "ListItem":
            return _item(element, depth)
        case "Table":
            return _table(element.metadata.text_as_html or "")
    return f"<p>{_linked(element.text, element)}</p>"


def _item(element: Any, depth: int) -> str:
    label = _LABEL.match(element.text)
    tag = "ol" if label else "ul"
    text = element.text[label.end() :] if label else _BULLET.sub("", element.text, count=1)
    marker = f' data-marker="{escape(label[1])}"' if label else ""
    return f'<{tag}><li data-depth="{depth}"{marker}>{_linked(text, element)}</li></{tag}>'


def _table(markup: str) -> str:
    """A table's first row names its columns."""
    if markup.count("<tr>") < 2 or "<th" in markup:
        return markup
    head, rest = markup.split("</tr>", 1)
    return re.sub(r"<(/?)td", r"<\1th", head) + "</tr>" + rest


def _linked(text: str, element: Any) -> str:
    return "".join(_pieces(text, element.metadata.links or []))


def _pieces(text: str, links: list[Any]) -> Iterator[str]:
    at = 0
    for link in links:
        shown, target = link.get("text") or "", link.get("url") or ""
        found = text.find(shown, at) if shown and target else -1
        if found >= 0:
            yield escape(text[at:found])
            yield f'<a href="{escape(target)}">{escape(shown)}</a>'
            at = found + len(shown)
    yield escape(text[at:])
