"""What holds on every way to a step, and the ways there."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from agent.procedure import AnyStep, Ask, Confirm, StepId, Wait, edges

Steps = Mapping[StepId, AnyStep]
State = TypeVar("State")


def reachable(steps: Steps, start: StepId) -> set[StepId]:
    """Every step that some way from `start` leads to, itself with it."""
    seen = {start}
    ahead = [start]
    while ahead:
        for _, to in edges(steps[ahead.pop()]):
            if to not in seen:
                seen.add(to)
                ahead.append(to)
    return seen


def forward(
    steps: Steps,
    start: StepId,
    first: State,
    along: Callable[[AnyStep, str, State], State],
    meet: Callable[[State, State], State],
) -> dict[StepId, State]:
    """What holds before each reachable step: `first` at the start, changed `along` each edge (by
    its label), and what two ways have in common (`meet`) where they come together."""
    before: dict[StepId, State] = {start: first}
    ahead = deque([start])
    while ahead:
        name = ahead.popleft()
        for label, to in edges(steps[name]):
            new = along(steps[name], label, before[name])
            joined = new if to not in before else meet(before[to], new)
            if to not in before or joined != before[to]:
                before[to] = joined
                ahead.append(to)
    return before


def way(
    steps: Steps, start: StepId, end: StepId, barred: Callable[[AnyStep, str], bool]
) -> list[StepId]:
    """The shortest way that takes no barred edge; empty when there is none."""
    came: dict[StepId, StepId | None] = {start: None}
    ahead = deque([start])
    while ahead and end not in came:
        name = ahead.popleft()
        for label, to in edges(steps[name]):
            if to not in came and not barred(steps[name], label):
                came[to] = name
                ahead.append(to)
    if end not in came:
        return []
    path: list[StepId] = []
    at: StepId | None = end
    while at is not None:
        path.append(at)
        at = came[at]
    return path[::-1]


def waits(step: AnyStep) -> bool:
    """Whether the customer gets to speak."""
    return isinstance(step, Ask | Confirm | Wait)


def cycle(steps: Steps, among: Iterable[StepId]) -> list[StepId]:
    """The steps of one round that stays `among` these; empty when there is none."""
    allowed = set(among)
    done: set[StepId] = set()
    for first in sorted(allowed):
        if first in done:
            continue
        path = [first]
        rest = [iter([to for _, to in edges(steps[first]) if to in allowed])]
        while path:
            to = next(rest[-1], None)
            if to is None:
                done.add(path.pop())
                rest.pop()
            elif to in path:
                return path[path.index(to) :]
            elif to not in done:
                path.append(to)
                rest.append(iter([item for _, item in edges(steps[to]) if item in allowed]))
    return []


def shown(path: list[StepId]) -> str:
    """A way as operators read it, its middle left out when it is long."""
    if len(path) > 7:
        path = [*path[:3], "…", *path[-3:]]
    return " → ".join(path)
