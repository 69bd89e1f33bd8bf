"""How likely the evidence answers the question: two logistic models over its features.

At a glance search's own figures are enough for most questions; those that they leave open are
looked at closer, word by word, which costs time. Both were fitted by tests/bench/fit_confidence.py,
which says on what, and prints how they do on a help center that they have not seen.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from agent.answers.evidence import Features


@dataclass(frozen=True)
class Model:
    """Log-odds: the intercept and a weight a feature."""

    intercept: float
    weights: Mapping[str, float]

    def of(self, values: Mapping[str, float]) -> float:
        return self.intercept + sum(weight * values[name] for name, weight in self.weights.items())


GLANCE = Model(-7.45, {"similarity": 6.63, "neighbours": 2.71, "coverage": 3.69, "names": 1.73})
LOOK = Model(
    -8.08,
    {"similarity": 4.46, "coverage": 0.93, "meaning": 2.15, "sentence": 4.78, "strangest": 2.5},
)
# Log-odds at a glance between which a closer look is taken: outside it changes little.
_HOPELESS, _CLEAR = -3.5, 2.0


def values(features: Features) -> dict[str, float]:
    """Every feature by name; those of a closer look only after one."""
    found = {
        "similarity": features.similarity,
        "neighbours": features.neighbours,
        "coverage": features.coverage,
        "names": features.names,
    }
    like = features.likeness
    if like:
        found |= {
            "meaning": like.meaning,
            "sentence": like.sentence,
            "strangest": like.strangest,
        }
    return found


def logit(features: Features) -> float | None:
    """The log-odds that the evidence answers; None without evidence."""
    if features.similarity == 0.0:
        return None
    return (LOOK if features.likeness else GLANCE).of(values(features))


def is_open(features: Features) -> bool:
    """Whether a closer look may change the decision."""
    if features.similarity == 0.0:
        return False
    return _HOPELESS < GLANCE.of(values(features)) < _CLEAR
