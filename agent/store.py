"""Conversations, their turns and their handoffs, in rows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from agent.identity import ANONYMOUS, Identity, IdentityLevel
from agent.state import State
from agent.tables import ConversationRow, HandoffRow, TurnRow
from agent.types import (
    Attempt,
    Citation,
    Conversation,
    Decision,
    Handoff,
    HandoffReason,
    Message,
    Sentiment,
    Spent,
    Turn,
)
from agent.usage import Use
from kb.errors import Permanent
from kb.store.database import Database
from kb.types import Question

# Handed over because the help center did not say it, not because a person was due.
_UNANSWERED = (HandoffReason.NO_EVIDENCE, HandoffReason.NOT_GROUNDED)
# Turns held in memory at a time.
_AT_ONCE = 1000


class Conversations:
    """The `ConversationStore` of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, message: Message, turn: Turn, state: State | None = None) -> None:
        """Adds a turn, its handoff and the state after it, in one transaction; the first turn of
        an unknown conversation makes it, with the message's channel, customer and identity. A
        later message with a surer identity raises it.

        Turns of one conversation stand in the order in which they were recorded, also when
        several are recorded at once. A handoff that is stored already is left as it is.
        """
        with self._database.write(f"conversation {turn.conversation_id}") as session:
            row = session.get(ConversationRow, turn.conversation_id)
            if row is None:
                row = _conversation_row(message, turn)
                session.add(row)
            elif message.identity.level > _identity(row.identity).level:
                row.identity = asdict(message.identity)
            if state is not None:
                row.state = state.to_json()
            row.revision += 1
            session.flush()
            if turn.handoff and session.get(HandoffRow, turn.handoff.id) is None:
                session.add(_handoff_row(turn.handoff))
                session.flush()
            session.add(_turn_row(turn, _next_position(session, turn.conversation_id)))

    def get(self, conversation_id: str) -> Conversation | None:
        """The conversation with its turns, oldest first."""
        turns = (
            select(TurnRow, HandoffRow)
            .outerjoin(HandoffRow, TurnRow.handoff_id == HandoffRow.id)
            .where(TurnRow.conversation_id == conversation_id)
            .order_by(TurnRow.position)
        )
        with self._database.read() as session:
            row = session.get(ConversationRow, conversation_id)
            if row is None:
                return None
            found = tuple(_turn(*pair) for pair in session.execute(turns))
            return Conversation(
                id=row.id,
                channel=row.channel,
                created_at=row.created_at,
                turns=found,
                customer=row.customer,
                state=row.state,
                identity=_identity(row.identity),
            )

    def handed_over(self, conversation_id: str) -> Handoff | None:
        """The newest handoff that a person has not given back yet, if there is one."""
        query = _newest_first().where(
            HandoffRow.conversation_id == conversation_id, HandoffRow.closed_at.is_(None)
        )
        with self._database.read() as session:
            row = session.scalars(query.limit(1)).first()
            return None if row is None else _handoff(row)

    def give_back(self, handoff_id: str, at: datetime) -> None:
        """Lets the agent answer again. Raises `Permanent` for an unknown handoff."""
        closed = update(HandoffRow).where(HandoffRow.id == handoff_id).values(closed_at=at)
        with self._database.write(f"handoff {handoff_id}") as session:
            if not session.execute(closed.returning(HandoffRow.id)).all():
                raise Permanent(f"there is no handoff {handoff_id}")

    def handoff(self, handoff_id: str) -> Handoff | None:
        """The case, open or given back."""
        with self._database.read() as session:
            row = session.get(HandoffRow, handoff_id)
            return None if row is None else _handoff(row)

    def handoffs(self, limit: int = 50, offset: int = 0) -> list[Handoff]:
        """Newest first."""
        with self._database.read() as session:
            rows = session.scalars(_newest_first().limit(limit).offset(offset))
            return [_handoff(row) for row in rows]

    def questions(self, since: datetime) -> list[Question]:
        """What customers asked from `since` on and was handed over for lack of evidence, oldest
        first; ids are the handoffs'."""
        query = (
            select(HandoffRow.id, HandoffRow.question, HandoffRow.created_at)
            .where(HandoffRow.created_at >= since, HandoffRow.reason.in_(_UNANSWERED))
            .order_by(HandoffRow.created_at, HandoffRow.id)
        )
        with self._database.read() as session:
            rows = session.execute(query).all()
        return [Question(key, text, asked_at, resolved=False) for key, text, asked_at in rows]

    def uses(self, since: datetime) -> Iterator[Use]:
        """What each turn from `since` on retrieved and cited, in no order."""
        query = select(TurnRow.created_at, TurnRow.details).where(TurnRow.created_at >= since)
        with self._database.read() as session:
            for at, details in session.execute(query).yield_per(_AT_ONCE):
                yield Use(at.date(), tuple(details["retrieved"]), _citations(details["citations"]))


