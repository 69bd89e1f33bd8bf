"""All values of one statement."""

import re
from functools import lru_cache

from kb.claims.boundless import boundless
from kb.claims.days import days
from kb.claims.exclusives import exclusives
from kb.claims.lists import lists
from kb.claims.moments import moments
from kb.claims.places import addresses, defaults, files, links, places
from kb.claims.quantities import quantities
from kb.claims.units import DURATIONS, NUMBER_WORDS
from kb.claims.values import Value, ValueKind

_FREE = re.compile(
    r"(?i)\bfree of charge\b|\b(?:at )?no (?:extra |additional |further )?(?:cost|charge|fee)s?\b|"
    r"\b(?:is|are|be|comes?) (?:always |completely |totally |also )?free\b"
    r"(?! (?:plan|trial|up|to|from|of|space|version|tier|account|for))|"
    r"\bfree (?=(?:standard )?(?:shipping|delivery|returns?)\b)"
)
_FREQUENCY = re.compile(
    r"(?i)\b(?P<times>once|twice) (?:an?|every|per) (?P<unit>hour|day|week|month|year)\b|"
    r"\bevery (?P<every>second|minute|hour|day|night|week|month|quarter|year)\b|"
    r"(?<!\bor )(?<!\band )\b(?P<adverb>hourly|daily|nightly|weekly|monthly|quarterly|yearly|"
    r"annually)\b(?=\s+(?:by|at|on|for)\b|[.,;)]|$)"
)
NUMBER_WORD = re.compile(
    rf"\b(?:{'|'.join(NUMBER_WORDS)}|free|daily|weekly|monthly|hourly)\b", re.IGNORECASE
)
_ADVERBS = {"daily": "day", "nightly": "day", "annually": "year"}


@lru_cache(maxsize=50_000)
def values(text: str) -> tuple[Value, ...]:
    """Every typed value that `text` states, in order, none overlapping."""
    points = [*places(text), *moments(text), *files(text), *days(text)]
    found = [value for value in points if not _inside(value, links(text))] + addresses(text)
    found += _frequencies(text)
    masked = _mask(text, [(value.start, value.end) for value in found] + links(text))
    found += quantities(text, masked)
    found += lists(masked)
    found += [value for value in defaults(text) if not _crosses(value, found)]
    found += [value for value in exclusives(text) if not _crosses(value, found)]
    found += [_free(match, text) for match in _FREE.finditer(masked)]
    found += [value for value in boundless(text) if not _crosses(value, found)]
    found.sort(key=lambda value: (value.start, -value.end))
    return tuple(_disjoint(found))


def _mask(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + "\x00" * (end - start) + text[end:]
    return text


def _crosses(value: Value, found: list[Value]) -> bool:
    return any(value.start < other.end and other.start < value.end for other in found)


def _inside(value: Value, spans: list[tuple[int, int]]) -> bool:
    return any(start <= value.start and value.end <= end for start, end in spans)


def _disjoint(found: list[Value]) -> list[Value]:
    kept: list[Value] = []
    for value in found:
        if not kept or value.start >= kept[-1].end:
            kept.append(value)
    return kept


def _free(match: re.Match[str], text: str) -> Value:
    start, end = match.span()
    return Value(start, end, ValueKind.MONEY, "", 0.0, 0.0, text[start:end])


def _frequencies(text: str) -> list[Value]:
    found = []
    for match in _FREQUENCY.finditer(text):
        adverb = (match["adverb"] or "").lower()
        unit = (match["unit"] or match["every"] or "").lower()
        unit = unit or _ADVERBS.get(adverb, adverb.removesuffix("ly"))
        low, high = DURATIONS[unit]
        share = 0.5 if (match["times"] or "").lower() == "twice" else 1.0
        start, end = match.span()
        found.append(
            Value(
                start,
                end,
                ValueKind.FREQUENCY,
                "second",
                low * share,
                high * share,
                text[start:end],
            )
        )
    return found
