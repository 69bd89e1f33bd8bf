"""The procedures that a conversation may use."""

from collections.abc import Mapping, Sequence

from agent.action import ActionSpec
from agent.dialogue.move import Talk
from agent.identity import IdentityLevel
from agent.procedure import Call, Procedure


def offered(
    procedures: Sequence[Procedure], talk: Talk, audience: Sequence[str]
) -> list[Procedure]:
    """Those that are meant for this channel and these people."""
    return [
        item
        for item in procedures
        if (not item.channels or talk.channel in item.channels)
        and (not item.audience or set(item.audience) & set(audience))
    ]


def verifying(
    procedures: Sequence[Procedure], specs: Mapping[str, ActionSpec], level: IdentityLevel
) -> Procedure | None:
    """The first that finds out who the customer is, and may be used by somebody who is known
    as little as now."""
    for item in procedures:
        if item.identity <= level and any(_verifies(item, name, specs) for name in item.steps):
            return item
    return None


def _verifies(procedure: Procedure, name: str, specs: Mapping[str, ActionSpec]) -> bool:
    step = procedure.steps[name]
    return isinstance(step, Call) and step.action in specs and specs[step.action].verifies
