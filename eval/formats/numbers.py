"""How numbers of rules are written, the same in every format."""

from eval.gate.verdict import Rule
from eval.interval import Interval

# Rules whose score counts or measures; all others are shares.
_COUNTS = frozenset({"cases", "new_findings"})
_MS = frozenset({"answer_p95_ms", "slower"})
_FREE = frozenset({"cost_per_case"})
NOTHING = "–"


def title(rule: Rule) -> str:
    """The rule's name in words."""
    metric, at, part = rule.metric.partition("@")
    return f"{metric.replace('_', ' ')}{' of ' if at else ''}{part}"


def score(rule: Rule, value: float | None) -> str:
    """A value of this rule: a count, milliseconds, money or a share with three decimals."""
    if value is None:
        return NOTHING
    if rule.metric in _COUNTS | _MS:
        return f"{value:.0f}"
    return f"{value:g}" if rule.metric in _FREE else f"{value:.3f}"


def floor(rule: Rule) -> str:
    """What it is held to."""
    if rule.threshold is None:
        return NOTHING
    return f"{rule.threshold:.0f}" if rule.metric in _COUNTS | _MS else f"{rule.threshold:g}"


def interval(rule: Rule) -> str:
    """That of the score; empty without one."""
    if rule.interval is None:
        return ""
    return " to ".join(score(rule, value) for value in rule.interval)


def change(found: Interval | None) -> str:
    """The interval of a difference, signed; empty without one."""
    return f"{found[0]:+.3f} to {found[1]:+.3f}" if found else ""


def count(rule: Rule) -> str:
    """How many cases stand behind it; empty where the score itself is their number."""
    return "" if rule.metric == "cases" else str(rule.n)


def state(rule: Rule) -> str:
    """What became of it, in a word."""
    if rule.passed:
        return "ok"
    return "informs" if rule.informs else "BROKEN"
