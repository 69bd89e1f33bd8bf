"""What a person is told of a procedure that did not come to its end."""

from collections.abc import Sequence

from agent.action import Parameter
from agent.dialogue.wording import show
from agent.procedure import Procedure
from agent.state import Progress
from agent.types import Turn


def collected(procedure: Procedure, progress: Progress) -> dict[str, str]:
    """What the customer gave, by the label of its slot, as people read it."""
    slots = procedure.slots.values()
    return {
        slot.label or slot.name.replace("_", " "): shown
        for slot in slots
        if (shown := show(progress.values.get(slot.name), Parameter(slot.name, slot.type)))
    }


def wish(turn: Turn, earlier: Sequence[Turn], procedure: Procedure | None) -> str:
    """The message with which the present procedure began; empty without one."""
    if procedure is None:
        return ""
    name = f"{procedure.name}@{procedure.version}"
    began = turn.question
    for before in reversed(earlier):
        if before.procedure != name:
            break
        began = before.question
    return began
