"""What operators do about calls that were made: take them back, and settle what is unknown."""

from dataclasses import dataclass

from agent.action import ActionSpec, Call, CallRequest, CallResult, CallStatus, Value
from agent.execution.catalog import Catalog
from agent.execution.executor import Executor
from agent.execution.lookup import Trace, look_up
from agent.execution.proof import claims_in
from agent.identity import ANONYMOUS, Identity, IdentityLevel
from agent.ports import Ledger
from kb.errors import Permanent

_BY = "operator"
_UNSETTLED = (CallStatus.UNKNOWN, CallStatus.PENDING)


@dataclass(frozen=True)
class Mending:
    """The calls of a ledger, with the actions that they were made of."""

    catalog: Catalog
    ledger: Ledger
    executor: Executor

    def undo(self, call_id: str, by: str) -> CallResult:
        """Takes a call back by its action's `undo`, once, however often it is asked for. Raises
        `Permanent` for a call that is not there, did not take place or can't be undone."""
        call, spec = self._known(call_id)
        if call.status is not CallStatus.DONE:
            raise Permanent(f"call {call.id} is {call.status.value}; only what is done is undone")
        undoing = self.catalog.specs.get(spec.undo)
        if undoing is None:
            raise Permanent(f"`{spec.name}` names no undo in the file of actions")
        return self.executor.call(
            CallRequest(
                action=undoing.name,
                arguments=_arguments(undoing, spec, call),
                conversation_id=call.conversation_id,
                intent=f"undo {call.id}",
                identity=_customer(call),
                confirmation=f"{_BY} {by}: undo {call.id}",
            )
        )

    def unknown(self) -> list[Call]:
        """Calls whose outcome is not known, oldest first; those that are under way left out."""
        found = self.ledger.calls(statuses=_UNSETTLED)
        return [
            call
            for call in found
            if call.status is CallStatus.UNKNOWN or self.executor.is_over(call)
        ]

    def settle(self, call_id: str) -> Call:
        """Looks an unknown call up: done when it took place, failed when it certainly did not;
        else as it was. It is never made again. Raises `Permanent` for a call that is not there."""
        call, spec = self._known(call_id)
        if call.status not in _UNSETTLED:
            return call
        found = look_up(self.catalog.actions, spec, call.arguments, _customer(call), call.key)
        now = self.executor.now()
        if found.trace is Trace.PRESENT:
            return self.ledger.settle(call.key, CallStatus.DONE, found.output, "looked up", now)
        if found.trace is Trace.ABSENT and self.executor.is_over(call):
            reason = "looked up: it did not take place"
            return self.ledger.settle(call.key, CallStatus.FAILED, {}, reason, now)
        return call

    def _known(self, call_id: str) -> tuple[Call, ActionSpec]:
        call = self.ledger.find(call_id)
        if call is None:
            raise Permanent(f"there is no call {call_id}; `wellkept actions log` lists them")
        spec = self.catalog.specs.get(call.action)
        if spec is None:
            raise Permanent(f"the file of actions has no `{call.action}` any more")
        return call, spec


def _customer(call: Call) -> Identity:
    """As whom the call was made."""
    if call.customer_id is None:
        return ANONYMOUS
    return Identity(IdentityLevel.VERIFIED, call.customer_id, claims_in(call.arguments), _BY)


def _arguments(undoing: ActionSpec, spec: ActionSpec, call: Call) -> dict[str, Value]:
    """What the undoing action takes: from what the call returned, then from what it was given. An
    input `refund_id` is also the `id` of a refund."""
    known = {**call.arguments, **call.output}
    if "id" in call.output:
        known.setdefault(f"{spec.result}_id", call.output["id"])
    wanted = [item for item in undoing.inputs if not item.bound]
    missing = [item.name for item in wanted if item.required and item.name not in known]
    if missing:
        raise Permanent(
            f"`{undoing.name}` needs {missing[0]}, which call {call.id} does not tell; "
            "undo it on the backend"
        )
    return {item.name: known[item.name] for item in wanted if item.name in known}
