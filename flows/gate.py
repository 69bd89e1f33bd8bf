"""The gate, as a flow of its own: a release is tried, and passes or is refused.

Both are ends of a gate that worked, so the run is COMPLETED either way; its state is named
`Passed` or `Refused`, by which Prefect lists, filters and automates. FAILED is a gate that could
not judge. The release flow runs it as a subflow and goes on by its verdict; alone it judges any
release by id, keeps the evaluation, and leaves what is live as it is.
"""

from pathlib import Path
from typing import Any, cast

from prefect import flow, task
from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_table_artifact,
)
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed

from eval.formats.markdown import render_markdown
from eval.gate.verdict import Rule, Verdict
from flows.evaluated import report_of
from flows.evaluation import Assessed, assess_release
from flows.output import progress_bars
from kb.build import Workspace
from kb.configuration import load
from kb.errors import Transient
from kb.ports import Progress
from kb.types import Release

PASSED, REFUSED = "Passed", "Refused"


def _may_retry(_task: Any, _run: Any, state: Any) -> bool:
    return isinstance(state.result(raise_on_failure=False), Transient)


STEP: dict[str, Any] = {
    "cache_policy": NO_CACHE,
    "persist_result": False,
    "retries": 2,
    "retry_delay_seconds": 2,
    "retry_condition_fn": _may_retry,
}
"""A step of a flow: a `Transient` is tried again, everything else is raised."""

FLOW: dict[str, Any] = {"validate_parameters": False, "persist_result": False}


@flow(name="gate", flow_run_name="gate", **FLOW)
def gate(release: str | None = None, home: str | None = None, config: str | None = None) -> Verdict:
    """Judges a release by its id, or the live one. Raises `Permanent` without the release, and
    `ConfigError` for bad settings or a bad golden set."""
    settings = load(Path(config) if config else None, Path(home) if home else None)
    work = Workspace(settings)
    with progress_bars() as progress:
        return _judge(work, work.release(release), progress, "gate")


def hold(work: Workspace, candidate: Release, progress: Progress) -> Verdict:
    """The same within another flow, on what that has open: a subflow that names the release."""

    @flow(name="gate", flow_run_name="gate-{release}", **FLOW)
    def judged(release: str) -> Verdict:  # noqa: ARG001 what Prefect shows of the run
        return _judge(work, candidate, progress, "release")

    return judged(candidate.id)


def _judge(work: Workspace, candidate: Release, progress: Progress, trigger: str) -> Verdict:
    assessed = evaluate(work, candidate, progress, trigger)
    publish(work, candidate, assessed)
    # A flow that returns a state ends in it, and whoever calls the flow gets what the state holds.
    return cast("Verdict", _state(candidate, assessed.verdict))


@task(name="evaluate", **STEP)
def evaluate(work: Workspace, candidate: Release, progress: Progress, trigger: str) -> Assessed:
    """The suite on the release."""
    return assess_release(work, candidate, None, progress, trigger=trigger)


@task(name="publish", **STEP)
def publish(work: Workspace, candidate: Release, assessed: Assessed) -> None:
    """The artifacts: what the rules say, a summary to read, and where the page lies."""
    page = assessed.page.absolute().as_uri()
    report = report_of(work, assessed.record, assessed.before, page=assessed.page)
    told = f"Release {candidate.id}, evaluation {assessed.record.id}"
    create_table_artifact(
        key="gate-rules", table=[_row(rule) for rule in assessed.verdict.rules], description=told
    )
    create_markdown_artifact(key="gate", markdown=render_markdown(report), description=told)
    create_link_artifact(key="gate-page", link=page, link_text="Case by case", description=told)


def _row(rule: Rule) -> dict[str, str]:
    low, high = rule.interval or (None, None)
    return {
        "rule": rule.metric.replace("_", " "),
        "verdict": "ok" if rule.passed else "informs" if rule.informs else "BROKEN",
        "score": _number(rule.score),
        "95 % interval": "" if low is None else f"{_number(low)} to {_number(high)}",
        "cases": str(rule.n),
        "floor": _number(rule.threshold),
        "before": _number(rule.before),
        "why": rule.reason,
    }


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}".rstrip("0").rstrip(".")


def _state(candidate: Release, verdict: Verdict) -> "State[Verdict]":
    broken = ", ".join(rule.metric.replace("_", " ") for rule in verdict.broken)
    told = f"refused: {broken}" if broken else f"passed on {verdict.cases} cases"
    name = PASSED if verdict.passed else REFUSED
    return Completed(name=name, message=f"Release {candidate.id} {told}", data=verdict)
