"""How reliably a scenario passes: pass^k."""

from collections.abc import Sequence
from math import comb


def pass_hat(passed: int, trials: int, k: int) -> float | None:
    """The chance that all `k` of `k` independent trials of one scenario pass, in [0, 1], estimated
    without bias from `passed` of `trials`: C(passed, k) / C(trials, k). None where fewer than `k`
    trials were run.

    Source: Yao, Shinn, Razavi, Narasimhan: "τ-bench: A Benchmark for Tool-Agent-User Interaction
    in Real-World Domains" (2024), arXiv:2406.12045, section 3. Unlike pass@k, which asks for one
    success in k tries, it falls as k grows: what is right only sometimes can't be relied on.
    """
    if not 0 <= passed <= trials:
        raise ValueError(f"{passed} of {trials} trials can't have passed")
    if k < 1:
        raise ValueError("k is at least 1")
    return None if trials < k else comb(passed, k) / comb(trials, k)


def mean_pass_hat(counts: Sequence[tuple[int, int]], k: int) -> float | None:
    """The mean over scenarios, each as (passed, trials). None where one has fewer than `k` trials,
    and for no scenario."""
    shares = [pass_hat(passed, trials, k) for passed, trials in counts]
    known = [share for share in shares if share is not None]
    return sum(known) / len(known) if known and len(known) == len(shares) else None
