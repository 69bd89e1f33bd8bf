"""Calls of actions, in rows: recorded before they are made, settled after."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from agent.action import Call, CallStatus, Limits, Values
from agent.tables import CallRow
from kb.errors import Permanent
from kb.store.database import Database

_DAY = timedelta(hours=24)
_OPEN = (CallStatus.PENDING, CallStatus.UNKNOWN)
_COUNTED = (*_OPEN, CallStatus.DONE)
"""What took place or may have."""
_DECLINED = (CallStatus.NOT_ALLOWED, CallStatus.OVER_LIMIT)
"""What was never tried."""


class SqlLedger:
    """The `Ledger` of a database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def begin(self, call: Call, limits: Limits) -> Call | None:
        """Keeps a pending call before it is made, and returns it; or the call that stands in its
        way; None when a limit is reached."""
        try:
            return self._begun(call, limits)
        except IntegrityError:
            # Somebody else, as whom nobody knew, began the same intent at this very moment.
            return self._begun(call, limits)

    def _begun(self, call: Call, limits: Limits) -> Call | None:
        with self._alone(call) as session:
            standing = _standing(session, call)
            if standing is not None:
                return _call(standing)
            if not _has_room(session, call, limits, call.created_at):
                return None
            row = _row(call)
            session.add(row)
            session.flush()
            return _call(row)

    def retake(self, seen: Call, at: datetime, limits: Limits) -> Call | None:
        """Makes a kept call pending again, when it still stands as it was seen and the limits
        leave room; else None."""
        with self._alone(seen) as session:
            row = session.get(CallRow, seen.key, with_for_update=True)
            if row is None or (row.status, row.tries) != (seen.status, seen.tries):
                return None
            if not _has_room(session, seen, limits, at):
                return None
            row.status, row.tries, row.tried_at = CallStatus.PENDING, row.tries + 1, at
            row.settled_at, row.reason = None, ""
            session.flush()
            return _call(row)

    def settle(
        self, key: str, status: CallStatus, output: Values, reason: str, at: datetime
    ) -> Call:
        """What became of a pending or unknown call; what was settled stays as it is."""
        with self.database.write(f"call {key}") as session:
            row = session.get(CallRow, key, with_for_update=True)
            if row is None:
                raise Permanent(f"no call with the key {key} was begun")
            if row.status in _OPEN:
                row.status, row.output, row.reason = status, dict(output), reason
                row.settled_at = None if status in _OPEN else at
                session.flush()
            return _call(row)

    def note(self, key: str, before: Values | None = None, after: Values | None = None) -> None:
        """Keeps the state before or after a call."""
        with self.database.write(f"call {key}") as session:
            row = session.get(CallRow, key, with_for_update=True)
            if row is None:
                raise Permanent(f"no call with the key {key} was begun")
            row.before = row.before if before is None else dict(before)
            row.after = row.after if after is None else dict(after)

    def find(self, call_id: str) -> Call | None:
        """The call with this id."""
        with self.database.read() as session:
            row = session.scalar(select(CallRow).where(CallRow.id == call_id))
            return None if row is None else _call(row)

    def calls(
        self,
        conversation_id: str | None = None,
        statuses: Sequence[CallStatus] | None = None,
        action: str | None = None,
        limit: int | None = None,
    ) -> list[Call]:
        """Oldest first; with `limit` the newest so many."""
        query = select(CallRow).order_by(CallRow.created_at.desc(), CallRow.id.desc())
        if conversation_id is not None:
            query = query.where(CallRow.conversation_id == conversation_id)
        if statuses is not None:
            query = query.where(CallRow.status.in_(statuses))
        if action is not None:
            query = query.where(CallRow.action == action)
        with self.database.read() as session:
            return [_call(row) for row in session.scalars(query.limit(limit))][::-1]

    def _alone(self, call: Call) -> AbstractContextManager[Session]:
        """Limits of one customer are counted and used up by one at a time."""
        return self.database.write(f"calls of {call.customer_id or call.conversation_id}")


def _standing(session: Session, call: Call) -> CallRow | None:
    """What a new call may not be made beside."""
    known = session.get(CallRow, call.key)
    if known is not None or call.intent is None:
        return known
    here = select(CallRow).where(
        CallRow.conversation_id == call.conversation_id, CallRow.action == call.action
    )
    same = session.scalar(here.where(CallRow.intent == call.intent))
    if same is not None or not call.confirmation:
        return same
    used = here.where(
        CallRow.confirmation == call.confirmation,
        CallRow.intent.is_not(None),
        CallRow.status.in_(_COUNTED),
    )
    return session.scalars(used.limit(1)).first()


def _has_room(session: Session, call: Call, limits: Limits, at: datetime) -> bool:
    """Within the last 24 hours, this call itself not counted."""
    recent = (CallRow.action == call.action, CallRow.created_at > at - _DAY, CallRow.id != call.id)
    if limits.per_customer_per_day is not None:
        whose = (
            CallRow.conversation_id == call.conversation_id
            if call.customer_id is None
            else CallRow.customer_id == call.customer_id
        )
        made = _count(session, *recent, whose, CallRow.status.in_(_COUNTED))
        if made >= limits.per_customer_per_day:
            return False
    if limits.tries_per_conversation is None:
        return True
    here = CallRow.conversation_id == call.conversation_id
    tried = _count(session, *recent, here, CallRow.status.not_in(_DECLINED))
    return tried < limits.tries_per_conversation


def _count(session: Session, *conditions: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(CallRow).where(*conditions)) or 0


def _row(call: Call) -> CallRow:
    return CallRow(
        key=call.key,
        id=call.id,
        action=call.action,
        arguments=dict(call.arguments),
        conversation_id=call.conversation_id,
        customer_id=call.customer_id,
        procedure=call.procedure,
        step=call.step,
        confirmation=call.confirmation,
        status=call.status,
        output=dict(call.output),
        reason=call.reason,
        before=None if call.before is None else dict(call.before),
        after=None if call.after is None else dict(call.after),
        created_at=call.created_at,
        settled_at=call.settled_at,
        intent=call.intent,
        who=call.who,
        tries=call.tries,
        tried_at=call.tried_at or call.created_at,
    )


def _call(row: CallRow) -> Call:
    return Call(
        id=row.id,
        key=row.key,
        action=row.action,
        arguments=row.arguments,
        conversation_id=row.conversation_id,
        customer_id=row.customer_id,
        procedure=row.procedure,
        step=row.step,
        confirmation=row.confirmation,
        status=CallStatus(row.status),
        created_at=row.created_at,
        settled_at=row.settled_at,
        output=row.output,
        reason=row.reason,
        before=row.before,
        after=row.after,
        intent=row.intent,
        who=row.who,
        tries=row.tries,
        tried_at=row.tried_at,
    )
