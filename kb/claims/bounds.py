"""How a number is meant (at most, at least, about, a choice) and what it is counted by."""

import re

from kb.claims.units import DURATIONS, PERIODS
from kb.claims.values import Bound, Value
from kb.claims.words import stem

_FILL = (
    r"(?:\s+(?:of|the|a|an|about|around|first|next|is|are|to|be|value|length|size|lasts?|only))*"
    r"\s*:?\s*$"
)
_AT_MOST_BEFORE = re.compile(
    r"(?:\bup to|\bat (?:the )?most|\b(?:no|not) (?:more|longer|larger|bigger|higher|later) than|"
    r"\bmaximum(?: \w+){0,2}|\bmax\.?|\bwithin|\bless than|\bfewer than|\bunder|\bbelow|"
    r"\b(?:not|n't) exceed|\bas (?:long|many|much|high|late) as|\blimit(?:ed)?(?: \w+)? ?(?:of|"
    r"to|is|:)|"
    r"\bcapped at|\bsmaller than|\bshorter than|[<≤])" + _FILL,
    re.IGNORECASE,
)
_AT_LEAST_BEFORE = re.compile(
    r"(?:\bat (?:the )?least|\bno(?:t)? (?:less|fewer|shorter|earlier) than|\bminimum(?: \w+){0,2}|"
    r"\bmin\.?|\bmore than|\bover|\blonger than|\bolder than|\bexceed(?:s|ing)?|\babove|"
    r"\bgreater than|\blarger than|\bstarting (?:at|from)|\bfrom|[>≥])" + _FILL,
    re.IGNORECASE,
)
_ABOUT_BEFORE = re.compile(
    r"(?:\babout|\baround|\bapprox(?:\.|imately)?|\broughly|~|\bnearly|\balmost|\bcirca|\bsome|"
    r"\btypically|\busually|\bmostly|\bgenerally|\bon average|\bjust (?:under|over))"
    r"(?:\s+(?:a|an|the|in|within|takes?|lasts?))*\s*$",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"(?i)(?:\bnot|n[’']t|\bcannot|\bnever|\bno longer)(?: \w+){0,2}\s*$")
# "Files over 25 MB are rejected" says what the limit is.
_OVER = re.compile(r"(?i)\b(?:over|above|(?:larger|longer|bigger|more|greater) than|exceeding)\s*$")
_REFUSED = re.compile(
    r"(?i)(?:[^.;:]{0,40}?\b)?(?:can(?:no|['’])t|(?:is|are|was|will)(?:n[’']t| not)|won[’']t|"
    r"rejected|refused|blocked|fails?|truncated|cut off|not (?:accepted|allowed|supported))\b"
)
_AT_LEAST_AFTER = re.compile(
    r"\s*(?:(?:of )?\w+ )?(?:or (?:more|longer|later|older|newer|above|higher|greater|over|up)|"
    r"and (?:up|above|more)|"
    r"minimum\b|min\b|\+)",
    re.IGNORECASE,
)
_AT_MOST_AFTER = re.compile(
    r"\s*(?:or (?:less|fewer|earlier|under|below|lower|shorter)|at (?:the )?most|maximum\b|max\b|"
    r"is the "
    r"(?:maximum|limit|most|longest)|long at most)",
    re.IGNORECASE,
)
_BY_DEFAULT = re.compile(r"(?i)\s*by default\b")
_CLAUSE_MOST = re.compile(r"(?i)\b(?:maximum|max|longest|largest|limit|cap|exceeding)\b")
_CLAUSE_LEAST = re.compile(r"(?i)\b(?:minimum|min|shortest|smallest)\b")
_RATE = re.compile(
    r"(?:\s*/\s*|\s+per\s+|\s+(?:a|an|each|every)\s+)(?:(?P<times>\d{1,4})[\s-])?"
    r"(?P<unit>[A-Za-z]+)(?P<more>(?:\s*/\s*|,?\s+per\s+)[A-Za-z]+|"
    r",?\s+(?:and|an?|each|every)\s+(?:second|minute|hour|day|week|month|year)\b)?"
)
_PERIODS = {stem(period): period for period in PERIODS}
_SHORT = {
    "mo": "month",
    "yr": "year",
    "h": "hour",
    "hr": "hour",
    "min": "minute",
    "sec": "second",
    "s": "second",
}


def bound_of(text: str, value: Value) -> Bound:
    """From the words around a value; `value.bound` where they say nothing."""
    if value.bound in (Bound.RANGE, Bound.CHOICE):
        return value.bound
    before, after = text[max(0, value.start - 60) : value.start], text[value.end : value.end + 30]
    if _BY_DEFAULT.match(after):
        return value.bound
    if _ABOUT_BEFORE.search(before):
        return Bound.ABOUT
    if _AT_MOST_BEFORE.search(before) or _AT_MOST_AFTER.match(after):
        return Bound.AT_MOST
    if _OVER.search(before) and _REFUSED.match(text, value.end):
        return Bound.AT_MOST
    least = _AT_LEAST_BEFORE.search(before)
    if least and _NEGATED.search(before[: least.start()]):
        return Bound.AT_MOST
    if least or _AT_LEAST_AFTER.match(after):
        return Bound.AT_LEAST
    return _of_clause(text, value)


def rate_of(text: str, at: int) -> tuple[int, str]:
    """End of a rate that begins at `at` and what it is counted by: "/month" gives "month", "per 15
    minutes" gives "15 minute"."""
    match = _RATE.match(text, at)
    if match is None:
        return at, ""
    written = match["unit"].lower()
    unit = _SHORT.get(written, written.removesuffix("s"))
    spelled = match[0].lstrip()[:1]
    if unit not in PERIODS and (spelled not in "/p" or match["times"]):
        return at, ""
    more = re.sub(r"^,?\s*(?:/|per|and|an?|each|every)\s*", "", match["more"] or "").lower()
    parts = sorted(stem(_SHORT.get(part, part)) for part in (unit, more) if part)
    times = [match["times"]] if match["times"] and int(match["times"]) != 1 else []
    return match.end(), " ".join([*times, *parts])


def period_of(per: str) -> float | None:
    """Length in seconds of what a rate is counted by; None where that is no time."""
    *times, stemmed = per.split() or [""]
    unit = _PERIODS.get(stemmed, "")
    if not unit or len(times) > 1 or not all(part.isdigit() for part in times):
        return None
    low, high = DURATIONS[unit]
    return (low + high) / 2 * float(times[0] if times else 1)


def _of_clause(text: str, value: Value) -> Bound:
    start = max((text.rfind(mark, 0, value.start) for mark in (",", ";", ":", ". ")), default=0)
    clause = text[max(0, start) : value.end + 25]
    if _CLAUSE_LEAST.search(clause):
        return Bound.AT_LEAST
    if _CLAUSE_MOST.search(clause):
        return Bound.AT_MOST
    return value.bound
