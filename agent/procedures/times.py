"""Conditions on how long ago something was, or how far off it is."""

import re

from agent.action import ValueType
from agent.procedure import Comparison, Condition, Constant, Elapsed, Not, Ref, Test
from agent.procedures import subjects
from agent.procedures.misread import Misread
from agent.procedures.names import Known
from agent.procedures.nearest import listed
from agent.procedures.quantities import NUMBER, UNIT, duration
from agent.procedures.roots import root, words
from agent.procedures.subjects import Context

_MORE = r"more than|over|longer than|greater than|above|further than"
_LESS = r"less than|under|fewer than|shorter than|below|not even"
_LEAST = r"at least|no less than|not less than|a minimum of"
_MOST = r"at most|up to|no more than|not more than|a maximum of|within"
_HOW = rf"(?P<how>(?:{_MORE}|{_LESS}|{_LEAST}|{_MOST}|exactly|about)\s+)?"
_LONG = rf"(?P<number>{NUMBER})\s+(?P<unit>{UNIT})"
_BE = r"(?:is|are|was|were|has been|have been|had been|did|be|has|have)"
_WHO = rf"^(?P<left>.+?)\s+(?:(?P<be>{_BE})\s+)?"
_VERB = (
    r"(?:(?P<verb>(?!(?:more|less|over|under|within|at|in|exactly|about|longer|shorter|older|newer|no|"
    r"not|up|fewer|during|for)\b)[a-z]+)\s+)?"
)
_AGO = re.compile(rf"{_WHO}(?P<not>not\s+)?{_VERB}{_HOW}{_LONG}\s+(?:ago|old|earlier)$", re.I)
_OLDER = re.compile(
    rf"{_WHO}(?P<not>not\s+)?{_VERB}(?P<how>older|newer|younger)\s+than\s+{_LONG}$", re.I
)
_LAST = re.compile(
    rf"{_WHO}(?P<not>not\s+)?{_VERB}(?P<how>within|in|during|over)\s+"
    rf"(?:the\s+)?(?:last|past|previous)\s+{_LONG}$",
    re.I,
)
_FOR = re.compile(rf"{_WHO}(?P<not>not\s+)?{_VERB}for\s+{_HOW}{_LONG}$", re.I)
_SINCE = re.compile(
    rf"^(?:it\s+(?:is been|is|has been|was)\s+)?{_HOW}{_LONG}\s+"
    r"(?:(?:have|has|had)\s+(?:passed|gone by|elapsed)\s+)?(?:since|after)\s+(?P<left>.+)$",
    re.I,
)
_OF = re.compile(
    rf"{_WHO}(?P<not>not\s+)?{_VERB}(?P<how>within)\s+{_LONG}\s+(?:of|from|after|since)\s+"
    r"(?P<when>.+)$",
    re.I,
)
_AHEAD = re.compile(
    rf"{_WHO}(?P<not>not\s+)?{_VERB}(?:(?:in|within)\s+{_HOW}{_LONG}(?:\s+from now)?|"
    rf"{_HOW.replace('how', 'how2')}{_LONG.replace('number', 'number2').replace('unit', 'unit2')}"
    r"\s+(?:away|from now|ahead|off|in the future|out))$",
    re.I,
)
_DATED = re.compile(
    rf"{_WHO}(?P<not>not\s+)?(?P<verb>[a-z]+)\s+"
    r"(?P<how>before|after|on or before|on or after|since)\s+(?P<day>\d{4}-\d\d-\d\d)$",
    re.I,
)
_DATES = {
    "before": Comparison.LESS,
    "after": Comparison.MORE,
    "on or before": Comparison.AT_MOST,
    "on or after": Comparison.AT_LEAST,
    "since": Comparison.AT_LEAST,
}
_PASSED = re.compile(
    r"^(?P<left>.+?)\s+(?:(?:is|lies|was)\s+(?P<not>not\s+)?(?:yet\s+)?in the past|"
    r"(?:has|have)\s+(?P<not2>not\s+)?(?:yet\s+|already\s+)?passed(?:\s+yet)?)$",
    re.I,
)
_COMING = re.compile(
    r"^(?P<left>.+?)\s+(?:is|lies|are)\s+(?P<not>not\s+)?(?:still\s+)?(?:in the future|to come|"
    r"ahead|upcoming)$",
    re.I,
)
# What makes a thing be there: `the order is older than 30 days`.
_BEGINNINGS = {
    root(word) for word in ["created", "placed", "ordered", "purchased", "booked", "opened"]
}
_SIGNS = (
    (_MORE + "|older", Comparison.MORE),
    (_LESS + "|newer|younger", Comparison.LESS),
    (_LEAST, Comparison.AT_LEAST),
    (_MOST + "|in|during", Comparison.AT_MOST),
    ("exactly", Comparison.IS),
)
_MIRRORED = {
    Comparison.MORE: Comparison.LESS,
    Comparison.LESS: Comparison.MORE,
    Comparison.AT_LEAST: Comparison.AT_MOST,
    Comparison.AT_MOST: Comparison.AT_LEAST,
    Comparison.IS: Comparison.IS,
}


