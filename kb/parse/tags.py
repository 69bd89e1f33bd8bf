"""HTML and JSX tags in Markdown source, with their places; never those inside code."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_INLINE_WORDS = (
    "a abbr b bdi big br button cite code del dfn em font i img input ins kbd label mark q rb "
    "rp rt ruby s samp small span strike strong sub sup time tt u var wbr"
)
INLINE = frozenset(_INLINE_WORDS.split())
_BLOCK_WORDS = (
    "address article aside blockquote body caption center col colgroup dd details dialog div "
    "dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html li "
    "link main meta nav ol p picture pre section source summary table tbody td tfoot th thead "
    "tr ul"
)
BLOCK = frozenset(_BLOCK_WORDS.split())
_UNREAD_WORDS = (
    "audio canvas head iframe noscript object script select style svg template textarea title video"
)
UNREAD = frozenset(_UNREAD_WORDS.split())
"""What a reader is not shown as text: left out with everything inside."""

FENCE = "```"

_ATTRIBUTES = (
    r"(?:[^<>\"'{}]|\"[^\"]{0,2000}\"|'[^']{0,2000}'|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*"
)
_SCAN = re.compile(
    r"(?P<fence>^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?P<marks>`{3,}|~{3,})[^\n`]*\n"
    r"(?:[^\n]*\n)*?(?:[ \t>]*(?P=marks)[`~]*[ \t]*(?=\n|\Z)|\Z))"
    r"|(?P<code>(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n)[\s\S])*?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<comment><!--[\s\S]*?-->|\{/\*[\s\S]*?\*/\}"
    r"|^[ \t]*\{[A-Za-z_$][\w.$]*\([^{}\n]*\)\}[ \t]*$)"
    rf"|(?P<tag>(?<!\]\()<(?P<close>/?)(?P<name>[A-Za-z][\w.-]*)(?P<attributes>(?:\s{_ATTRIBUTES})?)>)"
    r"|(?P<fragment></?>)"
    r"|(?P<liquid>\{(?:%-?|\{[<%])\s*(?P<command>/?\w+)(?P<rest>[^%{}]*?)(?:-?%|[%>]\})\})",
    re.MULTILINE,
)
_ATTRIBUTE = re.compile(
    r"([\w:@.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|\{\s*[\"'`]([^\"'`{}]*)[\"'`]\s*\}"
    r"|\{[^{}]*?\(\s*[\"']([^\"'{}]*)[\"']\s*\)\s*\}|([^\s\"'{}>]+))"
)


# What can't be seen however a page is used; a panel that is folded away is not hidden.
_HIDDEN = re.compile(
    r"(?:^|\s)hidden(?=\s|/|$|=(?![\"'{]?(?:until-found|false)))"
    r"|\bstyle\s*=\s*(?:[\"'{])[^\"'{}]*?(?:"
    r"visibility\s*:\s*[\"']?hidden|(?:font-?size|opacity)\s*:\s*[\"']?0(?![.\d]*[1-9]))",
    re.IGNORECASE,
)
_NOT_SHOWN = re.compile(r"\bstyle\s*=[^>]*?\bdisplay\s*:\s*[\"']?none", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Value:
    """An attribute's text and its place in the source."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag at `source[start:end]`. `name` is empty for comments and `FENCE` for code blocks;
    `hidden` tells that nothing inside is ever seen."""

    name: str
    start: int
    end: int
    closing: bool = False
    alone: bool = False
    attributes: Mapping[str, Value] | None = None
    hidden: bool = False

    @property
    def component(self) -> bool:
        return self.name[:1].isupper() or "." in self.name or self.name.startswith("liquid-")

    def value(self, *names: str) -> Value | None:
        """The first of the named attributes that says something."""
        found = ((self.attributes or {}).get(name) for name in names)
        return next((value for value in found if value and value.text.strip()), None)


def scan(source: str) -> Iterator[Tag]:
    """Every comment, call of a script, fenced code block and tag, in order; a tag is HTML or a
    component.

    `<your-domain>` and other words in angle brackets are no tags: readers are shown them.
    """
    closed = set(re.findall(r"</([a-z][\w]*-[\w-]+)>", source))
    for match in _SCAN.finditer(source):
        if match["tag"]:
            tag = _tag(match)
            if tag.component or tag.name in INLINE | BLOCK | UNREAD or tag.name in closed:
                yield tag
        elif match["liquid"]:
            yield _liquid(match)
        elif match["comment"] or match["fragment"]:
            yield Tag("", match.start(), match.end())
        elif match["fence"]:
            yield Tag(FENCE, match.start(), match.end())


def _tag(match: re.Match[str]) -> Tag:
    name = match["name"]
    written = match["attributes"] or ""
    return Tag(
        name if name[0].isupper() or "." in name else name.lower(),
        match.start(),
        match.end(),
        closing=bool(match["close"]),
        alone=written.rstrip().endswith("/"),
        attributes=_attributes(written.rstrip().removesuffix("/"), match.start("attributes")),
        hidden=is_hidden(written, inline=name.lower() in INLINE),
    )


def is_hidden(attributes: str, *, inline: bool) -> bool:
    """Whether an element with these attributes, as they are written, is never seen. A block with
    `display: none` may be an answer that unfolds; words in a line do not unfold."""
    return bool(_HIDDEN.search(attributes)) or (inline and bool(_NOT_SHOWN.search(attributes)))


def _liquid(match: re.Match[str]) -> Tag:
    command = match["command"]
    name = command.removeprefix("/").removeprefix("end")
    return Tag(
        f"liquid-{name}",
        match.start(),
        match.end(),
        closing=name != command,
        attributes=_attributes(match["rest"], match.start("rest")),
    )


def _attributes(written: str, offset: int) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for match in _ATTRIBUTE.finditer(written):
        group = match.lastindex or 2
        value = Value(match[group], offset + match.start(group), offset + match.end(group))
        found.setdefault(match[1].lower(), value)
    return found
