"""What a person gets when the agent hands over."""

from collections.abc import Sequence
from datetime import datetime
from secrets import token_urlsafe

from agent.types import Citation, Handoff, HandoffReason, Turn

_WHY = {
    HandoffReason.ASKED_FOR_PERSON: "The customer asked for a person.",
    HandoffReason.NO_EVIDENCE: "The help center has no sufficient answer.",
    HandoffReason.ACCOUNT_ACCESS: "It needs somebody who can look into the customer's account.",
    HandoffReason.OUT_OF_SCOPE: "It is about something that the help center does not cover.",
    HandoffReason.NOT_GROUNDED: "What was found did not support an answer.",
    HandoffReason.CONTRADICTION: "The articles that answer it contradict each other.",
    HandoffReason.OUTDATED: "The article that answers it may be out of date.",
    HandoffReason.SAFETY: "The message speaks of harm or threatens. Please look at it first.",
}
_LONGEST_QUOTE = 300


def hand_over(
    conversation_id: str,
    reason: HandoffReason,
    question: str,
    earlier: Sequence[Turn],
    evidence: Sequence[Citation],
    now: datetime,
) -> Handoff:
    """The whole case: why, what was asked, all that was said, and the articles that came near."""
    transcript = [pair for turn in earlier for pair in _spoken(turn)]
    return Handoff(
        id=token_urlsafe(16),
        conversation_id=conversation_id,
        reason=reason,
        summary=_summary(reason, question, earlier, evidence),
        created_at=now,
        question=question,
        transcript=(*transcript, ("customer", question)),
        evidence=tuple(evidence),
    )


def _spoken(turn: Turn) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("customer", turn.question), ("agent", turn.text)


def _summary(
    reason: HandoffReason, question: str, earlier: Sequence[Turn], evidence: Sequence[Citation]
) -> str:
    parts = [f"The customer writes: “{_short(question)}”.", _WHY[reason]]
    if earlier:
        first = _short(earlier[0].question)
        answered = sum(bool(turn.citations) for turn in earlier)
        parts.append(
            f"Before that the conversation had {len(earlier)} "
            f"{'turn' if len(earlier) == 1 else 'turns'}, beginning with “{first}”; "
            f"{answered} got an answer from the articles."
        )
    titles = list(dict.fromkeys(citation.title for citation in evidence))
    if titles:
        parts.append(f"Closest articles: {', '.join(titles[:3])}.")
    return " ".join(parts)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST_QUOTE else f"{flat[:_LONGEST_QUOTE].rstrip()}…"
