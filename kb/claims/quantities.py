"""Numbers with what they count: durations, money, sizes, lengths, shares, counts, plain numbers."""

import re
from dataclasses import dataclass, replace

from kb.claims import lexicon
from kb.claims.amounts import joined, refined
from kb.claims.bounds import period_of, rate_of
from kb.claims.units import (
    CURRENCIES,
    DURATIONS,
    MULTIPLIERS,
    NUMBER_WORDS,
    measure,
)
from kb.claims.values import Bound, Value, ValueKind
from kb.claims.words import STOPWORDS, stem

_WORDS = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_NUMBER = rf"(?:\d{{1,3}}(?:[,\u00a0\u202f]\d{{3}})+(?!\d)|\d+)(?:\.\d+)?|\b(?:{_WORDS})\b"
_SIGNS = "|".join(re.escape(sign) for sign in ("US$", "$", "€", "£", "¥", "₹"))
_CODES = r"\b(?:USD|EUR|GBP|CHF|JPY|INR|CAD|AUD)\b"
_MULTIPLIER = r"(?:\s?(?P<times>k|thousand|million|billion|hundred|dozen)\b)?"
QUANTITY = re.compile(
    rf"(?P<sign>{_SIGNS}|{_CODES}\s?)?(?P<number>{_NUMBER}){_MULTIPLIER}(?P<plus>\+)?",
    re.IGNORECASE,
)
# "an hour" is a length of time after these, and any hour elsewhere.
_LENGTH_BEFORE = re.compile(
    r"(?i)\b(?:in|within|for|after|to|about|around|approximately|than|over|under|least|most|"
    r"lasts?|takes?|taking|until|"
    r"is|exceed|roughly|nearly|almost|once) $"
)
_ARTICLE_UNIT = re.compile(
    r"\b(?P<article>an?|half an?|half a) (?P<unit>"
    r"minute|hour|day|week|fortnight|month|quarter|year)\b",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"[\s\u00a0\u202f-]?(?P<adjective>(?:business|working|calendar|consecutive|full|whole|extra|"
    r"additional|more|further)[\s-])?(?P<unit>°\s?[CF]|%|per ?cent\b|€|[A-Za-z]+)"
)
_NOUN = re.compile(r"[\s-]([A-Za-z][\w’'-]*)")
# A word before a number that makes it a name: "step 2", "level 3".
_NAMES = lexicon.words("numbered")
_NEITHER_NOUN = STOPWORDS | lexicon.words("uncounted")


@dataclass(frozen=True, slots=True)
class _Raw:
    start: int
    end: int
    amount: float
    sign: str
    plus: bool
    word: bool


HAS_NUMBER = re.compile(rf"\d|\b(?:{_WORDS}|an?|half)\b", re.IGNORECASE)


def quantities(text: str, masked: str) -> list[Value]:
    """Every quantity of `text`, in order. `masked` is the text with dates, versions, addresses
    and places blanked out, at the same offsets."""
    if not HAS_NUMBER.search(masked):
        return []
    values = [value for raw in _raw(masked) if (value := _typed(raw, masked))]
    values += _article_units(masked, values)
    values.sort(key=lambda value: value.start)
    return [refined(value, masked, text) for value in joined(values, masked)]


def _raw(text: str) -> list[_Raw]:
    found = []
    for match in QUANTITY.finditer(text):
        if not _stands_alone(text, match.start("number"), match.end(), bool(match["sign"])):
            continue
        body = match["number"].lower()
        word = body in NUMBER_WORDS
        plain = re.sub(r"[,\u00a0\u202f]", "", body)
        amount = NUMBER_WORDS[body] if word else float(plain)
        if match["times"]:
            amount *= MULTIPLIERS[match["times"].lower()]
        sign = (match["sign"] or "").strip().lower()
        found.append(_Raw(match.start(), match.end(), amount, sign, bool(match["plus"]), word))
    return found


def _stands_alone(text: str, start: int, end: int, signed: bool) -> bool:
    """Not a part of a name, a code, an address or a longer number, nor a numbered thing."""
    before = text[start - 1 : start]
    after = text[end : end + 1]
    if not signed and before and (before.isalnum() or before in "#_.:/=&@\\^~<"):
        return before == "~"
    if before == "-" and text[start - 2 : start - 1].isalnum() and not text[start - 2].isdigit():
        return False
    if after and after in "_/=&@\\^:" and text[end + 1 : end + 2].isalnum() and after != "/":
        return False
    if after == "." and text[end + 1 : end + 2].isalnum():
        return False
    previous = re.search(r"([A-Za-z]+)\.?\s*$", text[:start])
    return signed or not previous or previous[1].lower() not in _NAMES


_ATTRIBUTE = re.compile(
    r"\b(?P<name>port|threshold|ttl|priority|quality|rating|score|weight|retries|concurrency|"
    r"zoom|opacity)(?: of| is| to|:)? $",
    re.IGNORECASE,
)


def _typed(raw: _Raw, text: str) -> Value | None:
    attribute = _ATTRIBUTE.search(text[: raw.start])
    if attribute and not raw.sign:
        unit = stem(attribute["name"])
        value = _value(raw, raw.end, ValueKind.MEASURE, unit, raw.amount, raw.amount, text, "")
        return replace(value, modifiers=frozenset({unit}))
    if raw.sign:
        end, per = rate_of(text, raw.end)
        unit = CURRENCIES[raw.sign]
        return _value(raw, end, ValueKind.MONEY, unit, raw.amount, raw.amount, text, per)
    match = _UNIT.match(text, raw.end)
    if match:
        known = measure(match["unit"].replace(" ", ""))
        relative = re.match(r"(?i)\s+(?:later|earlier|ago|old)\b", text[match.end() :])
        if (
            known
            and not relative
            and not (raw.word and raw.amount == 1 and match["unit"] in ("m", "s", "g", "h"))
        ):
            return _measured(raw, match, known, text)
    return _counted(raw, text)


