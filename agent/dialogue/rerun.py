"""Going back to an earlier step because the customer corrected a value."""

from collections.abc import Collection
from dataclasses import replace

from agent.procedure import Ask, Call, Procedure, StepId, edges
from agent.state import Progress

# Counted among the visits; no step can have this id.
CORRECTIONS = "corrections"


def earliest(procedure: Procedure, progress: Progress, slots: Collection[str]) -> StepId:
    """The first step, as operators number them, that was passed and asks for one of these slots;
    where none was, the beginning."""
    asks = (
        step.id
        for step in procedure.steps.values()
        if isinstance(step, Ask) and step.slot in slots and progress.visits.get(step.id)
    )
    return next(asks, procedure.start)


def reachable(procedure: Procedure, start: StepId) -> set[StepId]:
    """Every step that may come at or after this one."""
    found: set[StepId] = set()
    waiting = [start]
    while waiting:
        step = waiting.pop()
        if step not in found and step in procedure.steps:
            found.add(step)
            waiting += [to for _, to in edges(procedure.steps[step])]
    return found


def forget(procedure: Procedure, progress: Progress, start: StepId) -> Progress:
    """Without what calls from `start` on returned, without that they acted, and as if their
    steps had not been entered yet."""
    later = reachable(procedure, start)
    results = {
        step.result
        for name in later
        if isinstance(step := procedure.steps[name], Call) and progress.visits.get(name)
    }
    visits = {name: count for name, count in progress.visits.items() if name not in later}
    visits[CORRECTIONS] = visits.get(CORRECTIONS, 0) + 1
    return replace(
        progress,
        values={name: value for name, value in progress.values.items() if name not in results},
        visits=visits,
        acted={name: status for name, status in progress.acted.items() if name not in later},
        confirmed="",
    )
