"""One comparison in an operator's words, read against the values that are known."""

import re
from collections.abc import Callable, Sequence

from agent.action import ValueType
from agent.procedure import All, Comparison, Condition, Constant, Not, Ref, Test
from agent.procedures import subjects
from agent.procedures.misread import Misread
from agent.procedures.names import Known
from agent.procedures.operands import (
    OFF,
    ON,
    ORDERED,
    choice_of,
    kind_of,
    not_boolean,
    operand,
    split_list,
)
from agent.procedures.subjects import Context

_BE = r"(?:is|are|was|were|equals?|amounts? to|comes? to|adds? up to|totals|be)"
Builder = Callable[[Known, str, Context], Condition]


def read_comparison(text: str, context: Context) -> tuple[Condition, Known, "Builder"] | None:
    """The condition, what it is about, and how to compare that with something else (for `… or
    shipped`). None when no comparison is in `text`. Raises `Misread` when there is one and its
    sides are not understood."""
    failure: Misread | None = None
    for pattern, builder in _WORDINGS:
        for found in pattern.finditer(text):
            left, right = text[: found.start()], text[found.end() :]
            if tail := found.groupdict().get("right"):
                right = tail
            if not left.strip() or bool(right.strip()) != (builder not in _ALONE):
                continue
            try:
                known = subjects.value(left, context)
                builder = _of_list(right, known, builder)
                _refuse_joined(right, known, builder)
                return builder(known, right, context), known, builder
            except Misread as error:
                failure = _weightier(failure, error)
    if failure:
        raise failure
    return None


def _of_list(right: str, known: Known, builder: Builder) -> Builder:
    """`is processing, delivered or cancelled` is one of three."""
    listed_ = re.search(r",.*\s(?:or|nor)\s", right) and all(
        choice_of(item, known) is not None for item in split_list(right)
    )
    return _AS_LISTS.get(builder, builder) if listed_ else builder


def _refuse_joined(right: str, known: Known, builder: Builder) -> None:
    """Two things joined by and, or are not one value, unless a choice is called so."""
    if builder in _LISTS or choice_of(right, known) is not None:
        return
    if re.search(r"(?:^|\s)(?:and|or|but|nor)\s|,", right):
        raise Misread("condition", f'"{right.strip()}" is more than one value', "")


def _weightier(first: Misread | None, second: Misread) -> Misread:
    """A wrong right side says more than a left side that was cut at the wrong word."""
    if first is None or (
        first.rule in ("unknown-value",) and second.rule not in ("unknown-value",)
    ):
        return second
    return first


def is_known(left: Known, _right: str, _context: Context) -> Condition:
    return Test(Ref(left.path), Comparison.KNOWN)


def is_missing(left: Known, _right: str, _context: Context) -> Condition:
    return Test(Ref(left.path), Comparison.UNKNOWN)


def is_true(left: Known, _right: str, _context: Context) -> Condition:
    if left.type is not ValueType.BOOLEAN:
        raise not_boolean(left)
    return Test(Ref(left.path), Comparison.IS, Constant(value=True))


def is_false(left: Known, right: str, context: Context) -> Condition:
    is_true(left, right, context)
    return Test(Ref(left.path), Comparison.IS, Constant(value=False))


def _compared(comparison: Comparison) -> Builder:
    def build(left: Known, right: str, context: Context) -> Condition:
        if left.type not in (*ORDERED, ValueType.TEXT):
            raise Misread(
                "comparison",
                f"{left.path} is {kind_of(left)} and can't be {comparison.value} something",
                "compare it with `is`",
            )
        return Test(Ref(left.path), comparison, operand(right, left, context))

    return build


def equal(left: Known, right: str, context: Context) -> Condition:
    return Test(Ref(left.path), Comparison.IS, operand(right, left, context))


def unequal(left: Known, right: str, context: Context) -> Condition:
    return Test(Ref(left.path), Comparison.IS_NOT, operand(right, left, context))


def among(left: Known, right: str, context: Context) -> Condition:
    values = [operand(item, left, context) for item in split_list(right)]
    if not all(isinstance(item, Constant) for item in values):
        raise Misread("comparison", "a list may hold only values that you write", "")
    return Test(
        Ref(left.path),
        Comparison.ONE_OF,
        Constant([item.value for item in values if isinstance(item, Constant)]),
    )


def not_among(left: Known, right: str, context: Context) -> Condition:
    return Not(among(left, right, context))


def between(left: Known, right: str, context: Context) -> Condition:
    low, high = re.split(r"\s+(?:and|to)\s+|\s*[-–]\s*", right, maxsplit=1)
    least = _compared(Comparison.AT_LEAST)(left, low, context)
    return All((least, _compared(Comparison.AT_MOST)(left, high, context)))


def not_between(left: Known, right: str, context: Context) -> Condition:
    return Not(between(left, right, context))


def contains(left: Known, right: str, context: Context) -> Condition:
    if left.type not in (ValueType.TEXT, ValueType.LIST, ValueType.EMAIL, ValueType.CHOICE):
        hint = "only a text or a list can contain something"
        raise Misread("comparison", f"{left.path} is {kind_of(left)}", hint)
    if left.type is ValueType.LIST:
        plain = Known(left.path, ValueType.TEXT, left.owner, left.leaf)
        return Test(Ref(left.path), Comparison.CONTAINS, operand(right, plain, context))
    return Test(Ref(left.path), Comparison.CONTAINS, operand(right, left, context))


def lacks(left: Known, right: str, context: Context) -> Condition:
    return Not(contains(left, right, context))


