"""Places in the interface, addresses and telephone numbers."""

import re

from kb.claims import lexicon
from kb.claims.values import Value, ValueKind

_STEP = r"[A-Z][\w&'’/-]*(?: (?:[A-Z&][\w&'’/-]*|and(?= [A-Z])|of(?= [A-Z])|to(?= [A-Z])))*"
_INNER = rf"{_STEP}(?: [a-z]+){{0,2}}(?=\s*(?:->|[>→›»➔]))"
PLACE = re.compile(rf"(?:{_INNER}|{_STEP})(?:\s*(?:->|>|→|›|»|➔)\s*(?:{_INNER}|{_STEP}))+")
_ARROW = re.compile(r"\s*(?:->|>|→|›|»|➔)\s*")
_TRAILING = re.compile(r" (?:and|of|to|in|for)$")
_LEADING = re.compile(
    r"^(?:It’s in|It's in|Located in|Go to|Open|Click|Tap|Select|Choose|Press|See|Use|Find|Under|"
    r"In|From|Then|On|Visit|Navigate to) "
)
EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
URL = re.compile(r"(?:https?://|www\.)[^\s<>()\"'`]+[^\s<>()\"'`.,;:!?]")
_PHONE = re.compile(
    r"(?<![\w.,/=-])(?:\+\d{1,3}[\s-]?)?(?:\(\d{2,5}\)[\s-]?)?\d{2,5}(?:[\s-]\d{2,5}){2,4}(?![\w.,]\d)"
)


def places(text: str) -> list[Value]:
    """Places in the interface ("Settings > Billing"), e-mail addresses and telephone numbers."""
    found = []
    for match in PLACE.finditer(text):
        steps = [_TRAILING.sub("", step) for step in _ARROW.split(match[0])]
        steps[0] = _LEADING.sub("", steps[0])
        symbols = tuple(step.lower() for step in steps)
        found.append(_value(text, match.start(), match.end(), ValueKind.PLACE, "place", symbols))
    found += [
        _value(text, match.start(), match.end(), ValueKind.CONTACT, "email", (match[0].lower(),))
        for match in EMAIL.finditer(text)
    ]
    for match in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if 8 <= len(digits) <= 15 and not any(value.end > match.start() for value in found):
            symbols = (digits[-8:],)
            found.append(
                _value(text, match.start(), match.end(), ValueKind.CONTACT, "phone", symbols)
            )
    return sorted(found, key=lambda value: value.start)


FILE = re.compile(
    r"(?<![\w/:.}>])(?:~/[\w.-]+(?:/[\w.*-]+)*|\.{0,2}/[\w.-]+(?:/[\w.*-]+)+)/?|"
    r"(?<![\w/])[\w-]+(?:\.[\w-]+)*\.(?:ya?ml|json|conf|cfg|toml|env|ini|log|"
    r"xml|js|py|sh|txt|csv|sql|properties|plist|lock|db|sqlite)\b"
)


def files(text: str) -> list[Value]:
    """Paths and names of files."""
    return [
        _value(
            text,
            match.start(),
            match.end(),
            ValueKind.FILE,
            "file",
            (match[0].lower().rstrip("."),),
        )
        for match in FILE.finditer(text)
    ]


_DEFAULT = re.compile(
    r"\bdefaults? to (?:the |an? |your |its )?[\"“'`]?(?P<a>[A-Za-z][\w./+-]*)|"
    r"\bdefault(?: \w+){0,4}? (?:is|=)(?: set to)? (?:the |an? |your )?"
    r"[\"“'`]?(?P<b>[A-Za-z][\w./+-]*)|"
    r"\bdefault(?: value)?: ?[\"“'`]?(?P<c>[A-Za-z][\w./+-]*)|"
    r"\bby default,? (?:the )?[\"“'`]?(?P<d>[A-Za-z][\w./+-]*)[\"”'`]? \w+ (?:is|are) used|"
    r"(?<![\w-])(?:uses?|gets?|receives?|set to|sorted by|in|as) (?:the |an? )?"
    r"[\"“'`]?(?P<e>[A-Za-z][\w./+-]*)[\"”'`]?(?: \w+)? by default\b|"
    r"\b(?P<f>[A-Z][\w./+-]*) is (?:used as )?the default\b",
    re.IGNORECASE,
)
_NO_VALUE = lexicon.words("no_default")


def defaults(text: str) -> list[Value]:
    """Words that a setting has by default: "defaults to `true`", "the default level is info"."""
    found = []
    for match in _DEFAULT.finditer(text):
        group = next(name for name in "abcdef" if match[name])
        word = match[group].lower().rstrip(".")
        if word not in _NO_VALUE and not (group in "bde" and word.endswith(("ed", "ing"))):
            start = match.start(group)
            found.append(
                _value(text, start, start + len(word), ValueKind.NAMED, "default", (word,))
            )
    return found


def addresses(text: str) -> list[Value]:
    """Web addresses, without what all of them have."""
    return [
        _value(text, *match.span(), ValueKind.CONTACT, "url", (_plain_address(match[0]),))
        for match in URL.finditer(text)
        if not _MADE_UP.search(match[0])
    ]


_MADE_UP = re.compile(r"(?i)your|example|localhost|\d\.\d|[<>{}$*]")


def _plain_address(url: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", url.lower()).rstrip("/")


def links(text: str) -> list[tuple[int, int]]:
    """Spans of web addresses, whose digits are no values."""
    return [match.span() for match in URL.finditer(text)]


def _value(
    text: str, start: int, end: int, kind: ValueKind, unit: str, symbols: tuple[str, ...]
) -> Value:
    return Value(start, end, kind, unit, 0.0, 0.0, text[start:end], symbols=symbols)
