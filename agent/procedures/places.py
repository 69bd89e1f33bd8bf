"""The ids of steps, in the order in which an operator reads, and where `go to` leads."""

from collections.abc import Iterable, Iterator, Sequence

from agent.procedure import StepId
from agent.procedures.clauses import (
    AskFor,
    Decide,
    GoOn,
    GoTo,
    Group,
    Node,
    Outcome,
    Stop,
)
from agent.procedures.faults import Faults
from agent.procedures.nearest import listed

END = "end"


class Places:
    """Gives every node and condition its id, and finds the step that a `go to` names."""

    def __init__(self, nodes: Sequence[Node], faults: Faults) -> None:
        self._faults = faults
        self._taken: set[StepId] = {END}
        self._numbered: dict[str, Node] = {}
        self._order: list[Node] = []
        self._plan(nodes)

    def fresh(self, number: str) -> StepId:
        """An id that no step has yet: `4`, then `4a`, `4b`."""
        name = next(
            name for letters in _letters() if (name := (number or "0") + letters) not in self._taken
        )
        self._taken.add(name)
        return name

    def rank(self) -> dict[StepId, int]:
        """The place of each id in the order of reading."""
        return {node.id: place for place, node in enumerate(self._order) if node.id}

    def step(self, number: str, node: Node) -> StepId:
        """Where the `go to` of `node` leads; a fault when there is no such step."""
        seen: set[int] = set()
        target = self._find(number, node)
        while target is not None and isinstance(target.clause, GoTo):
            if id(target) in seen:
                message = f"step {node.number} only goes back to itself"
                self._faults.error(node.line, "endless", message, "go to another step, or stop")
                return END
            seen.add(id(target))
            target = self._find(target.clause.number, target)
        return self._begins(target) if target is not None else END

    def _plan(self, nodes: Sequence[Node]) -> None:
        for node in nodes:
            self._order.append(node)
            if node.number and not isinstance(node.clause, GoOn):
                self._numbered.setdefault(node.number, node)
            if not isinstance(node.clause, GoTo | GoOn | Stop | Group | Decide):
                node.id = self.fresh(node.number)
            for branch in node.branches:
                if branch.when is not None and not isinstance(branch.meaning, Outcome):
                    branch.id = self.fresh(node.number)
                self._plan(branch.body)

    def _begins(self, target: Node) -> StepId:
        if isinstance(target.clause, Stop):
            return END
        if target.id:
            return target.id
        checks = (branch.id for branch in target.branches if branch.id)
        later = (node.id for node in self._order[self._place(target) + 1 :] if node.id)
        return next(checks, "") or next(later, END)

    def _find(self, number: str, node: Node) -> Node | None:
        if number == "first":
            return self._order[0]
        if number == "ask":
            before = reversed(self._order[: self._place(node)])
            asked = next((item for item in before if isinstance(item.clause, AskFor)), None)
            return asked or self._first_of(node.number)
        if number == "again":
            return self._first_of(node.number)
        found = self._numbered.get(number)
        if found is None:
            numbers = [name for name in self._numbered if name]
            self._faults.error(
                node.line,
                "unknown-step-number",
                f"step {node.number} goes to step {number}, and there is no such step",
                f"the steps are {listed(numbers, quote='', most=30)}",
            )
        return found

    def _first_of(self, number: str) -> Node | None:
        return next((item for item in self._order if item.number == number), None)

    def _place(self, node: Node) -> int:
        return next(place for place, item in enumerate(self._order) if item is node)


def _letters() -> Iterator[str]:
    yield ""
    letters = "abcdefghijklmnopqrstuvwxyz"
    for length in range(1, 5):
        yield from _of_length(letters, length)


def _of_length(letters: str, length: int) -> Iterable[str]:
    if length == 1:
        return letters
    return (first + rest for first in letters for rest in _of_length(letters, length - 1))