def _wording(verb: str, builder: Builder, right: str = "") -> tuple[re.Pattern[str], Builder]:
    """`verb` stands between the two sides; `right` is a shape that the right side must have."""
    end = rf"\s+{right}$" if right else r"(?=\s|$)"
    return re.compile(rf"(?<=\S)\s+(?:{verb}){end}", re.I), builder


def _symbol(sign: str, builder: Builder) -> tuple[re.Pattern[str], Builder]:
    return re.compile(rf"\s*(?:{sign})\s*", re.I), builder


_MAYBE_BE = rf"(?:{_BE}\s+)?"
_ALONE: tuple[Builder, ...] = (is_known, is_missing, is_true, is_false)
_LISTS: tuple[Builder, ...] = (among, not_among, between, not_between, *_ALONE)
_AS_LISTS: dict[Builder, Builder] = {equal: among, unequal: not_among}
_BIGGER = "more|greater|higher|larger|bigger|later|longer|older"
_SMALLER = "less|lower|smaller|fewer|earlier|shorter|cheaper|younger"
_WORDINGS: Sequence[tuple[re.Pattern[str], Builder]] = (
    _symbol(">=|≥", _compared(Comparison.AT_LEAST)),
    _symbol("<=|≤", _compared(Comparison.AT_MOST)),
    _symbol("!=|≠|<>", unequal),
    _symbol(">", _compared(Comparison.MORE)),
    _symbol("<", _compared(Comparison.LESS)),
    _symbol("==?", equal),
    _wording(rf"{_BE}\s+not\s+between", not_between, r"(?P<right>.+(?:and|to|-|–).+)"),
    _wording(rf"{_MAYBE_BE}between", between, r"(?P<right>.+(?:and|to|-|–).+)"),
    _wording(
        rf"{_BE}\s+(?:not\s+(?:one|any)\s+of|none\s+of|neither|not\s+in|not\s+among)", not_among
    ),
    _wording(rf"{_BE}\s+(?:(?:one|any)\s+of|either|in|among)", among),
    _wording(
        rf"(?:{_MAYBE_BE}(?:{_BIGGER})\s+than\s+or\s+equal\s+to|"
        rf"{_MAYBE_BE}(?:no|not)\s+(?:{_SMALLER})\s+than|{_MAYBE_BE}at\s+least|"
        rf"{_BE}\s+a\s+minimum\s+of|{_BE}\s+not\s+(?:below|under|before))",
        _compared(Comparison.AT_LEAST),
    ),
    _wording(
        rf"(?:{_MAYBE_BE}(?:{_SMALLER})\s+than\s+or\s+equal\s+to|"
        rf"{_MAYBE_BE}(?:no|not)\s+(?:{_BIGGER})\s+than|{_MAYBE_BE}at\s+most|{_MAYBE_BE}up\s+to|"
        rf"{_BE}\s+a\s+maximum\s+of|(?:does|do|did)\s+not\s+exceed|{_BE}\s+not\s+(?:above|over|after)|"
        rf"{_BE}\s+within)",
        _compared(Comparison.AT_MOST),
    ),
    _wording(
        _BE,
        _compared(Comparison.AT_LEAST),
        r"(?P<right>.+?)\s+or\s+(?:more|above|over|higher|later)",
    ),
    _wording(
        _BE,
        _compared(Comparison.AT_MOST),
        r"(?P<right>.+?)\s+or\s+(?:less|fewer|below|under|lower|earlier)",
    ),
    _wording(
        rf"(?:{_MAYBE_BE}(?:{_BIGGER})\s+than|{_MAYBE_BE}(?:over|above|after|exceeding|in\s+excess\s+of)|"
        r"exceeds?|exceeded|is\s+past)",
        _compared(Comparison.MORE),
    ),
    _wording(
        rf"(?:{_MAYBE_BE}(?:{_SMALLER})\s+than|{_MAYBE_BE}(?:under|below|before)|falls?\s+below|falls?\s+short\s+of)",
        _compared(Comparison.LESS),
    ),
    _wording(r"(?:does|do|did)\s+not\s+(?:contain|include|mention|have)", lacks),
    _wording(r"(?:contains?|includes?|mentions?)", contains),
    _wording(
        r"(?:(?:is|are|was|were|has\s+been)\s+(?:not\s+(?:yet\s+)?(?:known|given|set|there|present|available|"
        r"provided|filled\s+in|stated|specified)|unknown|missing|empty|blank|absent|unset|null)|"
        r"(?:does|do)\s+not\s+exist|(?:has|have)\s+not\s+been\s+(?:given|set|provided))",
        is_missing,
    ),
    _wording(
        r"(?:(?:is|are|was|were|has\s+been|have\s+been)\s+(?:already\s+)?(?:known|given|set|there|present|available|"
        r"provided|filled\s+in|stated|specified|not\s+(?:unknown|missing|empty|blank))|exists?)",
        is_known,
    ),
    _wording(rf"(?:is|are|was|were)\s+(?:not\s+{OFF}|{ON})", is_true),
    _wording(rf"(?:is|are|was|were)\s+(?:not\s+{ON}|{OFF})", is_false),
    _wording(
        rf"(?:(?:{_BE})\s+(?:not(?:\s+equal\s+to|\s+the\s+same\s+as|\s+set\s+to)?|different\s+from|other\s+than|anything\s+(?:but|other\s+than))|"
        r"differs?\s+from|(?:does|do)\s+not\s+(?:equal|match))",
        unequal,
    ),
    _wording(
        rf"(?:{_BE}(?:\s+(?:set\s+to|exactly|equal\s+to|the\s+same\s+as|marked(?:\s+as)?|shown\s+as))*|"
        r"matches|says|reads|shows)",
        equal,
    ),
)
