"""What a rule looks at."""

from collections.abc import Mapping
from dataclasses import dataclass

from agent.action import ActionSpec
from agent.procedure import Procedure
from agent.procedures.faults import Faults


@dataclass(frozen=True, slots=True)
class Subject:
    """A procedure, the specs of its actions, and where faults go. `lines` are those of the front
    matter by key."""

    procedure: Procedure
    specs: Mapping[str, ActionSpec]
    lines: Mapping[str, int]
    faults: Faults

    def spec(self, action: str) -> ActionSpec:
        return self.specs[action]