def read_time(text: str, context: Context) -> Condition | None:
    """The condition, or None when `text` does not speak of time. Raises `Misread` when it does
    and what happened then is not known, or not in hours, days or weeks."""
    for pattern in (_OF, _OLDER, _LAST, _AGO, _SINCE, _FOR):
        if found := pattern.match(text):
            groups = found.groupdict()
            when = groups.get("when")
            happened = _happening(when or found["left"], groups.get("verb"), context, found["left"])
            if happened is None and pattern is _FOR:
                return None
            return _elapsed(happened, found, context, "how", "number", "unit", text)
    if found := _AHEAD.match(text):
        happened = _happening(found["left"], found["verb"], context, found["left"])
        second = "2" if found["number"] is None else ""
        names = ("how" + second, "number" + second, "unit" + second)
        return _elapsed(happened, found, context, *names, text, ahead=True)
    if found := _DATED.match(text):
        return _dated(found, context)
    return _past_or_future(text, context)


def _dated(found: re.Match[str], context: Context) -> Condition | None:
    """`the order was placed before 2026-01-01`."""
    if found["verb"].lower() in ("is", "was", "are", "were", "lies"):
        return None
    happened = _happening(found["left"], found["verb"], context, found["left"])
    if happened is None:
        raise _no_date(found["left"], context)
    test = Test(Ref(happened.path), _DATES[found["how"].lower()], Constant(found["day"]))
    return Not(test) if found["not"] else test


def _past_or_future(text: str, context: Context) -> Condition | None:
    for pattern, comparison in ((_PASSED, Comparison.AT_LEAST), (_COMING, Comparison.LESS)):
        found = pattern.match(text)
        if not found:
            continue
        happened = _happening(found["left"], None, context, found["left"])
        if happened is None:
            return None
        test = Test(Elapsed(happened.path, "hours"), comparison, Constant(0))
        negated = found["not"] or found.groupdict().get("not2")
        return Not(test) if negated else test
    return None


def _elapsed(
    happened: Known | None,
    found: re.Match[str],
    context: Context,
    how: str,
    number: str,
    unit: str,
    text: str,
    *,
    ahead: bool = False,
) -> Condition:
    if happened is None:
        raise _no_date(found["left"], context)
    length = duration(found[number], found[unit])
    if length is None:
        raise Misread(
            "duration",
            f'"{found[number]} {found[unit]}" is no fixed time',
            "say it in hours, days or weeks",
        )
    sign = _sign(found[how])
    amount, named = length
    if sign is None:
        sign = Comparison.AT_MOST if ahead else None
    if sign is None:
        raise Misread(
            "duration",
            f'"{context.shield.bare(text)}" does not say whether longer or shorter',
            f"write `more than {found[number]} {found[unit]}` or `less than`",
        )
    if ahead:
        sign, amount = _MIRRORED[sign], -amount
    test = Test(Elapsed(happened.path, named), sign, Constant(amount))
    return Not(test) if found.groupdict().get("not") else test


def _sign(how: str | None) -> Comparison | None:
    said = (how or "").strip().lower()
    for pattern, comparison in _SIGNS:
        if re.fullmatch(pattern, said):
            return comparison
    return None


def _happening(phrase: str, verb: str | None, context: Context, whole: str) -> Known | None:
    """The date of what `phrase` names (`the delivery date`, `delivery`) or of what happened to it
    (`the order` + `delivered`)."""
    if direct := _date(subjects.maybe(phrase, context)):
        return direct
    if found := re.match(rf"^(?P<left>.+?)\s+{_BE}\s+(?P<verb>[a-z]+)$", phrase.strip(), re.I):
        phrase, verb = found["left"], found["verb"]
    noun = subjects.noun(phrase, context) or subjects.noun(whole, context)
    last = words(phrase)[-1:] if not subjects.noun(phrase, context) else ()
    said = verb or (last[0] if last else "")
    if verb and (named := _date(subjects.maybe(f"{phrase} {verb}", context))):
        return named
    if noun is None:
        found = re.match(r"^(?P<left>.+)\s+(?P<verb>[a-z]+)$", phrase.strip(), re.I)
        if found and (inner := subjects.noun(found["left"], context)):
            return _of_noun(inner, found["verb"], context)
        return _of_any(verb, context) if verb else None
    return _of_noun(noun, said, context)


def _of_any(said: str, context: Context) -> Known | None:
    """The only date that is called so among all that was looked up: `the flight departs` of a
    booking."""
    every = [item for noun in context.seen for item in subjects.dates(noun, context)]
    fits = [item for item in every if root(said.lower()) in {root(w) for w in item.leaf}]
    return fits[0] if len(fits) == 1 else None


def _of_noun(noun: str, said: str, context: Context) -> Known | None:
    """The one date of a result that is called after what happened; without a word for it, the
    only date that there is."""
    every = subjects.dates(noun, context)
    fits = [item for item in every if said and root(said.lower()) in {root(w) for w in item.leaf}]
    if not said:
        fits = [item for item in every if {root(w) for w in item.leaf} & _BEGINNINGS] or every
    if len(fits) > 1:
        shallow = min(item.path.count(".") for item in fits)
        fits = [item for item in fits if item.path.count(".") == shallow]
    if len(fits) > 1:
        paths = listed([item.path for item in fits])
        raise Misread("ambiguous", f"several dates could be meant: {paths}", "write one of them")
    return fits[0] if fits else None


def _date(known: Known | None) -> Known | None:
    return known if known and known.type in (ValueType.DATE, ValueType.TEXT) else None


def _no_date(phrase: str, context: Context) -> Misread:
    shown = context.shield.bare(phrase.strip())
    noun = subjects.noun(phrase, context)
    nouns = (noun,) if noun else context.seen
    known = [item.path for name in nouns for item in subjects.dates(name, context)]
    hint = (
        f"dates that are known: {listed(known)}; write one of them"
        if known
        else "look up something with a date"
    )
    return Misread("unknown-value", f'when "{shown}" was is not known', hint)
