"""Cases, turns and an agent with fixed answers, for tests of the evaluation."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256

import numpy as np

from agent.types import Citation, Decision, Turn
from eval.golden.case import Case
from eval.scoring.evaluation import CaseResult
from kb.ports import Matrix, Progress, Vector

NOW = datetime(2026, 3, 1, tzinfo=UTC)
REFUND = "We refund the full price within 30 days of delivery."


def cite(quote: str, path: str = "refunds.md") -> Citation:
    return Citation(f"test:{path}", path, "Refunds", None, quote, 0, len(quote))


def answer(
    question: str = "How do I get a refund?",
    text: str = REFUND,
    quotes: tuple[str, ...] = (REFUND,),
    retrieved: tuple[str, ...] = ("refunds.md", "shipping.md"),
) -> Turn:
    return turn(question, Decision.ANSWER, text, quotes, retrieved)


def handoff(question: str = "Who won the match?") -> Turn:
    return turn(question, Decision.HANDOFF, "A person will help you.", (), ("refunds.md",))


def turn(
    question: str,
    decision: Decision,
    text: str,
    quotes: tuple[str, ...],
    retrieved: tuple[str, ...],
) -> Turn:
    return Turn(
        id="turn",
        conversation_id="conversation",
        question=question,
        decision=decision,
        text=text,
        confidence=0.8,
        reason="confidence 0.80",
        created_at=NOW,
        citations=tuple(cite(quote) for quote in quotes),
        retrieved=retrieved,
    )


def answer_case(name: str, question: str = "How do I get a refund?", weight: float = 1.0) -> Case:
    return Case(
        id=name,
        question=f"{question} ({name})",
        decision=Decision.ANSWER,
        reference=REFUND,
        articles=("refunds.md",),
        weight=weight,
    )


def handoff_case(name: str) -> Case:
    return Case(name, f"Who won the match? ({name})", Decision.HANDOFF, reason="out_of_scope")


def golden_set(answers: int = 8, handoffs: int = 4) -> list[Case]:
    return [
        *(answer_case(f"answer-{number}") for number in range(answers)),
        *(handoff_case(f"handoff-{number}") for number in range(handoffs)),
    ]


class FixedAgent:
    """Says of each question what it was told to, else what is right for those cases."""

    def __init__(self, said: Mapping[str, Turn | Exception] | None = None) -> None:
        self._said = dict(said or {})

    def answer(self, question: str) -> Turn:
        name = question.rsplit("(", 1)[-1].rstrip(")")
        said = self._said.get(name)
        if isinstance(said, Exception):
            raise said
        if said is not None:
            return said
        return handoff(question) if name.startswith("handoff") else answer(question)

    def play(self, case: Case) -> CaseResult:
        """As a player of cases."""
        try:
            turn = self.answer(case.question)
        except Exception as error:  # noqa: BLE001 whatever a test has it raise
            return CaseResult(case, None, 1.0, error=f"{type(error).__name__}: {error}")
        return CaseResult(case, turn, 1.0, turns=(turn,))


class WordEncoder:
    """An `Encoder` by shared words: the cosine of two texts grows with the words they share."""

    fingerprint = "words-1"
    dimension = 256

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Matrix:
        return np.stack([self.encode_query(text) for text in texts])

    def encode_query(self, text: str) -> Vector:
        vector = np.full(self.dimension, 1e-6, dtype=np.float32)
        for word in text.lower().split():
            vector[sha256(word.encode()).digest()[0]] += 1
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)
