"""Canaries and turns that failed, in rows."""

from collections.abc import Sequence
from datetime import datetime
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from agent.canary.canary import Canary, CanaryStatus
from agent.canary.tables import CanaryRow, FailedTurnRow
from kb.errors import Permanent
from kb.settings import CanarySettings
from kb.store.database import Database

_ERROR_CHARS = 300


class Canaries:
    """The canaries of a database, one running at most."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(self, canary: Canary) -> None:
        """Raises `Permanent` while another is running."""
        try:
            with self._database.write("canary") as session:
                session.add(_row(canary))
        except IntegrityError:
            raise Permanent(
                "another canary is running; `wellkept canary status` shows it, "
                "`wellkept canary stop` ends it"
            ) from None

    def running(self) -> Canary | None:
        running = CanaryRow.status == CanaryStatus.RUNNING
        with self._database.read() as session:
            row = session.scalar(select(CanaryRow).where(running))
            return None if row is None else _value(row)

    def all(self, limit: int = 20) -> list[Canary]:
        """Newest first."""
        query = select(CanaryRow).order_by(CanaryRow.started_at.desc(), CanaryRow.id.desc())
        with self._database.read() as session:
            return [_value(row) for row in session.scalars(query.limit(limit))]

    def end(
        self,
        canary_id: str,
        status: CanaryStatus,
        reason: str,
        at: datetime,
        readings: Sequence[dict[str, Any]] = (),
    ) -> bool:
        """Whether it was still running: of several that end it at once, the first does."""
        with self._database.write("canary") as session:
            row = session.get(CanaryRow, canary_id)
            if row is None or row.status != CanaryStatus.RUNNING:
                return False
            row.status, row.reason, row.ended_at = status, reason, at
            row.readings = [dict(item) for item in readings]
            return True

    def fail(self, release_id: str, conversation_id: str, error: str, at: datetime) -> None:
        """Keeps that a release could not make a turn. Without a conversation it stands for one
        that never began."""
        row = FailedTurnRow(
            id=token_urlsafe(12),
            release_id=release_id,
            conversation_id=conversation_id or token_urlsafe(24),
            created_at=at,
            error=error[:_ERROR_CHARS],
        )
        with self._database.write("canary") as session:
            session.add(row)


def in_canary(database: Database) -> frozenset[str]:
    """The release that customers are trying, if there is one."""
    running = Canaries(database).running()
    return frozenset({running.release_id}) if running else frozenset()


def _row(canary: Canary) -> CanaryRow:
    return CanaryRow(
        id=canary.id,
        release_id=canary.release_id,
        live_id=canary.live_id,
        status=canary.status,
        rules=canary.rules.model_dump(mode="json"),
        started_at=canary.started_at,
        ended_at=canary.ended_at,
        reason=canary.reason,
        readings=[dict(item) for item in canary.readings],
    )


def _value(row: CanaryRow) -> Canary:
    known = CanarySettings.model_fields
    rules = {key: value for key, value in row.rules.items() if key in known}
    return Canary(
        id=row.id,
        release_id=row.release_id,
        live_id=row.live_id,
        rules=CanarySettings.model_validate(rules),
        started_at=row.started_at,
        status=CanaryStatus(row.status),
        ended_at=row.ended_at,
        reason=row.reason,
        readings=tuple(row.readings),
    )
