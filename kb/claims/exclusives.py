"""Names in places that hold only one: what something is encrypted with, stored in, sent as."""

import re

from kb.claims import lexicon
from kb.claims.values import Value, ValueKind

_QUOTES = "\"“”'‘’`"
_PLAIN = r"[A-Za-z0-9][\w.+/#-]*"
_CAPITAL = r"[A-Z][\w.+/#-]*"
_NAME = rf"[{_QUOTES}]?(?P<name>{_PLAIN}(?: {_CAPITAL})*)(?<![.])[{_QUOTES}]?"
_PROPER = rf"[{_QUOTES}]?(?P<name>{_CAPITAL}(?: {_CAPITAL})*)(?<![.])[{_QUOTES}]?"
_THE = r"(?:the |an? |our |its |your )?"
_CIPHERED = r"\b(?:encrypt\w*|secured?|protected|signed|hash\w*)\b[^.;:]{0,40}?\b(?:with|using|by) "
_STORED = (
    r"\b(?:stored|hosted|located|kept|processed|servers?|data ?cent(?:er|re)s?|based)"
    r"(?: \w+){0,3}? (?:in|within|on) (?:data ?cent(?:er|re)s in )?"
)
_SENT = (
    r"\b(?:exported|delivered|saved|sent|stored|returned|downloaded|available|written|generated|"
    r"attached|provided|encoded|formatted)(?: \w+)? as "
)
_FORMAT = r"\b(?:format|file type|encoding|extension)(?: is| must be| should be|:) "
_BUILT = (
    r"\b(?:(?:built|based|powered|written|implemented)(?: \w+)? (?:on|with|by|in)|"
    r"(?:processed|handled|operated|managed|maintained|developed|provided|issued|signed|sent) by) "
)
_ACTIVE = (
    r"\b(?:(?:send|process|handle|host|store)s?|sent)\b[^.;:,]{0,30}? (?:with|through|via|using) "
)
_STATUS = (
    r"\b(?:(?:HTTP|status|response)(?: (?:status|error|response))?(?: codes?)?|"
    r"(?:return\w*|respond\w*|repl\w+|fails?|rejected|answer\w*)(?: \w+){0,2}? (?:with |an? )*"
    r"(?:code )?)(?=[1-5]\d\d\b)"
)
_VARIABLE = r"\b(?:environment variables?|env var(?:iable)?s?)(?: called| named|:)? "
# What there is room for, what leads up to it, and whether its name begins with a capital.
_FRAMES = (
    ("cipher", _CIPHERED, False),
    ("cipher", r"\b(?:encryption|hashing|cipher|algorithm)(?: \w+){0,2}(?: is|:) ", False),
    ("site", _STORED, True),
    ("form", _SENT, True),
    ("form", _FORMAT, False),
    ("base", _BUILT, True),
    ("status", _STATUS, False),
    ("base", _ACTIVE, True),
    ("variable", _VARIABLE, False),
    ("header", r"\bheaders?(?: called| named|:)? ", True),
    ("licence", r"\blicen[cs]ed under ", True),
)
_READ = tuple(
    (unit, re.compile(f"(?i:{lead}){_THE}{_PROPER if proper else _NAME}"))
    for unit, lead, proper in _FRAMES
)
# The name before what it is: "the X-Api-Key header", "the ACME_TOKEN environment variable".
_NAMED_BEFORE = (
    (
        "variable",
        re.compile(r"\b(?P<name>[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\b(?=[\"'”`]? (?i:env))"),
    ),
    (
        "form",
        re.compile(rf"\b(?:in|as) (?:the |an? )?(?P<name>{_CAPITAL})(?= (?:file )?format\b)"),
    ),
    (
        "currency",
        re.compile(
            r"\bin (?P<name>euros?|pounds|(?:US |Canadian |Australian )?dollars|yen|EUR|USD|GBP|"
            r"CHF|CAD|AUD)\b"
        ),
    ),
    (
        "licence",
        re.compile(
            rf"\bunder (?:the |an? )?(?P<name>{_CAPITAL}(?: [A-Z\d][\w.-]*)*)(?= licen[cs]e\b)"
        ),
    ),
    (
        "header",
        re.compile(rf"(?<![\w-])(?P<name>{_CAPITAL})[{_QUOTES}]?(?= (?:HTTP |request )?header\b)"),
    ),
)
_KEYS = re.compile(
    r"(?<![\w+])(?P<keys>(?:(?:ctrl|control|cmd|command|alt|option|shift|⌘|meta|super)\s?[+-]\s?)+"
    r"(?:[A-Za-z0-9/,.?]|enter|space|tab|del(?:ete)?|esc|f\d+)(?![\w]))",
    re.IGNORECASE,
)
# The same key on two keyboards.
_SAME_KEYS = {"control": "ctrl", "cmd": "ctrl", "command": "ctrl", "⌘": "ctrl", "meta": "ctrl"}
# What a name of a kind looks like.
_SHAPES = {
    "cipher": re.compile(r"(?:[\w-]*\d[\w-]*|[a-z]*crypt|[A-Z]{2,}[\w-]*|gzip|zip)(?: .*)?"),
    "variable": re.compile(r"[A-Z][A-Z0-9_]+"),
    "status": re.compile(r"[1-5]\d\d"),
    "header": re.compile(r"[A-Z][\w-]+"),
}
_MORE = re.compile(r"\W?(?:,| and | or | / )\s?[A-Z0-9]")
_USES = re.compile(rf"\b(?i:uses? ){_THE}{_PROPER}")
_NO_NAMES = lexicon.words("no_names")


def exclusives(text: str) -> list[Value]:
    """Names where there is room for one; `unit` says for what."""
    found = [
        _value(text, *match.span("name"), unit, match["name"].lower())
        for unit, pattern in (*_READ, *_NAMED_BEFORE)
        for match in pattern.finditer(text)
        if _names(unit, match["name"]) and not _MORE.match(text, match.end())
    ]
    taken = {value.start for value in found}
    found += [
        _value(text, *match.span("name"), "uses", match["name"].lower())
        for match in _USES.finditer(text)
        if match.start("name") not in taken and not _MORE.match(text, match.end())
    ]
    found += [
        _value(text, *match.span("keys"), "keys", _keys(match["keys"]))
        for match in _KEYS.finditer(text)
        if not _MORE.match(text, match.end())
    ]
    return found


def _names(unit: str, name: str) -> bool:
    first = name.split()[0]
    if first.lower() in _NO_NAMES and not (first.isupper() and len(first) > 1):
        return False
    shape = _SHAPES.get(unit)
    return shape is None or shape.fullmatch(name) is not None


def _keys(written: str) -> str:
    *held, last = re.split(r"\s?[+-]\s?", written.lower())
    return "+".join([*sorted({_SAME_KEYS.get(key, key) for key in held}), last])


def _value(text: str, start: int, end: int, unit: str, symbol: str) -> Value:
    return Value(
        start, end, ValueKind.NAMED, unit, 0.0, 0.0, text[start:end], symbols=(symbol.rstrip("."),)
    )
