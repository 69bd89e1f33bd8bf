"""Conversations, their turns and their handoffs, in rows."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from secrets import token_urlsafe

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from agent.outbox.queue import enqueue
from agent.ports import Overtaken
from agent.privacy import mask
from agent.ratings import Ratings
from agent.rows import (
    citations_of,
    conversation_of,
    conversation_row,
    handoff_of,
    handoff_row,
    identity_of,
    turn_of,
    turn_row,
)
from agent.state import State
from agent.tables import ConversationRow, HandoffRow, RatingRow, TurnRow
from agent.types import (
    AGENT,
    PERSON,
    Conversation,
    Decision,
    Handoff,
    HandoffReason,
    Message,
    Rating,
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

# The ways by which a case is to reach people.
Ways = Callable[[Handoff], Sequence[str]]


def nowhere(_: Handoff) -> Sequence[str]:
    """Cases stand in the database alone."""
    return ()


class Conversations:
    """The `ConversationStore` of a database. What people are to get of a case goes into its
    outbox, by the ways that `ways` names."""

    def __init__(self, database: Database, ways: Ways = nowhere) -> None:
        self._database = database
        self._ways = ways

    def record(
        self,
        message: Message,
        turn: Turn,
        state: State | None = None,
        expected: int | None = None,
    ) -> None:
        """Adds a turn, its handoff, what is to be delivered of it and the state after it, in one
        transaction; the first turn of an unknown conversation makes it, with the message's
        channel, customer and identity. A later message with a surer identity raises it.

        Turns of one conversation stand in the order in which they were recorded, also when
        several are recorded at once. While a person has the conversation, what the customer
        writes joins the case. Raises `Overtaken` when the revision is not `expected` any more.
        """
        with self._database.write(f"conversation {turn.conversation_id}") as session:
            row = session.get(ConversationRow, turn.conversation_id)
            if expected is not None and expected != (row.revision if row else 0):
                raise Overtaken("another message of this conversation came in between; try again")
            if row is None:
                row = conversation_row(message, turn)
                session.add(row)
            elif message.identity.level > identity_of(row.identity).level:
                row.identity = asdict(message.identity)
            if state is not None:
                row.state = state.to_json()
            row.revision += 1
            session.flush()
            self._keep_case(session, turn)
            session.add(turn_row(turn, _next_position(session, turn.conversation_id)))

    def get(self, conversation_id: str) -> Conversation | None:
        """The conversation with its turns, oldest first."""
        turns = (
            select(TurnRow, HandoffRow, RatingRow)
            .outerjoin(HandoffRow, TurnRow.handoff_id == HandoffRow.id)
            .outerjoin(RatingRow, RatingRow.turn_id == TurnRow.id)
            .where(TurnRow.conversation_id == conversation_id)
            .order_by(TurnRow.position)
        )
        with self._database.read() as session:
            row = session.get(ConversationRow, conversation_id)
            if row is None:
                return None
            return conversation_of(row, (turn_of(*found) for found in session.execute(turns)))

    def began_with(self, conversation_id: str) -> str | None:
        """The release that made its first turn; None for an unknown conversation."""
        mine = TurnRow.conversation_id == conversation_id
        first = select(TurnRow.release_id).where(mine).order_by(TurnRow.position).limit(1)
        with self._database.read() as session:
            return session.scalar(first)

    def rate(self, conversation_id: str, turn_id: str, rating: Rating) -> None:
        """As `Ratings.rate`."""
        Ratings(self._database).rate(conversation_id, turn_id, rating)

    def handed_over(self, conversation_id: str) -> Handoff | None:
        """The newest handoff that a person has not given back yet, if there is one."""
        with self._database.read() as session:
            row = session.scalars(_open_of(conversation_id)).first()
            return None if row is None else handoff_of(row)

    def give_back(self, handoff_id: str, at: datetime) -> None:
        """Lets the agent answer again; what was given back before stays as it is. Raises
        `Permanent` for an unknown handoff."""
        with self._database.write(f"handoff {handoff_id}") as session:
            row = _known(session, handoff_id)
            row.closed_at = row.closed_at or at

    def say(self, handoff_id: str, text: str, by: str, at: datetime) -> Turn:
        """Adds what a person (named `by`) wrote to the customer to the conversation and the
        case. Raises `Permanent` for an unknown handoff."""
        with self._database.read() as session:
            conversation_id = _known(session, handoff_id).conversation_id
        turn = Turn(
            id=token_urlsafe(12),
            conversation_id=conversation_id,
            question="",
            decision=Decision.ANSWER,
            text=text,
            confidence=1.0,
            reason=f"a person wrote: {by}" if by else "a person wrote",
            created_at=at,
            by=PERSON,
        )
        with self._database.write(f"conversation {conversation_id}") as session:
            session.get_one(ConversationRow, conversation_id).revision += 1
            _join(_known(session, handoff_id), (PERSON, text))
            session.add(turn_row(turn, _next_position(session, conversation_id)))
        return turn

    def handoff(self, handoff_id: str) -> Handoff | None:
        """The case, open or given back."""
        with self._database.read() as session:
            row = session.get(HandoffRow, handoff_id)
            return None if row is None else handoff_of(row)

    def handoffs(
        self,
        limit: int = 50,
        offset: int = 0,
        *,
        closed: bool | None = None,
        team: str | None = None,
    ) -> list[Handoff]:
        """Newest first; only those that are (not) given back, and of one team, where asked."""
        query = _newest_first()
        if closed is not None:
            given_back = HandoffRow.closed_at.is_not(None)
            query = query.where(given_back if closed else ~given_back)
        if team is not None:
            query = query.where(HandoffRow.team == team)
        with self._database.read() as session:
            rows = session.scalars(query.limit(limit).offset(offset))
            return [handoff_of(row) for row in rows]

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
                yield Use(
                    at.date(), tuple(details["retrieved"]), citations_of(details["citations"])
                )

    def _keep_case(self, session: Session, turn: Turn) -> None:
        """Opens the case of a turn, or joins the message to the case that a person has."""
        if turn.handoff is None:
            if turn.decision is Decision.SILENT:
                row = session.scalars(_open_of(turn.conversation_id)).first()
                if row is not None:
                    self._add(session, row, turn)
            return
        row = session.get(HandoffRow, turn.handoff.id)
        if row is None:
            session.add(handoff_row(turn.handoff))
            session.flush()
            enqueue(session, self._ways(turn.handoff), turn.handoff, turn)
            return
        row.case = {**row.case, "email": turn.handoff.email}
        self._add(session, row, turn)

    def _add(self, session: Session, row: HandoffRow, turn: Turn) -> None:
        _join(row, ("customer", turn.question), (AGENT, turn.text))
        handoff = handoff_of(row)
        enqueue(session, self._ways(handoff), handoff, turn, opens=False)


def _newest_first() -> Select[HandoffRow]:
    return select(HandoffRow).order_by(HandoffRow.created_at.desc(), HandoffRow.id.desc())


def _open_of(conversation_id: str) -> Select[HandoffRow]:
    """The handoffs of a conversation that a person has, newest first."""
    mine = HandoffRow.conversation_id == conversation_id
    return _newest_first().where(mine, HandoffRow.closed_at.is_(None)).limit(1)


def _known(session: Session, handoff_id: str) -> HandoffRow:
    row = session.get(HandoffRow, handoff_id)
    if row is None:
        raise Permanent(f"there is no handoff {handoff_id}")
    return row


def _join(row: HandoffRow, *lines: tuple[str, str]) -> None:
    """Adds what was said to the transcript of a case."""
    said = [[who, mask(text)] for who, text in lines if text]
    row.case = {**row.case, "transcript": [*row.case["transcript"], *said]}


def _next_position(session: Session, conversation_id: str) -> int:
    last = select(func.max(TurnRow.position)).where(TurnRow.conversation_id == conversation_id)
    return (session.scalar(last) or 0) + 1
