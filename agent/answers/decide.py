"""Answer, ask, or hand over: decided on the evidence alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.answers.calibration import Calibration
from agent.answers.choices import choices, headings
from agent.answers.evidence import Evidence
from agent.types import Decision, HandoffReason

# Below both, the question is about something else altogether.
_FOREIGN_KNOWN, _FOREIGN_SIMILARITY = 0.5, 0.3
# Something is pointed at, and nothing in the message says what.
_POINTS = re.compile(r"\b(?:it|its|it's|this|that|these|those|they|them)\b")
_NAMED = re.compile(
    r"\b(?:my|our|the|your|an?|this|that|these|those) (?!same\b|other\b|one\b)[a-z][\w-]+"
)
_FEW = 1


@dataclass(frozen=True, slots=True)
class Choice:
    """The decision; `options` for a clarifying question, `handoff` for a handover. `unsure` is
    how often in a row the agent has not been sure by then."""

    decision: Decision
    confidence: float
    reason: str
    options: tuple[str, ...] = ()
    handoff: HandoffReason | None = None
    unsure: int = 0


def decide(
    evidence: Evidence, calibration: Calibration, unsure: int = 0, *, picked: bool = False
) -> Choice:
    """What the turn does, with its reason in an operator's words. `unsure` counts the turns right
    before in which the agent was not sure; the second in a row hands over. `picked` says that the
    customer chose this evidence: then it answers from where it would ask otherwise."""
    sure = calibration.confidence(evidence.features)
    if not evidence.question.weights:
        return ask(sure, "the message names no subject", (), unsure)
    if not picked and is_vague(evidence):
        why = "the message does not say what it is about"
        return ask(sure, why, headings(evidence.candidates), unsure)
    options = () if picked else choices(evidence.question.text, evidence.candidates)
    if sure >= calibration.clarify and options:
        return Choice(Decision.CLARIFY, sure, "the evidence depends on a choice", options)
    if sure >= (calibration.clarify if picked else calibration.answer):
        best = evidence.candidates[0]
        return Choice(
            Decision.ANSWER, sure, f"confidence {sure:.2f}: evidence in {best.article.path}"
        )
    if sure >= calibration.clarify:
        why = f"confidence {sure:.2f} is below {calibration.answer:.2f}, where it answers"
        return ask(sure, why, headings(evidence.candidates), unsure)
    features = evidence.features
    foreign = features.known < _FOREIGN_KNOWN and features.similarity < _FOREIGN_SIMILARITY
    reason = HandoffReason.OUT_OF_SCOPE if foreign else HandoffReason.NO_EVIDENCE
    why = f"confidence {sure:.2f} is below {calibration.clarify:.2f}, where it asks"
    return Choice(Decision.HANDOFF, sure, why, handoff=reason)


def is_vague(evidence: Evidence) -> bool:
    """Whether the message points at something that it does not name: at most one word of its own,
    a pronoun, and no thing with an article before it."""
    text = " ".join(evidence.question.text.lower().replace("’", "'").split())
    few = len(evidence.question.weights) <= _FEW
    return few and bool(_POINTS.search(text)) and not _NAMED.search(text)


def ask(sure: float, why: str, options: Sequence[str], unsure: int) -> Choice:
    """One clarifying question, or a person when the agent was not sure right before."""
    if unsure:
        again = f"{why}, for the second time in a row"
        return Choice(Decision.HANDOFF, sure, again, handoff=HandoffReason.LOW_CONFIDENCE)
    return Choice(Decision.CLARIFY, sure, why, tuple(options), unsure=unsure + 1)
