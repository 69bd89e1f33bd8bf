"""Actions for turns that are not recorded, and for an agent without any."""

from collections.abc import Mapping, Sequence

from agent.action import ActionSpec, CallRequest, CallResult
from agent.ports import Actions
from agent.procedure import Procedure


class Withheld(Exception):
    """An action would be called, and is not, because nobody will know of it."""

    def __init__(self, action: str) -> None:
        super().__init__(f"{action} would be called")
        self.action = action


class Uncalled:
    """Knows the actions and calls none."""

    def __init__(self, actions: Actions | None = None) -> None:
        self._specs: Mapping[str, ActionSpec] = actions.specs() if actions else {}

    def specs(self) -> Mapping[str, ActionSpec]:
        """Every action that is defined, by name."""
        return self._specs

    def call(self, request: CallRequest) -> CallResult:
        """Always raises `Withheld`."""
        raise Withheld(request.action)


class Fixed:
    """Procedures that are at hand."""

    def __init__(self, procedures: Sequence[Procedure] = ()) -> None:
        self._procedures = sorted(procedures, key=lambda item: item.name)

    def all(self) -> Sequence[Procedure]:
        """By name."""
        return self._procedures

    def get(self, name: str, version: str) -> Procedure | None:
        """Exactly this version."""
        return next(
            (item for item in self._procedures if (item.name, item.version) == (name, version)),
            None,
        )
