"""The release flow: sync, index, check, evaluate, then promote or refuse.

The order of the steps is all that is decided here; each step is a use case of `kb` or `eval`.
Interrupted anywhere, the live release still serves, and the next run takes up the candidate.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact

from agent.assets import collect
from agent.canary.store import in_canary
from eval.gate.verdict import Verdict
from flows.evaluation import page_of
from flows.gate import FLOW, STEP, hold
from flows.hygiene import check_release
from flows.ingestion import index_release, sync_sources
from flows.outcome import Outcome
from flows.output import progress_bars
from flows.procedures import require_procedures
from flows.reports import render_overview, write_reports
from kb.build import Workspace
from kb.check import CheckReport
from kb.clock import Clock
from kb.configuration import load
from kb.ports import Progress
from kb.releases import Beginning, Begun, begin, finish, promote, prune, record_verdict
from kb.sync import SyncReport
from kb.types import ReadError, Release

LEAST_FREE_MB = 200


@flow(name="release", flow_run_name="release", **FLOW)
def release(
    paths: Sequence[str] | None = None,
    home: str | None = None,
    config: str | None = None,
    *,
    promoting: bool = True,
) -> Outcome:
    """Brings the sources live, if they pass; without `promoting` they become a candidate that has
    passed. Raises what the steps raise, the live release as it was. Parameters are plain values,
    so that a Prefect server can schedule it."""
    work = Workspace(load(_path(config), _path(home)))
    roots = [Path(path) for path in paths or []]
    with work.home.lock(), progress_bars() as progress:
        return _run(work, roots, progress, promoting=promoting)


def _run(work: Workspace, roots: Sequence[Path], progress: Progress, *, promoting: bool) -> Outcome:
    clock = Clock()
    work.home.require_space(LEAST_FREE_MB)
    with clock("sync"):
        synced = sync(work, roots, progress)
        begun = start(work)
    verdict = None
    if begun.beginning is Beginning.UNCHANGED:
        built = begun.release
    else:
        with clock("index"):
            built = index(work, begun.release, progress)
    with clock("check"):
        checked = check(work, built, roots, synced.errors, progress)
    if begun.beginning is not Beginning.UNCHANGED:
        with clock("evaluate"):
            verdict = hold(work, built, progress)
        with clock("promote"):
            built = conclude(work, built, verdict, promoting=promoting)
    with clock("report"):
        report = publish(work, built)
    return Outcome(
        sync=synced,
        release=built,
        unchanged=begun.beginning is Beginning.UNCHANGED,
        findings=checked.findings,
        failures=tuple(f"{name}: {why}" for name, why in checked.errors),
        verdict=verdict,
        report=report,
        evaluation=page_of(work, built.id) if verdict else None,
        timings_s=clock.timings_s,
        held=not promoting,
    )


@task(name="sync", **STEP)
def sync(work: Workspace, roots: Sequence[Path], progress: Progress) -> SyncReport:
    """Sources into articles."""
    return sync_sources(work, roots, progress)


@task(name="begin", **STEP)
def start(work: Workspace) -> Begun:
    """A candidate of the articles and assets as they are now."""
    articles, assets = work.articles.head(), collect(work.settings)
    require_procedures(assets, work.settings.procedures.path)
    return begin(
        work.releases,
        work.backend,
        articles,
        work.settings,
        work.encoder.fingerprint,
        datetime.now(UTC),
        assets,
        in_canary(work.database),
    )


@task(name="index", **STEP)
def index(work: Workspace, candidate: Release, progress: Progress) -> Release:
    """The candidate's own index."""
    passages = index_release(work, candidate, progress)
    return finish(work.releases, work.backend, candidate, passages)


@task(name="check", **STEP)
def check(
    work: Workspace,
    candidate: Release,
    roots: Sequence[Path],
    unreadable: Sequence[ReadError],
    progress: Progress,
) -> CheckReport:
    """What is wrong in the candidate's articles."""
    return check_release(work, candidate, roots, progress, unreadable)


@task(name="promote", **STEP)
def conclude(
    work: Workspace, candidate: Release, verdict: Verdict, *, promoting: bool = True
) -> Release:
    """Live when it passed (a candidate still, when it is not to be promoted), refused otherwise;
    old releases leave."""
    judged = record_verdict(work.releases, candidate, verdict.to_json())
    if verdict.passed and promoting:
        judged = promote(work.releases, work.backend, judged.id)
    keep = work.settings.releases.keep
    prune(work.releases, work.backend, keep, in_canary(work.database))
    return judged


@task(name="report", **STEP)
def publish(work: Workspace, built: Release) -> Path:
    """The owners' reports, and the overview as an artifact of the run."""
    create_markdown_artifact(
        key="findings", markdown=render_overview(work), description=f"Findings of {built.id}"
    )
    return write_reports(work, None, "html", None)[0]


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None
