"""Wires settings to an assessment: cases from the golden set or the headings, metrics from
plug-ins, and the rules of the gate."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.drafting.draft import draft
from eval.gate.gate import judge
from eval.gate.instruments import try_instruments
from eval.gate.rules.sliced import require_known
from eval.gate.rules.trial import Baseline
from eval.gate.verdict import Check, Verdict
from eval.golden.case import Case
from eval.golden.file import missing_articles, read
from eval.playing.player import Player
from eval.runs.owners import owned
from eval.runs.reuse import Kept
from eval.runs.run import evaluate
from eval.scoring.evaluation import Evaluation
from eval.scoring.suite import Suite, open_suite
from kb.errors import ConfigError
from kb.findings import Finding
from kb.ports import Cache, Encoder, Progress
from kb.settings import Settings
from kb.types import Article

_NAMED_AT_ONCE = 5
# Turns that a language model writes mostly wait for it; others keep a core busy, and would only
# make each other slower than customers find them.
_AT_ONCE_WITH_MODEL = 4


@dataclass(frozen=True)
class Against:
    """What a verdict is given against beside the settings: the live release, the findings that
    are known, and rules that were judged already; `notes` are for the reader. Of a `part` of the
    cases less can be said."""

    baseline: Baseline | None = None
    findings: Sequence[Finding] = ()
    checks: Sequence[Check] = ()
    notes: Sequence[str] = ()
    part: bool = False


@dataclass(frozen=True)
class Assessment:
    """A release that was tried, and what the gate says of it."""

    evaluation: Evaluation
    verdict: Verdict


def assess(
    settings: Settings,
    cases: Sequence[Case],
    player: Player,
    suite: Suite,
    articles: Sequence[Article],
    against: Against,
    progress: Progress | None = None,
    kept: Kept | None = None,
) -> Assessment:
    """The cases played on one release with these `articles`, scored by the suite, and judged.
    What `kept` knows of is not played again."""
    at_once = _AT_ONCE_WITH_MODEL if settings.llm.url and settings.llm.model else 1
    notes = [*_missing(cases, articles), *against.notes]
    evaluation = evaluate(player, cases, suite, progress, notes, kept, at_once)
    evaluation = replace(evaluation, results=owned(evaluation.results, articles))
    verdict = judge(
        evaluation,
        settings.gate,
        against.checks,
        baseline=against.baseline,
        articles=articles,
        findings=against.findings,
        standing=suite.informs,
        part=against.part,
    )
    return Assessment(evaluation, verdict)


def open_cases(
    settings: Settings, articles: Sequence[Article], golden: Path | None = None
) -> list[Case]:
    """The golden set, else drafted questions. Raises `ConfigError`."""
    path = golden or settings.sources.golden
    return read(path) if path else draft(articles, audience=settings.agent.audience)


def part_of(
    cases: Sequence[Case], tags: Collection[str] = (), ids: Collection[str] = ()
) -> list[Case]:
    """Those with one of the tags or one of the ids, in order; all without either. Raises
    `ConfigError` where there is none, and for an id that no case has."""
    if not (tags or ids):
        return list(cases)
    unknown = sorted(set(ids) - {case.id for case in cases})
    if unknown:
        raise ConfigError(f"the golden set has no case {', '.join(unknown)}")
    chosen = [case for case in cases if case.id in ids or set(case.tags) & set(tags)]
    if not chosen:
        raise ConfigError(f"no case of the golden set has the tag {' or '.join(sorted(tags))}")
    return chosen


def usable_suite(
    settings: Settings,
    encoder: Encoder,
    articles: Sequence[Article],
    cache: Cache | None = None,
    progress: Progress | None = None,
) -> tuple[Suite, Check]:
    """Every metric that measures, and what became of the controls. Raises `ConfigError` for a
    judge that is configured by half, and for floors of the gate by metrics that there are not, or
    that are no shares."""
    suite = open_suite(settings, encoder, articles, cache)
    shares = [metric.name for metric in suite.metrics if not metric.plugin.unit]
    require_known(settings.gate, [*shares, *suite.skipped])
    tried = try_instruments(suite, progress)
    return tried.usable(suite), tried.check


def _missing(cases: Sequence[Case], articles: Sequence[Article]) -> list[str]:
    missing = missing_articles(cases, {article.path for article in articles})
    if not missing:
        return []
    named = ", ".join(f"{path} (case {case})" for case, path in missing[:_NAMED_AT_ONCE])
    more = len(missing) - _NAMED_AT_ONCE
    rest = f" and {more} more" if more > 0 else ""
    return [f"The golden set names articles that this release lacks: {named}{rest}."]
