"""Thresholds of confidence for one help center, chosen on its golden set.

Each question is tried with an agent that always answers. What it does not answer even then (a rule
hands over, a procedure begins, it has to ask which of several cases it is) is settled whatever the
thresholds are; of all others the model's log-odds are kept. From these the chance that an answer is
due is fitted (Platt 1999, cross-validated), and the thresholds are chosen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import log

import numpy as np

from agent.answers.calibration import Calibration, model_name
from agent.types import Decision, Turn
from eval.golden.case import Case

POINTS = tuple(round(0.05 * step, 2) for step in range(1, 20))
FEWEST, FEWEST_HANDOFFS = 50, 15
_FOLDS = 5
# Log-odds of chances that are 0 or 1 once they are rounded.
_FARTHEST = 10.0
ALWAYS = Calibration(answer=0.0, clarify=0.0, model=model_name())
"""With it an agent answers whenever nothing else is settled."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A case tried. `raw` is None where the thresholds have no say, and `settled` tells what is
    done then; `elsewhere` says that the answer is from none of the case's articles."""

    case: Case
    raw: float | None
    settled: Decision | None
    elsewhere: bool = False

    @property
    def right(self) -> bool:
        """Whether an answer is due."""
        return self.case.decision is Decision.ANSWER

    @property
    def due(self) -> bool:
        """Whether a person is due."""
        return self.case.decision is Decision.HANDOFF


@dataclass(frozen=True, slots=True)
class Point:
    """What a threshold does, in counts: `answered` of `cases`, to `wrong` of these no answer was
    due, and `elsewhere` more are from another article; below it all are handed over: `handed` in
    all, `rightly` of these, of `due`; `kept` of those due are not answered."""

    threshold: float
    cases: int
    answered: int
    wrong: int
    elsewhere: int
    handed: int
    rightly: int
    due: int
    kept: int


@dataclass(frozen=True, slots=True)
class Targets:
    """What is asked for: share of the answers that are due, share of the handoffs due that are not
    answered instead, and share of the handoffs made at once that are due."""

    answers: float = 0.9
    handoffs: float = 0.95
    sure: float = 0.9


@dataclass(frozen=True)
class Calibrated:
    """The calibration, the points it was chosen from (cross-validated), and what to mind."""

    calibration: Calibration
    points: tuple[Point, ...]
    why: tuple[str, ...]
    warnings: tuple[str, ...]


def tried(case: Case, turn: Turn) -> Trial:
    """A case and the turn of an agent with `ALWAYS`."""
    if turn.decision is not Decision.ANSWER or not turn.citations:
        return Trial(case, None, turn.decision)
    chance = turn.confidence
    raw = log(chance / (1 - chance)) if 0 < chance < 1 else _FARTHEST * (1 if chance else -1)
    paths = {citation.path for citation in turn.citations}
    return Trial(case, raw, None, bool(case.articles) and not paths & set(case.articles))


def calibrate(trials: Sequence[Trial], targets: Targets) -> Calibrated:
    """Chooses on the cases that are due an answer or a handoff; those due anything else only
    count where the thresholds have no say. Warns rather than fails where there are few."""
    counted = [it for it in trials if it.case.decision in (Decision.ANSWER, Decision.HANDOFF)]
    open_ones = [it for it in counted if it.raw is not None]
    slope, intercept = _fit(open_ones)
    chances = _held_out(open_ones)
    points = tuple(_point(counted, chances, threshold) for threshold in POINTS)
    answer, why_answer = _answer_from(points, targets)
    clarify, why_clarify = _clarify_from(points, answer, targets)
    calibration = Calibration(
        answer=answer,
        clarify=clarify,
        slope=round(slope, 4),
        intercept=round(intercept, 4),
        model=model_name(),
        made={
            "cases": len(counted),
            "handoffs_due": sum(it.due for it in counted),
            "targets": {
                "answers": targets.answers,
                "handoffs": targets.handoffs,
                "sure": targets.sure,
            },
        },
    )
    return Calibrated(calibration, points, (why_answer, why_clarify), _warnings(counted))


def _fit(trials: Sequence[Trial]) -> tuple[float, float]:
    """Slope and intercept; the model as it is where the cases can't tell."""
    from sklearn.linear_model import LogisticRegression

    right = np.array([it.right for it in trials])
    if len(trials) < _FOLDS or right.all() or not right.any():
        return 1.0, 0.0
    raw = np.array([[it.raw] for it in trials], dtype=float)
    fitted = LogisticRegression(C=1.0).fit(raw, right)
    slope = float(fitted.coef_[0][0])
    return (slope, float(fitted.intercept_[0])) if slope > 0 else (1.0, 0.0)


