"""The rules of a verdict as their page shows them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from eval.formats import numbers
from eval.gate.verdict import Rule, Verdict

_NAMED = 12


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule in words, and what broke it: ids of the first `cases`, how many `more` there are, and
    `others` that are no case of this run, such as one that was lost."""

    rule: Rule
    title: str
    score: str
    count: str
    interval: str
    floor: str
    cases: tuple[str, ...] = ()
    more: int = 0
    others: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """holds, broken, or broken where it only informs."""
        if self.rule.passed:
            return "holds"
        return "broken, informs only" if self.rule.informs else "broken"


def rules_of(verdict: Verdict, known: Collection[str]) -> Iterator[RuleView]:
    """Those that measured something, broken ones first, then in their order; `known` are ids of
    cases that the page shows."""
    measured = [rule for rule in verdict.rules if rule.n or not rule.passed]
    for rule in sorted(measured, key=lambda rule: (rule.passed, rule.informs)):
        names = () if rule.passed else _names(rule, verdict)
        cases = [name for name in names if name in known]
        yield RuleView(
            rule=rule,
            title=numbers.title(rule),
            score=numbers.score(rule, rule.score),
            count=numbers.count(rule),
            interval=numbers.interval(rule),
            floor=numbers.floor(rule),
            cases=tuple(cases[:_NAMED]),
            more=max(0, len(cases) - _NAMED),
            others=tuple(name for name in names if name not in known),
        )


def idle_rules(verdict: Verdict) -> dict[str, list[str]]:
    """Titles of the rules that had nothing to measure, by the reason."""
    found: dict[str, list[str]] = {}
    for rule in verdict.rules:
        if rule.passed and not rule.n:
            found.setdefault(rule.reason, []).append(numbers.title(rule))
    return found


def _names(rule: Rule, verdict: Verdict) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            it.case_id for it in verdict.failing if it.metric == rule.metric and it.case_id
        )
    )
