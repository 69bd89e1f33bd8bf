"""What keeps the agent from doing too much: limits, a customer's yes, who it must be sure of.

A guard that was loosened shows in no answer until the day on which it would have held. So it is
read off the release: looser than in the live one it refuses, unless the golden set says, in a case
that is new, that what it would have kept back is to take place.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from agent.action import ActionSpec, Value
from agent.identity import IdentityLevel
from agent.procedure import Procedure
from eval.gate.comparison import Row, key
from eval.gate.verdict import Check, Failing, Rule
from eval.golden.case import Case, ExpectedCall

GUARDS = "guards"
_WAY_OUT = "where it is meant, add a case to the golden set that goes beyond what was allowed"
_SHOWN = 3

Beyond: TypeAlias = Callable[[Case, Sequence[ExpectedCall]], bool]
"""Whether a case, with the expected calls that a guard is about, needs it to be looser."""


@dataclass(frozen=True)
class Guarded:
    """What of a release holds the agent back: its actions by name, and its procedures."""

    actions: Mapping[str, ActionSpec]
    procedures: Sequence[Procedure] = ()


@dataclass(frozen=True)
class Loosened:
    """A guard that lets more through: of the action or procedure `name`, with what it said in the
    live release and says now. `actions` are those that it guards; `beyond` tells a case that it
    would have kept from taking place."""

    name: str
    guard: str
    was: str
    now: str
    actions: tuple[str, ...]
    beyond: Beyond

    @property
    def sentence(self) -> str:
        return f"{self.name}: {self.guard} was {self.was} and is {self.now}"


def check_guards(
    before: Guarded, after: Guarded, cases: Sequence[Case], asked: Sequence[Row]
) -> Check:
    """Refuses for each guard that is looser than `before`, unless one of the `cases` that the live
    release was not judged by (`asked`) expects what it would have kept back."""
    new = _new(cases, asked)
    found = loosened(before, after)
    wrong = [item for item in found if not any(_expects(case, item) for case in new)]
    more = f"; and {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else ""
    told = "; ".join(item.sentence for item in wrong[:_SHOWN])
    fine = f"{len(found)} looser, as new cases expect" if found else ""
    return Check(
        Rule(
            GUARDS,
            passed=not wrong,
            reason=f"{told}{more}; {_WAY_OUT}" if wrong else fine,
            n=len(after.actions) + len(after.procedures),
            group="procedures",
        ),
        tuple(_failing(item) for item in wrong),
    )


def loosened(before: Guarded, after: Guarded) -> list[Loosened]:
    """By action, then by procedure, in their order. An action or procedure that is new has no
    guard that it could have lost."""
    actions = (
        item
        for name, spec in after.actions.items()
        if name in before.actions
        for item in _of_action(before.actions[name], spec)
    )
    known = {procedure.name: procedure for procedure in before.procedures}
    procedures = (
        item
        for procedure in after.procedures
        if procedure.name in known
        for item in _of_procedure(known[procedure.name], procedure)
    )
    return [*actions, *procedures]


def _of_action(was: ActionSpec, now: ActionSpec) -> Iterator[Loosened]:
    def looser(guard: str, old: object, new: object, beyond: Beyond) -> Loosened:
        return Loosened(now.name, guard, str(old), str(new), (now.name,), beyond)

    old, new = was.limits, now.limits
    if _is_looser(old.most, new.most):
        yield looser(f"most {old.amount_input}", old.most, _shown(new.most), _above(old.most))
    for guard, bound, limit in (
        ("most calls a customer a day", old.per_customer_per_day, new.per_customer_per_day),
        ("most tries a conversation", old.tries_per_conversation, new.tries_per_conversation),
    ):
        if _is_looser(bound, limit):
            yield looser(guard, bound, _shown(limit), _oftener(bound))
    if old.most is not None and new.most is not None and old.amount_input != new.amount_input:
        yield looser("bounded input", old.amount_input, new.amount_input, _above(old.most))
    if now.identity < was.identity:
        labels = was.identity.label, now.identity.label
        yield looser("who it must be", *labels, _less_sure(was.identity))
    if was.confirm and not now.confirm:
        yield looser("the customer's yes", "needed", "not needed", _at_all)
    if was.writes and not now.writes:
        yield looser("effect", was.effect, now.effect, _at_all)


def _of_procedure(was: Procedure, now: Procedure) -> Iterator[Loosened]:
    for path, value in was.limits.items():
        bound, limit = _number(value), _number(now.limits.get(path))
        if _is_looser(bound, limit):
            guard = f"most {path}"
            yield Loosened(now.name, guard, str(value), _shown(limit), now.actions, _above(bound))
    if now.identity < was.identity:
        labels = was.identity.label, now.identity.label
        beyond = _less_sure(was.identity)
        yield Loosened(now.name, "who it must be", *labels, now.actions, beyond)


def _is_looser(bound: Decimal | int | None, limit: Decimal | int | None) -> bool:
    return bound is not None and (limit is None or limit > bound)


def _shown(limit: Decimal | int | None) -> str:
    return "without limit" if limit is None else str(limit)


def _number(value: Value) -> Decimal | None:
    try:
        return None if value is None or isinstance(value, bool) else Decimal(str(value))
    except InvalidOperation:
        return None


def _at_all(_case: Case, calls: Sequence[ExpectedCall]) -> bool:
    return bool(calls)


def _above(bound: Decimal | int | None) -> Beyond:
    def above(_case: Case, calls: Sequence[ExpectedCall]) -> bool:
        amounts = (_number(value) for call in calls for value in call.arguments.values())
        return any(amount is not None and amount > (bound or 0) for amount in amounts)

    return above


def _oftener(bound: int | None) -> Beyond:
    return lambda _case, calls: len(calls) > (bound or 0)


def _less_sure(level: IdentityLevel) -> Beyond:
    return lambda case, calls: bool(calls) and case.who.identity < level


def _expects(case: Case, item: Loosened) -> bool:
    calls = [call for call in case.actions or () if call.action in item.actions]
    return item.beyond(case, calls)


def _new(cases: Sequence[Case], asked: Sequence[Row]) -> list[Case]:
    known = {(key(row), len(row.get("expected_calls") or ())) for row in asked}
    return [case for case in cases if (_key(case), len(case.actions or ())) not in known]


def _key(case: Case) -> tuple[str, ...]:
    return case.id, *case.earlier, case.question, case.decision.value


def _failing(item: Loosened) -> Failing:
    return Failing(
        metric=GUARDS,
        case_id=item.name,
        question=item.guard,
        expected=item.was,
        got=item.now,
        why=f"{item.sentence}; {_WAY_OUT}",
    )
