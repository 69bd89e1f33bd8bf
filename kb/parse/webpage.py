"""An HTML page without its chrome: the part that is the article, and what the head says."""

import re
from collections.abc import Iterator

from lxml import etree, html

from kb.errors import Permanent
from kb.parse.tags import INLINE, UNREAD, is_hidden

_CHROME = frozenset({"nav", "footer", "aside", "form", "dialog", "menu", "button", "link", "meta"})
_CHROME_CLASS = re.compile(
    r"^(?:(?:site|page|main|top|bottom|global|article|doc)?[-_]*(?:nav|navbar|navigation|menu|sidebar"
    r"|side-?nav|footer|masthead|topbar|toolbar|breadcrumbs?|pagination|pager|toc|table-of-contents)"
    r"|(?:cookie|consent|gdpr|newsletter|social|share|sharing|skip|feedback|vote|votes)(?:[-_].*)?"
    r"|search(?:-(?:bar|box|form))?|(?:related|recent|popular)(?:[-_](?:articles|posts|topics))?"
    r"|sr-only|visually-hidden|screen-reader-text|noprint|no-print)$",
    re.IGNORECASE,
)
_CHROME_ROLE = frozenset({"navigation", "banner", "contentinfo", "search", "dialog", "alertdialog"})
_CALLOUT_CLASS = re.compile(
    r"(?:^|[-_])(?:note|tip|warning|caution|info|important|danger|alert|admonition|callout|hint"
    r"|notice)(?:$|[-_])",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_PANEL_ROLE = frozenset({"tabpanel", "region"})


def load(text: str) -> html.HtmlElement:
    """The page's tree, without control characters. Raises `Permanent` when it holds nothing."""
    parser = html.HTMLParser(encoding="utf-8")
    try:
        root = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Permanent(f"not a readable HTML page: {error}") from None
    for element in root.iter():
        for place in ("text", "tail"):
            written = getattr(element, place)
            if written and _CONTROL.search(written):
                setattr(element, place, _CONTROL.sub(" ", written))
    return root


def statements(root: html.HtmlElement) -> dict[str, str]:
    """What the page's head says: meta names and their content, and the page's language."""
    found = {
        name: content
        for meta in root.iter("meta")
        if (name := (meta.get("name") or "").strip()) and (content := (meta.get("content") or ""))
    }
    if root.get("lang"):
        found.setdefault("lang", root.get("lang"))
    for link in root.iterfind(".//link[@rel='canonical']"):
        found.setdefault("url", link.get("href") or "")
    return found


def page_title(root: html.HtmlElement) -> str:
    """The page's title, without the name of the site that usually follows it."""
    title = " ".join((root.findtext(".//head/title") or root.findtext(".//title") or "").split())
    return re.split(r"\s+[|–—·»]\s+|\s+-\s+", title)[0] or title


def article(root: html.HtmlElement) -> html.HtmlElement:
    """The element that holds the article: `<main>`, a single `<article>`, or the body. Its
    chrome is taken out of the tree."""
    for element in list(_unwanted(root)):
        if element.getparent() is not None:
            element.drop_tree()
    for found in (
        root.findall(".//main"),
        root.xpath(".//*[@role='main']"),
        root.findall(".//article"),
    ):
        if len(found) == 1 and found[0].text_content().strip():
            return found[0]
    body = root.find(".//body")
    return root if body is None else body


def is_callout(element: html.HtmlElement) -> bool:
    """Whether a block is set off as a note, tip or warning."""
    if element.get("role") in ("note", "alert"):
        return True
    return any(_CALLOUT_CLASS.search(name) for name in (element.get("class") or "").split())


def _unwanted(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for element in root.iter():
        unread = element.tag in UNREAD and element.tag != "head"
        if unread or not isinstance(element.tag, str) or _is_chrome(element):
            yield element


def _is_chrome(element: html.HtmlElement) -> bool:
    if element.tag in ("html", "head", "body", "main", "article", "link", "meta"):
        return False
    if element.find(".//main") is not None or element.find(".//h1") is not None:
        return False
    if element.tag == "header":
        return not any(parent.tag in ("main", "article") for parent in element.iterancestors())
    if element.tag in _CHROME:
        return not is_callout(element)
    if "hidden" in element.attrib and element.get("role") not in _PANEL_ROLE:
        return bool(element.get("hidden") != "until-found")
    if is_hidden(f'style="{element.get("style", "")}"', inline=element.tag in INLINE):
        return True
    names = [*(element.get("class") or "").split(), element.get("id") or ""]
    return element.get("role") in _CHROME_ROLE or any(map(_CHROME_CLASS.match, names))
