"""One walk through a procedure, from a step to where somebody has to speak."""

from dataclasses import replace
from typing import assert_never

from agent.action import ActionSpec, CallRequest, CallResult, CallStatus, Effect, Value, Values
from agent.dialogue.attempts import attempt
from agent.dialogue.conditions import holds, value_of
from agent.dialogue.limits import exceeded
from agent.dialogue.outcome import Occasion, Outcome, Passing, Standing
from agent.dialogue.scope import Scope
from agent.dialogue.wording import Unsayable, fill, kinds
from agent.ports import Actions
from agent.procedure import (
    Ask,
    Call,
    Check,
    Confirm,
    End,
    HandOver,
    Procedure,
    StepId,
    Tell,
    Wait,
)
from agent.state import Awaiting, Progress
from agent.types import Attempt, HandoffReason

# A step entered more often than this before the customer's wish changes is a loop.
MOST_VISITS = 8

_REASONS = {
    CallStatus.OVER_LIMIT: HandoffReason.LIMIT,
    CallStatus.NOT_ALLOWED: HandoffReason.IDENTITY,
}
# These may have changed something.
_ACTED = (CallStatus.DONE, CallStatus.UNKNOWN, CallStatus.PENDING)


class Walk:
    """Follows edges until the customer is asked, it ends, or a person takes over. Used once.

    `agreed`: the customer has just agreed, so that what was shown may be done in this walk, with
    the values as they were then."""

    def __init__(
        self,
        procedure: Procedure,
        actions: Actions,
        occasion: Occasion,
        progress: Progress,
        *,
        agreed: bool = False,
    ) -> None:
        self._procedure = procedure
        self._actions = actions
        self._specs = actions.specs()
        self._occasion = occasion
        self._progress = progress
        self._agreed = dict(progress.values) if agreed else None
        self._identity = occasion.identity
        self._kinds = kinds(procedure, self._specs)
        self._said: list[str] = []
        self._attempts: list[Attempt] = []

    def go(self) -> Outcome:
        """What it came to."""
        outcome = self._over_limit()
        while outcome is None:
            outcome = self._step()
        return outcome

    def _step(self) -> Outcome | None:
        """One step; None when it leads on."""
        step = self._procedure.steps[self._progress.step]
        visits = self._progress.visits.get(step.id, 0)
        if visits >= MOST_VISITS:
            return self._pass(HandoffReason.PROCEDURE, f"step {step.id} came round again and again")
        self._progress = replace(
            self._progress, visits={**self._progress.visits, step.id: visits + 1}
        )
        try:
            match step:
                case Ask():
                    return self._ask(step, again=visits > 0)
                case Call():
                    return self._call(step)
                case Check():
                    return self._to(step.yes if holds(step.condition, self._scope) else step.no)
                case Confirm():
                    return self._wait(Awaiting.CONSENT, step.message)
                case Tell():
                    self._say(step.message)
                    return self._to(step.then)
                case Wait():
                    return self._wait(Awaiting.REPLY, step.message)
                case HandOver():
                    return self._hand_over(step)
                case End():
                    return self._outcome(Standing.ENDED)
                case _:
                    assert_never(step)
        except Unsayable as error:
            return self._pass(HandoffReason.PROCEDURE, f"step {step.id} cannot be said: {error}")

    def _ask(self, step: Ask, *, again: bool) -> Outcome | None:
        values = self._progress.values
        if step.slot in values and not again:
            return self._to(step.then)
        kept = {name: value for name, value in values.items() if name != step.slot}
        self._progress = replace(self._progress, values=kept)
        question = step.question or self._procedure.slots[step.slot].question
        return self._wait(Awaiting.SLOT, question)

    def _call(self, step: Call) -> Outcome | None:
        spec = self._specs.get(step.action)
        if spec is None or step.action not in self._procedure.actions:
            return self._pass(HandoffReason.PROCEDURE, f"step {step.id} may not call {step.action}")
        if spec.identity > self._identity.level and CallStatus.NOT_ALLOWED not in step.on:
            return self._outcome(Standing.UNIDENTIFIED)
        if self._in_doubt(step.action):
            why = f"whether {step.action} took place is not known"
            return self._pass(HandoffReason.ACTION_FAILED, why)
        arguments = self._arguments(step, self._progress.values)
        if _needs_consent(spec) and not self._consented(step, arguments):
            why = f"the customer has not agreed to {step.action} as it is"
            return self._pass(HandoffReason.PROCEDURE, why)
        request = self._request(step, arguments)
        return self._called(step, spec, request, self._actions.call(request))

    def _called(
        self, step: Call, spec: ActionSpec, request: CallRequest, result: CallResult
    ) -> Outcome | None:
        self._attempts.append(attempt(request, result, spec))
        if spec.writes and result.status in _ACTED:
            acted = {**self._progress.acted, step.id: result.status}
            self._progress = replace(self._progress, acted=acted)
        if result.done:
            self._identity = result.identity or self._identity
            values = {**self._progress.values, step.result: dict(result.output)}
            self._progress = replace(self._progress, values=values)
            return self._over_limit() or self._to(step.then)
        if result.status in step.on:
            return self._to(step.on[result.status])
        reason = _REASONS.get(result.status, HandoffReason.ACTION_FAILED)
        return self._pass(reason, f"{step.action}: {result.status}. {result.reason}".strip())

    def _in_doubt(self, action: str) -> bool:
        """Whether a call of this action may have taken place without our knowing."""
        steps = self._procedure.steps
        return any(
            isinstance(step := steps.get(name), Call)
            and step.action == action
            and status is not CallStatus.DONE
            for name, status in self._progress.acted.items()
        )

    def _arguments(self, step: Call, values: Values) -> dict[str, Value]:
        """What the step passes on; what is not known is left out."""
        scope = replace(self._scope, values=values)
        found = {name: value_of(operand, scope) for name, operand in step.arguments.items()}
        return {name: value for name, value in found.items() if value is not None}

    def _consented(self, step: Call, arguments: Values) -> bool:
        """Whether the customer agreed in this very turn, and the call is still what it was."""
        return self._agreed is not None and arguments == self._arguments(step, self._agreed)

    def _request(self, step: Call, arguments: Values) -> CallRequest:
        name = f"{self._procedure.name}@{self._procedure.version}"
        occasion = self._occasion
        return CallRequest(
            step.action,
            arguments,
            occasion.conversation_id,
            f"{occasion.conversation_id}/{name}/{step.id}/{self._progress.intents}",
            self._identity,
            name,
            step.id,
            self._progress.confirmed if self._agreed is not None else "",
        )

    def _hand_over(self, step: HandOver) -> Outcome:
        message = fill(step.message, self._scope, self._kinds)
        why = fill(step.reason, self._scope, self._kinds) or step.text
        team = step.team or self._procedure.team
        return self._outcome(
            Standing.HANDED_OVER,
            Passing(HandoffReason.PROCEDURE, why, team, why, message),
        )

    def _over_limit(self) -> Outcome | None:
        over = exceeded(self._procedure.limits, self._scope)
        return self._pass(HandoffReason.LIMIT, over) if over else None

    def _to(self, step: StepId) -> Outcome | None:
        self._progress = replace(self._progress, step=step)
        return None

    def _say(self, message: str) -> None:
        said = fill(message, self._scope, self._kinds)
        if said:
            self._said.append(said)

    def _wait(self, awaiting: Awaiting, message: str) -> Outcome:
        self._say(message)
        self._progress = replace(self._progress, awaiting=awaiting, misunderstood=0)
        return self._outcome(Standing.ASKS)

    def _pass(self, reason: HandoffReason, why: str) -> Outcome:
        return self._outcome(Standing.HANDED_OVER, Passing(reason, why, self._procedure.team))

    def _outcome(self, standing: Standing, passing: Passing | None = None) -> Outcome:
        changed = self._identity is not self._occasion.identity
        return Outcome(
            tuple(self._said),
            self._progress,
            standing,
            tuple(self._attempts),
            passing,
            self._identity if changed else None,
        )

    @property
    def _scope(self) -> Scope:
        return Scope(self._progress.values, self._occasion.now, self._identity)


def _needs_consent(spec: ActionSpec) -> bool:
    return spec.confirm or spec.effect in (Effect.MONEY, Effect.DELETE)
