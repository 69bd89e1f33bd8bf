"""Between rows and values of conversations."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from agent.identity import ANONYMOUS, Identity, IdentityLevel
from agent.tables import ConversationRow, HandoffRow, RatingRow, TurnRow
from agent.types import (
    AGENT,
    Attempt,
    Citation,
    Conversation,
    Decision,
    Handoff,
    HandoffReason,
    Message,
    Rating,
    Sentiment,
    Spent,
    Thumb,
    Turn,
)


def conversation_row(message: Message, turn: Turn) -> ConversationRow:
    return ConversationRow(
        id=turn.conversation_id,
        channel=message.channel,
        created_at=turn.created_at,
        customer=dict(message.customer),
        state={},
        identity=asdict(message.identity),
        revision=0,
    )


def handoff_row(handoff: Handoff) -> HandoffRow:
    return HandoffRow(
        id=handoff.id,
        conversation_id=handoff.conversation_id,
        reason=handoff.reason,
        summary=handoff.summary,
        question=handoff.question,
        created_at=handoff.created_at,
        rule=handoff.rule,
        team=handoff.team,
        closed_at=handoff.closed_at,
        case=case_json(handoff),
    )


def case_json(handoff: Handoff) -> dict[str, Any]:
    """What the row of a case holds beside its columns."""
    return {
        "transcript": handoff.transcript,
        "evidence": [asdict(item) for item in handoff.evidence],
        "wish": handoff.wish,
        "tried": [asdict(item) for item in handoff.tried],
        "values": dict(handoff.values),
        "sentiment": handoff.sentiment,
        "draft": handoff.draft,
        "expected": handoff.expected,
        "email": handoff.email,
        "asks_email": handoff.asks_email,
    }


def turn_row(turn: Turn, position: int) -> TurnRow:
    return TurnRow(
        conversation_id=turn.conversation_id,
        position=position,
        id=turn.id,
        question=turn.question,
        decision=turn.decision,
        text=turn.text,
        confidence=turn.confidence,
        reason=turn.reason,
        created_at=turn.created_at,
        handoff_id=turn.handoff.id if turn.handoff else None,
        release_id=turn.release_id,
        details={
            "citations": [asdict(item) for item in turn.citations],
            "retrieved": turn.retrieved,
            "timings_ms": turn.timings_ms,
            "attempts": [asdict(item) for item in turn.attempts],
            "procedure": turn.procedure,
            "step": turn.step,
            "struck": turn.struck,
            "writer": turn.writer,
            "spent": asdict(turn.spent) if turn.spent else None,
            "by": turn.by,
        },
    )


def handoff_of(row: HandoffRow) -> Handoff:
    case = row.case
    return Handoff(
        id=row.id,
        conversation_id=row.conversation_id,
        reason=HandoffReason(row.reason),
        summary=row.summary,
        created_at=row.created_at,
        question=row.question,
        transcript=tuple((who, text) for who, text in case["transcript"]),
        evidence=citations_of(case["evidence"]),
        rule=row.rule,
        team=row.team,
        wish=case.get("wish", ""),
        tried=_attempts(case.get("tried", ())),
        values=case.get("values", {}),
        sentiment=Sentiment(case.get("sentiment", Sentiment.NEUTRAL)),
        draft=case.get("draft", ""),
        expected=case.get("expected", ""),
        email=case.get("email", ""),
        asks_email=case.get("asks_email", False),
        closed_at=row.closed_at,
    )


def turn_of(row: TurnRow, handoff: HandoffRow | None, rating: RatingRow | None) -> Turn:
    return Turn(
        id=row.id,
        conversation_id=row.conversation_id,
        question=row.question,
        decision=Decision(row.decision),
        text=row.text,
        confidence=row.confidence,
        reason=row.reason,
        created_at=row.created_at,
        citations=citations_of(row.details["citations"]),
        handoff=None if handoff is None else handoff_of(handoff),
        retrieved=tuple(row.details["retrieved"]),
        release_id=row.release_id,
        timings_ms=row.details["timings_ms"],
        attempts=_attempts(row.details.get("attempts", ())),
        procedure=row.details.get("procedure", ""),
        step=row.details.get("step", ""),
        struck=tuple(row.details.get("struck", ())),
        writer=row.details.get("writer", ""),
        spent=_spent(row.details.get("spent")),
        by=row.details.get("by", AGENT),
        rating=None if rating is None else rating_of(rating),
    )


def rating_of(row: RatingRow) -> Rating:
    return Rating(Thumb(row.value), row.rated_at, row.comment)


def _attempts(items: Iterable[Mapping[str, Any]]) -> tuple[Attempt, ...]:
    return tuple(Attempt(**item) for item in items)


def _spent(item: Mapping[str, Any] | None) -> Spent | None:
    return Spent(**{**item, "failures": tuple(item["failures"])}) if item else None


def identity_of(item: Mapping[str, Any]) -> Identity:
    return Identity(**{**item, "level": IdentityLevel(item["level"])}) if item else ANONYMOUS


def citations_of(items: list[Mapping[str, Any]]) -> tuple[Citation, ...]:
    return tuple(Citation(**item) for item in items)


def conversation_of(row: ConversationRow, turns: Iterable[Turn]) -> Conversation:
    """The conversation with these turns, oldest first."""
    return Conversation(
        id=row.id,
        channel=row.channel,
        created_at=row.created_at,
        turns=tuple(turns),
        customer=row.customer,
        state=row.state,
        identity=identity_of(row.identity),
        revision=row.revision,
    )
