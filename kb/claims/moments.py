"""Dates, times of day and versions: numbers that name a point."""

import re
from dataclasses import replace
from datetime import date

from kb.claims.values import Bound, Value, ValueKind
from kb.claims.words import stem

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = "|".join([*_MONTHS, *(m[:3] + r"\.?" for m in _MONTHS), r"sept\.?"])
_ISO = re.compile(r"\b(?P<year>20\d\d|19\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b")
_DAY_FIRST = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<name>{_MONTH})(?:,? (?P<year>\d{{4}}))?\b",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"\b(?P<name>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>\d{{4}}))?\b",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(rf"\b(?P<name>{_MONTH}),? (?P<year>\d{{4}})\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:in|since|until|before|after|by|of|to) (?P<year>(?:19|20)\d\d)\b")

_ANY = re.compile(r"\d|\b(?:noon|midnight)\b", re.IGNORECASE)
_CLOCK = r"(?:\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?|\bnoon\b|\bmidnight\b)"
_TIME = re.compile(
    rf"(?<![\d.,:])(?P<a>{_CLOCK}|\d{{1,2}}(?=\s?(?:-|–|to)\s?{_CLOCK}))"
    rf"(?:\s?(?:-|–|to|and)\s?(?P<b>{_CLOCK}))?(?![\d:])",
    re.IGNORECASE,
)

PLATFORMS = (
    "iOS|iPadOS|Android|macOS|OS X|Windows(?: Server)?|ChromeOS|Linux|Ubuntu|Debian|Chrome|"
    "Chromium|Firefox|"
    r"Safari|Edge|Opera|Node(?:\.?js)?|Python|PHP|Java|Ruby|Go|Rust|\.NET|PostgreSQL|Postgres|"
    r"MySQL|"
    "MariaDB|SQLite|Redis|Elasticsearch|ClickHouse|Kubernetes|Docker|WordPress|Bluetooth|USB|TLS|"
    "Wi-Fi|"
    "HTTP|OpenSSL|Qt|Django|Rails|React|Angular|Vue"
)
PLATFORM_STEMS = frozenset(
    {
        *(stem(name) for name in re.findall(r"[A-Za-z.-]{2,}", PLATFORMS.replace("(?:", "|"))),
        "node.j",
        "node.js",
    }
)
_NUMBER = r"\d+(?:\.\d+)*(?:\.x)?"
_UP_TO = r"(?:(?:\s?[-–—]\s?|\s(?:to|through)\s)v?(?P<high>\d+(?:\.\d+)*(?:\.x)?))?"
_VERSION = re.compile(
    rf"(?P<name>\b(?:{PLATFORMS}))(?: and (?:{PLATFORMS}))?(?:,? (?:versions?|v)\.?)?(?: is|\s?:)?"
    rf"(?P<least> ?(?:>=|≥|>))? ?v?(?P<number>{_NUMBER}){_UP_TO}"
    rf"(?:\s*\((?:version |build )?(?P<build>\d{{3,5}})(?P<open>\+)?\))?(?P<plus>\+)?"
)
_WORDED = re.compile(
    rf"(?i)\b(?P<what>version|release|v)(?:s|\.)? ?(?P<number>{_NUMBER}){_UP_TO}(?P<plus>\+)?"
)
_SINCE = re.compile(
    r"\b(?:since|(?:added|introduced|removed|deprecated)(?: in| since|:)+:?|as of) v?"
    r"(?P<number>\d+(?:\.\d+)+)",
    re.IGNORECASE,
)
_FIRST_IN = re.compile(
    r"(?i)\b(?:since|(?:added|introduced|new|available|supported|starting)(?: in| since| from| "
    r"with)|as of|from)(?: the)?(?: version| release)? ?v?$|\b(?:since|added|introduced)\b"
)
_NUMBERED = re.compile(
    r"\b(?!(?i:versions?|releases?) )(?P<name>[A-Za-z][A-Za-z_-]{2,}) (?P<number>\d+(?:\.\d+)+)"
    r"(?P<plus>\+|(?= or (?:later|newer|higher|above)| and (?:up|above|later|newer)))"
)
_LATEST = re.compile(
    rf"(?i)\b(?:latest|current|newest|stable|recent)(?: \w+){{0,2}} (?:version|"
    rf"release)(?: of \w+)?(?: is|:)? v?(?P<number>{_NUMBER})"
)
_NAME_BEFORE = re.compile(rf"\b(?P<name>{PLATFORMS}|[A-Z][A-Za-z]+)\b")
_OR_LATER = re.compile(
    r"(?i)\s*(?:\)?\s*(?:\([^)]*\) |[A-Z]\w+ ){0,2}"
    r"(?:or|and) (?:later|newer|higher|above|up|greater|any later)|"
    r"is (?:sufficient|enough|the "
    r"minimum|required)|onwards?)"
)
_NEEDS = re.compile(r"(?i)\b(?:requires?|needs?|minimum|at least)\b")


def moments(text: str) -> list[Value]:
    """Dates, times and versions of `text`, in order, none overlapping."""
    if not _ANY.search(text):
        return []
    found = [*_dates(text), *_versions(text), *_times(text)]
    found.sort(key=lambda value: (value.start, -value.end))
    kept: list[Value] = []
    for value in found:
        if not kept or value.start >= kept[-1].end:
            kept.append(value)
    return kept


