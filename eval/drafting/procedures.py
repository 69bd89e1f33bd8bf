"""Cases from procedures: what begins one, what must not, and the bounds of what customers say."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from agent.action import ValueType
from agent.identity import IdentityLevel
from agent.procedure import (
    Ask,
    Check,
    Comparison,
    Confirm,
    Constant,
    End,
    HandOver,
    Procedure,
    Ref,
    Tell,
    Test,
    Wait,
)
from agent.types import Decision, HandoffReason
from eval.drafting.proposal import Origin, Proposal, Quote, proposed
from eval.golden.case import Case

WORTH = {"entry": 0.9, "not-entry": 0.7, "limit": 1.0}
# Steps that are followed: a procedure that is longer without asking anything is left out.
_MOST_STEPS = 30
# The path of the article that answers a question, None where none does.
Find = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Ways:
    """How the help center finds out who somebody is: `asks` says that it can at all. `acts`:
    there is a sandboxed backend, where it can be seen that no action took place."""

    asks: bool = False
    acts: bool = False


def from_procedures(procedures: Iterable[Procedure], ways: Ways, find: Find) -> list[Proposal]:
    """Of each procedure its examples, due what its first step does for somebody who is not known;
    of its `not:` examples those that an article answers, due that answer and no action; and, where
    its beginning only asks, a conversation on either side of each bound of a value."""
    found: list[Proposal] = []
    for procedure in procedures:
        due = _due(procedure, procedure.start, ways)
        if due is not None:
            found += [_entry(procedure, example, due) for example in procedure.examples]
        found += _not_entries(procedure, ways, find)
        found += _bounds(procedure, ways)
    return found


def _entry(procedure: Procedure, example: str, due: tuple[Decision, str]) -> Proposal:
    why = f"it begins the procedure {procedure.name}"
    return _proposed(procedure, "entry", (example,), due, why)


def _not_entries(procedure: Procedure, ways: Ways, find: Find) -> Iterator[Proposal]:
    for message in procedure.counterexamples:
        path = find(message)
        if path is None:
            continue
        why = f"it must not begin the procedure {procedure.name}, and an article answers it"
        due = Decision.ANSWER, ""
        item = _proposed(procedure, "not-entry", (message,), due, why)
        actions = () if ways.acts else None
        yield replace(item, case=replace(item.case, articles=(path,), actions=actions))


def _due(procedure: Procedure, start: str, ways: Ways) -> tuple[Decision, str] | None:
    """What a customer who is not known gets at a step; None where it depends on a backend or on
    what was said."""
    if procedure.identity > IdentityLevel.ANONYMOUS:
        known = Decision.CLARIFY, ""
        return known if ways.asks else (Decision.HANDOFF, HandoffReason.IDENTITY.value)
    told = False
    at = start
    for _ in range(_MOST_STEPS):
        match procedure.steps[at]:
            case Ask() | Confirm() | Wait():
                return Decision.CLARIFY, ""
            case HandOver():
                return Decision.HANDOFF, HandoffReason.PROCEDURE.value
            case End():
                return (Decision.ACTION, "") if told else None
            case Tell(then=then):
                told, at = True, then
            case _:
                return None
    return None


def _bounds(procedure: Procedure, ways: Ways) -> Iterator[Proposal]:
    """Conversations that lead to a comparison of what the customer said with a number, one on
    either side of it."""
    if procedure.identity > IdentityLevel.ANONYMOUS or not procedure.examples:
        return
    led = _led(procedure)
    if led is None:
        return
    said, check, test = led
    bound = _number(test)
    for value in _around(test.comparison, bound):
        to = check.yes if _holds(test.comparison, value, bound) else check.no
        due = _due(procedure, to, ways)
        if due:
            words = (procedure.examples[0], *said, str(value))
            why = f"{value} is {'beyond' if to == check.yes else 'within'} a bound of {bound}"
            yield _proposed(procedure, "limit", words, due, f"{why} in {procedure.name}")


def _led(procedure: Procedure) -> tuple[list[str], Check, Test] | None:
    """What the customer says until the first comparison with a number that they gave last."""
    said: list[str] = []
    asked: list[str] = []
    at = procedure.start
    for _ in range(_MOST_STEPS):
        match procedure.steps[at]:
            case Ask(slot=slot, then=then):
                asked.append(slot)
                at = then
            case Tell(then=then):
                at = then
            case Check(condition=Test() as test) as check if asked and _bears_on(test, asked[-1]):
                said = [_example(procedure, name) for name in asked[:-1]]
                return (said, check, test) if all(said) else None
            case _:
                return None
    return None


def _bears_on(test: Test, slot: str) -> bool:
    """Whether it compares what was asked for last with a number."""
    if not isinstance(test.left, Ref) or test.left.path != slot:
        return False
    return isinstance(test.right, Constant) and _number(test) is not None


def _example(procedure: Procedure, name: str) -> str:
    """Something that a customer may say for a slot; empty where it can't be made up."""
    slot = procedure.slots[name]
    if slot.choices:
        return next(iter(slot.choices))
    return "1" if slot.type in (ValueType.INTEGER, ValueType.NUMBER) and not slot.pattern else ""


def _number(test: Test) -> Decimal | None:
    if not isinstance(test.right, Constant):
        return None
    try:
        return Decimal(str(test.right.value))
    except InvalidOperation:
        return None


def _around(comparison: Comparison, bound: Decimal | None) -> Sequence[Decimal]:
    """A value on either side; none for a comparison that is not of sizes."""
    sizes = (Comparison.LESS, Comparison.AT_MOST, Comparison.MORE, Comparison.AT_LEAST)
    if bound is None or comparison not in sizes:
        return ()
    return (bound - 1, bound + 1) if bound > 1 else (bound, bound + 1)


def _holds(comparison: Comparison, value: Decimal, bound: Decimal | None) -> bool:
    found: Mapping[Comparison, Callable[[Decimal, Decimal], bool]] = {
        Comparison.LESS: Decimal.__lt__,
        Comparison.AT_MOST: Decimal.__le__,
        Comparison.MORE: Decimal.__gt__,
        Comparison.AT_LEAST: Decimal.__ge__,
    }
    return bound is not None and found[comparison](value, bound)


def _proposed(
    procedure: Procedure, kind: str, said: Sequence[str], due: tuple[Decision, str], why: str
) -> Proposal:
    *earlier, question = said
    case = Case(
        id="",
        question=question,
        earlier=tuple(earlier),
        decision=due[0],
        reason=due[1],
        source=f"procedure:{procedure.name}",
        tags=("procedure",),
    )
    quote = Quote(f"{procedure.name}.md", procedure.title, procedure.description or question)
    return proposed(case, Origin.ARTICLES, kind, why, (quote,), WORTH[kind])
