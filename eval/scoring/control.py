"""Cases of known outcome, by which a metric is tried before its scores are believed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from agent.types import Attempt, Citation, Decision, Turn
from eval.golden.case import Case
from eval.scoring.evaluation import CaseResult

QUESTION = "How long does a refund take?"
REFUND = "Refunds reach your account within 14 days of the return."
SHIPPING = "Orders leave our warehouse on the next working day."
_WHEN = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Control:
    """A case, and from where to where its score must lie. `told` says what is odd or right about
    it, to end a sentence such as `grounding gave 1.00 to …`."""

    told: str
    result: CaseResult
    low: float
    high: float


def right(told: str, result: CaseResult, low: float = 1.0, high: float = 1.0) -> Control:
    """A case that must score full marks."""
    return Control(told, result, low, high)


def wrong(told: str, result: CaseResult, high: float = 0.0, low: float = 0.0) -> Control:
    """A case that must score nothing."""
    return Control(told, result, low, high)


def answer(
    text: str = REFUND,
    quotes: Sequence[str] = (REFUND,),
    retrieved: Sequence[str] = ("refunds.md", "shipping.md"),
    **due: Any,
) -> CaseResult:
    """A question about refunds that was answered with this text, citing these quotes. It was due
    this answer from `refunds.md`, or what `due` says: fields of a `Case`."""
    turn = _turn(Decision.ANSWER, text, retrieved)
    cited = tuple(_cite(quote, place) for place, quote in enumerate(quotes))
    return _result(_case(**due), replace(turn, citations=cited))


def handoff(retrieved: Sequence[str] = (), **due: Any) -> CaseResult:
    """The same question, handed over to a person."""
    return _result(_case(**due), _turn(Decision.HANDOFF, "A person will help you.", retrieved))


def acted(*calls: tuple[str, Mapping[str, str]], **due: Any) -> CaseResult:
    """A conversation in which these actions were carried out on a backend that was as it should
    be in the end."""
    done = tuple(Attempt(action, arguments, "done", "") for action, arguments in calls)
    result = _result(_case(**due), replace(_turn(Decision.ACTION, "Done.", ()), attempts=done))
    return replace(result, changed=done, end_state_differences=())


def _case(**due: Any) -> Case:
    usual = Case(
        id="control",
        question=QUESTION,
        decision=Decision.ANSWER,
        reference=REFUND,
        articles=("refunds.md",),
    )
    return replace(usual, **due)


def _turn(decision: Decision, text: str, retrieved: Sequence[str]) -> Turn:
    return Turn(
        id="control",
        conversation_id="control",
        question=QUESTION,
        decision=decision,
        text=text,
        confidence=1.0,
        reason="a control",
        created_at=_WHEN,
        retrieved=tuple(retrieved),
    )


def _cite(quote: str, place: int) -> Citation:
    """All of one article, one after the other."""
    start = 1_000 * place
    return Citation(
        "control:refunds.md", "refunds.md", "Refunds", None, quote, start, start + len(quote)
    )


def _result(case: Case, turn: Turn) -> CaseResult:
    asked = replace(turn, question=case.question)
    return CaseResult(case, asked, 1.0, turns=(asked,))
