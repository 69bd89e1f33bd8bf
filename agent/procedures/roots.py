"""Words reduced so that `delivered`, `delivery` and `delivered_at` are of one kind."""

import re
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# Longest first; what is left keeps at least three letters.
_ENDINGS = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ables",
    "able",
    "ible",
    "ings",
    "ing",
    "ions",
    "ion",
    "ures",
    "ure",
    "ery",
    "als",
    "al",
    "ies",
    "ied",
    "ed",
    "es",
    "er",
    "e",
    "y",
    "s",
    "d",
)
_IRREGULAR = {
    "paid": "pay",
    "sent": "send",
    "bought": "buy",
    "left": "leave",
    "made": "make",
    "began": "begin",
    "begun": "begin",
    "took": "take",
    "taken": "take",
    "sold": "sell",
    "lost": "lose",
    "flown": "fly",
    "flight": "flight",
    "shipping": "shipping",
    "email": "email",
    "mail": "email",
    "e-mail": "email",
    "phone": "phone",
    "telephone": "phone",
    "number": "number",
    "order": "order",
    "customer": "customer",
    "user": "user",
    "delivery": "deliver",
}
_ARTICLES = frozenset(
    [
        "the",
        "a",
        "an",
        "their",
        "your",
        "its",
        "his",
        "her",
        "this",
        "that",
        "these",
        "those",
        "our",
        "current",
        "present",
        "exact",
        "own",
    ]
)


def words(text: str) -> tuple[str, ...]:
    """Lower-case words of a phrase, of a name such as `order_number` or `orderNumber`."""
    text = re.sub(r"\be-mail", "email", _CAMEL.sub(" ", text).lower())
    return tuple(_WORD.findall(text))


def content(text: str) -> tuple[str, ...]:
    """The same, without articles and possessives at the beginning."""
    found = words(text)
    while found and found[0] in _ARTICLES:
        found = found[1:]
    return found


@lru_cache(maxsize=4096)
def root(word: str) -> str:
    """What a word shares with its inflections; not always a word itself."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    stem = word
    for ending in _ENDINGS:
        if stem.endswith(ending) and len(stem) - len(ending) >= 3:
            stem = stem[: -len(ending)]
            break
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "s":
        stem = stem[:-1]
    return stem


def roots(phrase: tuple[str, ...]) -> tuple[str, ...]:
    """Each word's root."""
    return tuple(root(word) for word in phrase)
