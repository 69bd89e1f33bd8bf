"""Carries out what steps ask for: once, by whom it may be, within its limits, and on record."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from agent.action import (
    Action,
    ActionSpec,
    Call,
    CallRequest,
    CallResult,
    CallStatus,
    Limits,
    Values,
)
from agent.execution.admission import Declined, admitted, idempotency_key
from agent.execution.attempt import Outcome, Task, carry_out
from agent.execution.audit import concealed, record
from agent.execution.bound import bound_values
from agent.execution.catalog import Catalog
from agent.execution.lookup import LookedUp, Trace, inputs_of, look_up
from agent.execution.proof import identity_in, proven
from agent.ports import Ledger

_log = logging.getLogger("wellkept.actions")
_REPLAYED = (CallStatus.DONE, CallStatus.REFUSED, CallStatus.NOT_FOUND)
_MOST_SETS = 2
"""How often a call is set out on whose outcome could not be told, the lookup between."""
_LOOKS, _LOOK_S = 40, 0.05
"""How often a call that somebody else is making is looked at, and how long it is waited between."""


class Executor:
    """The `Actions` of a catalog. Safe to use from several threads and processes."""

    def __init__(
        self,
        catalog: Catalog,
        ledger: Ledger,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._actions = catalog.actions
        self._specs = catalog.specs
        self._ledger = ledger
        self.now = now
        self._sleep = sleep

    def specs(self) -> Mapping[str, ActionSpec]:
        """Every action that is defined, by name."""
        return self._specs

    def call(self, request: CallRequest) -> CallResult:
        """Checks who asks, what was confirmed and the limits, then calls once. Never raises for
        what a backend does. A change whose intent was settled before is not made again; one whose
        outcome is unknown is looked up. Raises `Transient` when it can't be recorded."""
        action = self._actions.get(request.action)
        if action is None:
            reason = f"there is no action `{request.action}`"
            return self._declined(request, Declined(CallStatus.NOT_ALLOWED, reason))
        try:
            arguments = admitted(action.spec, request)
        except Declined as error:
            return self._declined(request, error)
        key = idempotency_key(action.spec, request, arguments)
        call = record(request, action.spec, arguments, self.now(), key)
        kept = self._ledger.begin(call, action.spec.limits)
        if kept is None:
            return self._declined(request, _over(action.spec))
        whole = {**arguments, **bound_values(action.spec, request.identity, kept.key)}
        job = _Job(action, request, whole, kept)
        if kept.id == call.id:
            return self._make(job)
        if kept.key == call.key:
            return self._again(job)
        return self._declined(request, _in_the_way(kept, call))

    def is_over(self, kept: Call) -> bool:
        """Whether the call can't be under way any more, here or on the backend."""
        spec = self._specs.get(kept.action) or ActionSpec(kept.action)
        longest = timedelta(seconds=(spec.retries + 2) * 2 * spec.timeout_s)
        return self.now() - (kept.tried_at or kept.created_at) > longest

    def _make(self, job: "_Job") -> CallResult:
        """The call itself, between its record and its settlement."""
        spec, key = job.action.spec, job.kept.key
        before = self._state(job)
        if before is not None:
            self._ledger.note(key, before=before)
        outcome = carry_out(job.task, self._actions, self._sleep)
        settled = self._settle(job, proven(spec, outcome, job.request.identity))
        if before is not None and settled.status in (CallStatus.DONE, CallStatus.UNKNOWN):
            self._ledger.note(key, after=self._state(job))
        return _result(spec, settled)

    def _again(self, job: "_Job") -> CallResult:
        """An intent that is known: nothing is done twice."""
        kept = self._awaited(job.kept)
        job = replace(job, kept=kept)
        if kept.status in _REPLAYED:
            return _result(job.action.spec, kept, replayed=True)
        if kept.status is CallStatus.FAILED:
            return self._retaken(job)
        found = self._look_up(job)
        if found.trace is Trace.PRESENT:
            settled = self._settle(job, Outcome(CallStatus.DONE, found.output))
            return _result(job.action.spec, settled, replayed=True)
        if found.trace is Trace.ABSENT and self.is_over(kept) and kept.tries < _MOST_SETS:
            return self._retaken(job)
        unknown = replace(kept, status=CallStatus.UNKNOWN, reason=_why_unknown(kept, found))
        return _result(job.action.spec, unknown, replayed=True)

    def _retaken(self, job: "_Job") -> CallResult:
        """Made again with the same key, unless somebody else does or the limits forbid it."""
        spec = job.action.spec
        kept = self._ledger.retake(job.kept, self.now(), spec.limits)
        if kept is not None:
            return self._make(replace(job, kept=kept))
        now_kept = self._ledger.find(job.kept.id)
        if now_kept is not None and now_kept.status in _REPLAYED:
            return _result(spec, now_kept, replayed=True)
        if now_kept is not None and now_kept.tries == job.kept.tries:
            return self._declined(job.request, _over(spec))
        unknown = replace(job.kept, status=CallStatus.UNKNOWN, reason="it is being made just now")
        return _result(spec, unknown, replayed=True)

    def _awaited(self, kept: Call) -> Call:
        """Somebody may be making it: gives them a moment."""
        for _ in range(_LOOKS):
            if kept.status is not CallStatus.PENDING or self.is_over(kept):
                break
            self._sleep(_LOOK_S)
            kept = self._ledger.find(kept.id) or kept
        return kept

    def _look_up(self, job: "_Job") -> LookedUp:
        task = job.task
        return look_up(self._actions, task.action.spec, task.arguments, task.identity, task.key)

    def _settle(self, job: "_Job", outcome: Outcome) -> Call:
        return self._ledger.settle(
            job.kept.key, outcome.status, outcome.output, outcome.reason, self.now()
        )

    def _state(self, job: "_Job") -> Values | None:
        """What the action's `before` reads, for the audit log alone; None when it does not
        answer: what the customer wants does not wait for that."""
        reading = self._actions.get(job.action.spec.before)
        if reading is None or reading.spec.writes or not job.action.spec.writes:
            return None
        given = inputs_of(reading.spec, job.arguments, job.request.identity, job.kept.key)
        try:
            return concealed(reading(given, job.kept.key))
        except Exception as error:  # noqa: BLE001 whatever it is, there is no state to keep
            _log.warning("`%s` was not read: %s", reading.spec.name, type(error).__name__)
            return None

    def _declined(self, request: CallRequest, why: Declined) -> CallResult:
        """What is not made is on record too."""
        spec = self._specs.get(request.action)
        now = self.now()
        call = record(request, spec, request.arguments, now)
        kept = replace(call, status=why.status, reason=str(why), settled_at=now)
        self._ledger.begin(kept, Limits())
        return CallResult(kept.id, request.action, why.status, reason=str(why))


