"""Walks a procedure: the only part that decides what is called and what is said next."""

from collections.abc import Mapping
from dataclasses import replace

from agent.action import Value
from agent.dialogue.outcome import Occasion, Outcome, Passing, Standing
from agent.dialogue.rerun import CORRECTIONS, earliest, forget
from agent.dialogue.scope import Scope
from agent.dialogue.slots.fit import fits
from agent.dialogue.walk import Walk
from agent.dialogue.wording import fill, kinds
from agent.ports import Actions
from agent.procedure import Ask, Confirm, Procedure, Slot, Wait
from agent.state import Progress
from agent.types import HandoffReason

# A value corrected more often than this in one procedure goes to a person.
MOST_CORRECTIONS = 8


class Engine:
    """Carries out one procedure in one turn. Every method says what came of it; none can skip a
    step, call what a step does not name, or say what is not known."""

    def __init__(self, procedure: Procedure, actions: Actions, occasion: Occasion) -> None:
        self.procedure = procedure
        self._actions = actions
        self._occasion = occasion
        self._kinds = kinds(procedure, actions.specs())

    def begin(self, values: Mapping[str, Value]) -> Outcome:
        """From the first step, with what the customer has said already."""
        progress = Progress(
            self.procedure.name,
            self.procedure.version,
            self.procedure.start,
            values=self._fitting(values),
            intents=self._occasion.number,
        )
        return self.go_on(progress)

    def go_on(self, progress: Progress) -> Outcome:
        """From the step where it stands, once it is sure who the customer is."""
        if self._occasion.identity.level < self.procedure.identity:
            return Outcome((), progress, Standing.UNIDENTIFIED)
        return self._walk(progress)

    def give(self, progress: Progress, values: Mapping[str, Value]) -> Outcome:
        """With values that the customer gave or corrected. What was looked up with a value that
        is no longer right is forgotten and looked up again. Values that do not fit are left
        out."""
        given = self._fitting(values)
        changed = [name for name in given if self.differs(progress, name, given[name])]
        moved = replace(
            progress,
            values={**progress.values, **given},
            intents=progress.intents + 1,
            misunderstood=0,
        )
        if changed:
            return self._again(progress, moved, changed)
        step = self.procedure.steps[progress.step]
        if isinstance(step, Ask) and step.slot in given:
            return self._walk(replace(moved, step=step.then))
        return Outcome((self.pending(moved),), moved, Standing.ASKS)

    def agree(self, progress: Progress, *, yes: bool) -> Outcome:
        """With a clear answer to a confirmation."""
        step = self.procedure.steps[progress.step]
        assert isinstance(step, Confirm)
        moved = replace(
            progress,
            step=step.yes if yes else step.no,
            intents=progress.intents + 1,
            misunderstood=0,
            confirmed=self._occasion.turn_id if yes and step.consent else "",
        )
        return self._walk(moved, agreed=yes and step.consent)

    def go_without(self, progress: Progress) -> Outcome | None:
        """Without the value that is asked for, which the customer cannot say; None where the
        procedure cannot do without it."""
        step = self.procedure.steps[progress.step]
        if not isinstance(step, Ask) or step.without is None:
            return None
        moved = replace(progress, step=step.without, intents=progress.intents + 1, misunderstood=0)
        return self._walk(moved)

    def carry_on(self, progress: Progress, *, worked: bool) -> Outcome:
        """With any reply to a wait; `worked` False: the customer says that it did not."""
        step = self.procedure.steps[progress.step]
        assert isinstance(step, Wait)
        to = step.then if worked or step.no is None else step.no
        return self._walk(replace(progress, step=to, intents=progress.intents + 1, misunderstood=0))

    def pending(self, progress: Progress) -> str:
        """The question that is open, as it was asked."""
        step = self.procedure.steps[progress.step]
        scope = Scope(progress.values, self._occasion.now, self._occasion.identity)
        match step:
            case Ask():
                question = step.question or self.procedure.slots[step.slot].question
                return fill(question, scope, self._kinds)
            case Confirm() | Wait():
                return fill(step.message, scope, self._kinds)
            case _:
                return ""

    def asked(self, progress: Progress) -> Slot | None:
        """The slot that the open question is for."""
        step = self.procedure.steps[progress.step]
        return self.procedure.slots[step.slot] if isinstance(step, Ask) else None

    def needs_consent(self, progress: Progress) -> bool:
        """Whether the open question is whether something may be done."""
        step = self.procedure.steps[progress.step]
        return isinstance(step, Confirm) and step.consent

    def differs(self, progress: Progress, name: str, value: Value) -> bool:
        """Whether the value is another than the one that is known."""
        known = progress.values.get(name)
        return known is not None and known != value

    def reopen(self, progress: Progress, slot: Slot) -> Outcome:
        """Asks for a value again, and forgets what was looked up with the old one."""
        moved = replace(progress, intents=progress.intents + 1, misunderstood=0)
        return self._again(progress, moved, [slot.name], drop=True)

    def _walk(self, progress: Progress, *, agreed: bool = False) -> Outcome:
        return Walk(self.procedure, self._actions, self._occasion, progress, agreed=agreed).go()

    def _again(
        self, before: Progress, moved: Progress, changed: list[str], *, drop: bool = False
    ) -> Outcome:
        """From where the first of the changed values is asked for; `drop`: they are not known
        any more."""
        start = earliest(self.procedure, before, changed)
        again = forget(self.procedure, replace(moved, step=start), start)
        undone = set(before.acted) - set(again.acted)
        if undone or again.visits.get(CORRECTIONS, 0) > MOST_CORRECTIONS:
            why = "the customer corrected a value after it had been acted on"
            passing = Passing(HandoffReason.PROCEDURE, why, self.procedure.team)
            return Outcome((), before, Standing.HANDED_OVER, passing=passing)
        if drop:
            kept = {name: value for name, value in again.values.items() if name not in changed}
            again = replace(again, values=kept)
        return self._walk(again)

    def _fitting(self, values: Mapping[str, Value]) -> dict[str, Value]:
        slots = self.procedure.slots
        return {
            name: value
            for name, value in values.items()
            if name in slots and fits(value, slots[name])
        }
