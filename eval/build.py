"""Wires settings to a suite: cases from the golden set or the headings, metrics from plug-ins."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.case import Case
from eval.comparison import Row
from eval.draft import draft
from eval.evaluation import Evaluation
from eval.gate import judge
from eval.golden import missing_articles, read
from eval.metric import Metric, Models, OpenMetric
from eval.regression import check_regression
from eval.run import Answerer, CarryOn, Suite, evaluate
from eval.verdict import Check, Verdict
from kb.ports import Encoder, Progress
from kb.registry import discover
from kb.settings import Settings
from kb.types import Article

_NO_JUDGE = "no language model is configured"
_NAMED_AT_ONCE = 5


@dataclass(frozen=True)
class Assessment:
    """A release that was tried, and what the gate says of it."""

    evaluation: Evaluation
    verdict: Verdict


def assess(
    settings: Settings,
    agent: Answerer,
    articles: Sequence[Article],
    encoder: Encoder,
    golden: Path | None = None,
    progress: Progress | None = None,
    live: Sequence[Row] = (),
    checks: Sequence[Check] = (),
    carry_on: CarryOn | None = None,
) -> Assessment:
    """The whole suite on one release: its `articles`, an `agent` over them and its `encoder`.

    `live` are the cases of the live release's evaluation, which this one may not be worse than;
    `checks` are rules that were judged already. `carry_on` answers what the agent asks back.
    `golden` overrides `[sources] golden`; without both, questions are drafted from headings.
    Raises `ConfigError` for a golden set that can't be read.
    """
    cases = open_cases(settings, articles, golden)
    suite = open_metrics(settings, encoder)
    notes = _missing(cases, articles)
    evaluation = evaluate(agent, cases, suite, progress, notes, carry_on)
    if live:
        worse = check_regression(live, evaluation.rows(), settings.gate.regression_p)
        checks = [*checks, worse]
    return Assessment(evaluation, judge(evaluation, settings.gate, checks))


def open_cases(
    settings: Settings, articles: Sequence[Article], golden: Path | None = None
) -> list[Case]:
    """The golden set, else drafted questions. Raises `ConfigError`."""
    path = golden or settings.sources.golden
    return read(path) if path else draft(articles, audience=settings.agent.audience)


def open_metrics(settings: Settings, encoder: Encoder) -> Suite:
    """Every plug-in of `eval/metrics`; those that need a judge are skipped without one."""
    from eval.judge import EncoderEmbedding, open_judge

    models = Models(EncoderEmbedding(encoder), open_judge(settings.llm))
    plugins: dict[str, Metric] = discover("eval.metrics")
    tried = {name: it for name, it in plugins.items() if models.judge or not it.judged}
    return Suite(
        metrics=[OpenMetric(name, it, it.build(models)) for name, it in tried.items()],
        skipped={name: _NO_JUDGE for name in plugins if name not in tried},
    )


def _missing(cases: Sequence[Case], articles: Sequence[Article]) -> list[str]:
    missing = missing_articles(cases, {article.path for article in articles})
    if not missing:
        return []
    named = ", ".join(f"{path} (case {case})" for case, path in missing[:_NAMED_AT_ONCE])
    more = len(missing) - _NAMED_AT_ONCE
    rest = f" and {more} more" if more > 0 else ""
    return [f"The golden set names articles that this release lacks: {named}{rest}."]
