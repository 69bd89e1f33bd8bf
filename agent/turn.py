"""The order of a turn: who has the conversation, what hands it over, the procedure under way,
the one that begins, and the articles."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from agent.answers.respond import Reply
from agent.dialogue.collected import wish
from agent.dialogue.dialogue import Dialogue
from agent.dialogue.move import Move, Talk
from agent.dialogue.outcome import Occasion
from agent.dialogue.phrases import WITHHELD
from agent.dialogue.uncalled import Withheld
from agent.handover.case import HandoverRequest
from agent.handover.desk import Desk
from agent.handover.rules import Trigger
from agent.identity import Identity
from agent.models.assistance import Assistance
from agent.models.understanding import ModelUnderstanding
from agent.ports import Understanding
from agent.procedure import Procedure
from agent.state import State
from agent.stopwatch import Stopwatch
from agent.types import Citation, Decision, Handoff, HandoffReason, Message, Turn


@dataclass(frozen=True, slots=True)
class Scene:
    """A message where it was said. `holder` is the case that a person has not given back."""

    message: Message
    conversation_id: str
    turn_id: str
    now: datetime
    earlier: Sequence[Turn]
    state: State
    identity: Identity
    holder: Handoff | None = None
    assistance: Assistance | None = None
    say: Callable[[str], None] | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A turn with the state and the identity after it."""

    turn: Turn
    state: State
    identity: Identity


class Answering(Protocol):
    """What the articles say to a message. Implementation: `agent.answers.respond.Responder`."""

    def reply(
        self,
        text: str,
        earlier: Sequence[Turn],
        locale: str | None,
        watch: Stopwatch,
        state: State,
        assistance: Assistance | None,
        say: Callable[[str], None] | None,
        due: HandoffReason | None,
    ) -> Reply: ...


