"""The rows of the outbox. Safe with several processes on one database."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from agent.outbox.delivery import ADDED, OPENED, Delivery
from agent.outbox.payload import payload
from agent.privacy import mask
from agent.tables import DeliveryRow
from agent.types import Handoff, Turn
from kb.store.database import Database

_ALONE = "outbox"


def enqueue(
    session: Session, ways: Sequence[str], handoff: Handoff, turn: Turn, *, opens: bool = True
) -> None:
    """Adds a delivery for each way to the transaction of the turn. What is queued already is not
    queued again."""
    about = "case" if opens else turn.id
    event, message = (OPENED, "") if opens else (ADDED, mask(turn.question))
    last = select(func.max(DeliveryRow.position)).where(DeliveryRow.handoff_id == handoff.id)
    position = (session.scalar(last) or 0) + 1
    for way in ways:
        key = f"{handoff.id}.{about}.{way}"
        if session.get(DeliveryRow, key) is not None:
            continue
        session.add(
            DeliveryRow(
                id=key,
                handoff_id=handoff.id,
                position=position,
                way=way,
                payload=payload(key, event, turn.created_at, handoff, message),
                created_at=turn.created_at,
                next_at=turn.created_at,
                attempts=0,
                delivered_at=None,
                given_up_at=None,
                error="",
                receipt="",
            )
        )


class Queue:
    """What waits in the outbox of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, ways: Sequence[str], now: datetime, lease_s: float) -> Delivery | None:
        """The delivery that has been due longest, for this caller alone until `lease_s` from now;
        after that it is due again, in case the caller died. What comes later of a case waits for
        what comes earlier on the same way."""
        with self._database.write(_ALONE) as session:
            row = session.scalars(_due(ways, now)).first()
            if row is None:
                return None
            row.attempts += 1
            row.next_at = now + timedelta(seconds=lease_s)
            return _delivery(row, _receipt(session, row))

    def delivered(self, delivery: Delivery, at: datetime, receipt: str) -> None:
        """It is there."""
        self._set(delivery, delivered_at=at, next_at=None, error="", receipt=receipt)

    def postponed(self, delivery: Delivery, until: datetime, error: str) -> None:
        """It is due again at `until`, unless another caller has it meanwhile."""
        self._set(delivery, mine=True, next_at=until, error=error)

    def given_up(self, delivery: Delivery, at: datetime, error: str) -> None:
        """It is not tried any more, and stays to be seen."""
        self._set(delivery, mine=True, given_up_at=at, next_at=None, error=error)

    def again(self, now: datetime) -> int:
        """Makes everything that was given up due from now on, for as long as a new one; how many
        there were."""
        lost = DeliveryRow.given_up_at.is_not(None)
        with self._database.write(_ALONE) as session:
            values = {"given_up_at": None, "next_at": now, "created_at": now}
            found = update(DeliveryRow).where(lost).values(**values).returning(DeliveryRow.id)
            return len(session.execute(found).all())

    def unfinished(self, handoff_id: str | None = None) -> list[Delivery]:
        """What is on its way or was given up, oldest first."""
        query = select(DeliveryRow).where(DeliveryRow.delivered_at.is_(None))
        if handoff_id is not None:
            query = query.where(DeliveryRow.handoff_id == handoff_id)
        with self._database.read() as session:
            rows = session.scalars(query.order_by(DeliveryRow.created_at, DeliveryRow.id))
            return [_delivery(row, "") for row in rows]

    def _set(self, delivery: Delivery, *, mine: bool = False, **values: object) -> None:
        """`mine`: only while nobody else has claimed it since."""
        which = [DeliveryRow.id == delivery.id, DeliveryRow.delivered_at.is_(None)]
        if mine:
            which.append(DeliveryRow.attempts == delivery.attempts)
        with self._database.write(_ALONE) as session:
            session.execute(update(DeliveryRow).where(*which).values(**values))


def _due(ways: Sequence[str], now: datetime) -> Select[DeliveryRow]:
    before = aliased(DeliveryRow)
    waits = exists().where(
        before.handoff_id == DeliveryRow.handoff_id,
        before.way == DeliveryRow.way,
        before.position < DeliveryRow.position,
        before.delivered_at.is_(None),
        before.given_up_at.is_(None),
    )
    return (
        select(DeliveryRow)
        .where(_is_open(), DeliveryRow.next_at <= now, DeliveryRow.way.in_(ways), ~waits)
        .order_by(DeliveryRow.next_at, DeliveryRow.position, DeliveryRow.id)
        .limit(1)
    )


def _is_open() -> ColumnElement[bool]:
    return DeliveryRow.delivered_at.is_(None) & DeliveryRow.given_up_at.is_(None)


def _receipt(session: Session, row: DeliveryRow) -> str:
    first = (
        select(DeliveryRow.receipt)
        .where(
            DeliveryRow.handoff_id == row.handoff_id,
            DeliveryRow.way == row.way,
            DeliveryRow.receipt != "",
        )
        .order_by(DeliveryRow.position)
        .limit(1)
    )
    return session.scalar(first) or ""


def _delivery(row: DeliveryRow, receipt: str) -> Delivery:
    return Delivery(
        id=row.id,
        handoff_id=row.handoff_id,
        way=row.way,
        payload=row.payload,
        created_at=row.created_at,
        attempts=row.attempts,
        receipt=receipt,
        next_at=row.next_at,
        delivered_at=row.delivered_at,
        given_up_at=row.given_up_at,
        error=row.error,
    )
