"""Values in braces in what customers read."""

import re
from collections.abc import Iterable

from agent.procedures import subjects
from agent.procedures.faults import Faults
from agent.procedures.misread import Misread
from agent.procedures.subjects import Context

_BRACES = re.compile(r"\{([^{}]*)\}")


def with_paths(message: str, line: int, context: Context, faults: Faults) -> str:
    """`message` with the path of each value in braces, such as `{order.total}` for
    `{the order's total}`; a value that is not known is a fault."""

    def replaced(found: re.Match[str]) -> str:
        try:
            return "{" + subjects.value(found[1], context).path + "}"
        except Misread as error:
            faults.error(
                line,
                "unknown-value",
                f"`{{{found[1]}}}` in a text is nothing that is known"
                if error.rule != "ambiguous"
                else f"`{{{found[1]}}}` in a text: {error}",
                error.suggestion,
            )
            return found[0]

    text = _BRACES.sub(replaced, message)
    if re.search(r"[{}]", _BRACES.sub("", text)):
        faults.error(
            line, "braces", "a brace in a text has no partner", "write values as {order.total}"
        )
    return text


def paths_in(message: str) -> Iterable[str]:
    """The paths that a message says."""
    return _BRACES.findall(message)
