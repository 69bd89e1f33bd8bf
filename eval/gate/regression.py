"""No worse than what is live: a candidate's cases against the same cases of the live release."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from eval.gate.comparison import Comparison, Row, compare
from eval.gate.rules.naming import said, shorten
from eval.gate.verdict import Check, Failing, Rule

REGRESSION = "regression"


def check_regression(
    before: Sequence[Row], after: Sequence[Row], p: float, informing: Collection[str] = ()
) -> Check:
    """One rule over every metric: none fell by more than chance explains at level `p`, which is
    divided among the metrics (Bonferroni's correction: with ten of them, one in twenty would fall
    by chance every other time). Names each case that got worse in a metric that fell, with what
    was said before and after. A fall of an `informing` metric is told, and refuses nothing; so
    does a score of any other that could not be computed for the live release: nobody knows
    whether it fell."""
    found = compare(before, after)
    level = p / max(1, sum(bool(item.worse or item.better) for item in found))
    every = [item for item in found if item.is_regression(level)]
    fell = [item for item in every if item.metric not in informing]
    shared = max((item.n for item in found), default=0)
    was, now = ({row["id"]: row for row in rows} for rows in (before, after))
    unknown = list(_unknown(before, now, informing))
    reasons = [describe(item) for item in fell]
    if unknown:
        reasons.append(f"{len(unknown)} scores of the live release could not be computed")
    rule = Rule(
        REGRESSION,
        passed=not reasons,
        reason="; ".join(reasons) or _fine(found),
        n=shared,
        failed=len(unknown),
        group="change",
    )
    return Check(
        rule,
        (*(item for one in fell for item in _worse(one, was, now)), *unknown),
        tuple(f"Informs only: {describe(item)}." for item in every if item not in fell),
    )


def describe(item: Comparison) -> str:
    """A sentence with both tests' numbers."""
    low, high = item.interval
    return (
        f"{item.metric.replace('_', ' ')} fell from {item.before:.3f} to {item.after:.3f} "
        f"(by {low:+.3f} to {high:+.3f}, paired bootstrap p {item.bootstrap_p:.4f}; "
        f"McNemar p {item.mcnemar_p:.4f}; n {item.n}, "
        f"{len(item.worse)} worse, {len(item.better)} better)"
    )


def _fine(found: Sequence[Comparison]) -> str:
    if not found:
        return "nothing to compare with the live release"
    moved = [item for item in found if item.worse]
    if not moved:
        return "no case is worse than in the live release"
    largest = max(moved, key=lambda item: len(item.worse))
    return f"within chance; most moved: {describe(largest).replace(' fell ', ' went ')}"


def _unknown(
    before: Sequence[Row], now: Mapping[str, Row], informing: Collection[str]
) -> Iterator[Failing]:
    """What has a score now, and none to be held against since it could not be computed."""
    for old in before:
        new = now.get(old["id"])
        for metric, why in old.get("failures", {}).items():
            if metric in informing or new is None or new["scores"].get(metric) is None:
                continue
            yield Failing(
                metric=REGRESSION,
                case_id=old["id"],
                question=shorten(new["question"]),
                expected=new["expected"],
                got=said(new),
                why=f"{metric} of the live release could not be computed: {shorten(why)}",
                before=said(old),
            )


def _worse(item: Comparison, was: Mapping[str, Row], now: Mapping[str, Row]) -> Iterator[Failing]:
    for case in item.worse:
        old, new = was[case], now[case]
        yield Failing(
            metric=REGRESSION,
            case_id=case,
            question=shorten(new["question"]),
            expected=new["expected"],
            got=said(new),
            why=f"{item.metric} {old['scores'][item.metric]:.2f} before, "
            f"{new['scores'][item.metric]:.2f} now",
            score=new["scores"][item.metric],
            before=said(old),
        )
