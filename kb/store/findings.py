"""Findings across runs, in rows."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from kb.findings import Finding, FindingStatus, StatusChange, Unseen
from kb.harm import rank
from kb.lifecycle import UnknownFinding, predecessor, require_sense
from kb.store.database import Database
from kb.store.finding_rows import change_of, describe, is_due, value_of
from kb.store.tables import FindingRow, StatusChangeRow

RUN = "wellkept"
# A dismissed finding was judged to be none: that it is gone from a run changes nothing.
_CLOSES = (FindingStatus.OPEN, FindingStatus.ACCEPTED, FindingStatus.SNOOZED)
_ALONE = "findings"
_NOTHING = Unseen()


class Findings:
    """The `FindingStore` of a database. Every change of a status is kept, with who and why.

    What is read is as of `now`: a snoozed finding whose time has come is told as open, also
    before a run has noticed.
    """

    def __init__(
        self, database: Database, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._database = database
        self._now = now

    def record(
        self, findings: Sequence[Finding], run_at: datetime, unseen: Unseen = _NOTHING
    ) -> list[Finding]:
        """Stores a run's findings and returns them, in their order, with their kept statuses.

        One that is not in the run any more becomes fixed, except a dismissed one and what the run
        could not look at; a fixed one that comes back is open again, and so is a snoozed one whose
        time has passed. The history of a new one names a dismissed one that it takes the place of.
        """
        with self._database.write(_ALONE) as session:
            rows = {row.id: row for row in session.scalars(select(FindingRow))}
            seen = {finding.id for finding in findings}
            absent = [row for row in rows.values() if row.id not in seen]
            dismissed = [value_of(row) for row in absent if row.status == FindingStatus.DISMISSED]
            for finding in findings:
                if finding.id in rows:
                    _see_again(session, rows[finding.id], finding, run_at)
                else:
                    rows[finding.id] = _see_first(session, finding, dismissed, run_at)
            for row in absent:
                if row.status in _CLOSES and not unseen.covers(value_of(row)):
                    _close(session, row, run_at)
            return [value_of(rows[finding.id]) for finding in findings]

    def all(self, statuses: Iterable[FindingStatus] | None = None) -> list[Finding]:
        """Of these statuses, or of any when None, most harmful first."""
        now = self._now()
        with self._database.read() as session:
            found = [value_of(row, now) for row in session.scalars(select(FindingRow))]
        chosen = None if statuses is None else set(statuses)
        return list(rank(item for item in found if chosen is None or item.status in chosen))

    def get(self, finding_id: str) -> Finding | None:
        with self._database.read() as session:
            row = session.get(FindingRow, finding_id)
            return None if row is None else value_of(row, self._now())

    def stamp(self) -> str:
        """Another one after each run and each change of a status; cheap to read."""
        due = FindingRow.snoozed_until <= self._now()
        query = select(
            select(func.max(StatusChangeRow.id)).scalar_subquery(),
            select(func.max(FindingRow.last_seen_at)).scalar_subquery(),
            select(func.count()).select_from(FindingRow).where(due).scalar_subquery(),
        )
        with self._database.read() as session:
            return " ".join(map(str, session.execute(query).one()))

    def set_status(
        self,
        finding_id: str,
        status: FindingStatus,
        by: str,
        reason: str,
        at: datetime,
        until: datetime | None = None,
    ) -> Finding:
        """As `set_statuses`, of one finding."""
        return self.set_statuses([finding_id], status, by, reason, at, until)[0]

    def set_statuses(
        self,
        finding_ids: Sequence[str],
        status: FindingStatus,
        by: str,
        reason: str,
        at: datetime,
        until: datetime | None = None,
    ) -> list[Finding]:
        """The findings with their new status, in the order of `finding_ids`: all or none.
        `until` is when a snoozed one wakes.

        Raises `UnknownFinding`, and what `kb.lifecycle.require_sense` raises.
        """
        with self._database.write(_ALONE) as session:
            rows = [_known(session, key) for key in finding_ids]
            for row in rows:
                change = StatusChange(row.id, status, by, reason, at, until)
                require_sense(value_of(row, at), change)
                _apply(session, row, change)
            return [value_of(row) for row in rows]

    def history(self, finding_id: str) -> list[StatusChange]:
        """Every change of its status, oldest first; none for an unknown finding."""
        return self._changes(StatusChangeRow.finding_id == finding_id)

    def changes(self) -> list[StatusChange]:
        """Every change of every finding, oldest first."""
        return self._changes()

    def _changes(self, *where: ColumnElement[bool]) -> list[StatusChange]:
        query = select(StatusChangeRow).where(*where).order_by(StatusChangeRow.id)
        with self._database.read() as session:
            return [change_of(row) for row in session.scalars(query)]


def _known(session: Session, finding_id: str) -> FindingRow:
    row = session.get(FindingRow, finding_id)
    if row is None:
        raise UnknownFinding(f"there is no finding {finding_id}")
    return row


def _see_first(
    session: Session, finding: Finding, dismissed: Sequence[Finding], at: datetime
) -> FindingRow:
    row = FindingRow(id=finding.id, first_seen_at=at, status=FindingStatus.OPEN)
    describe(row, finding, at)
    session.add(row)
    session.flush()
    before = predecessor(finding, dismissed)
    reason = _taken_place_of(session, before) if before else "found"
    _apply(session, row, StatusChange(row.id, FindingStatus.OPEN, RUN, reason, at))
    return row


def _taken_place_of(session: Session, before: Finding) -> str:
    query = (
        select(StatusChangeRow)
        .where(StatusChangeRow.finding_id == before.id)
        .order_by(StatusChangeRow.id.desc())
    )
    last = change_of(session.scalars(query.limit(1)).one())
    return (
        f"found; a finding on the same articles and subject, {before.id}, was dismissed by "
        f"{last.by} on {last.at:%Y-%m-%d}: {last.reason}"
    )


def _see_again(session: Session, row: FindingRow, finding: Finding, at: datetime) -> None:
    describe(row, finding, at)
    if row.status == FindingStatus.FIXED:
        _apply(session, row, StatusChange(row.id, FindingStatus.OPEN, RUN, "found again", at))
    elif is_due(row, at):
        reason = "snoozed until now"
        _apply(session, row, StatusChange(row.id, FindingStatus.OPEN, RUN, reason, at))


def _close(session: Session, row: FindingRow, at: datetime) -> None:
    change = StatusChange(row.id, FindingStatus.FIXED, RUN, "not found any more", at)
    _apply(session, row, change)


def _apply(session: Session, row: FindingRow, change: StatusChange) -> None:
    row.status = change.status
    row.snoozed_until = change.until
    session.add(
        StatusChangeRow(
            finding_id=row.id,
            status=change.status,
            changed_by=change.by,
            reason=change.reason,
            changed_at=change.at,
            snoozed_until=change.until,
        )
    )
