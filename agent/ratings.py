"""What customers thought of turns, in rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from agent.ports import UnknownTurn
from agent.privacy import mask
from agent.rows import rating_of
from agent.tables import RatingRow, TurnRow
from agent.types import PERSON, Decision, Rating, Thumb
from kb.errors import Permanent
from kb.store.database import Database


@dataclass(frozen=True, slots=True)
class Rated:
    """A turn that was rated."""

    conversation_id: str
    turn_id: str
    rating: Rating


class Ratings:
    """The ratings of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rate(self, conversation_id: str, turn_id: str, rating: Rating) -> None:
        """Keeps it; the last one of a turn counts. Raises `UnknownTurn`, and `Permanent` for a
        turn in which the agent said nothing."""
        with self._database.write(f"conversation {conversation_id}") as session:
            _require_rateable(session, conversation_id, turn_id)
            session.merge(
                RatingRow(
                    turn_id=turn_id,
                    value=rating.value,
                    comment=mask(rating.comment),
                    rated_at=rating.at,
                )
            )

    def rated(self, since: datetime, value: Thumb | None = None) -> Sequence[Rated]:
        """Every turn that was rated from `since` on (so, where a value is given), oldest rating
        first."""
        query = (
            select(TurnRow.conversation_id, RatingRow)
            .join(TurnRow, TurnRow.id == RatingRow.turn_id)
            .where(RatingRow.rated_at >= since)
            .order_by(RatingRow.rated_at, RatingRow.turn_id)
        )
        if value is not None:
            query = query.where(RatingRow.value == value)
        with self._database.read() as session:
            found = session.execute(query).all()
            return [Rated(name, row.turn_id, rating_of(row)) for name, row in found]


def _require_rateable(session: Session, conversation_id: str, turn_id: str) -> None:
    row = session.scalar(select(TurnRow).where(TurnRow.id == turn_id))
    if row is None or row.conversation_id != conversation_id:
        raise UnknownTurn(f"there is no turn {turn_id} in conversation {conversation_id}")
    if row.decision == Decision.SILENT or row.details.get("by") == PERSON:
        raise Permanent("only what the agent said can be rated")
