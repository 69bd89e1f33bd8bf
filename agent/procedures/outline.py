"""A compiled procedure in words: what each step does, and where it goes on."""

from agent.procedure import (
    All,
    Any,
    AnyStep,
    Ask,
    Call,
    Check,
    Condition,
    Confirm,
    Constant,
    Elapsed,
    End,
    HandOver,
    Not,
    Operand,
    Procedure,
    Ref,
    Tell,
    Test,
    Wait,
    edges,
)

_STATUSES = {
    "not_found": "not found",
    "not_allowed": "not allowed",
    "over_limit": "over the limit",
    "refused": "refused",
    "failed": "failed",
}


def outline(procedure: Procedure) -> list[str]:
    """One line a step, in the order of the file."""
    width = max(len(name) for name in procedure.steps)
    return [f"{name:<{width}}  {_line(step)}" for name, step in procedure.steps.items()]


def _line(step: AnyStep) -> str:
    ways = [(route(label), to) for label, to in edges(step)]
    if len(ways) == 1 and ways[0][0] in ("", "done"):
        return f"{said(step)} → {ways[0][1]}"
    shown = ", ".join(f"{label or 'then'} → {to}" for label, to in ways)
    return f"{said(step)}: {shown}" if shown else said(step)


def route(label: str) -> str:
    """An edge's label as people read it."""
    return _STATUSES.get(label, label)


def said(step: AnyStep) -> str:
    """What a step does, in a few words."""
    match step:
        case Ask(slot=slot, question=question):
            return f"Ask for {slot}" + (f": “{question}”" if question else "")
        case Call(action=action, arguments=arguments):
            given = ", ".join(f"{name} = {operand(value)}" for name, value in arguments.items())
            return f"Call {action}" + (f" with {given}" if given else "")
        case Check(condition=condition):
            return f"{described(condition)}?"
        case Confirm(message=message, consent=consent):
            return f"{'Confirm' if consent else 'Ask'}: “{message}”"
        case Tell(message=message):
            return f"Tell: “{message}”"
        case Wait(message=message):
            return "Wait for a reply" + (f" to “{message}”" if message else "")
        case HandOver(team=team, reason=reason):
            return f"Hand over to {team or 'a person'}" + (f": {reason}" if reason else "")
        case End():
            return "End"


def described(condition: Condition) -> str:
    """A condition with its values as paths."""
    match condition:
        case Test(left=left, comparison=comparison, right=right):
            verb = comparison.value
            if not verb.startswith(("is", "contains")):
                verb = f"is {verb}"
            return f"{operand(left)} {verb}" + (f" {operand(right)}" if right else "")
        case All(parts=parts):
            return " and ".join(_nested(part) for part in parts)
        case Any(parts=parts):
            return " or ".join(_nested(part) for part in parts)
        case Not(part=part):
            return f"not ({described(part)})"


def _nested(condition: Condition) -> str:
    text = described(condition)
    return f"({text})" if isinstance(condition, All | Any) else text


def operand(value: Operand) -> str:
    """A path, a time since, or what the operator wrote."""
    match value:
        case Ref(path=path):
            return path
        case Elapsed(path=path, unit=unit):
            return f"{unit} since {path}"
        case Constant(value=True):
            return "yes"
        case Constant(value=False):
            return "no"
        case Constant(value=list(items)):
            return ", ".join(str(item) for item in items)
        case Constant(value=constant):
            return str(constant)
