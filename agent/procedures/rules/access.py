"""Who the customer must be for what a procedure does and relies on."""

from functools import partial

from agent.identity import IdentityLevel
from agent.procedure import (
    All,
    AnyStep,
    Call,
    Check,
    Comparison,
    Condition,
    Constant,
    Not,
    Ref,
    Test,
)
from agent.procedures.flow import forward
from agent.procedures.rules.subject import Subject
from agent.procedures.uses import needed_by


def not_identified(subject: Subject) -> None:
    """Actions that need a surer identity than the customer has there, and decisions on what
    somebody unverified says of themselves."""
    procedure = subject.procedure
    levels = forward(
        procedure.steps, procedure.start, procedure.identity, partial(_along, subject), min
    )
    for name, step in procedure.steps.items():
        level = levels.get(name)
        if level is None:
            continue
        if isinstance(step, Call) and subject.spec(step.action).identity > level:
            needed = subject.spec(step.action).identity
            subject.faults.error(
                step.line,
                "who",
                f"step {name} calls `{step.action}`, which needs a {needed.label} customer, and "
                f"here the customer may be {level.label}",
                f"write `who: {needed.label}` in the front matter, or check before it that the "
                "customer is verified",
            )
        claims = [path for path in needed_by(step) if _is_claim(path)]
        if isinstance(step, Check) and claims and level < IdentityLevel.VERIFIED:
            subject.faults.warn(
                step.line,
                "unproven",
                f"step {name} decides on {claims[0]}, which is only what the customer says as "
                "long as they are not verified",
                "write `who: verified`, or look the value up",
            )


def _is_claim(path: str) -> bool:
    return path.startswith("identity.") and path != "identity.level"


def _along(subject: Subject, step: AnyStep, edge: str, level: IdentityLevel) -> IdentityLevel:
    if isinstance(step, Call) and edge == "done" and subject.spec(step.action).verifies:
        return IdentityLevel.VERIFIED
    if isinstance(step, Check):
        shown = _proves(step.condition, holds=edge == "yes")
        return max(level, shown) if shown is not None else level
    return level


def _proves(condition: Condition, *, holds: bool) -> IdentityLevel | None:
    """The level that the customer has for sure when the condition holds, or does not."""
    match condition:
        case Test(left=Ref(path="identity.level"), comparison=how, right=Constant(value=value)):
            if (how is Comparison.IS) is holds and how in (Comparison.IS, Comparison.IS_NOT):
                return next((item for item in IdentityLevel if item.label == value), None)
        case Not(part=part):
            return _proves(part, holds=not holds)
        case All(parts=parts) if holds:
            found = [_proves(part, holds=True) for part in parts]
            return max((item for item in found if item is not None), default=None)
    return None
