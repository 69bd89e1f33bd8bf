"""What a message means to the procedures: one begins, goes on, is left, or has nothing to do
with it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from agent.action import Value
from agent.dialogue import phrases
from agent.dialogue.collected import collected
from agent.dialogue.engine import Engine
from agent.dialogue.interruptions import cancels
from agent.dialogue.move import Move, Talk
from agent.dialogue.offer import offered, verifying
from agent.dialogue.outcome import Outcome, Passing, Standing
from agent.dialogue.questions import is_question
from agent.dialogue.slots.choices import choose
from agent.dialogue.slots.words import declines
from agent.dialogue.telling import here, joined, passed, stopped, told, which
from agent.dialogue.underway import Underway
from agent.ports import Actions, Procedures
from agent.procedure import Procedure
from agent.state import Awaiting, Progress, State
from agent.types import Decision, HandoffReason


class Dialogue:
    """Leads customers through procedures. Holds nothing of a conversation. `sign_in`: the host
    application can show who the customer is."""

    def __init__(
        self,
        procedures: Procedures,
        actions: Actions,
        audience: Sequence[str] = (),
        *,
        sign_in: bool = False,
    ) -> None:
        self._procedures = procedures
        self._actions = actions
        self._audience = audience
        self._sign_in = sign_in

    def move(self, talk: Talk) -> Move | None:
        """The turn that this message makes; None when no procedure has to do with it."""
        progress = talk.state.progress
        if progress is None:
            return self._without(talk)
        procedure = self._procedures.get(progress.procedure, progress.version)
        if procedure is None:
            why = f"{progress.procedure}@{progress.version} cannot be carried on: it is not kept"
            return passed(talk, None, (), Passing(HandoffReason.PROCEDURE, why))
        if progress.awaiting is Awaiting.IDENTITY:
            return self._identified(talk, procedure, progress)
        if progress.awaiting is Awaiting.LEAVE:
            left = self._left(talk, procedure, progress)
            if left is not None:
                return left
            talk = replace(talk, state=here(talk.state, procedure, progress))
        return self._on(talk, procedure)

    def procedure_of(self, state: State) -> Procedure | None:
        """The procedure that is under way."""
        progress = state.progress
        if progress is None:
            return None
        return self._procedures.get(progress.procedure, progress.version)

    def collected(self, state: State) -> dict[str, str]:
        """What was collected up to now, also by what had to wait, for people to read."""
        found: dict[str, str] = {}
        for progress in (*state.suspended, *([state.progress] if state.progress else [])):
            procedure = self._procedures.get(progress.procedure, progress.version)
            found |= collected(procedure, progress) if procedure else {}
        return found

    def _without(self, talk: Talk) -> Move | None:
        """No procedure is under way: one may begin."""
        usable = offered(self._procedures.all(), talk, self._audience)
        names = {item.title: (item.name,) for item in usable if item.name in talk.state.candidates}
        chosen = choose(talk.text, names, asked=True) if names else None
        if chosen:
            procedure = next(item for item in usable if item.title == chosen)
            return self._begin(talk, procedure, f"{talk.state.wish}\n{talk.text}")
        talk = replace(talk, state=replace(talk.state, candidates=(), wish=""))
        found = list(talk.understanding.entry(talk.text, usable, talk.earlier))
        if not found:
            return _let_go(talk) if cancels(talk.text) else None
        if len(found) > 1:
            return which(talk, found)
        return self._begin(talk, found[0], talk.text)

    def _on(self, talk: Talk, procedure: Procedure) -> Move:
        """The procedure goes on, or is left for another."""
        usable = offered(self._procedures.all(), talk, self._audience)
        engine = self._engine(talk, procedure)
        underway = Underway(engine, talk)
        others = [item for item in usable if item.name != procedure.name]
        found = underway.move(others)
        if found is None:
            return stopped(talk, procedure, self._actions.specs())
        if isinstance(found, Outcome):
            return underway.with_aside(self._settled(talk, procedure, found))
        if isinstance(found, Procedure):
            return self._switch(talk, procedure, found)
        return found

    def _instead(self, talk: Talk, present: Procedure, other: Procedure, wish: str) -> Move:
        """The other procedure begins with what both ask for in the same way."""
        progress = talk.state.progress
        assert progress is not None
        kept = {
            name: progress.values[name]
            for name, slot in other.slots.items()
            if present.slots.get(name) == slot and name in progress.values
        }
        state = replace(talk.state, progress=None, suspended=())
        return self._begin(replace(talk, state=state), other, wish, kept)

    def _begin(
        self,
        talk: Talk,
        procedure: Procedure,
        wish: str,
        kept: Mapping[str, Value] = MappingProxyType({}),
    ) -> Move:
        values = talk.understanding.values(wish, list(procedure.slots.values()), None)
        outcome = self._engine(talk, procedure).begin({**kept, **values})
        state = replace(talk.state, candidates=(), wish="")
        return self._settled(replace(talk, state=state), procedure, outcome)

    def _switch(self, talk: Talk, present: Procedure, other: Procedure) -> Move:
        """To another procedure: at once when nothing would be lost, else it is asked first."""
        progress = talk.state.progress
        assert progress is not None
        if not progress.values and not progress.acted:
            return self._instead(talk, present, other, talk.text)
        text = phrases.LEAVE.format(present=present.title, other=other.title)
        state = replace(
            talk.state,
            progress=replace(progress, awaiting=Awaiting.LEAVE),
            candidates=(other.name,),
            wish=talk.text,
        )
        return Move(
            Decision.CLARIFY, (text,), state, f"another wish: {other.name}", present, progress.step
        )

    def _left(self, talk: Talk, procedure: Procedure, progress: Progress) -> Move | None:
        """After "shall I leave that?"; None when the message is no answer to it."""
        agreed = talk.understanding.consent(talk.text, "")
        other = next(
            (item for item in self._procedures.all() if item.name in talk.state.candidates), None
        )
        if agreed and other:
            return self._instead(talk, procedure, other, talk.state.wish)
        if agreed is None:
            return None
        state = here(talk.state, procedure, progress)
        assert state.progress is not None
        pending = self._engine(talk, procedure).pending(state.progress)
        said = (phrases.GO_ON.format(question=pending),)
        return Move(Decision.CLARIFY, said, state, "stays", procedure, progress.step)

    def _identified(self, talk: Talk, procedure: Procedure, progress: Progress) -> Move:
        """After "please sign in": goes on once it is sure who the customer is."""
        if cancels(talk.text):
            return stopped(talk, procedure, self._actions.specs())
        engine = self._engine(talk, procedure)
        outcome = engine.go_on(progress)
        if outcome.standing is not Standing.UNIDENTIFIED:
            return self._settled(talk, procedure, outcome)
        if progress.misunderstood or declines(talk.text):
            why = "the customer has not signed in"
            passing = Passing(HandoffReason.IDENTITY, why, procedure.team)
            return passed(talk, procedure, (), passing)
        reminded = replace(progress, misunderstood=1)
        state = replace(talk.state, progress=reminded)
        reply = talk.answer(talk.text) if is_question(talk.text) else None
        aside = reply if reply and reply.decision is Decision.ANSWER else None
        said = (aside.text if aside else "", phrases.STILL_SIGN_IN)
        return Move(
            Decision.CLARIFY, said, state, "not signed in", procedure, progress.step, aside=aside
        )

    def _settled(
        self, talk: Talk, procedure: Procedure, outcome: Outcome, before: tuple[str, ...] = ()
    ) -> Move:
        """The turn that an outcome makes."""
        said = (*before, *outcome.said)
        match outcome.standing:
            case Standing.UNIDENTIFIED:
                return self._identify(talk, procedure, outcome, said)
            case Standing.ENDED if talk.state.suspended:
                return self._resumed(talk, outcome, said)
            case _:
                return told(talk, procedure, outcome, said)

    def _identify(
        self, talk: Talk, procedure: Procedure, outcome: Outcome, said: tuple[str, ...]
    ) -> Move:
        """Finds out who the customer is, in the way that there is."""
        usable = offered(self._procedures.all(), talk, self._audience)
        level = talk.occasion.identity.level
        way = verifying(usable, self._actions.specs(), level)
        if way and way.name != procedure.name and not talk.state.suspended:
            state = replace(talk.state, suspended=(outcome.progress,), progress=None)
            begun = self._begin(replace(talk, state=state), way, talk.text)
            return joined(begun, (*said, phrases.IDENTIFY), outcome)
        if self._sign_in and not talk.state.suspended:
            progress = replace(outcome.progress, awaiting=Awaiting.IDENTITY)
            state = replace(talk.state, progress=progress)
            return Move(
                Decision.CLARIFY,
                (*said, phrases.SIGN_IN),
                state,
                "it is not sure who the customer is",
                procedure,
                progress.step,
                outcome.attempts,
            )
        why = "it is not sure who the customer is, and there is no way to find out"
        passing = Passing(HandoffReason.IDENTITY, why, procedure.team)
        kept = replace(talk, state=replace(talk.state, progress=outcome.progress))
        return passed(kept, procedure, said, passing, outcome)

    def _resumed(self, talk: Talk, ended: Outcome, said: tuple[str, ...]) -> Move:
        """What had to wait goes on."""
        *rest, waiting = talk.state.suspended
        procedure = self._procedures.get(waiting.procedure, waiting.version)
        occasion = talk.occasion
        if ended.identity:
            occasion = replace(occasion, identity=ended.identity)
        state = replace(talk.state, suspended=tuple(rest), progress=waiting)
        talk = replace(talk, state=state, occasion=occasion)
        if procedure is None or occasion.identity.level < procedure.identity:
            why = "it could not be made sure who the customer is"
            team = procedure.team if procedure else ""
            passing = Passing(HandoffReason.IDENTITY, why, team)
            return passed(talk, procedure, said, passing, ended)
        move = self._settled(talk, procedure, self._engine(talk, procedure).go_on(waiting))
        return joined(move, said, ended)

    def _engine(self, talk: Talk, procedure: Procedure) -> Engine:
        return Engine(procedure, self._actions, talk.occasion)


def _let_go(talk: Talk) -> Move:
    """ "Never mind" where nothing is under way."""
    return Move(Decision.ANSWER, (phrases.NOTHING_UNDER_WAY,), talk.state, "nothing is wanted")
