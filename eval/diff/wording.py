"""What a comparison of a metric allows to say, and no more."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.gate.comparison import LEAST_MOVED, Comparison, mcnemar

_ALPHA = 0.05
# A certain change that is smaller is told as such: the gate does not mind it.
_SMALL = 0.01


@dataclass(frozen=True, slots=True)
class Standing:
    """`direction` is fell, rose or unclear, or same where no case moved. `text` says it in a few
    words."""

    direction: str
    text: str


def level_of(metrics: Sequence[Comparison], alpha: float = _ALPHA) -> float:
    """The level at which one metric is judged: `alpha` divided among those in which a case moved
    (Bonferroni's correction)."""
    return alpha / max(1, sum(bool(item.worse or item.better) for item in metrics))


def standing(item: Comparison, level: float) -> Standing:
    """Fell or rose only where five cases or more did, and the interval and the test agree that
    chance does not explain it."""
    moved = len(item.worse) + len(item.better)
    if not moved:
        return Standing("same", "no case moved")
    small = f", by less than {_SMALL:g}" if abs(item.difference) < _SMALL else ""
    many = len(item.worse) >= LEAST_MOVED, len(item.better) >= LEAST_MOVED
    if many[0] and item.interval[1] < 0 and item.p_value < level:
        return Standing("fell", f"fell by more than chance explains{small}")
    if many[1] and item.interval[0] > 0 and _p_better(item) < level:
        return Standing("rose", f"rose by more than chance explains{small}")
    if moved < LEAST_MOVED:
        cases = "1 case" if moved == 1 else f"{moved} cases"
        return Standing("unclear", f"{cases} moved: too few to tell it from chance")
    return Standing("unclear", "not told from chance")


def _p_better(item: Comparison) -> float:
    """One-sided, for better."""
    if item.test == "McNemar":
        return mcnemar(len(item.better), len(item.worse))
    return item.rise_p
