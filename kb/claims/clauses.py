"""Which part of a statement a value belongs to, and what that part says."""

import re
from dataclasses import replace

from kb.claims.phrases import predicate, subject
from kb.claims.quantities import QUANTITY
from kb.claims.statements import Statement
from kb.claims.values import Value, ValueKind
from kb.claims.words import Token, content, is_content, stem, tokens

_BREAK = re.compile(
    r"[;:()–—]|,(?!\d)|\.\s|\b(?:but|while|whereas|although|because|provided)\b", re.IGNORECASE
)
_BREAK_MORE = re.compile(_BREAK.pattern + r"|\band\b|\bthen\b|\bor\b", re.IGNORECASE)
_ANCHOR = re.compile(
    r"\W*(?:\w+ ){0,2}?(?:after|of|from|since|following|once|upon)\b"
    r"(?P<what>[^,.;:]*?)(?: to \w|[,.;:]|$)",
    re.IGNORECASE,
)
_BOUND_AFTER = re.compile(
    r"\s*\b(?:or|and) (?:later|newer|higher|above|more|up|greater|older|less|fewer|longer|"
    r"earlier)\b",
    re.IGNORECASE,
)
_PURPOSE = re.compile(r"\bto (?!the|an?|your|our|its|this|\d)(?P<what>[a-z]\w*[^,.;:]*)")
_BETWEEN = re.compile(r"\bbetween (?P<what>[^,.;:]*?) and\b", re.IGNORECASE)
_PER = re.compile(
    r"(?i)\b(?:per|a|each) (?P<unit>month|year|day|week|hour|minute|user|member|seat)\b"
)
_RATE = re.compile(r"\s*/|\s(?:per|an?|each|every)\s", re.IGNORECASE)
_REQUESTS = re.compile(r"(?i)\b(?:requests?|calls?)\b")
# "The number of groups a user can belong to is 1,000".
_NUMBER_OF = re.compile(
    r"(?i)\b(?:number|amount|count) of (?:[a-z][\w-]* ){0,2}?(?P<what>[a-z][\w-]*[a-rt-z]s)\b"
)
_HEAD_ENDS = re.compile(r"[,(:/–—]|\b(?:per|for|in|of|on|with|by|at|to|a|each)\b", re.IGNORECASE)

# Stems that only repeat what the bound or the unit of the value says already.
_BOUND_WORDS = "minimum maximum limit least most exactly about roughly value"
_IMPLIED_WORDS = {
    ValueKind.COUNT: "length long number amount count total",
    ValueKind.DURATION: "time period duration long window take day",
    ValueKind.SIZE: "size large larger big bigger small smaller weigh file upload go through",
    ValueKind.PERCENT: "off discount percent offer get",
    ValueKind.FREQUENCY: "time period",
    ValueKind.PLACE: "go open click tap choose select pick press follow visit find see left right "
    "top bottom corner sidebar menu bar header navigate",
    ValueKind.NAMED: "default specify provide set omit use status http return respond code fail "
    "environment variable env header define name format file",
    ValueKind.CONTACT: "call phone telephone number email mail write contact reach address touch",
    ValueKind.VERSION: "version available add introduce release new since late support",
    ValueKind.MONEY: "price amount bill",
    ValueKind.NUMBER: "length long number amount",
}
_IMPLIED = {
    kind: frozenset(stem(word) for word in f"{words} {_BOUND_WORDS}".split())
    for kind, words in _IMPLIED_WORDS.items()
}
_BOUND = frozenset(stem(word) for word in _BOUND_WORDS.split())


def implied(kind: ValueKind) -> frozenset[str]:
    """Stems that a value of this kind says by itself."""
    return _IMPLIED.get(kind, _BOUND)


