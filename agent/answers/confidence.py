"""How likely the evidence answers the question: a logistic model over its features.

The coefficients were fitted as `tests/bench/fit_confidence.py` does, on 162 questions put to
their own one of three public help centers (answerable), and on those of the other two, 400 of
CLINC150 and 245 of Stack Exchange put to each (not answerable).
Fitted on two centers and tried on the third, the AUROC was 0.987, 0.967 and 0.993,
and 0.948, 0.930 and 0.981 on other centers' questions alone.
"""

from math import exp

from agent.answers.evidence import Features

INTERCEPT = -8.42
WEIGHTS = {"similarity": 6.02, "neighbours": 6.45, "coverage": 4.70, "names": 0.78}


def confidence(features: Features) -> float:
    """The chance that the evidence answers the question, in [0, 1]; 0 without evidence."""
    if features.similarity == 0.0:
        return 0.0
    logit = INTERCEPT + sum(
        weight * float(getattr(features, name)) for name, weight in WEIGHTS.items()
    )
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, logit))))