@dataclass(frozen=True, slots=True)
class _Job:
    action: Action
    request: CallRequest
    arguments: Values
    kept: Call

    @property
    def task(self) -> Task:
        return Task(self.action, self.arguments, self.request.identity, self.kept.key)


def _over(spec: ActionSpec) -> Declined:
    limits = spec.limits
    what = (
        f"{limits.per_customer_per_day} times a day"
        if limits.tries_per_conversation is None
        else f"{limits.tries_per_conversation} times in a conversation"
    )
    return Declined(CallStatus.OVER_LIMIT, f"`{spec.name}` is done at most {what}")


def _in_the_way(kept: Call, call: Call) -> Declined:
    reason = (
        "this wish was carried out with other arguments"
        if kept.intent == call.intent
        else "what the customer agreed to was done already"
    )
    return Declined(CallStatus.NOT_ALLOWED, reason)


def _why_unknown(kept: Call, found: LookedUp) -> str:
    if found.trace is Trace.ABSENT:
        return "it has not taken place so far, and may still"
    return kept.reason or "it broke off, and there is no telling what came of it"


def _result(spec: ActionSpec, kept: Call, *, replayed: bool = False) -> CallResult:
    done = kept.status is CallStatus.DONE
    return CallResult(
        call_id=kept.id,
        action=kept.action,
        status=kept.status,
        output=kept.output if done else {},
        reason=kept.reason,
        replayed=replayed,
        identity=identity_in(spec, kept.output) if done else None,
    )
