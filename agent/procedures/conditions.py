"""Conditions in an operator's words, joined by and, or, not."""

import re
from collections.abc import Iterator

from agent.action import ValueType
from agent.procedure import All, Any, Comparison, Condition, Elapsed, Not, Ref, Test
from agent.procedures import comparisons, predicates, times
from agent.procedures.comparisons import Builder
from agent.procedures.misread import Misread
from agent.procedures.names import Known
from agent.procedures.subjects import Context

_JOINS = 8
_OR = re.compile(r"\s*(?:,\s*)?\b(?:or else|or)\b\s+(?:if\s+|when\s+|that\s+)?", re.I)
_AND = re.compile(
    r"\s*(?:,\s*)?\b(?:and also|and that|and|but|as well as)\b\s+"
    r"(?:if\s+|when\s+|that\s+|also\s+)?",
    re.I,
)
_COMMA = re.compile(r",\s*(?P<joint>and|or|but)\s+(?:if\s+|when\s+|that\s+)?", re.I)
_LEAD = re.compile(
    r"^(?:if|when|whether|that|either|both|also|only if|the case that|it is true that)\s+", re.I
)
_NOT = re.compile(r"^(?:not|it is not (?:true|the case) that|it is false that)\s+(?=.+\s)", re.I)
_ELLIPSIS = re.compile(r"^(?:it\s+|they\s+)?(?:is|are|was|were|has|have|been)\b", re.I)
_SUBJECT = re.compile(r"^(?:it|they|he|she|the|this|that|there|their|its|you|we)\b", re.I)
_SIGNS = re.compile(
    r"^(?:[<>=!≤≥]|more than|less than|over|under|above|below|at least|at most|no more|no less|"
    r"greater|fewer|lower|higher|between|one of|contains|includes|exceeds|not\s)",
    re.I,
)
_ADVERBS = re.compile(
    r"\b(?:already|still|currently|now|actually|yet|in fact|at present|at the moment|so far)\b"
    r"(?!\s+to come)\s*",
    re.I,
)
# What was compared last, and how, for `… or shipped`.
_Last = tuple[Known, Builder] | None


def read_condition(text: str, context: Context) -> Condition:
    """Raises `Misread` for what is not understood as a whole."""
    text = text.strip().rstrip(".,;:").strip()
    while found := _LEAD.match(text):
        text = text[found.end() :]
    text = _plain(text)
    if not text:
        raise Misread("condition", "the condition is missing", "write `If the … is …`")
    if sum(1 for _ in _OR.finditer(text)) + sum(1 for _ in _AND.finditer(text)) > _JOINS:
        raise Misread("condition", "the condition is too long", "split it into several steps")
    return _Reader(context).whole(text)


def _plain(text: str) -> str:
    """One tense, and without adverbs that change nothing: `has not yet been` is `was not`."""
    text = re.sub(r"\b(?:any|no)\s+(?:longer|more)\b(?!\s+than)", "not", text, flags=re.I)
    text = re.sub(r"\b(it|that) is been\b", r"\1 has been", _ADVERBS.sub("", text), flags=re.I)
    text = re.sub(r"\b(?:has|have|had)\s+(not\s+)?been\b", r"was \1", text, flags=re.I)
    return " ".join(text.split())


def spoken_of(condition: Condition) -> str:
    """The path that a condition speaks of first, for a later `it`."""
    match condition:
        case Test(left=Ref(path=path) | Elapsed(path=path)):
            return path
        case All(parts=parts) | Any(parts=parts) if parts:
            return spoken_of(parts[0])
        case Not(part=part):
            return spoken_of(part)
    return ""


