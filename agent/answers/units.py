"""A quote as sentences that a statement can stand on, each with what it leans on."""
# ruff: noqa: E501  a pattern is easier to read on one line

import re
from collections.abc import Iterator
from functools import lru_cache

from agent.answers import markers
from agent.answers.agreement.unit import Unit
from agent.answers.sense import sense

_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|<[^>]{1,200}>|[*_`#|~\\]+|\{[^}]{0,80}\}")
_TARGET = re.compile(r"\]\((\S+?)\)")
_INLINE_TAG = re.compile(r"</?(?:kbd|b|i|u|em|strong|code|span|a|sup|sub|small|mark)\b[^>]{0,200}>")
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
LIST_MARKER = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+")
# A single line end inside a paragraph; lists and rows begin a new line.
LINE_BREAK = re.compile(r"(?<=\S)[ \t]*\n[ \t]*(?=[^\s*|#>\d-])")
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"'(*\[])|\n+")
_LEANS = re.compile(
    r"^(?:this|these|those|that|it|its|they|their|them|he|she|but|however|otherwise|also|then|in (?:this|that|these) case|instead|both|each|one)\b"
    r"|\b(?:it|they|them|these|those|this|that)\b"
)
_ROW = re.compile(r"^\s*\|")
_CONTRAST = re.compile(r",?\s+(?:but|however,?|whereas)\s+|,\s+while\s+|;\s+")
_ADDED = re.compile(r",?\s+and\s+")
_PLACED = re.compile(r"\b(?:for|on|in|at|within|after|up to|to)\s+(?:the\s+)?\S")
_ELLIPTIC = re.compile(
    r"\b(?:do(?:n't|es|esn't)?|can(?:'t|not)?|is(?:n't)?|are(?:n't)?|will|won't|must|has|have)\W*$"
)
_BARE_START = re.compile(
    r"(?:then |we |you |they |it |the \w+ )?(?:can|can't|cannot|must|is|are|will|won't|do|don't|does|doesn't|has|have|need|mandatory|required|optional|free)\b"
)
_BARE = re.compile(
    r"(?:can(?:not|'t)?|must|is|are|will|won't|do(?:n't)?|does(?:n't)?|has|have|needs?|mandatory|required|optional|free)\b"
)
_ORDER = re.compile(
    r"^(?:please |then |next,? |first,? |finally,? )?(?:open|go|click|tap|choose|select|add|set|enter|press|wait|pick|hold|make|check|send|write|type"
    r"|turn|contact|read|create|install|download|sign|log|scroll|enable|disable|copy|paste|move|drag|place|put|remove|delete|replace"
    r"|update|restart|start|stop|visit|follow|change|connect|pair|use|ask|tell|return|pack|attach|save|confirm|reset|upload|email|call|let|keep|allow)\b"
)
_BEGINNING = 3


@lru_cache(maxsize=4_000)
def units(quote: str, context: str) -> tuple[Unit, ...]:
    """The sentences of a quote, each with what it leans on, and those of contrasted halves that
    deny one thing and affirm another."""
    return tuple(_read(quote, context))


def _read(quote: str, context: str) -> Iterator[Unit]:
    headed = plain_text(context)
    lead = before = header = ""
    for line in LINE_BREAK.sub(" ", quote).splitlines():
        row, listed = bool(_ROW.match(line)), bool(LIST_MARKER.match(line))
        text = LIST_MARKER.sub("", line)
        for sentence in SENTENCE.split(text):
            plain = _with_targets(sentence)
            if not WORD.search(plain):
                continue
            leaning = bool(_LEANS.search(plain.lower()))
            around = "\n".join(
                part for part in (headed, lead if listed or row else "", header) if part
            )
            yield from _sentence(plain, around, before if leaning else "")
            before = plain
        if row:
            header = header or plain_text(line)
        elif not listed:
            header = ""
            lead = before if before.rstrip().endswith(":") else ""


def _sentence(plain: str, around: str, before: str) -> Iterator[Unit]:
    """The sentence; where it sets one thing against another, each half instead. The second reads
    on with the beginning of the first, where it has none of its own."""
    halves = _halves(plain)
    for place, half in enumerate(halves):
        lower = half.lower()
        leant = before
        if place and (_BARE.match(lower) or _PLACED.match(lower)):
            leant = f"{before} {_beginning(halves[0], placed=bool(_PLACED.match(lower)))}"
        elif place and (_LEANS.search(lower) or _ELLIPTIC.search(lower)):
            leant = f"{before} {halves[0]}"
        ordered = bool(_ORDER.match(plain.lower()))
        yield Unit(sense(half), sense(around), sense(leant.strip()), ordered)


def _beginning(half: str, *, placed: bool) -> str:
    """The subject, with the verb where only a place or an amount comes after."""
    verb = markers.VERBS.search(half.lower())
    if not placed:
        return half[: verb.start()] if verb else " ".join(half.split()[:_BEGINNING])
    amount = _PLACED.search(half.lower())
    return half[: amount.start()] if amount else half


def _halves(plain: str) -> list[str]:
    halves = [half.strip() for half in _CONTRAST.split(plain) if half.strip()]
    if len(halves) > 1:
        return halves
    for match in _ADDED.finditer(plain):
        first, second = plain[: match.start()], plain[match.end() :]
        amounts = (
            bool(_PLACED.match(second.lower())) and sense(first).values and sense(second).values
        )
        if amounts or (_BARE_START.match(second.lower()) and _turns(first) != _turns(second)):
            return [first, second]
    return [plain]


def _turns(half: str) -> tuple[bool, bool]:
    """Whether it denies, and whether it leaves free."""
    found = sense(half)
    return found.denies, bool(markers.NEED_NOT.search(found.plain))


def _with_targets(text: str) -> str:
    """Without markup; where links lead stays."""
    targets = " ".join(_TARGET.findall(text))
    plain = plain_text(text)
    return f"{plain} {targets}" if targets else plain


def plain_text(text: str) -> str:
    """A quote without its markup; the text of links stays."""
    text = _INLINE_TAG.sub("", text)
    text = _MARKUP.sub(lambda match: f" {match[1] or ''} ", text).replace("’", "'")
    return re.sub(r"[ \t]+", " ", re.sub(r" +([.,;:!?])", r"\1", text)).strip()
