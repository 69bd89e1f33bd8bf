"""The bounds that a procedure sets on what it may be used for."""

from collections.abc import Mapping

from agent.action import Value
from agent.dialogue.quantities import number
from agent.dialogue.scope import Scope


def exceeded(limits: Mapping[str, Value], scope: Scope) -> str:
    """Why a person has to decide; empty as long as every known value is within its bound. A
    value that is no number is not within any."""
    for path, bound in limits.items():
        value, most = scope.look_up(path), number(bound)
        if value is None:
            continue
        found = number(value)
        if found is None or most is None:
            return f"{path} cannot be compared with its limit {bound}"
        if found > most:
            return f"{path} is {found}, above the limit of {most}"
    return ""
