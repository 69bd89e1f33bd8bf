"""One message in the middle of a procedure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from agent.action import Value
from agent.dialogue import phrases
from agent.dialogue.consent import first_word, speaks_for_others
from agent.dialogue.corrections import corrected
from agent.dialogue.engine import Engine
from agent.dialogue.interruptions import cancels, failed, pauses
from agent.dialogue.move import Move, Talk
from agent.dialogue.outcome import Outcome, Passing
from agent.dialogue.questions import is_question
from agent.dialogue.reopening import reopened
from agent.dialogue.slots.words import declines
from agent.dialogue.telling import passed
from agent.procedure import Procedure, Slot
from agent.screening.smalltalk import small_talk
from agent.state import Awaiting, Progress
from agent.types import Decision, HandoffReason

# Not understood this often in a row, a person takes over.
MOST_MISUNDERSTOOD = 3
# So many questions in a row that the articles do not answer as well.
MOST_UNANSWERED = 2
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_SHORTEST_QUESTION = 3


class Underway:
    """Reads a message as an answer, a correction, a change of mind, a question in between or a
    new wish, in this order where it could be several. Used once."""

    def __init__(self, engine: Engine, talk: Talk) -> None:
        progress = talk.state.progress
        assert progress is not None
        self._engine = engine
        self._understanding = talk.understanding
        self._talk = talk
        self._progress: Progress = progress
        self._pending = engine.pending(progress)

    def move(self, others: Sequence[Procedure]) -> Outcome | Procedure | Move | None:
        """What the procedure comes to; another procedure that is wished for; a turn in between;
        None when it is given up."""
        if not self._answers_plainly() and cancels(self._talk.text, self._about()):
            return None
        return self._answered() or self._wished(others) or self._reopened() or self._between()

    def with_aside(self, move: Move) -> Move:
        """The same with an answer to the question that came along with a value."""
        question = self._asked_along()
        if not question or move.passing or self._progress.awaiting is not Awaiting.SLOT:
            return move
        reply = self._talk.answer(question)
        if reply.decision is not Decision.ANSWER:
            return move
        return replace(move, said=(reply.text, *move.said), aside=reply)

    def _asked_along(self) -> str:
        """The last sentence that asks something and gives no value."""
        slots = list(self._engine.procedure.slots.values())
        asked = self._engine.asked(self._progress)
        for part in reversed(_SENTENCE.split(self._talk.text)):
            if part.endswith("?") and len(part.split()) >= _SHORTEST_QUESTION:
                given = self._understanding.values(part, slots, asked)
                return "" if given else part
        return ""

    def _answered(self) -> Outcome | None:
        given = self._given()
        match self._progress.awaiting:
            case Awaiting.CONSENT:
                return self._agreed(given)
            case Awaiting.REPLY:
                return self._replied(given)
            case _:
                return self._slot(given)

    def _answers_plainly(self) -> bool:
        """Whether the message is one of the answers that the open question offers, whatever else
        it might mean: "I changed my mind" may be a reason."""
        asked = self._engine.asked(self._progress)
        if asked is None or not asked.choices:
            return False
        return asked.name in self._understanding.values(self._talk.text, [asked], asked)

    def _given(self) -> Mapping[str, Value]:
        """Values in the message; those that only come along with a question do not count."""
        text, asked = self._talk.text, self._engine.asked(self._progress)
        slots = list(self._engine.procedure.slots.values())
        given = self._understanding.values(text, slots, asked)
        named = self._corrected(slots)
        if named and not (asked and asked.name in named):
            return named
        if asked and asked.name in given:
            return given
        changed = {
            name: value
            for name, value in given.items()
            if self._engine.differs(self._progress, name, value)
        }
        if changed or is_question(text):
            return changed
        return {} if self._progress.awaiting is Awaiting.CONSENT else given

    def _slot(self, given: Mapping[str, Value]) -> Outcome | None:
        if given:
            return self._engine.give(self._progress, given)
        if declines(self._talk.text) and not is_question(self._talk.text):
            return self._engine.go_without(self._progress)
        return None

    def _corrected(self, slots: Sequence[Slot]) -> Mapping[str, Value]:
        """Values that are named beside another answer, or instead of one."""
        if is_question(self._talk.text):
            return {}
        today = self._talk.occasion.now.date()
        return corrected(self._talk.text, slots, self._progress.values, today)

    def _agreed(self, given: Mapping[str, Value]) -> Outcome | None:
        if given:
            return self._engine.give(self._progress, given)
        if speaks_for_others(self._talk.text):
            return None
        agreed = self._understanding.consent(self._talk.text, self._pending)
        if agreed is None and not self._engine.needs_consent(self._progress):
            agreed = first_word(self._talk.text)
        return None if agreed is None else self._engine.agree(self._progress, yes=agreed)

    def _replied(self, given: Mapping[str, Value]) -> Outcome | None:
        if given:
            return self._engine.give(self._progress, given)
        if is_question(self._talk.text) or pauses(self._talk.text):
            return None
        return self._engine.carry_on(self._progress, worked=not failed(self._talk.text))

    def _reopened(self) -> Outcome | None:
        """ "The address is wrong", without the right one."""
        slots = self._engine.procedure.slots.values()
        slot = reopened(self._talk.text, [s for s in slots if s.name in self._progress.values])
        return self._engine.reopen(self._progress, slot) if slot else None

    def _wished(self, others: Sequence[Procedure]) -> Procedure | None:
        found = self._understanding.entry(self._talk.text, others, self._talk.earlier)
        return found[0] if found else None

    def _between(self) -> Move:
        if pauses(self._talk.text):
            return self._asks((phrases.TAKE_YOUR_TIME, self._pending), self._progress, "a pause")
        if small_talk(self._talk.text):
            return self._asks((self._pending,), self._progress, "small talk")
        if is_question(self._talk.text):
            return self._aside()
        return self._misunderstood()

    def _aside(self) -> Move:
        """A question in between, and then the open one again."""
        reply = self._talk.answer(self._talk.text)
        back = phrases.BACK_TO.format(question=self._pending)
        if reply.decision is Decision.ANSWER:
            move = self._asks((reply.text, back), self._progress, "a question in between")
            return replace(move, aside=reply, state=replace(move.state, unsure=0))
        unsure = self._talk.state.unsure + 1
        if unsure >= MOST_UNANSWERED:
            return self._pass("questions in between that the articles do not answer")
        move = self._asks((phrases.NO_ANSWER, back), self._progress, "an unanswered question")
        return replace(move, state=replace(move.state, unsure=unsure))

    def _misunderstood(self) -> Move:
        count = self._progress.misunderstood + 1
        if count >= MOST_MISUNDERSTOOD:
            return self._pass(f"“{self._pending}” was not answered after {count} tries")
        sorry = phrases.NOT_UNDERSTOOD if count == 1 else phrases.NOT_UNDERSTOOD_AGAIN
        if self._progress.awaiting is Awaiting.SLOT and declines(self._talk.text):
            sorry = phrases.NOT_WITHOUT
        progress = replace(self._progress, misunderstood=count)
        return self._asks((sorry, self._pending, self._hint()), progress, "not understood")

    def _hint(self) -> str:
        """What would be understood."""
        slot = self._engine.asked(self._progress)
        if slot and slot.choices:
            return phrases.CHOICES.format(choices=_joined([*slot.choices]))
        if self._progress.awaiting is not Awaiting.CONSENT:
            return ""
        if not self._engine.needs_consent(self._progress):
            return phrases.JUST_YES_OR_NO
        slots = self._engine.procedure.slots.values()
        known = [item for item in slots if item.name in self._progress.values]
        if not known:
            return phrases.YES_OR_NO
        values = _joined([item.label or item.name for item in known])
        return f"{phrases.YES_OR_NO} {phrases.WHAT_IS_WRONG.format(values=values)}"

    def _asks(self, said: tuple[str, ...], progress: Progress, why: str) -> Move:
        state = replace(self._talk.state, progress=progress)
        procedure = self._engine.procedure
        return Move(Decision.CLARIFY, said, state, why, procedure, progress.step)

    def _pass(self, why: str) -> Move:
        procedure = self._engine.procedure
        passing = Passing(HandoffReason.LOW_CONFIDENCE, why, procedure.team)
        return passed(self._talk, procedure, (), passing)

    def _about(self) -> str:
        """What the procedure is for, in which "cancel it" may be the wish itself."""
        procedure = self._engine.procedure
        return f"{procedure.title}\n{self._pending}"


def _joined(names: Sequence[str]) -> str:
    *most, last = (name.replace("_", " ") for name in names)
    return f"{', '.join(most)} or {last}" if most else last
