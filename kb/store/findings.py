"""Findings across runs, in rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from kb.errors import Permanent
from kb.store.database import Database
from kb.store.tables import FindingRow, StatusChangeRow
from kb.types import Evidence, Finding, FindingKind, FindingStatus, Severity, StatusChange

RUN = "wellkept"
# A dismissed finding was judged to be none: that it is gone from a run changes nothing.
_CLOSES = (FindingStatus.OPEN, FindingStatus.ACCEPTED, FindingStatus.SNOOZED)


class Findings:
    """The `FindingStore` of a database. Every change of a status is kept, with who and why."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, findings: Sequence[Finding], run_at: datetime) -> list[Finding]:
        """Stores a run's findings and returns them, in their order, with their kept statuses.

        One that is not in the run any more becomes fixed, except a dismissed one; a fixed one
        that comes back is open again, and so is a snoozed one whose time has passed.
        """
        with self._database.write("findings") as session:
            rows = {row.id: row for row in session.scalars(select(FindingRow))}
            for finding in findings:
                _see(session, rows, finding, run_at)
            seen = {finding.id for finding in findings}
            for row in rows.values():
                if row.id not in seen and row.status in _CLOSES:
                    _change(session, row, FindingStatus.FIXED, RUN, "not found any more", run_at)
            return [_value(rows[finding.id]) for finding in findings]

    def all(self, statuses: Iterable[FindingStatus] | None = None) -> list[Finding]:
        """Of these statuses, or of any when None: gravest first, then surest, then by id."""
        query = select(FindingRow)
        if statuses is not None:
            query = query.where(FindingRow.status.in_(list(statuses)))
        with self._database.read() as session:
            found = [_value(row) for row in session.scalars(query)]
        return sorted(found, key=lambda item: (-item.severity, -item.confidence, item.id))

    def get(self, finding_id: str) -> Finding | None:
        with self._database.read() as session:
            row = session.get(FindingRow, finding_id)
            return None if row is None else _value(row)

    def set_status(
        self,
        finding_id: str,
        status: FindingStatus,
        by: str,
        reason: str,
        at: datetime,
        until: datetime | None = None,
    ) -> Finding:
        """The finding with its new status. `until` is when a snoozed one wakes.

        Raises `Permanent` for an unknown finding, for snoozing without an end after `at`, and
        for an end of anything else.
        """
        if (status == FindingStatus.SNOOZED) != (until is not None):
            raise Permanent("a snoozed finding needs a time to wake at, and no other has one")
        if until is not None and until <= at:
            raise Permanent(f"a finding can't be snoozed until {until}, which has passed")
        with self._database.write("findings") as session:
            row = session.get(FindingRow, finding_id)
            if row is None:
                raise Permanent(f"there is no finding {finding_id}")
            _change(session, row, status, by, reason, at, until)
            return _value(row)

    def history(self, finding_id: str) -> list[StatusChange]:
        """Every change of its status, oldest first; none for an unknown finding."""
        return self._changes(StatusChangeRow.finding_id == finding_id)

    def changes(self) -> list[StatusChange]:
        """Every change of every finding, oldest first."""
        return self._changes()

    def _changes(self, *where: ColumnElement[bool]) -> list[StatusChange]:
        query = select(StatusChangeRow).where(*where).order_by(StatusChangeRow.id)
        with self._database.read() as session:
            return [_change_of(row) for row in session.scalars(query)]


def _see(session: Session, rows: dict[str, FindingRow], finding: Finding, at: datetime) -> None:
    row = rows.get(finding.id)
    if row is None:
        row = FindingRow(id=finding.id, first_seen_at=at, status=FindingStatus.OPEN)
        rows[finding.id] = row
        _describe(row, finding, at)
        session.add(row)
        session.flush()
        _change(session, row, FindingStatus.OPEN, RUN, "found", at)
        return
    _describe(row, finding, at)
    if row.status == FindingStatus.FIXED:
        _change(session, row, FindingStatus.OPEN, RUN, "found again", at)
    elif row.snoozed_until is not None and row.snoozed_until <= at:
        _change(session, row, FindingStatus.OPEN, RUN, "snoozed until now", at)


def _describe(row: FindingRow, finding: Finding, at: datetime) -> None:
    row.kind = finding.kind
    row.severity = finding.severity
    row.confidence = finding.confidence
    row.title = finding.title
    row.explanation = finding.explanation
    row.suggestion = finding.suggestion
    row.evidence = [asdict(item) for item in finding.evidence]
    row.owner = finding.owner
    row.details = dict(finding.details)
    row.harm = finding.harm
    row.last_seen_at = at


def _change(
    session: Session,
    row: FindingRow,
    status: FindingStatus,
    by: str,
    reason: str,
    at: datetime,
    until: datetime | None = None,
) -> None:
    row.status = status
    row.snoozed_until = until
    session.add(
        StatusChangeRow(
            finding_id=row.id,
            status=status,
            changed_by=by,
            reason=reason,
            changed_at=at,
            snoozed_until=until,
        )
    )


def _change_of(row: StatusChangeRow) -> StatusChange:
    return StatusChange(
        row.finding_id,
        FindingStatus(row.status),
        row.changed_by,
        row.reason,
        row.changed_at,
        row.snoozed_until,
    )


def _value(row: FindingRow) -> Finding:
    return Finding(
        id=row.id,
        kind=FindingKind(row.kind),
        severity=Severity(row.severity),
        confidence=row.confidence,
        title=row.title,
        explanation=row.explanation,
        suggestion=row.suggestion,
        evidence=tuple(_evidence(item) for item in row.evidence),
        owner=row.owner,
        status=FindingStatus(row.status),
        details=row.details,
        harm=row.harm,
        first_seen_at=row.first_seen_at,
        snoozed_until=row.snoozed_until,
    )


def _evidence(item: Mapping[str, Any]) -> Evidence:
    """JSON has lists where a value has tuples."""
    marks = tuple((start, end) for start, end in item.get("marks", ()))
    return Evidence(**{**item, "marks": marks})
