"""Lists of names: formats, payment methods, browsers."""

import re

from kb.claims.values import Bound, Value, ValueKind

_FORMATS = (
    "png|jpe?g|gif|svg|webp|bmp|tiff?|heic|csv|tsv|xlsx?|json|xml|ya?ml|pdf|docx?|pptx?|txt|rtf|"
    "html?|md|zip|rar|mp[34]|mov|avi|wav|ogg|webm|epub"
)
_WORD = rf"(?:[A-Z][\w+-]*(?:\.\w+)*|\.?\b(?:{_FORMATS})\b)"
_ITEM = rf"{_WORD}(?: {_WORD}){{0,2}}"
_ANY_ITEM = rf"(?:{_ITEM}|[A-Za-z][\w/]*(?: [a-z]+){{0,2}})"
_LIST = re.compile(
    rf"(?<![\w-])(?:{_ANY_ITEM}, )*{_ITEM},? (?:and|or) {_ITEM}(?![\w-])|"
    rf"(?<![\w-])(?:{_ANY_ITEM}, )+(?:{_ITEM},? )(?:and |or )?{_ITEM}(?![\w-])|"
    rf"(?<=: ){_ITEM}, {_ITEM}(?=\W*$)"
)
# "Cards and PayPal are the only methods": a list that ends in a verb may be of any words.
_WHOLE_LIST = re.compile(
    rf"^\W*(?P<list>(?:{_ANY_ITEM}, )*{_ANY_ITEM},? (?:and|or) {_ANY_ITEM})(?= (?:are|"
    rf"is) the only\b)"
)
_NAME = re.compile(_ITEM)
# "The only ways to pay are …", "we only accept …", "supported formats: …".
_WHOLE = re.compile(
    r"\b(?:only|exclusively|solely)(?: \w+){0,7}? (?:are|is|include|accept\w*|support\w*|"
    r"allow\w*|take|takes|offer\w*|"
    r"with|via|by|through|in|on)\s*$|\b(?:only|exclusively|solely)\s*$|"
    r"\b(?:supported|accepted|allowed|available|possible|valid)(?: \w+){0,2}(?: are| is|:)\s*$",
    re.IGNORECASE,
)
_CLOSED_AFTER = re.compile(
    r"(?i)\W*(?:formats? |files? |images? )?(?:only|exclusively)\b|"
    r"(?: \w+){0,2} (?:is|are) (?:the only|all)\b"
)
# "Images: PNG and JPG" and nothing else.
_LABEL = re.compile(r"^\W*\w+(?: \w+){0,3}: ?$")
_INTRODUCED = re.compile(r"^(?:Only|One of|Any of|Either|Both) ")
_FEWEST = 2


def lists(text: str) -> list[Value]:
    """Lists of at least two names. `EXACT` where the sentence says that there are no others, else
    `AT_LEAST`; `symbols` holds the names, lower-case, in order."""
    whole = _WHOLE_LIST.match(text)
    if whole:
        names = re.split(r", | and | or ", whole["list"])
        return [_value(text, *whole.span("list"), names, Bound.EXACT)]
    found = []
    for match in _LIST.finditer(text):
        names = _NAME.findall(match[0])
        if len(names) >= _FEWEST:
            only = names[0].startswith("Only ")
            names[0] = _INTRODUCED.sub("", names[0])
            labelled = only or (
                _LABEL.match(text[: match.start()]) and not text[match.end() :].strip(" .)")
            )
            closed = (
                labelled
                or _WHOLE.search(text[: match.start()])
                or _CLOSED_AFTER.match(text, match.end())
            )
            bound = Bound.EXACT if closed else Bound.AT_LEAST
            found.append(_value(text, *match.span(), names, bound))
    return found


def _value(text: str, start: int, end: int, names: list[str], bound: Bound) -> Value:
    symbols = tuple(_member(name) for name in names)
    return Value(
        start, end, ValueKind.LIST, "list", 0.0, 0.0, text[start:end], bound, symbols=symbols
    )


def _member(name: str) -> str:
    """A member as it is compared: ".jpeg" is a JPG, and "CSV files" are CSV."""
    plain = re.sub(r"(?i) (?:files?|images?|formats?)$", "", name.strip().lower()).lstrip(".")
    return {"jpeg": "jpg", "htm": "html", "yml": "yaml", "tif": "tiff"}.get(plain, plain)
