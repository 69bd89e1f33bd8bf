"""Whether a condition of a procedure holds on what is known."""

from datetime import date

from agent.action import Value
from agent.dialogue.quantities import has_time, moment, number
from agent.dialogue.scope import Scope
from agent.procedure import (
    All,
    Any,
    Comparison,
    Condition,
    Constant,
    Elapsed,
    Not,
    Operand,
    Ref,
    Test,
)

_DAY_S = 86_400
_HOUR_S = 3_600


def holds(condition: Condition, scope: Scope) -> bool:
    """A comparison with a value that is not known does not hold, except for `unknown`."""
    match condition:
        case All():
            return all(holds(part, scope) for part in condition.parts)
        case Any():
            return any(holds(part, scope) for part in condition.parts)
        case Not():
            return not holds(condition.part, scope)
        case Test():
            return _test(condition, scope)


def value_of(operand: Operand, scope: Scope) -> Value:
    """What an operand stands for now; None when that is not known."""
    match operand:
        case Ref():
            return scope.look_up(operand.path)
        case Constant():
            return operand.value
        case Elapsed():
            return _elapsed(operand, scope)


def _elapsed(operand: Elapsed, scope: Scope) -> int | None:
    """Between moments whole days or hours of 24 and 1; since a date without a time, the number
    of calendar days."""
    value = scope.look_up(operand.path)
    since = moment(value)
    if since is None or not isinstance(value, str):
        return None
    if operand.unit == "days" and not has_time(value):
        return (scope.now.date() - since.date()).days
    unit_s = _HOUR_S if operand.unit == "hours" else _DAY_S
    return int((scope.now - since).total_seconds() // unit_s)


def _test(test: Test, scope: Scope) -> bool:
    left = value_of(test.left, scope)
    if test.comparison is Comparison.KNOWN:
        return not _empty(left)
    if test.comparison is Comparison.UNKNOWN:
        return _empty(left)
    right = None if test.right is None else value_of(test.right, scope)
    if left is None or right is None:
        return False
    return _compare(left, test.comparison, right)


def _empty(value: Value) -> bool:
    """Null, and a text, list or object with nothing in it."""
    return value is None or (isinstance(value, str | list | dict) and not value)


def _compare(left: Value, comparison: Comparison, right: Value) -> bool:
    match comparison:
        case Comparison.IS:
            return same(left, right)
        case Comparison.IS_NOT:
            return not same(left, right)
        case Comparison.ONE_OF:
            return isinstance(right, list) and any(same(left, item) for item in right)
        case Comparison.CONTAINS:
            return _contains(left, right)
        case _:
            return _ordered(left, comparison, right)


def same(left: Value, right: Value) -> bool:
    """Texts without regard to case and space, numbers as decimals, moments as moments, dates
    without a time by the day."""
    if isinstance(left, bool) or isinstance(right, bool):
        return _truth(left) is not None and _truth(left) == _truth(right)
    if isinstance(left, str) and isinstance(right, str):
        return (
            _plain(left) == _plain(right) or _same_moment(left, right) or _same_amount(left, right)
        )
    numbers = number(left), number(right)
    if None not in numbers:
        return numbers[0] == numbers[1]
    return left == right


def _contains(left: Value, right: Value) -> bool:
    wanted = right if isinstance(right, list) else [right]
    if isinstance(left, list):
        return all(any(same(item, one) for item in left) for one in wanted)
    if not isinstance(left, str):
        return False
    return all(isinstance(one, str) and _plain(one) in _plain(left) for one in wanted)


def _ordered(left: Value, comparison: Comparison, right: Value) -> bool:
    sign = _order(left, right)
    if sign is None:
        return False
    match comparison:
        case Comparison.LESS:
            return sign < 0
        case Comparison.AT_MOST:
            return sign <= 0
        case Comparison.MORE:
            return sign > 0
        case _:
            return sign >= 0


def _order(left: Value, right: Value) -> int | None:
    """Below, at or above zero as left is below, at or above right; None: not comparable."""
    numbers = number(left), number(right)
    if numbers[0] is not None and numbers[1] is not None:
        return (numbers[0] > numbers[1]) - (numbers[0] < numbers[1])
    moments = moment(left), moment(right)
    if moments[0] is None or moments[1] is None:
        return None
    if not (has_time(str(left)) and has_time(str(right))):
        return _sign(moments[0].date(), moments[1].date())
    return (moments[0] > moments[1]) - (moments[0] < moments[1])


def _sign(left: date, right: date) -> int:
    return (left > right) - (left < right)


def _same_moment(left: str, right: str) -> bool:
    if moment(left) is None or moment(right) is None:
        return False
    return _order(left, right) == 0


def _same_amount(left: str, right: str) -> bool:
    """Whether two texts are one number, at least one of them with decimals: `59` and `59.00`, but
    not the postal codes `01234` and `1234`."""
    return "." in left + right and number(left) is not None and number(left) == number(right)


def _truth(value: Value) -> bool | None:
    if isinstance(value, bool):
        return value
    words = {"yes": True, "true": True, "no": False, "false": False}
    return words.get(_plain(value)) if isinstance(value, str) else None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
