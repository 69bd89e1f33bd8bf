"""Evaluations that were run, in rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Mapped, mapped_column

from kb.errors import Permanent
from kb.store.database import Base, Database


@dataclass(frozen=True, slots=True)
class EvaluationRecord:
    """What an evaluation found: the verdict and each case's scores, as plain JSON values.

    `fingerprint` is that of the release as it was evaluated. `details` tell how: `golden` (path,
    sha256, cases), `judge`, `assets`, `timings_s`, `reused`, `trigger` (release, eval, nightly).
    """

    id: str
    release_id: str
    fingerprint: str
    created_at: datetime
    verdict: Mapping[str, Any]
    cases: Sequence[Mapping[str, Any]] = field(default=())
    details: Mapping[str, Any] = field(default_factory=dict)


class EvaluationRow(Base):
    """An evaluation. It outlives its release, so that scores can be followed over time."""

    __tablename__ = "evaluation"

    id: Mapped[str] = mapped_column(primary_key=True)
    release_id: Mapped[str] = mapped_column(index=True)
    fingerprint: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(index=True)
    verdict: Mapped[dict[str, Any]]
    cases: Mapped[list[dict[str, Any]]]
    details: Mapped[dict[str, Any]]


class Evaluations:
    """Every evaluation of a database's releases."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, record: EvaluationRecord) -> None:
        """Keeps it; an evaluation is never changed. Raises `Permanent` for an id that is taken."""
        with self._database.write("evaluations") as session:
            if session.get(EvaluationRow, record.id) is not None:
                raise Permanent(f"evaluation {record.id} is stored already")
            session.add(
                EvaluationRow(
                    id=record.id,
                    release_id=record.release_id,
                    fingerprint=record.fingerprint,
                    created_at=record.created_at,
                    verdict=dict(record.verdict),
                    cases=[dict(case) for case in record.cases],
                    details=dict(record.details),
                )
            )

    def get(self, evaluation_id: str) -> EvaluationRecord | None:
        with self._database.read() as session:
            row = session.get(EvaluationRow, evaluation_id)
            return None if row is None else _value(row)

    def all(self, limit: int = 50) -> list[EvaluationRecord]:
        """Newest first, at most `limit`."""
        return self._read(_newest_first().limit(limit))

    def ids(self) -> list[str]:
        """Of every evaluation, newest first."""
        with self._database.read() as session:
            query = select(EvaluationRow.id).order_by(
                EvaluationRow.created_at.desc(), EvaluationRow.id.desc()
            )
            return list(session.scalars(query))

    def of_release(self, release_id: str) -> list[EvaluationRecord]:
        """Newest first."""
        return self._read(_newest_first().where(EvaluationRow.release_id == release_id))

    def _read(self, query: Select[EvaluationRow]) -> list[EvaluationRecord]:
        with self._database.read() as session:
            return [_value(row) for row in session.scalars(query)]


def _newest_first() -> Select[EvaluationRow]:
    return select(EvaluationRow).order_by(EvaluationRow.created_at.desc(), EvaluationRow.id.desc())


def _value(row: EvaluationRow) -> EvaluationRecord:
    return EvaluationRecord(
        id=row.id,
        release_id=row.release_id,
        fingerprint=row.fingerprint,
        created_at=row.created_at,
        verdict=row.verdict,
        cases=tuple(row.cases),
        details=row.details,
    )
