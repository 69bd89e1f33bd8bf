"""Collects everything that is wrong with one procedure."""

from agent.procedure import Fault, Gravity


class Faults:
    """The faults of one file, as they are found; `ordered` gives them by line."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._found: dict[Fault, None] = {}

    def error(self, line: int, rule: str, message: str, suggestion: str = "") -> None:
        """What keeps the procedure from running."""
        self._add(line, rule, message, suggestion, Gravity.ERROR)

    def warn(self, line: int, rule: str, message: str, suggestion: str = "") -> None:
        """What an operator should look at."""
        self._add(line, rule, message, suggestion, Gravity.WARNING)

    @property
    def fatal(self) -> bool:
        return any(fault.gravity is Gravity.ERROR for fault in self._found)

    def ordered(self) -> list[Fault]:
        """By line, then by rule; each once."""
        return sorted(self._found, key=lambda fault: (fault.line, fault.rule, fault.message))

    def _add(self, line: int, rule: str, message: str, suggestion: str, gravity: Gravity) -> None:
        self._found[Fault(self._path, line, rule, message, suggestion, gravity)] = None
