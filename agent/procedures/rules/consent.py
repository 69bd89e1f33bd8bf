"""Actions that move money or delete must have been agreed to, with the amount that is moved."""

from collections.abc import Iterator
from decimal import Decimal
from enum import IntEnum
from functools import partial

from agent.action import ActionSpec, Effect, ValueType
from agent.procedure import AnyStep, Ask, Call, Confirm, Constant, Operand, Ref, StepId
from agent.procedures.flow import forward, shown, waits, way
from agent.procedures.rules.subject import Subject
from agent.procedures.texts import paths_in
from agent.procedures.uses import path_of, root_of


class Agreed(IntEnum):
    """How far an agreement reaches. One that another action has used still stands for what is
    done at once with it, and ends when the customer speaks again."""

    NO = 0
    USED = 1
    FRESH = 2


_DOES = {
    Effect.MONEY: "moves money",
    Effect.DELETE: "deletes something",
    Effect.CHANGE: "changes something",
}


def unconfirmed(subject: Subject) -> None:
    """Calls without an agreement on every way after the last change of what they are called
    with, and agreements that do not say how much."""
    procedure = subject.procedure
    for name, step in procedure.steps.items():
        if not isinstance(step, Call) or not _wants(subject.spec(step.action)):
            continue
        for stated in (False, True):
            before = forward(
                procedure.steps,
                procedure.start,
                Agreed.NO,
                partial(_along, subject, name, step, stated),
                min,
            )
            if before.get(name, Agreed.FRESH) is Agreed.NO:
                (_amount_unsaid if stated else _unasked)(subject, name, step)
                break


def _wants(spec: ActionSpec) -> bool:
    return spec.confirm or spec.effect in (Effect.MONEY, Effect.DELETE)


def _along(
    subject: Subject, name: StepId, call: Call, stated: bool, step: AnyStep, edge: str, had: Agreed
) -> Agreed:
    if isinstance(step, Confirm) and step.consent:
        if edge == "yes" and (not stated or _states(step, call, subject.spec(call.action))):
            return Agreed.FRESH
        if edge == "no":
            return Agreed.NO
    if step.id == name or _changes(step, call):
        return Agreed.NO
    if had is Agreed.USED and waits(step):
        return Agreed.NO
    if had is Agreed.FRESH and isinstance(step, Call) and subject.spec(step.action).writes:
        return Agreed.USED
    return had


def _changes(step: AnyStep, call: Call) -> bool:
    """Whether a value that the call takes is another one after this step."""
    taken = {root_of(path) for value in call.arguments.values() for path in path_of(value)}
    match step:
        case Ask(slot=slot):
            return slot in taken
        case Call(result=result):
            return result in taken
    return False


def _states(confirm: Confirm, call: Call, spec: ActionSpec) -> bool:
    """Whether what was agreed to says every amount of money that the call moves."""
    return all(_said(amount, confirm.message) for amount in _amounts(call, spec))


def _amounts(call: Call, spec: ActionSpec) -> Iterator[Operand]:
    if spec.effect is not Effect.MONEY:
        return
    for item in spec.inputs:
        if item.name in call.arguments and (
            item.type is ValueType.MONEY or item.name == spec.limits.amount_input
        ):
            yield call.arguments[item.name]


def _said(amount: Operand, message: str) -> bool:
    if isinstance(amount, Ref):
        return amount.path in paths_in(message)
    if isinstance(amount, Constant):
        return (
            str(Decimal(str(amount.value)).normalize()) in message or str(amount.value) in message
        )
    return True


def _unasked(subject: Subject, name: StepId, step: Call) -> None:
    procedure = subject.procedure
    there = way(
        procedure.steps,
        procedure.start,
        name,
        lambda item, edge: isinstance(item, Confirm) and item.consent and edge == "yes",
    )
    does = _DOES.get(subject.spec(step.action).effect, "acts")
    amounts = " ".join(
        f"{{{value.path}}}"
        for value in _amounts(step, subject.spec(step.action))
        if isinstance(value, Ref)
    )
    how = f"on the way {shown(there)} " if there else "after its values have last changed "
    subject.faults.error(
        step.line,
        "unconfirmed",
        f"step {name} {does} with `{step.action}`, and {how}the customer has not agreed to it",
        f'put before it: Confirm with the customer: "… {amounts or "…"} Shall I?"',
    )


def _amount_unsaid(subject: Subject, name: StepId, step: Call) -> None:
    amounts = ", ".join(
        f"{{{value.path}}}" if isinstance(value, Ref) else str(getattr(value, "value", ""))
        for value in _amounts(step, subject.spec(step.action))
    )
    subject.faults.error(
        step.line,
        "amount-not-stated",
        f"the customer agrees to step {name} (`{step.action}`) without being told the amount that "
        "it moves",
        f"add {amounts} to the text of the Confirm before it",
    )