def masked(text: str, read: tuple[Value, ...]) -> str:
    """Values blanked out, at the same offsets; what a number counts stays."""
    for value in read:
        end = value.end
        if value.kind == ValueKind.COUNT:
            end = value.start + _number_length(value.text)
            if value.per and (rate := _RATE.search(value.text)):
                at = value.start + rate.start()
                text = text[:at] + " " * (value.end - at) + text[value.end :]
        if bounded := _BOUND_AFTER.match(text, value.end):
            text = text[: value.end] + " " * len(bounded[0]) + text[bounded.end() :]
        text = text[: value.start] + "#" * (end - value.start) + text[end:]
    return text


def _number_length(text: str) -> int:
    """Length of the number that a count begins with: of "2 million requests", "2 million"."""
    match = QUANTITY.match(text)
    return match.end() if match else len(re.split(r"[\s-]", text, maxsplit=1)[0])


def clause(text: str, value: Value, several: bool) -> tuple[int, int]:
    """Where the part around a value stands in a masked text; more of it while that says nothing.
    With `several` values, "and" and "or" part them."""
    separator = _BREAK_MORE if several else _BREAK
    breaks = [match.span() for match in separator.finditer(text)]
    starts = [0, *(end for _, end in breaks if end <= value.start)]
    ends = [*(start for start, _ in breaks if start >= value.end), len(text)]
    for start in reversed(starts):
        if len(content(text[start : ends[0]])) > 1:
            return start, ends[0]
    return 0, ends[0] if content(text[: ends[0]]) else len(text)


def anchor(text: str, value: Value) -> frozenset[str]:
    """Stems of what a duration is counted from: "within 14 days of delivery"."""
    after = _ANCHOR.match(text, value.end)
    between = _BETWEEN.search(text[: value.start])
    return content(" ".join(match["what"] for match in (after, between) if match))


def about(text: str, value: Value) -> tuple[frozenset[str], frozenset[str]]:
    """Subject of the part between colons and semicolons that holds the value; and, where the
    value stands in the subject itself, what is said of it; or what it serves to do."""
    start = max(text.rfind(mark, 0, value.start) for mark in (":", ";", ". ")) + 1
    said = predicate(text[start:], value.start - start)
    purpose = _PURPOSE.search(text, value.end)
    return subject(text[start:]), said or (content(purpose["what"]) if purpose else frozenset())


def labelled(value: Value, statement: Statement) -> Value:
    """What the labels of a cell, or a word such as length, say that a plain number counts."""
    labels = " ".join(statement.labels)
    if value.kind == ValueKind.MONEY and not value.per and (match := _PER.search(labels)):
        return replace(value, per=stem(match["unit"]))
    if value.kind != ValueKind.NUMBER:
        return value
    if re.search(r"(?i)\blength\b", f"{labels} {statement.text}"):
        return replace(value, kind=ValueKind.COUNT, unit=stem("characters"))
    if value.per and _REQUESTS.search(statement.text):
        return replace(value, kind=ValueKind.COUNT, unit=stem("requests"))
    named = [*_NUMBER_OF.finditer(statement.text[: value.start])]
    if named and not value.per:
        return replace(value, kind=ValueKind.COUNT, unit=stem(named[-1]["what"]))
    head = label_head(statement)
    return replace(value, kind=ValueKind.COUNT, unit=min(head)) if head else value


def label_head(statement: Statement) -> frozenset[str]:
    """What a cell counts: the last word of a row's label before its details (of "Members, all
    roles", members), or of its column's, where only that is a plural."""
    if not statement.labels:
        return frozenset()
    heads = [_head(label) for label in statement.labels]
    row, column = heads[0], heads[-1]
    if row and column and _plural(column) and not _plural(row):
        row = column
    return frozenset({row.stem}) if row else frozenset()


def _head(label: str) -> Token | None:
    plain = re.sub(r"(?i)^\s*(?:each|every|an?|the|per)\b", "", label)
    head = [token for token in tokens(_HEAD_ENDS.split(plain)[0]) if is_content(token)]
    return head[-1] if head else None


def _plural(token: Token) -> bool:
    return token.word.endswith("s") and not token.word.endswith("ss")