def _held_out(trials: Sequence[Trial]) -> dict[str, float]:
    """Case id to the chance that was fitted without the case's fold."""
    chances = {}
    for fold in range(_FOLDS):
        slope, intercept = _fit([it for it in trials if _fold(it.case) != fold])
        fitted = Calibration(answer=1, clarify=1, slope=slope, intercept=intercept)
        for it in trials:
            if _fold(it.case) == fold and it.raw is not None:
                chances[it.case.id] = fitted.chance(it.raw)
    return chances


def _fold(case: Case) -> int:
    return sha256(case.id.encode()).digest()[0] % _FOLDS


def _point(trials: Sequence[Trial], chances: dict[str, float], threshold: float) -> Point:
    def answers(it: Trial) -> bool:
        return it.case.id in chances and chances[it.case.id] >= threshold

    def hands_over(it: Trial) -> bool:
        below = it.case.id in chances and chances[it.case.id] < threshold
        return below or it.settled is Decision.HANDOFF

    answered = [it for it in trials if answers(it)]
    handed = [it for it in trials if hands_over(it)]
    return Point(
        threshold,
        len(trials),
        len(answered),
        sum(not it.right for it in answered),
        sum(it.right and it.elsewhere for it in answered),
        len(handed),
        sum(it.due for it in handed),
        sum(it.due for it in trials),
        sum(it.due for it in trials) - sum(it.due for it in answered),
    )


def _answer_from(points: Sequence[Point], targets: Targets) -> tuple[float, str]:
    def meets(point: Point) -> bool:
        right = point.answered - point.wrong
        return right >= targets.answers * point.answered and _kept(point) >= targets.handoffs

    found = next((point for point in points if point.answered and meets(point)), None)
    if found:
        threshold = _middle(found, points)
        return threshold, (
            f"answers from {threshold:g}, amid the lowest where at least {targets.answers:.0%} "
            f"of the answers are due and {targets.handoffs:.0%} of those due a person are not "
            "answered instead"
        )
    best = max(points, key=lambda point: (_score(point), -point.threshold))
    threshold = _middle(best, points)
    return threshold, (
        f"answers from {threshold:g}: no threshold meets both targets; here the share of "
        "right answers and that of those due a person who are not answered are best together"
    )


def _clarify_from(points: Sequence[Point], answer: float, targets: Targets) -> tuple[float, str]:
    def meets(point: Point) -> bool:
        return point.threshold <= answer and point.rightly >= targets.sure * point.handed

    best = max(filter(meets, points), key=lambda point: point.threshold, default=None)
    if best is None:
        lowest = min(points[0].threshold, answer)
        return lowest, (
            f"asks from {lowest:.2f}: below no threshold are {targets.sure:.0%} of the handoffs due"
        )
    return best.threshold, (
        f"asks one clarifying question from {best.threshold:.2f}: the highest below which at "
        f"least {targets.sure:.0%} of the handoffs are due"
    )


def _middle(chosen: Point, points: Sequence[Point]) -> float:
    """Halfway through the thresholds that do exactly the same: farthest from what would change."""
    same = [
        point.threshold
        for point in points
        if (point.answered, point.wrong) == (chosen.answered, chosen.wrong)
    ]
    return round((same[0] + same[-1]) / 2, 3)


def _kept(point: Point) -> float:
    """Share of those due a person that are not answered instead."""
    return point.kept / point.due if point.due else 1.0


def _score(point: Point) -> float:
    """Both shares together, each of its own cases."""
    answerable = point.cases - point.due
    return (point.answered - point.wrong) / max(1, answerable) + _kept(point)


def _warnings(trials: Sequence[Trial]) -> tuple[str, ...]:
    found = []
    due = sum(it.due for it in trials)
    if len(trials) < FEWEST:
        found.append(
            f"{len(trials)} cases are too few to trust these thresholds; have at least {FEWEST}"
        )
    if due < FEWEST_HANDOFFS:
        found.append(
            f"{due} cases due a person are too few to tell when to hand over; "
            f"have at least {FEWEST_HANDOFFS}"
        )
    return tuple(found)
