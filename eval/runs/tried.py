"""Golden cases that were tried, in rows: each kept as soon as it is done."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import ColumnElement, and_, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from agent.types import Attempt, Turn
from eval.golden.case import Case
from eval.runs.ground import author_of
from eval.runs.trace import Trace
from eval.scoring.evaluation import CaseResult
from kb.store.database import Base, Database

# Newest first: a change that was taken back finds the turns from before it.
_REMEMBERED = 3


@dataclass(frozen=True)
class Tried:
    """What a case came to on a release. `case_key` names what was asked and `ground` everything
    that answers but the articles; `subject` names the articles too, `stage` the backends, and
    `settings` what the release pinned beside articles and files. `author` is what whoever plays
    the customer went by where the agent asked back. `trace` is what the articles were asked."""

    release_id: str
    case_key: str
    ground: str
    subject: str
    stage: str
    settings: str
    author: str
    created_at: datetime
    turns: tuple[Turn, ...]
    answer_ms: float
    trace: Trace
    end_state_differences: tuple[str, ...] | None = None
    changed: tuple[Attempt, ...] | None = None

    def is_of(self, case: Case) -> bool:
        """Whether the customer of this case would have said the same all along."""
        carried_on = len(self.turns) > len(case.earlier) + 1
        return not carried_on or self.author == author_of(case)

    def result(self, case: Case) -> CaseResult:
        """As if the case had been asked now."""
        return CaseResult(
            case,
            self.turns[-1],
            self.answer_ms,
            turns=self.turns,
            end_state_differences=self.end_state_differences,
            changed=self.changed,
            reused=True,
        )


class TriedCaseRow(Base):
    """The last time that a case was tried on a release, with one ground."""

    __tablename__ = "tried_case"

    release_id: Mapped[str] = mapped_column(primary_key=True)
    case_key: Mapped[str] = mapped_column(primary_key=True)
    ground: Mapped[str] = mapped_column(primary_key=True, index=True)
    subject: Mapped[str]
    stage: Mapped[str]
    settings: Mapped[str]
    author: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(index=True)
    said: Mapped[dict[str, Any]]
    trace: Mapped[dict[str, Any]]


class TriedCases:
    """Every case that was tried lately on a release that is still there."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, tried: Iterable[Tried]) -> None:
        """In place of what was kept of the same case on the same release and ground."""
        with self._database.write("tried cases") as session:
            for item in tried:
                session.merge(_row(item))

    def on_ground(self, ground: str, case_keys: Collection[str]) -> dict[str, list[Tried]]:
        """By case key, on whatever articles; newest first, at most three."""
        found: dict[str, list[Tried]] = defaultdict(list)
        for item in self._read(TriedCaseRow.ground == ground, case_keys):
            if len(found[item.case_key]) < _REMEMBERED:
                found[item.case_key].append(item)
        return dict(found)

    def of_release(
        self, release_id: str, settings: str, case_keys: Collection[str]
    ) -> dict[str, Tried]:
        """By case key, the newest on this release as it was pinned."""
        pinned = and_(TriedCaseRow.release_id == release_id, TriedCaseRow.settings == settings)
        found: dict[str, Tried] = {}
        for item in self._read(pinned, case_keys):
            found.setdefault(item.case_key, item)
        return found

    def prune(self, releases: Collection[str], before: datetime) -> None:
        """Forgets what was tried on other releases than these, or so long ago."""
        gone = TriedCaseRow.release_id.not_in(list(releases))
        with self._database.write("tried cases") as session:
            session.execute(delete(TriedCaseRow).where(gone | (TriedCaseRow.created_at < before)))

    def _read(self, which: ColumnElement[bool], case_keys: Collection[str]) -> list[Tried]:
        """Newest first. What an older version wrote and this one can't read is left out."""
        wanted = set(case_keys)
        query = (
            select(TriedCaseRow)
            .where(which)
            .order_by(TriedCaseRow.created_at.desc(), TriedCaseRow.release_id)
        )
        with self._database.read() as session:
            rows = [row for row in session.scalars(query) if row.case_key in wanted]
            values = (_value(row) for row in rows)
            return [value for value in values if value is not None]


@dataclass(frozen=True)
class _Said:
    turns: tuple[Turn, ...]
    answer_ms: float
    end_state_differences: tuple[str, ...] | None
    changed: tuple[Attempt, ...] | None


_ADAPTER: TypeAdapter[_Said] = TypeAdapter(_Said)


def _row(item: Tried) -> TriedCaseRow:
    said = _Said(item.turns, item.answer_ms, item.end_state_differences, item.changed)
    return TriedCaseRow(
        release_id=item.release_id,
        case_key=item.case_key,
        ground=item.ground,
        subject=item.subject,
        stage=item.stage,
        settings=item.settings,
        author=item.author,
        created_at=item.created_at,
        said=_ADAPTER.dump_python(said, mode="json"),
        trace=item.trace.to_json(),
    )


def _value(row: TriedCaseRow) -> Tried | None:
    try:
        said, trace = _read_said(row.said), Trace.from_json(row.trace)
    except (ValidationError, ValueError, TypeError, KeyError):
        return None
    return Tried(
        release_id=row.release_id,
        case_key=row.case_key,
        ground=row.ground,
        subject=row.subject,
        stage=row.stage,
        settings=row.settings,
        author=row.author,
        created_at=row.created_at,
        turns=said.turns,
        answer_ms=said.answer_ms,
        trace=trace,
        end_state_differences=said.end_state_differences,
        changed=said.changed,
    )


def _read_said(values: Mapping[str, Any]) -> _Said:
    """Raises `ValueError` for a case without a turn."""
    said = _ADAPTER.validate_python(dict(values))
    if not said.turns:
        raise ValueError("no turn was kept")
    return said
