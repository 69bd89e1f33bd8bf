"""What is wrong with an operator's file, as a line of text and as JSON."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agent.procedure import Fault


def fault_line(fault: "Fault") -> str:
    """Where, how grave, what, and what to write instead."""
    where = f"{fault.path}:{fault.line}" if fault.line else fault.path
    hint = f"; {fault.suggestion}" if fault.suggestion else ""
    return f"{where}: {fault.gravity}: {fault.message}{hint} [{fault.rule}]"


def fault_to_json(fault: "Fault") -> dict[str, Any]:
    """Its fields; `line` 0 means the file as a whole."""
    return {
        "path": fault.path,
        "line": fault.line,
        "rule": fault.rule,
        "gravity": str(fault.gravity),
        "message": fault.message,
        "suggestion": fault.suggestion,
    }
