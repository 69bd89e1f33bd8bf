"""Numbers, amounts and durations as people write them."""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from kb.claims.units import NUMBER_WORDS

_WORDS = {word: int(number) for word, number in NUMBER_WORDS.items()}
_WORDS |= {"a": 1, "an": 1, "thousand": 1000}
NUMBER = r"(?:[€$£¥]\s?)?-?\d+(?:[, ]\d{3})*(?:\.\d+)?|" + "|".join(sorted(_WORDS, key=len)[::-1])
_DIGITS = re.compile(
    r"^(?:[€$£¥]|eur|usd|gbp|chf)?\s*(?P<number>-?\d+(?:[, ]\d{3})*(?:\.\d+)?)\s*"
    r"(?P<scale>k\b)?\s*(?P<rest>[€$£¥%]|[a-z]+(?:\s+[a-z]+)?)?$",
    re.I,
)
_SPELT = re.compile(r"^(?P<number>[a-z]+)(?:\s+(?P<rest>[a-z][a-z ]*))?$", re.I)
_SECONDS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800}
UNIT = r"(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)"


def read_number(text: str, about: Sequence[str] = ()) -> int | float | None:
    """The number in `€1,200.50`, `100 euros`, `5 GB`, `three`; None when it is none. A duration
    is turned into the unit that `about`, the words of the value's name, ends in."""
    text = text.strip().lower()
    found = _DIGITS.match(text)
    if found:
        number = _exact(re.sub("[, ]", "", found["number"]))
        if number is not None and found["scale"]:
            number *= 1000
    elif (found := _SPELT.match(text)) and found["number"] in _WORDS:
        if found["number"] in ("a", "an"):
            return None
        number = Decimal(_WORDS[found["number"]])
    else:
        return None
    return plain(_in_unit(number, found["rest"] or "", about)) if number is not None else None


def _exact(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if abs(number) < 10**15 else None


def plain(number: Decimal) -> int | float:
    """As JSON has it."""
    return int(number) if number == number.to_integral_value() else float(number)


def count(text: str) -> int | None:
    """A whole number in digits or as a word; `a` is one."""
    text = text.strip().lower()
    if text.isdecimal() and len(text) < 10:
        return int(text)
    return _WORDS.get(text)


def _in_unit(number: Decimal, unit: str, about: Sequence[str]) -> Decimal:
    """Three hours are 180 of `delay_minutes`."""
    given = _SECONDS.get(unit.strip().rstrip("s"))
    wanted = [_SECONDS[word.rstrip("s")] for word in about if word.rstrip("s") in _SECONDS]
    return number * given / wanted[-1] if given and wanted else number


def duration(number: str, unit: str) -> tuple[int, str] | None:
    """(count, `hours` or `days`); None for units that are no fixed number of hours."""
    amount = count(number)
    unit = unit.lower()
    if amount is None:
        return None
    if unit.startswith("h"):
        return amount, "hours"
    if unit.startswith("d"):
        return amount, "days"
    if unit.startswith("w"):
        return amount * 7, "days"
    if unit.startswith("mi") and amount % 60 == 0:
        return amount // 60, "hours"
    return None
