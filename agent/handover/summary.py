"""The paragraph that a person reads first."""

from collections.abc import Iterator, Sequence

from agent.handover.rules import Trigger
from agent.types import Attempt, Handoff, HandoffReason, Sentiment

_WHY = {
    HandoffReason.ASKED_FOR_PERSON: "They asked for a person",
    HandoffReason.NO_EVIDENCE: "The help center has no sufficient answer",
    HandoffReason.LOW_CONFIDENCE: "The agent was unsure twice in a row",
    HandoffReason.ACCOUNT_ACCESS: "It needs somebody who can look into the account",
    HandoffReason.OUT_OF_SCOPE: "It is about something that the help center does not cover",
    HandoffReason.NOT_GROUNDED: "What was found did not support an answer",
    HandoffReason.CONTRADICTION: "The articles that answer it contradict each other",
    HandoffReason.OUTDATED: "The article that answers it may be out of date",
    HandoffReason.PROCEDURE: "The procedure hands over here",
    HandoffReason.LIMIT: "It is above what the agent may do",
    HandoffReason.ACTION_FAILED: "An action failed",
    HandoffReason.IDENTITY: "It is not sure enough who they are",
    HandoffReason.ANGER: "They are angry",
    HandoffReason.THREAT: "They threaten somebody; please look at it first",
    HandoffReason.LEGAL: "They bring in the law",
    HandoffReason.SAFETY: "Somebody may be in danger; please look at it first",
    HandoffReason.VULNERABLE: "Their situation needs care",
    HandoffReason.PAYMENT_DISPUTE: "They contest a payment",
    HandoffReason.RULE: "A rule of yours sends it to a person",
}
_SOUND = {Sentiment.ANGRY: "They sound angry.", Sentiment.NEGATIVE: "They sound unhappy."}
_BECAME = {
    "done": "worked",
    "not_found": "found nothing",
    "refused": "was refused",
    "not_allowed": "was not allowed",
    "over_limit": "is above the limit",
    "failed": "failed",
    "unknown": "has an unknown outcome: please check whether it took place",
    "pending": "has not ended: please check whether it took place",
}
# What the agent says of these to an operator is about measures, not about the customer.
_SELF_EVIDENT = frozenset(
    (
        HandoffReason.NO_EVIDENCE,
        HandoffReason.LOW_CONFIDENCE,
        HandoffReason.OUT_OF_SCOPE,
        HandoffReason.NOT_GROUNDED,
        HandoffReason.CONTRADICTION,
        HandoffReason.OUTDATED,
        HandoffReason.ACCOUNT_ACCESS,
        HandoffReason.ANGER,
    )
)
_LONGEST_QUOTE = 240
_LONGEST_RESULT = 120
_MOST_TRIED = 4


def summarise(handoff: Handoff, trigger: Trigger, who: str, procedure: str, reason: str) -> str:
    """One paragraph: who wants what, why it is handed over, what was tried and what it returned,
    what was collected, how they sound, and which articles came near. `procedure` is its title
    and `reason` its own words, each empty where there is none."""
    return " ".join(_sentences(handoff, trigger, who, procedure, reason))


def _sentences(
    handoff: Handoff, trigger: Trigger, who: str, procedure: str, reason: str
) -> Iterator[str]:
    yield f"{who} writes: “{_short(handoff.wish, _LONGEST_QUOTE)}”."
    yield f"{_why(trigger, reason)}."
    if handoff.question != handoff.wish:
        yield f"Their last message: “{_short(handoff.question, _LONGEST_QUOTE)}”."
    if procedure:
        yield f"They were in “{procedure}”."
    if handoff.tried:
        yield f"What was tried: {_tried(handoff.tried)}."
    if handoff.values:
        given = "; ".join(f"{name}: {value}" for name, value in handoff.values.items())
        yield f"What is known: {_short(given, _LONGEST_QUOTE)}."
    if handoff.sentiment in _SOUND and trigger.reason is not HandoffReason.ANGER:
        yield _SOUND[handoff.sentiment]
    titles = list(dict.fromkeys(citation.title for citation in handoff.evidence))
    if titles:
        yield f"Closest articles: {', '.join(titles[:3])}."


def _why(trigger: Trigger, reason: str) -> str:
    """Ends without a full stop."""
    told = _WHY[trigger.reason]
    detail = reason or ("" if trigger.reason in _SELF_EVIDENT else trigger.why)
    if not detail:
        return told
    bare = detail.rstrip(". ")
    if bare.lower() == told.lower():
        return told
    return f"{told}: {bare[0].lower() + bare[1:] if _starts_plainly(bare) else bare}"


def _starts_plainly(text: str) -> bool:
    """Whether the first letter is a capital only because the sentence begins there."""
    first = text.split(maxsplit=1)[0]
    return first in ("The", "A", "An", "It", "They", "There", "This", "That", "Somebody", "Nothing")


def _tried(attempts: Sequence[Attempt]) -> str:
    shown = [_one(item) for item in attempts[-_MOST_TRIED:]]
    before = len(attempts) - len(shown)
    return "; ".join([f"{before} earlier calls", *shown]) if before else "; ".join(shown)


def _one(attempt: Attempt) -> str:
    became = _BECAME.get(attempt.status, attempt.status)
    result = _short(attempt.result, _LONGEST_RESULT).rstrip(".")
    return f"{attempt.action} {became}{f' ({result})' if result else ''}"


def _short(text: str, longest: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else f"{flat[:longest].rstrip()}…"
