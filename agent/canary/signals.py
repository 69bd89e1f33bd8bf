"""What customers made of two releases, read from the conversations that began with each.

A conversation counts for the release that it was given to when it began, whatever answers it later,
and as it stands now: one that still goes on may yet show a signal, with either release.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from statistics import median
from typing import Any

from sqlalchemy import JSON, Select, select, type_coerce

from agent.answers.followup import did_not_help
from agent.answers.words import terms
from agent.canary.canary import Canary, Reading
from agent.canary.comparison import Count
from agent.canary.tables import FailedTurnRow
from agent.tables import ConversationRow, RatingRow, TurnRow
from agent.types import Decision
from kb.store.database import Database

HANDED_OVER, THUMBS_DOWN = "handed_over", "thumbs_down"
REPEATED, FAILED = "repeated_question", "failed_turn"
SIGNALS = (HANDED_OVER, THUMBS_DOWN, REPEATED, FAILED)
# Two questions are the same when they share this part of their words, stop words apart and by
# their stems: the order and the phrasing change, the subject does not.
SAME_WORDS = 0.6


@dataclass(frozen=True, slots=True)
class Signals:
    """`readings` in the order of `SIGNALS`; failed turns and the median time of a turn, by
    release id."""

    readings: tuple[Reading, ...]
    failures: Mapping[str, int]
    turn_ms: Mapping[str, float]


@dataclass(slots=True)
class _Arm:
    shown: dict[str, set[str]] = field(default_factory=lambda: {name: set() for name in SIGNALS})
    conversations: set[str] = field(default_factory=set)
    times_ms: list[float] = field(default_factory=list)
    failures: int = 0


def read_signals(database: Database, canary: Canary) -> Signals:
    """Of all conversations that began since the canary did."""
    with database.read() as session:
        failed = session.execute(_failed(canary)).all()
        turns: Sequence[Any] = session.execute(_turns(canary)).all()
    arms = {canary.live_id: _Arm(), canary.release_id: _Arm()}
    given = {row.conversation_id: row.release_id for row in failed}
    for name, found in groupby(turns, key=attrgetter("conversation_id")):
        said = list(found)
        arm = arms.get(given.get(name, said[0].release_id))
        if arm:
            _add(arm, name, said)
    for row in failed:
        arm = arms[row.release_id]
        arm.conversations.add(row.conversation_id)
        arm.shown[FAILED].add(row.conversation_id)
        arm.failures += 1
    live, candidate = arms[canary.live_id], arms[canary.release_id]
    return Signals(
        tuple(Reading(name, _count(live, name), _count(candidate, name)) for name in SIGNALS),
        {name: arm.failures for name, arm in arms.items()},
        {name: median(arm.times_ms) for name, arm in arms.items() if arm.times_ms},
    )


def repeats(turns: Iterable[tuple[str, str]]) -> bool:
    """Whether a customer asks the same again after an answer, or says that it was none; `turns`
    are messages, each with what was decided on it."""
    answered: list[frozenset[str]] = []
    for question, decision in turns:
        asked = frozenset(terms(question))
        if answered and (did_not_help(question) or any(_same(asked, old) for old in answered)):
            return True
        if decision == Decision.ANSWER and asked:
            answered.append(asked)
    return False


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and len(one & other) >= SAME_WORDS * len(one | other)


def _add(arm: _Arm, name: str, said: Sequence[Any]) -> None:
    arm.conversations.add(name)
    for signal in _shown(said):
        arm.shown[signal].add(name)
    arm.times_ms += [turn.total_ms for turn in said if turn.total_ms is not None]


def _shown(said: Sequence[Any]) -> Iterator[str]:
    if any(turn.decision == Decision.HANDOFF for turn in said):
        yield HANDED_OVER
    if any(turn.rating == "down" for turn in said):
        yield THUMBS_DOWN
    if repeats((turn.question, turn.decision) for turn in said if turn.question):
        yield REPEATED


def _count(arm: _Arm, signal: str) -> Count:
    return Count(len(arm.shown[signal]), len(arm.conversations))


def _turns(canary: Canary) -> Select[Any]:
    details = type_coerce(TurnRow.details, JSON)
    return (
        select(
            TurnRow.conversation_id,
            TurnRow.question,
            TurnRow.decision,
            TurnRow.release_id,
            RatingRow.value.label("rating"),
            details["timings_ms"]["total"].as_float().label("total_ms"),
        )
        .join(ConversationRow, TurnRow.conversation_id == ConversationRow.id)
        .outerjoin(RatingRow, RatingRow.turn_id == TurnRow.id)
        .where(ConversationRow.created_at >= canary.started_at)
        .order_by(TurnRow.conversation_id, TurnRow.position)
    )


def _failed(canary: Canary) -> Select[str, str]:
    """Not those of conversations that had begun before."""
    return (
        select(FailedTurnRow.conversation_id, FailedTurnRow.release_id)
        .outerjoin(ConversationRow, FailedTurnRow.conversation_id == ConversationRow.id)
        .where(
            FailedTurnRow.release_id.in_([canary.live_id, canary.release_id]),
            FailedTurnRow.created_at >= canary.started_at,
            ConversationRow.created_at.is_(None)
            | (ConversationRow.created_at >= canary.started_at),
        )
    )
