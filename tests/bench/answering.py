"""How well the agent knows what it can answer, without a language model.

    python -m tests.bench.answering --data DIR

For each help center with questions (`tests/bench/exam.py`): what becomes of its own questions, how
many answers come from the right article, and what becomes of other centers' questions and of
foreign ones, none of which may be answered. The AUROC is of the confidence that tells own
questions from others'. Thresholds are those that ship. A question that is asked back is counted
apart: it is neither an answer nor a handover.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sklearn.metrics import roc_auc_score

from agent.agent import Agent
from agent.types import Decision, Turn
from eval.interval import mean_interval
from kb.build import Workspace
from kb.environment import quiet_libraries
from kb.settings import AgentSettings
from tests.agent.fakes import MemoryConversations
from tests.bench.centers import workspace
from tests.bench.exam import Exam, find_exams, foreign_questions, open_exam
from tests.bench.measure import show

_HEADER = ("", "questions", "answered", "from the right article", "asked back", "handed over")
_POINTS = tuple(round(0.05 * step, 2) for step in range(4, 19))
_AREAS = ("", "others' questions", "foreign questions")


@dataclass(frozen=True)
class Asked:
    """Turns of one agent: of its own questions with the articles that answer each, of other
    centers' questions, and of foreign ones."""

    name: str
    own: Sequence[tuple[Turn, frozenset[str]]]
    others: Sequence[Turn]
    foreign: Sequence[Turn]


def main(argv: Sequence[str] | None = None) -> None:
    """Prints both tables."""
    parser = argparse.ArgumentParser("python -m tests.bench.answering", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, help="folder that is kept between runs")
    options = parser.parse_args(argv)
    quiet_libraries()
    with ExitStack() as stack:
        work = options.work or Path(stack.enter_context(TemporaryDirectory()))
        space = workspace(work)
        exams = find_exams(options.data, space)
        foreign = foreign_questions(options.data)
        asked = [_ask(exam, exams, foreign, space) for exam in exams]
    both = Asked(
        "all together",
        [pair for item in asked for pair in item.own],
        [turn for item in asked for turn in item.others],
        [turn for item in asked for turn in item.foreign],
    )
    settings = AgentSettings.model_validate({})
    show(
        f"Questions of this center and of others, answered from confidence "
        f"{settings.answer_confidence:g}, asked back from {settings.clarify_confidence:g} "
        "(95 % intervals)",
        _HEADER,
        [row for item in [*asked, both] for row in _rows(item)],
    )
    show("Confidence at least", ("", "own", "others", "foreign"), _curve(both))
    show(
        "AUROC of confidence: own questions against", _AREAS, [_areas(it) for it in [*asked, both]]
    )


def _ask(exam: Exam, exams: Sequence[Exam], foreign: Sequence[str], space: Workspace) -> Asked:
    agent = Agent(open_exam(exam, space), MemoryConversations(), space.settings.agent)
    others = [put.text for other in exams if other is not exam for put in other.questions]
    return Asked(
        exam.name,
        [(agent.answer(put.text), put.relevant) for put in exam.questions],
        [agent.answer(text) for text in others],
        [agent.answer(text) for text in foreign],
    )


def _rows(asked: Asked) -> list[tuple[str, ...]]:
    own = [turn for turn, _ in asked.own]
    answers = [(turn, right) for turn, right in asked.own if turn.decision is Decision.ANSWER]
    right = sum(bool({it.path for it in turn.citations} & paths) for turn, paths in answers)
    return [
        _row(f"{asked.name}: its own", own, _share(right, len(answers))),
        _row("  other centers'", asked.others, ""),
        _row("  foreign", asked.foreign, ""),
    ]


def _row(name: str, turns: Sequence[Turn], right: str) -> tuple[str, ...]:
    count = Counter(turn.decision for turn in turns)
    kinds = (Decision.ANSWER, Decision.CLARIFY, Decision.HANDOFF)
    answered, asked, handed = (_share(count[kind], len(turns)) for kind in kinds)
    return name, str(len(turns)), answered, right, asked, handed


def _share(part: int, whole: int) -> str:
    if not whole:
        return "–"
    low, high = mean_interval([1.0] * part + [0.0] * (whole - part), [1.0] * whole)
    return f"{part} ({part / whole:.2f}; {low:.2f} to {high:.2f})"


def _curve(asked: Asked) -> list[tuple[str, ...]]:
    groups = ([turn for turn, _ in asked.own], asked.others, asked.foreign)
    return [
        (
            f"{point:.2f}",
            *(_share(sum(_sure(it) >= point for it in turns), len(turns)) for turns in groups),
        )
        for point in _POINTS
    ]


def _areas(asked: Asked) -> tuple[str, ...]:
    own = [_sure(turn) for turn, _ in asked.own]
    areas = [
        f"{roc_auc_score([1] * len(own) + [0] * len(turns), own + [_sure(it) for it in turns]):.3f}"
        if own and turns
        else "–"
        for turns in (asked.others, asked.foreign)
    ]
    return asked.name, *areas


def _sure(turn: Turn) -> float:
    """A handover by rule is sure of itself, not of an answer."""
    return 0.0 if turn.decision is Decision.HANDOFF and turn.confidence == 1.0 else turn.confidence


if __name__ == "__main__":
    main()
