"""What an evaluation found: scores by case and by metric.

A score is one of three things, never a placeholder: a number, None where the metric does not
apply to the case, or a `MetricFailure` where it applies and could not be computed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, TypeAlias

from agent.types import Attempt, Citation, Turn
from eval.golden.case import Asker, Case
from eval.interval import Interval, mean_interval, weighted_mean


@dataclass(frozen=True, slots=True)
class Score:
    """A metric's value for one case, with what explains it to an engineer."""

    value: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class MetricFailure:
    """The metric applies to the case, and could not be computed."""

    reason: str


Outcome: TypeAlias = Score | MetricFailure | None


@dataclass(frozen=True)
class CaseResult:
    """One case tried. `turn` is the one that is judged, None when answering crashed; `error` then
    says how, and no metric has a score. `turns` are all of the conversation, that one last.
    `outcomes` is by metric name, `measured` by that of metrics with a unit, such as times and
    costs; `answer_ms` is wall-clock, of the last turn. `end_state_differences` tells in words how
    the backend is other than the case wants it, None where nobody looked. `changed` are the calls
    of all turns that changed something on a sandboxed backend, in order, None where there was none
    to act on. `owners` and `locales` are those of the articles that the case names. `reused`: it
    was not asked again, since nothing that it depends on has changed. `topics` are what the case's
    help center is about, where that is not the suite's."""

    case: Case
    turn: Turn | None
    answer_ms: float
    error: str = ""
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    turns: tuple[Turn, ...] = ()
    end_state_differences: tuple[str, ...] | None = None
    changed: tuple[Attempt, ...] | None = None
    owners: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    reused: bool = False
    topics: tuple[str, ...] = ()
    measured: Mapping[str, Outcome] = field(default_factory=dict)

    @property
    def conversation(self) -> tuple[tuple[str, str], ...]:
        """(who, text) in order: `customer` and `agent` by turns."""
        return tuple(
            said
            for turn in self.turns
            for said in (("customer", turn.question), ("agent", turn.text))
        )

    @property
    def cost(self) -> float:
        """What language models cost, in the unit of the settings' prices."""
        return sum(turn.spent.cost for turn in self.turns if turn.spent)

    @property
    def tokens(self) -> int:
        """What language models read and wrote."""
        return sum(
            turn.spent.input_tokens + turn.spent.output_tokens for turn in self.turns if turn.spent
        )

    def to_json(self) -> dict[str, Any]:
        """Plain values for the record: what was asked, due and done, and each metric's score;
        null is not applicable, and a failure is told under `failures`."""
        return {
            **self._asked(),
            **self._done(),
            "scores": {
                name: outcome.value if isinstance(outcome, Score) else None
                for name, outcome in self.outcomes.items()
            },
            "reasons": {
                name: outcome.why
                for name, outcome in self.outcomes.items()
                if isinstance(outcome, Score) and outcome.why
            },
            "failures": {
                name: outcome.reason
                for name, outcome in self.outcomes.items()
                if isinstance(outcome, MetricFailure)
            },
            "measured": {
                name: outcome.value
                for name, outcome in self.measured.items()
                if isinstance(outcome, Score)
            },
        }

    def _asked(self) -> dict[str, Any]:
        case = self.case
        return {
            "id": case.id,
            "question": case.question,
            "earlier": list(case.earlier),
            "who": _who(case.who),
            "expected": case.decision.value,
            "articles": list(case.articles),
            "owners": list(self.owners),
            "locales": list(self.locales),
            "tags": list(case.tags),
            "weight": case.weight,
            "reference": case.reference,
            "says": list(case.says),
            "never_says": list(case.never_says),
            "not_articles": list(case.not_articles),
            "expected_calls": None if case.actions is None else [asdict(it) for it in case.actions],
            "end_state": case.end_state,
            "due_reason": case.reason,
            "source": case.source,
            "drafted": case.drafted,
            "must_pass": case.must_pass,
        }

    def _done(self) -> dict[str, Any]:
        turn = self.turn
        return {
            "decision": turn.decision.value if turn else None,
            "text": turn.text if turn else None,
            "error": self.error,
            "decided": turn.reason if turn else "",
            "confidence": turn.confidence if turn else None,
            "evidence": [_quoted(item) for item in turn.citations] if turn else [],
            "retrieved": list(turn.retrieved) if turn else [],
            "struck": list(turn.struck) if turn else [],
            "writer": turn.writer if turn else "",
            "modelled": turn is not None and turn.spent is not None,
            "handoff": turn.handoff.reason.value if turn and turn.handoff else None,
            "conversation": [list(said) for said in self.conversation],
            "calls": [asdict(item) for it in self.turns for item in it.attempts],
            "changed": None if self.changed is None else [asdict(call) for call in self.changed],
            "end_state_differences": self.end_state_differences,
            "answer_ms": round(self.answer_ms, 3),
            "cost": self.cost,
            "tokens": self.tokens,
            "models": self._models(),
            "reused": self.reused,
        }

    def _models(self) -> dict[str, list[int]]:
        """Tokens read and written by name of the language model."""
        found: dict[str, list[int]] = {}
        for spent in (turn.spent for turn in self.turns if turn.spent):
            if spent.input_tokens or spent.output_tokens:
                read, written = found.get(spent.model, (0, 0))
                found[spent.model] = [read + spent.input_tokens, written + spent.output_tokens]
        return found


def _who(asker: Asker) -> dict[str, Any]:
    return {
        **asdict(asker),
        "audience": list(asker.audience),
        "identity": asker.identity.label,
    }


def _quoted(citation: Citation) -> dict[str, str]:
    return {"article": citation.path, "heading": citation.heading, "quote": citation.quote}


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One metric over all cases: the weighted mean of its `n` scores and a 95 % interval of it,
    both None without scores. `due` counts the cases that ought to have a score, `failed` those
    where it could not be computed, and `not_applicable` the rest."""

    metric: str
    score: float | None
    interval: Interval | None
    n: int
    due: int
    failed: int
    not_applicable: int


@dataclass(frozen=True)
class Evaluation:
    """A suite that was run. `skipped` is metric name to why it was not tried at all; `notes` are
    for the reader of the verdict; `timings_s` holds `answering` and `scoring`, and `units` by name
    those of the metrics that are no shares."""

    results: Sequence[CaseResult]
    aggregates: Sequence[Aggregate]
    skipped: Mapping[str, str] = field(default_factory=dict)
    notes: Sequence[str] = ()
    timings_s: Mapping[str, float] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)

    @property
    def drafted(self) -> bool:
        """Whether the questions were made from the articles' headings."""
        return any(result.case.drafted for result in self.results)

    def rows(self) -> list[dict[str, Any]]:
        """Each case as plain values, in order, for the record."""
        return [result.to_json() for result in self.results]


def aggregate(metric: str, results: Sequence[CaseResult], due: int) -> Aggregate:
    """One metric's scores joined. Cases without a score are counted, never averaged."""
    outcomes = [result.outcomes.get(metric) for result in results]
    scored = [
        (outcome.value, result.case.weight)
        for result, outcome in zip(results, outcomes, strict=True)
        if isinstance(outcome, Score)
    ]
    values, weights = [value for value, _ in scored], [weight for _, weight in scored]
    failed = sum(isinstance(outcome, MetricFailure) for outcome in outcomes)
    return Aggregate(
        metric=metric,
        score=weighted_mean(values, weights) if scored else None,
        interval=mean_interval(values, weights) if scored else None,
        n=len(scored),
        due=due,
        failed=failed,
        not_applicable=len(results) - len(scored) - failed,
    )