def _dates(text: str) -> list[Value]:
    found = []
    for pattern in (_ISO, _DAY_FIRST, _MONTH_FIRST, _MONTH_YEAR, _YEAR):
        for match in pattern.finditer(text):
            span = _days(match)
            if span:
                start = match.start("year") if pattern is _YEAR else match.start()
                unit = "date" if match.groupdict().get("year") else "day of year"
                found.append(_point(text, start, match.end(), ValueKind.DATE, unit, *span))
    return found


def _days(match: re.Match[str]) -> tuple[float, float] | None:
    """First and last day (ordinal) that a written date can mean."""
    parts = match.groupdict()
    year = int(parts.get("year") or 2000)
    name = parts.get("name")
    month = int(parts["month"]) if parts.get("month") else _month(name) if name else 0
    day = int(parts["day"]) if parts.get("day") else 0
    try:
        first = date(year, month or 1, day or 1).toordinal()
    except ValueError:
        return None
    return first, first + (0 if day else 30 if month else 365)


def _month(name: str) -> int:
    return next(n for n, month in enumerate(_MONTHS, 1) if month.startswith(name[:3].lower()))


def _times(text: str) -> list[Value]:
    found = []
    for match in _TIME.finditer(text):
        a, b = match["a"].lower(), (match["b"] or "").lower()
        if (
            "." in a
            and "m" not in a
            and not re.search(r"(?i)\b(?:at|by|before|after|until) $", text[: match.start()])
        ):
            continue
        low, high = _minutes(a, b), _minutes(b or a, b)
        if low is not None and high is not None:
            bound = Bound.RANGE if b else Bound.EXACT
            found.append(
                _point(text, match.start(), match.end(), ValueKind.TIME, "minute", low, high, bound)
            )
    return found


def _minutes(clock: str, other: str) -> float | None:
    if clock in ("noon", "midnight"):
        return 720.0 if clock == "noon" else 0.0
    digits = re.findall(r"\d+", clock)
    hour, minute = int(digits[0]), int(digits[1]) if len(digits) > 1 else 0
    half = clock if re.search(r"[ap]", clock) else other if len(digits) == 1 else ""
    if "p" in half and hour < 12:
        hour += 12
    if "a" in half and hour == 12:
        hour = 0
    return hour * 60.0 + minute if hour < 25 and minute < 60 else None


def _versions(text: str) -> list[Value]:
    found = []
    for match in _VERSION.finditer(text):
        if match["name"] == "HTTP" and len(match["number"]) == len("404"):
            continue
        numbers = match["number"] + (f".{match['build']}" if match["build"] else "")
        floor = match["plus"] or match["open"] or match["least"]
        found.append(
            _version(text, match, stem(match["name"].split(" ")[0]), numbers, floor=bool(floor))
        )
    found += [
        _version(text, match, stem(match["name"]), match["number"], floor=True)
        for match in _NUMBERED.finditer(text)
    ]
    for match in _LATEST.finditer(text):
        newest = _version(text, match, "latest", match["number"], floor=False)
        found.append(replace(newest, bound=Bound.EXACT))
    for match in _WORDED.finditer(text):
        named = [m for m in _NAME_BEFORE.finditer(text[: match.start()]) if _is_name(m)]
        name = stem(named[-1]["name"]) if named else ""
        found.append(_version(text, match, name, match["number"], floor=bool(match["plus"])))
    found += [
        _version(text, match, "", match["number"], floor=False) for match in _SINCE.finditer(text)
    ]
    return found


def _is_name(match: re.Match[str]) -> bool:
    """Not merely the capital of a sentence's first word."""
    return match.start() > 0 or stem(match["name"]) in PLATFORM_STEMS


def _version(text: str, match: re.Match[str], name: str, number: str, *, floor: bool) -> Value:
    low, _ = _span_of(number)
    start, end = match.span()
    if top := match.groupdict().get("high"):
        _, high = _span_of(top)
        return _point(text, start, end, ValueKind.VERSION, name, low, high, Bound.RANGE)
    before = text[max(0, start - 60) : start]
    least = floor or _OR_LATER.match(text, end) or _NEEDS.search(before)
    if least or _FIRST_IN.search(f"{before}{match[0].split(number)[0]}"):
        return _point(text, start, end, ValueKind.VERSION, name, low, low, Bound.AT_LEAST)
    return _point(text, start, end, ValueKind.VERSION, name, *_span_of(number))


def _span_of(number: str) -> tuple[float, float]:
    """First and last version that a number names: 3.11 is any 3.11.x, as is 3.11.x itself."""
    parts = [int(part) for part in number.split(".") if part.isdigit()][:3]
    low = sum(part * 10.0 ** (10 - 5 * n) for n, part in enumerate(parts))
    return low, low + 10.0 ** (10 - 5 * (len(parts) - 1)) - 1


def _point(
    text: str,
    start: int,
    end: int,
    kind: ValueKind,
    unit: str,
    low: float,
    high: float,
    bound: Bound = Bound.EXACT,
) -> Value:
    return Value(start, end, kind, unit, low, high, text[start:end], bound)
