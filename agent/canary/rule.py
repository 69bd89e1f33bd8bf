"""What is to be done with a canary, by its signals: a pure decision."""

from collections.abc import Sequence
from dataclasses import replace

from agent.canary.canary import Action, Reading
from agent.canary.comparison import Difference, difference
from kb.settings import CanarySettings


def compared(readings: Sequence[Reading], rules: CanarySettings) -> list[Reading]:
    """The same with their differences. One signal is enough to withdraw, so each lower bound has
    an equal part of alpha (Bonferroni); all must hold to promote, so each upper bound has the whole
    (an intersection-union test; Berger 1982). Either way the rule errs with probability alpha at
    most."""
    part = rules.alpha / max(1, len(readings))
    return [replace(item, difference=_bounds(item, rules, part)) for item in readings]


def decide_on(
    readings: Sequence[Reading],
    rules: CanarySettings,
    crashes: tuple[int, int] = (0, 0),
) -> tuple[Action, str]:
    """What to do, and why. `readings` are `compared`; `crashes` are the failed turns of the live
    release and of the candidate.

    Withdrawn: when it crashes, when a signal is certainly worse, and when after `most`
    conversations nobody can tell that it is not worse by more than the margin: a doubt is settled
    for what has served. Promoted: when every signal certainly is not worse by more than the
    margin, after `least` conversations.
    """
    if crashes[1] >= rules.crashes and crashes[1] > crashes[0]:
        why = f"{crashes[1]} of its turns failed, and {crashes[0]} of the live release's"
        return Action.WITHDRAW, why
    worse = [item for item in readings if item.difference and item.difference.low > 0]
    if worse:
        return Action.WITHDRAW, "; ".join(f"worse: {described(item)}" for item in worse)
    tried = min((item.candidate.n for item in readings), default=0)
    open_ = [item for item in readings if not _is_shown(item, rules)]
    if not open_ and tried >= rules.least:
        why = f"no signal is worse by {rules.margin:g} or more, over {tried} conversations"
        return (Action.PROMOTE if rules.promote else Action.READY), why
    if tried >= rules.most:
        shown = "; ".join(described(item) for item in open_)
        return Action.WITHDRAW, f"not shown to be safe in {tried} conversations: {shown}"
    return Action.GO_ON, _missing(tried, open_, rules)


def described(item: Reading) -> str:
    """A signal of both releases in one line."""
    was = f"{item.live.k} of {item.live.n}"
    now = f"{item.candidate.k} of {item.candidate.n}"
    text = f"{item.signal.replace('_', ' ')} {was} before, {now} with the candidate"
    if item.difference is None:
        return text
    apart = item.difference
    return f"{text} ({apart.estimate:+.3f}, between {apart.low:+.3f} and {apart.high:+.3f})"


def _bounds(item: Reading, rules: CanarySettings, part: float) -> Difference | None:
    split = difference(item.live, item.candidate, part, rules.margin)
    whole = difference(item.live, item.candidate, rules.alpha, rules.margin)
    return split and whole and replace(whole, low=split.low)


def _is_shown(item: Reading, rules: CanarySettings) -> bool:
    """Whether it is certainly not worse by the margin or more."""
    return item.difference is not None and item.difference.high < rules.margin


def _missing(tried: int, open_: Sequence[Reading], rules: CanarySettings) -> str:
    parts = []
    if tried < rules.least:
        parts.append(f"{rules.least - tried} more conversations with the candidate")
    if open_:
        names = ", ".join(item.signal.replace("_", " ") for item in open_)
        parts.append(f"certainty that it is not worse by {rules.margin:g} or more in: {names}")
    return f"missing: {'; '.join(parts)}"