def _newest_first() -> Select[HandoffRow]:
    return select(HandoffRow).order_by(HandoffRow.created_at.desc(), HandoffRow.id.desc())


def _next_position(session: Session, conversation_id: str) -> int:
    last = select(func.max(TurnRow.position)).where(TurnRow.conversation_id == conversation_id)
    return (session.scalar(last) or 0) + 1


def _conversation_row(message: Message, turn: Turn) -> ConversationRow:
    return ConversationRow(
        id=turn.conversation_id,
        channel=message.channel,
        created_at=turn.created_at,
        customer=dict(message.customer),
        state={},
        identity=asdict(message.identity),
        revision=0,
    )


def _handoff_row(handoff: Handoff) -> HandoffRow:
    return HandoffRow(
        id=handoff.id,
        conversation_id=handoff.conversation_id,
        reason=handoff.reason,
        summary=handoff.summary,
        question=handoff.question,
        created_at=handoff.created_at,
        rule=handoff.rule,
        team=handoff.team,
        closed_at=handoff.closed_at,
        case={
            "transcript": handoff.transcript,
            "evidence": [asdict(item) for item in handoff.evidence],
            "wish": handoff.wish,
            "tried": [asdict(item) for item in handoff.tried],
            "values": dict(handoff.values),
            "sentiment": handoff.sentiment,
            "draft": handoff.draft,
            "expected": handoff.expected,
            "email": handoff.email,
        },
    )


def _turn_row(turn: Turn, position: int) -> TurnRow:
    return TurnRow(
        conversation_id=turn.conversation_id,
        position=position,
        id=turn.id,
        question=turn.question,
        decision=turn.decision,
        text=turn.text,
        confidence=turn.confidence,
        reason=turn.reason,
        created_at=turn.created_at,
        handoff_id=turn.handoff.id if turn.handoff else None,
        release_id=turn.release_id,
        details={
            "citations": [asdict(item) for item in turn.citations],
            "retrieved": turn.retrieved,
            "timings_ms": turn.timings_ms,
            "attempts": [asdict(item) for item in turn.attempts],
            "procedure": turn.procedure,
            "step": turn.step,
            "struck": turn.struck,
            "spent": asdict(turn.spent) if turn.spent else None,
        },
    )


def _handoff(row: HandoffRow) -> Handoff:
    case = row.case
    return Handoff(
        id=row.id,
        conversation_id=row.conversation_id,
        reason=HandoffReason(row.reason),
        summary=row.summary,
        created_at=row.created_at,
        question=row.question,
        transcript=tuple((who, text) for who, text in case["transcript"]),
        evidence=_citations(case["evidence"]),
        rule=row.rule,
        team=row.team,
        wish=case.get("wish", ""),
        tried=_attempts(case.get("tried", ())),
        values=case.get("values", {}),
        sentiment=Sentiment(case.get("sentiment", Sentiment.NEUTRAL)),
        draft=case.get("draft", ""),
        expected=case.get("expected", ""),
        email=case.get("email", ""),
        closed_at=row.closed_at,
    )


def _turn(row: TurnRow, handoff: HandoffRow | None) -> Turn:
    return Turn(
        id=row.id,
        conversation_id=row.conversation_id,
        question=row.question,
        decision=Decision(row.decision),
        text=row.text,
        confidence=row.confidence,
        reason=row.reason,
        created_at=row.created_at,
        citations=_citations(row.details["citations"]),
        handoff=None if handoff is None else _handoff(handoff),
        retrieved=tuple(row.details["retrieved"]),
        release_id=row.release_id,
        timings_ms=row.details["timings_ms"],
        attempts=_attempts(row.details.get("attempts", ())),
        procedure=row.details.get("procedure", ""),
        step=row.details.get("step", ""),
        struck=tuple(row.details.get("struck", ())),
        spent=_spent(row.details.get("spent")),
    )


def _attempts(items: Iterable[Mapping[str, Any]]) -> tuple[Attempt, ...]:
    return tuple(Attempt(**item) for item in items)


def _spent(item: Mapping[str, Any] | None) -> Spent | None:
    return Spent(**{**item, "failures": tuple(item["failures"])}) if item else None


def _identity(item: Mapping[str, Any]) -> Identity:
    return Identity(**{**item, "level": IdentityLevel(item["level"])}) if item else ANONYMOUS


def _citations(items: list[Mapping[str, Any]]) -> tuple[Citation, ...]:
    return tuple(Citation(**item) for item in items)
