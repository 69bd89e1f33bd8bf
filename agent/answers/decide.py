"""Answer, ask, or hand over: decided on the evidence alone."""

from dataclasses import dataclass

from agent.answers.choices import choices
from agent.answers.confidence import confidence
from agent.answers.evidence import Evidence
from agent.types import Decision, HandoffReason
from kb.settings import AgentSettings

# Below both, the question is about something else altogether.
_FOREIGN_KNOWN, _FOREIGN_SIMILARITY = 0.5, 0.3


@dataclass(frozen=True, slots=True)
class Choice:
    """The decision; `options` for a clarifying question, `handoff` for a handover."""

    decision: Decision
    confidence: float
    reason: str
    options: tuple[str, ...] = ()
    handoff: HandoffReason | None = None


def decide(evidence: Evidence, settings: AgentSettings) -> Choice:
    """What the turn does, with its reason in an operator's words."""
    if not evidence.question.weights:
        return Choice(Decision.CLARIFY, 0.0, "the message names no subject")
    sure = confidence(evidence.features)
    options = choices(evidence.question.text, evidence.candidates)
    if sure >= settings.clarify_confidence and options:
        return Choice(Decision.CLARIFY, sure, "the evidence depends on a choice", options)
    if sure >= settings.answer_confidence:
        best = evidence.candidates[0]
        return Choice(Decision.ANSWER, sure, f"evidence in {best.article.path}")
    features = evidence.features
    foreign = features.known < _FOREIGN_KNOWN and features.similarity < _FOREIGN_SIMILARITY
    reason = HandoffReason.OUT_OF_SCOPE if foreign else HandoffReason.NO_EVIDENCE
    why = f"confidence {sure:.2f} is below {settings.answer_confidence:.2f}"
    return Choice(Decision.HANDOFF, sure, why, handoff=reason)
