"""Proposals in rows, and who decided on them."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from eval.drafting.proposal import Draft, Origin, Proposal, Quote, State
from eval.golden.case import Case
from eval.golden.file import parse_line, to_json
from kb.errors import Permanent
from kb.store.database import Base, Database

_ALONE = "golden drafts"


class DraftRow(Base):
    """A proposal and what became of it; `case` is a line of a golden set, `place` where it stood
    among those of its run."""

    __tablename__ = "golden_draft"

    id: Mapped[str] = mapped_column(primary_key=True)
    case: Mapped[dict[str, Any]]
    origin: Mapped[str]
    kind: Mapped[str]
    why: Mapped[str]
    evidence: Mapped[list[dict[str, Any]]]
    worth: Mapped[float]
    place: Mapped[int]
    created_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(index=True)
    decided_by: Mapped[str]
    decided_at: Mapped[datetime | None]
    reason: Mapped[str]


class Drafts:
    """Every proposal of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, state: State | None = None) -> list[Draft]:
        """Those in this state, or all, in the order in which they were proposed."""
        query = select(DraftRow).order_by(DraftRow.created_at, DraftRow.place)
        if state is not None:
            query = query.where(DraftRow.state == state)
        with self._database.read() as session:
            return [_value(row) for row in session.scalars(query)]

    def propose(self, proposals: Sequence[Proposal], at: datetime) -> list[Proposal]:
        """Keeps those whose id is not there yet, and returns them in their order."""
        with self._database.write(_ALONE) as session:
            known = set(session.scalars(select(DraftRow.id)))
            fresh = [item for item in proposals if item.id not in known]
            session.add_all(_row(item, at, place) for place, item in enumerate(fresh))
            return fresh

    def renew(self, proposals: Sequence[Proposal]) -> int:
        """Gives what waits for a decision the words and the worth of a newer proposal of the same
        question; says of how many the words changed. What was decided stays."""
        with self._database.write(_ALONE) as session:
            changed = 0
            for item in proposals:
                row = session.get(DraftRow, item.id)
                if row is None or row.state != State.PROPOSED:
                    continue
                before = _value(row).proposal
                _describe(row, item)
                changed += before != replace(item, worth=before.worth)
            return changed

    def named(self, name: str) -> Draft:
        """The proposal with this id or with one that alone begins so. Raises `Permanent`."""
        with self._database.read() as session:
            row = session.get(DraftRow, name)
            if row is not None:
                return _value(row)
            like = [key for key in session.scalars(select(DraftRow.id)) if key.startswith(name)]
            if len(like) == 1:
                return _value(session.get_one(DraftRow, like[0]))
        if like:
            raise Permanent(f"{name} begins {len(like)} proposals: {', '.join(sorted(like)[:5])}")
        raise Permanent(f"there is no proposal {name}; `wellkept eval review --json` lists them")

    def accept(
        self, draft_id: str, case: Case, by: str, at: datetime, keep: Callable[[], None]
    ) -> None:
        """Marks a proposal as accepted, as `case`, which `keep` writes down; where that raises,
        it still waits. Raises `Permanent` for one that was decided on, as by somebody else in the
        meantime."""
        with self._database.write(_ALONE) as session:
            row = _waiting(session, draft_id)
            row.case = to_json(case)
            row.state, row.decided_by, row.decided_at = State.ACCEPTED, by, at
            session.flush()
            keep()

    def reject(self, draft_id: str, by: str, reason: str, at: datetime) -> None:
        """Marks a proposal as rejected: it is not proposed again. Raises `Permanent` without a
        reason, and for one that was decided on."""
        if not reason.strip():
            raise Permanent("say why the case is rejected: a reason is required")
        with self._database.write(_ALONE) as session:
            row = _waiting(session, draft_id)
            row.state, row.decided_by, row.decided_at = State.REJECTED, by, at
            row.reason = reason.strip()


def _waiting(session: Session, draft_id: str) -> DraftRow:
    row = session.get(DraftRow, draft_id)
    if row is None:
        raise Permanent(f"there is no proposal {draft_id}")
    if row.state != State.PROPOSED:
        raise Permanent(f"{draft_id} was {row.state} already by {row.decided_by}")
    return row


def _row(item: Proposal, at: datetime, place: int) -> DraftRow:
    row = DraftRow(
        id=item.id,
        place=place,
        created_at=at,
        state=State.PROPOSED,
        decided_by="",
        decided_at=None,
        reason="",
    )
    _describe(row, item)
    return row


def _describe(row: DraftRow, item: Proposal) -> None:
    row.case = to_json(item.case)
    row.origin, row.kind, row.why, row.worth = item.origin, item.kind, item.why, item.worth
    row.evidence = [asdict(quote) for quote in item.evidence]


def _value(row: DraftRow) -> Draft:
    proposal = Proposal(
        case=parse_line(json.dumps(row.case)),
        origin=Origin(row.origin),
        kind=row.kind,
        why=row.why,
        evidence=tuple(Quote(**quote) for quote in row.evidence),
        worth=row.worth,
    )
    return Draft(
        proposal, row.created_at, State(row.state), row.decided_by, row.decided_at, row.reason
    )