class _Reader:
    def __init__(self, context: Context) -> None:
        self._context = context

    def whole(self, text: str) -> Condition:
        """A comma before `and` or `or` binds less than none; beyond that the two don't mix."""
        if _OR.search(text) and _AND.search(text):
            for found in _COMMA.finditer(text):
                try:
                    first = self.whole(text[: found.start()])
                    second = self._after(first).whole(text[found.end() :])
                except Misread:
                    continue
                kind = Any if found["joint"].lower() == "or" else All
                return kind(_parts(kind, first, second))
        condition, _ = self._any(text, None)
        if _mixed(condition):
            raise Misread(
                "and-or",
                f'"{self._context.shield.bare(text)}" mixes `and` with `or`, and could mean '
                "two things",
                "put a comma before the one that joins the two halves, or split it into two steps",
            )
        return condition

    def _any(self, text: str, last: _Last) -> tuple[Condition, _Last]:
        """One part, or parts joined by `or`, of parts joined by `and`."""
        failure: Misread | None = None
        try:
            return self._one(text, last)
        except Misread as error:
            failure = error
        for pattern, kind in ((_OR, Any), (_AND, All)):
            for left, right in _splits(text, pattern):
                try:
                    first, after = self._any(left, last)
                    second, after = self._after(first)._any(right, after)
                except Misread as error:
                    failure = _better(failure, error)
                    continue
                return kind(_parts(kind, first, second)), after
        raise failure

    def _after(self, condition: Condition) -> "_Reader":
        path = spoken_of(condition)
        return _Reader(self._context.about(path)) if path else self

    def _one(self, text: str, last: _Last) -> tuple[Condition, _Last]:
        context = self._context
        text = text.strip(" ,")
        if found := _NOT.match(text):
            condition, last = self._any(text[found.end() :], last)
            return Not(condition), last
        if (timed := times.read_time(text, context)) is not None:
            return timed, last
        if (named := predicates.read_named(text, context)) is not None:
            return named, last
        failure: Misread | None = None
        shortened = last and (_ELLIPSIS.match(text) or _SIGNS.match(text))
        if last and shortened and (again := self._elliptic(text, last)) is not None:
            return again, last
        try:
            if found_comparison := comparisons.read_comparison(text, context):
                condition, known, builder = found_comparison
                if not _swallowed(condition):
                    return condition, (known, builder)
        except Misread as error:
            failure = error
        if (predicate := predicates.read_predicate(text, context)) is not None:
            return predicate, _state(predicate, context) or last
        if last and (again := self._elliptic(text, last)) is not None:
            return again, last
        raise failure or Misread(
            "condition",
            f'"{context.shield.bare(text)}" is not understood as a condition',
            "write it as `the order's status is delivered` or `order.total is more than 100`",
        )

    def _elliptic(self, text: str, last: tuple[Known, Builder]) -> Condition | None:
        """`is less than 200`, `less than 200` or `shipped` after `the total is more than 100`."""
        known, builder = last
        context = self._context
        for start in (_ELLIPSIS, _SIGNS):
            if start.match(text):
                joint = "" if start is _ELLIPSIS or text[0] in "<>=!≤≥" else "is "
                try:
                    found = comparisons.read_comparison(f"{known.path} {joint}{text}", context)
                except Misread:
                    found = None
                if found:
                    return found[0]
        if len(text.split()) > 4 or _SUBJECT.match(text):
            return None
        try:
            return builder(known, text, context)
        except Misread:
            return None


def _splits(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    for found in pattern.finditer(text):
        left, right = text[: found.start()], text[found.end() :]
        if left.strip() and right.strip():
            yield left, right


def _mixed(condition: Condition) -> bool:
    """Whether parts joined by `and` hold parts joined by `or`, or the other way round."""
    match condition:
        case Any(parts=parts):
            return any(isinstance(part, All) and not _is_range(part) for part in parts)
        case All(parts=parts):
            return any(isinstance(part, Any) for part in parts)
    return False


def _is_range(condition: All) -> bool:
    """`between 2 and 5` is one comparison."""
    return len({spoken_of(part) for part in condition.parts}) == 1


def _parts(kind: type[Any] | type[All], *conditions: Condition) -> tuple[Condition, ...]:
    flat: list[Condition] = []
    for item in conditions:
        flat += item.parts if isinstance(item, kind) else [item]
    return tuple(flat)


def _state(condition: Condition, context: Context) -> _Last:
    """What a predicate such as `the order is shipped` compared, for `… or delivered`."""
    match condition:
        case Test(left=Ref(path=path), comparison=Comparison.IS | Comparison.IS_NOT as how):
            known = context.names.get(path)
            builder = comparisons.equal if how is Comparison.IS else comparisons.unequal
            return (known, builder) if known and known.type is not ValueType.BOOLEAN else None
    return None


def _swallowed(condition: Condition) -> bool:
    """A constant that has an `and` or `or` in it is two things that were not taken apart."""
    match condition:
        case Test(right=right):
            value = getattr(right, "value", None)
            return isinstance(value, str) and bool(re.search(r"\s(?:and|or)\s", f" {value} "))
        case Not(part=part):
            return _swallowed(part)
    return False


def _better(first: Misread | None, second: Misread) -> Misread:
    """The more telling of two: a wrong choice or an unknown name over `not understood`."""
    weight = {"condition": 0, "unknown-value": 1}
    if first is None:
        return second
    return second if weight.get(second.rule, 2) > weight.get(first.rule, 2) else first
