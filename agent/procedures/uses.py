"""Which values a step needs, and which it makes known."""

from collections.abc import Iterator

from agent.procedure import (
    All,
    Any,
    AnyStep,
    Ask,
    Call,
    Check,
    Comparison,
    Condition,
    Confirm,
    Elapsed,
    HandOver,
    Not,
    Operand,
    Ref,
    Tell,
    Test,
    Wait,
)
from agent.procedures.texts import paths_in


def root_of(path: str) -> str:
    """The slot or the result that a path begins with."""
    return path.split(".", 1)[0]


def said_by(step: AnyStep) -> Iterator[str]:
    """The paths in what a step says."""
    match step:
        case Ask(question=text) | Confirm(message=text) | Tell(message=text) | Wait(message=text):
            yield from paths_in(text)
        case HandOver(message=message, reason=reason):
            yield from paths_in(message)
            yield from paths_in(reason)


def needed_by(step: AnyStep) -> Iterator[str]:
    """The paths without which a step can't say, call or decide; those that it only asks whether
    they are known are not among them."""
    yield from said_by(step)
    match step:
        case Call(arguments=arguments):
            for value in arguments.values():
                yield from path_of(value)
        case Check(condition=condition):
            yield from _compared(condition)


def path_of(value: Operand) -> Iterator[str]:
    """The path of an operand that has one."""
    if isinstance(value, Ref | Elapsed):
        yield value.path


def _compared(condition: Condition) -> Iterator[str]:
    match condition:
        case Test(comparison=Comparison.KNOWN | Comparison.UNKNOWN):
            return
        case Test(left=left, right=right):
            yield from path_of(left)
            if right is not None:
                yield from path_of(right)
        case All(parts=parts) | Any(parts=parts):
            for part in parts:
                yield from _compared(part)
        case Not(part=part):
            yield from _compared(part)


def made_known(step: AnyStep, label: str) -> frozenset[str]:
    """The roots that are known once an edge was taken."""
    match step:
        case Ask(slot=slot) if label == "":
            return frozenset((slot,))
        case Call(result=result) if label == "done":
            return frozenset((result,))
        case Check(condition=condition):
            return frozenset(_shown(condition, holds=label == "yes"))
    return frozenset()


def _shown(condition: Condition, *, holds: bool) -> Iterator[str]:
    """The roots that must be known for a condition to hold, or not to."""
    match condition:
        case Test(left=left, comparison=how):
            if (how is not Comparison.UNKNOWN) if holds else (how is Comparison.UNKNOWN):
                yield from map(root_of, path_of(left))
        case All(parts=parts) if holds:
            for part in parts:
                yield from _shown(part, holds=True)
        case Any(parts=parts) if not holds:
            for part in parts:
                yield from _shown(part, holds=False)
        case Not(part=part):
            yield from _shown(part, holds=not holds)
