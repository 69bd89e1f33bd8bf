"""How a number is meant (at most, at least, about, a choice) and what it is counted by."""

import re

from kb.claims.units import PERIODS
from kb.claims.values import Bound, Value
from kb.claims.words import stem

_FILL = (
    r"(?:\s+(?:of|the|a|an|about|around|first|next|is|are|to|be|value|length|size|lasts?|only))*"
    r"\s*$"
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
_AT_LEAST_AFTER = re.compile(
    r"\s*(?:or (?:more|longer|later|older|newer|above|higher|greater|over|up)|and (?:up|above|"
    r"more)|"
    r"minimum\b|min\b|\+)",
    re.IGNORECASE,
)
_AT_MOST_AFTER = re.compile(
    r"\s*(?:or (?:less|fewer|earlier|under|below|lower|shorter)|at (?:the )?most|maximum\b|max\b|"
    r"is the "
    r"(?:maximum|limit|most|longest)|long at most)",
    re.IGNORECASE,
)
_CLAUSE_MOST = re.compile(r"(?i)\b(?:maximum|max|longest|largest|limit|cap|exceeding)\b")
_CLAUSE_LEAST = re.compile(r"(?i)\b(?:minimum|min|shortest|smallest)\b")
_RATE = re.compile(
    r"(?:\s*/\s*|\s+per\s+|\s+(?:a|an|each|every)\s+)(?P<unit>[A-Za-z]+)(?P<more>(?:\s*/\s*|"
    r"\s+per\s+)[A-Za-z]+)?"
)


def bound_of(text: str, value: Value) -> Bound:
    """From the words around a value; `value.bound` where they say nothing."""
    if value.bound in (Bound.RANGE, Bound.CHOICE):
        return value.bound
    before, after = text[max(0, value.start - 60) : value.start], text[value.end : value.end + 30]
    if _ABOUT_BEFORE.search(before):
        return Bound.ABOUT
    if _AT_MOST_BEFORE.search(before) or _AT_MOST_AFTER.match(after):
        return Bound.AT_MOST
    least = _AT_LEAST_BEFORE.search(before)
    if least and _NEGATED.search(before[: least.start()]):
        return Bound.AT_MOST
    if least or _AT_LEAST_AFTER.match(after):
        return Bound.AT_LEAST
    return _of_clause(text, value)


def rate_of(text: str, at: int) -> tuple[int, str]:
    """End of a rate that begins at `at` and what it is counted by: ("/month" gives "month")."""
    match = _RATE.match(text, at)
    if match is None:
        return at, ""
    unit = match["unit"].lower().removesuffix("s")
    spelled = match[0].lstrip()[:1]
    if spelled not in "/p" and unit not in PERIODS:
        return at, ""
    short = {"mo": "month", "yr": "year", "h": "hour", "hr": "hour", "min": "minute", "s": "second"}
    more = re.sub(r"^\s*(?:/|per)\s*", "", match["more"] or "").lower()
    parts = sorted(stem(short.get(part, part)) for part in (unit, more) if part)
    return match.end(), " ".join(parts)


def _of_clause(text: str, value: Value) -> Bound:
    start = max((text.rfind(mark, 0, value.start) for mark in (",", ";", ":", ". ")), default=0)
    clause = text[max(0, start) : value.end + 25]
    if _CLAUSE_LEAST.search(clause):
        return Bound.AT_LEAST
    if _CLAUSE_MOST.search(clause):
        return Bound.AT_MOST
    return value.bound
