"""Numbers and amounts in a message, also in words."""

import re
from decimal import Decimal

from kb.claims.units import NUMBER_WORDS

_SMALL = {
    word: int(number) for word, number in NUMBER_WORDS.items() if number < 100 and "-" not in word
} | {"couple": 2, "single": 1, "once": 1, "twice": 2, "none": 0}
_BIG = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
_WORD = "|".join([*_SMALL, *_BIG])
_IN_WORDS = re.compile(
    rf"\b(?:an? )?(?:{_WORD})s?\b(?:[\s-]+(?:and[\s-]+)?(?:{_WORD})s?\b)*", re.IGNORECASE
)
_DIGITS = re.compile(
    r"(?<![\w.,/-])(?P<before>[-−])?(?P<money1>[$€£¥₹]|(?:EUR|USD|GBP)\s?)?\s?"
    r"(?P<digits>\d{1,3}(?:[ ,.']\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?)(?P<thousand>k)?"
    r"\s?(?P<money2>[$€£¥₹]|(?:euros?|dollars?|pounds?|bucks|cents?|EUR|USD|GBP)\b)?(?![\w-]|[.,/]\d)",
    re.IGNORECASE,
)


def numbers(message: str) -> dict[tuple[int, int], Decimal]:
    """Every number that stands on its own, by place: `1,200`, `12.5`, `2k`, `twenty-five`.
    Digits inside an order number or a date are none."""
    found = {match.span(): _decimal(match) for match in _DIGITS.finditer(message)}
    for match in _IN_WORDS.finditer(message):
        found[match.span()] = Decimal(_in_words(match[0]))
    return dict(sorted(found.items()))


def amounts(message: str) -> dict[tuple[int, int], Decimal]:
    """Every number that is marked as money, by place."""
    return {
        match.span(): _decimal(match)
        for match in _DIGITS.finditer(message)
        if match["money1"] or match["money2"]
    }


def _decimal(match: re.Match[str]) -> Decimal:
    digits = match["digits"].replace(" ", "").replace("'", "")
    # The last separator is a decimal one unless exactly three digits follow it.
    whole, mark, rest = _split(digits)
    if mark and len(rest) != 3:
        digits = f"{re.sub('[.,]', '', whole)}.{rest}"
    else:
        digits = re.sub("[.,]", "", digits)
    found = Decimal(digits) * (1_000 if match["thousand"] else 1)
    return -found if match["before"] else found


def _split(digits: str) -> tuple[str, str, str]:
    place = max(digits.rfind("."), digits.rfind(","))
    return (digits[:place], digits[place], digits[place + 1 :]) if place >= 0 else (digits, "", "")


def _in_words(text: str) -> int:
    total = part = 0
    for word in re.findall("[a-z]+", text.lower()):
        word = word if word in _SMALL or word in _BIG else word.removesuffix("s")
        if word == "hundred":
            part = max(part, 1) * 100
        elif word in _BIG:
            total += max(part, 1) * _BIG[word]
            part = 0
        elif word == "dozen":
            part = max(part, 1) * 12
        elif word in _SMALL:
            part += _SMALL[word]
    return total + part
