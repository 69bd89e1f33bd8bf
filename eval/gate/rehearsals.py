"""Conversations written beside procedures, as a rule of the gate."""

from collections.abc import Sequence
from dataclasses import dataclass

from agent.rehearsal.script import Difference
from eval.gate.verdict import Check, Failing, Rule

PROCEDURES = "procedures"


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One conversation of a procedure that was played; no difference: all went as written."""

    procedure: str
    title: str
    differences: tuple[Difference, ...] = ()


def check_rehearsals(played: Sequence[Rehearsed]) -> Check:
    """Passes when every conversation went as it is written; each that did not is named with the
    first thing that differed and what was said instead."""
    wrong = [item for item in played if item.differences]
    reason = f"{len(wrong)} of {len(played)} went otherwise than written" if wrong else ""
    score = (len(played) - len(wrong)) / len(played) if played else None
    return Check(
        Rule(
            PROCEDURES,
            passed=not wrong,
            reason=reason or ("" if played else "no conversations are written"),
            score=score,
            threshold=1.0,
            n=len(played),
        ),
        tuple(_failing(item) for item in wrong),
    )


def _failing(item: Rehearsed) -> Failing:
    first = item.differences[0]
    return Failing(
        metric=PROCEDURES,
        case_id=item.procedure,
        question=item.title,
        expected=f"as written in line {first.line} of {item.procedure}.test.md",
        got=first.said,
        why="; ".join(difference.message for difference in item.differences),
        score=0.0,
    )