def _measured(
    raw: _Raw, match: re.Match[str], known: tuple[ValueKind, str, float, float], text: str
) -> Value:
    kind, unit, low, high = known
    if kind == ValueKind.DURATION and re.match(r"(?i)business|working", match["adjective"] or ""):
        unit = "business day"
    end, per = rate_of(text, match.end())
    return _value(raw, end, kind, unit, raw.amount * low, raw.amount * high, text, per)


_TIMES = re.compile(r"(?i) times\b(?! (?:more|as|faster|larger|bigger|the|longer|higher)\b)")
# "three types of channels" are no three channels.
_KINDS = re.compile(
    r"(?i) (?:\w+ )?(?:types|kinds|sorts|levels|categories|classes) of (?P<what>\w+)"
)


def _counted(raw: _Raw, text: str) -> Value | None:
    """What a plain number counts: the last of up to three words that look like its noun."""
    if times := _TIMES.match(text, raw.end):
        end, per = rate_of(text, times.end())
        kind, unit = (ValueKind.NUMBER, "") if per else (ValueKind.COUNT, "time")
        return _value(raw, end, kind, unit, raw.amount, raw.amount, text, per)
    if kinds := _KINDS.match(text, raw.end):
        value = _value(
            raw, kinds.end(), ValueKind.COUNT, stem(kinds["what"]), raw.amount, raw.amount, text, ""
        )
        return replace(value, modifiers=frozenset({"type"}))
    at, words = raw.end, list[tuple[str, int]]()
    while len(words) < 3 and (match := _NOUN.match(text, at)):
        word = match[1].lower()
        if word in _NEITHER_NOUN or measure(word) or word.endswith("ly"):
            break
        words.append((word, match.end()))
        at = match.end()
        if word.endswith("s") and not word.endswith("ss") and raw.amount != 1:
            break
        if "-" in text[raw.end : raw.end + 1]:
            break
    if not words:
        return _bare(raw, text)
    plural = [n for n, (word, _) in enumerate(words) if word.endswith("s")]
    head = plural[0] if plural and raw.amount != 1 else (0 if raw.amount != 1 else len(words) - 1)
    if raw.word and raw.amount == 1 and not plural and len(words) < 1:
        return None
    end, per = rate_of(text, words[head][1])
    modifiers = frozenset(stem(word) for word, _ in words[:head])
    unit = stem(words[head][0])
    value = _value(raw, end, ValueKind.COUNT, unit, raw.amount, raw.amount, text, per)
    return replace(value, modifiers=modifiers)


_BARE_BEFORE = re.compile(
    r"(?:\b(?:is|are|to|of|at|than|least|most|be|exceed|value|default|defaults|was|minimum|"
    r"maximum|min|max|about|"
    r"around|over|under|below|above|within|between)\s*$|(?::|=)\s+$|\s[=≥≤<>]\s*$|\|\s*$)|^\W*$",
    re.IGNORECASE,
)


_BARE_AFTER = re.compile(r"(?i) (?:by default|at (?:the )?(?:most|least)|or (?:more|fewer|less))\b")
_BARE_JOINED = re.compile(rf"\s*(?:-|–|—|\bto\b|\bor\b|\band\b|,)\s*(?:{_NUMBER})", re.IGNORECASE)


def _bare(raw: _Raw, text: str) -> Value | None:
    """A number without a unit, where it is clearly a value: "set to 15", a table cell."""
    end, per = rate_of(text, raw.end)
    if (
        not _BARE_JOINED.match(text, raw.end)
        and (raw.word or not _BARE_BEFORE.search(text[: raw.start]))
        and not _BARE_AFTER.match(text, raw.end)
        and period_of(per) is None
    ):
        return None
    return _value(raw, end, ValueKind.NUMBER, "", raw.amount, raw.amount, text, per)


def _value(
    raw: _Raw, end: int, kind: ValueKind, unit: str, low: float, high: float, text: str, per: str
) -> Value:
    bound = Bound.AT_LEAST if raw.plus else Bound.EXACT
    return Value(raw.start, end, kind, unit, low, high, text[raw.start : end], bound, per)


def _article_units(text: str, taken: list[Value]) -> list[Value]:
    """ "an hour", "half a year", "a fortnight"; "a day" after a number is a rate, taken already."""
    spans = [(value.start, value.end) for value in taken]
    found = []
    for match in _ARTICLE_UNIT.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in spans):
            continue
        if re.search(
            r"(?i)\b(?:once|twice|times?|of|such|what|half|quite) $", text[: match.start()]
        ):
            continue
        if not _LENGTH_BEFORE.search(text[: match.start()]) and "half" not in match[0].lower():
            continue
        share = 0.5 if match["article"].lower().startswith("half") else 1.0
        low, high = DURATIONS[match["unit"].lower()]
        found.append(
            Value(
                match.start(),
                match.end(),
                ValueKind.DURATION,
                "second",
                low * share,
                high * share,
                match[0],
            )
        )
    return found
