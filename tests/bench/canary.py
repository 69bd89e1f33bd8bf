"""How often the canary's rule errs, and how long it takes: `python -m tests.bench.canary`.

Canaries are made up conversation by conversation, and looked at after every one of the candidate's.
Four signals are compared as in the product. Seeds are set: the table is the same on every run.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

import numpy as np

from agent.canary.canary import Action, Reading
from agent.canary.comparison import Count
from agent.canary.rule import compared, decide_on
from agent.canary.signals import SIGNALS
from kb.settings import CanarySettings
from tests.bench.measure import show

# Shares of conversations that show each signal: what is usual, a quiet and a busy help center.
USUAL, QUIET, BUSY = (0.25, 0.04, 0.06, 0.002), (0.05, 0.01, 0.02, 0.0), (0.5, 0.1, 0.15, 0.01)
RUNS = 200
_SEED = 20_261_122


def measure(runs: int = RUNS) -> None:
    """A line for each pair of live release and candidate."""
    rules = CanarySettings()
    rows = [_row(name, live, candidate, rules, runs) for name, live, candidate in _pairs()]
    show(
        f"Canaries: {runs} each, looked at after every conversation of the candidate "
        f"(share {rules.share:g}, alpha {rules.alpha:g}, margin {rules.margin:g}, "
        f"{rules.least} to {rules.most} conversations)",
        ("candidate", "withdrawn as worse", "not shown safe", "promoted", "conversations, median"),
        rows,
    )


def outcome(
    live: Sequence[float], candidate: Sequence[float], rules: CanarySettings, seed: int
) -> tuple[str, int]:
    """How one canary ends, and after how many conversations of the candidate."""
    rng = np.random.default_rng(seed)
    beside = rng.geometric(rules.share, rules.most) - 1  # of the live release, before each one
    had = np.cumsum(beside)
    shown_live = np.cumsum([rng.binomial(beside, share) for share in live], axis=1)
    shown = np.cumsum([rng.random(rules.most) < share for share in candidate], axis=1)
    for n in range(1, rules.most + 1):
        counts = zip(SIGNALS, shown_live[:, n - 1], shown[:, n - 1], strict=True)
        before = int(had[n - 1])
        readings = [
            Reading(signal, Count(int(k0), before), Count(int(k1), n)) for signal, k0, k1 in counts
        ]
        action, why = decide_on(compared(readings, rules), rules)
        if action is Action.WITHDRAW:
            return ("worse" if why.startswith("worse") else "unsure"), n
        if action is Action.PROMOTE:
            return "promoted", n
    raise AssertionError("a canary ends after the most conversations at the latest")


def _pairs() -> Iterator[tuple[str, Sequence[float], Sequence[float]]]:
    for name, live in (("usual", USUAL), ("quiet", QUIET), ("busy", BUSY)):
        yield f"as good ({name})", live, live
    yield "5 points more handed over (usual)", USUAL, (USUAL[0] + 0.05, *USUAL[1:])
    yield "10 points more handed over (usual)", USUAL, (USUAL[0] + 0.1, *USUAL[1:])
    yield "10 points more thumbs down (usual)", USUAL, (USUAL[0], USUAL[1] + 0.1, *USUAL[2:])
    yield "10 points more asked again (quiet)", QUIET, (*QUIET[:2], QUIET[2] + 0.1, QUIET[3])
    yield "5 points fewer handed over (usual)", USUAL, (USUAL[0] - 0.05, *USUAL[1:])


def _row(
    name: str, live: Sequence[float], candidate: Sequence[float], rules: CanarySettings, runs: int
) -> tuple[object, ...]:
    ends = [outcome(live, candidate, rules, _SEED + run) for run in range(runs)]
    counts = Counter(end for end, _ in ends)
    shares = [f"{counts[end] / runs:.1%}" for end in ("worse", "unsure", "promoted")]
    return (name, *shares, f"{median(n for _, n in ends):.0f}")


if __name__ == "__main__":
    measure()