class Order:
    """Makes turns. Holds nothing of a conversation."""

    def __init__(
        self,
        responder: Answering,
        dialogue: Dialogue,
        desk: Desk,
        understanding: Understanding,
        release_id: str,
    ) -> None:
        self._responder = responder
        self._dialogue = dialogue
        self._desk = desk
        self._understanding = understanding
        self._release_id = release_id

    def take(self, scene: Scene) -> Result:
        """The turn that a message makes."""
        watch = Stopwatch()
        text = scene.message.text
        if scene.holder:
            return self._held(scene, scene.holder, watch)
        with watch.stage("screen"):
            trigger = self._desk.rules.before(text, scene.earlier)
        if trigger:
            return self._triggered(scene, trigger, watch)
        try:
            move = self._dialogue.move(self._talk(scene, watch))
        except Withheld as withheld:
            turn = self._turn(scene, watch, Decision.CLARIFY, WITHHELD, str(withheld))
            return Result(turn, scene.state, scene.identity)
        if move:
            return self._moved(scene, move, watch)
        return self._replied(scene, self._reply(scene, text, watch), watch)

    def _held(self, scene: Scene, holder: Handoff, watch: Stopwatch) -> Result:
        """A person has the conversation."""
        found = self._desk.receive(holder, scene.message.text, scene.earlier)
        turn = self._turn(scene, watch, found.decision, found.text, found.reason)
        return Result(replace(turn, handoff=found.handoff), scene.state, scene.identity)

    def _triggered(self, scene: Scene, trigger: Trigger, watch: Stopwatch) -> Result:
        turn = self._turn(scene, watch, Decision.HANDOFF, "", f"rule: {trigger.rule}")
        return self._passed(scene, turn, scene.state, trigger)

    def _moved(self, scene: Scene, move: Move, watch: Stopwatch) -> Result:
        """What a procedure does."""
        turn = replace(
            self._turn(scene, watch, move.decision, move.text, move.reason),
            attempts=move.attempts,
            procedure=_named(move.procedure),
            step=move.step,
        )
        if move.aside:
            turn = _with_sources(turn, move.aside)
        scene = replace(scene, identity=move.identity or scene.identity)
        passing = move.passing
        if passing is None:
            return Result(turn, move.state, scene.identity)
        trigger = self._desk.rules.named(passing.reason, passing.why)
        return self._passed(
            scene,
            turn,
            move.state,
            trigger,
            procedure=move.procedure,
            team=passing.team,
            reason=passing.words,
            message=passing.message,
        )

    def _replied(self, scene: Scene, reply: Reply, watch: Stopwatch) -> Result:
        """What the articles say."""
        turn = self._turn(scene, watch, reply.decision, reply.text, reply.reason)
        turn = _with_sources(turn, reply)
        state = replace(
            scene.state,
            progress=None,
            candidates=(),
            wish="",
            unsure=reply.unsure,
            options=reply.options,
        )
        if reply.handoff is None:
            return Result(turn, state, scene.identity)
        trigger = self._desk.rules.named(reply.handoff, reply.reason)
        turn = replace(turn, text=reply.said)
        return self._passed(scene, turn, state, trigger, evidence=reply.evidence)

    def _passed(
        self,
        scene: Scene,
        turn: Turn,
        state: State,
        trigger: Trigger,
        *,
        evidence: Sequence[Citation] = (),
        procedure: Procedure | None = None,
        team: str = "",
        reason: str = "",
        message: str = "",
    ) -> Result:
        """To a person; where the operator has switched this rule off, the customer is told how
        far it goes."""
        procedure = procedure or self._dialogue.procedure_of(state)
        request = HandoverRequest(
            conversation_id=scene.conversation_id,
            text=turn.question,
            trigger=trigger,
            turns=scene.earlier,
            evidence=evidence,
            attempts=turn.attempts,
            values=self._dialogue.collected(state),
            identity=scene.identity,
            channel=scene.message.channel,
            customer=scene.message.customer,
            email=state.email,
            wish=wish(turn, scene.earlier, procedure),
            procedure=procedure,
            team=team,
            reason=reason,
            message=message,
            said=turn.text,
        )
        passed = self._desk.hand_over(request)
        turn = replace(
            turn,
            decision=Decision.HANDOFF if passed.handoff else Decision.CLARIFY,
            text=passed.text,
            handoff=passed.handoff,
            procedure=turn.procedure or _named(procedure),
        )
        after = State(email=state.email)
        return Result(turn, after, scene.identity)

    def _talk(self, scene: Scene, watch: Stopwatch) -> Talk:
        return Talk(
            text=scene.message.text,
            occasion=Occasion(
                scene.conversation_id,
                scene.turn_id,
                scene.now,
                scene.identity,
                len(scene.earlier),
            ),
            earlier=scene.earlier,
            state=scene.state,
            channel=scene.message.channel,
            understanding=self._reader(scene.assistance),
            answer=lambda text: self._reply(replace(scene, say=None), text, watch),
        )

    def _reader(self, assistance: Assistance | None) -> Understanding:
        """The rules, and the model beside them where there is one."""
        rules = self._understanding
        return ModelUnderstanding(rules, assistance) if assistance else rules

    def _reply(self, scene: Scene, text: str, watch: Stopwatch) -> Reply:
        due = self._desk.rules.after(text)
        return self._responder.reply(
            text,
            scene.earlier,
            scene.message.locale,
            watch,
            scene.state,
            scene.assistance,
            scene.say,
            due.reason if due else None,
        )

    def _turn(
        self, scene: Scene, watch: Stopwatch, decision: Decision, text: str, reason: str
    ) -> Turn:
        return Turn(
            id=scene.turn_id,
            conversation_id=scene.conversation_id,
            question=scene.message.text,
            decision=decision,
            text=text,
            confidence=1.0,
            reason=reason,
            created_at=scene.now,
            release_id=self._release_id,
            timings_ms=watch.timings_ms(),
            spent=scene.assistance.model.spent() if scene.assistance else None,
        )


def _with_sources(turn: Turn, reply: Reply) -> Turn:
    return replace(
        turn,
        confidence=round(reply.confidence, 4),
        citations=reply.citations,
        retrieved=reply.retrieved,
        struck=reply.struck,
        writer=reply.writer,
    )


def _named(procedure: Procedure | None) -> str:
    return f"{procedure.name}@{procedure.version}" if procedure else ""
