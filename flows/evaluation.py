"""The evaluation of a release: wiring of the use cases of `eval`."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from agent.build import agent_on
from eval.build import Assessment, assess
from eval.comparison import Row
from eval.customer import Customer
from eval.page import render_html
from eval.rehearsals import check_rehearsals
from eval.store import EvaluationRecord, Evaluations
from flows.procedures import rehearse_release
from kb.build import Workspace
from kb.ports import Progress
from kb.types import Release


def assess_release(
    work: Workspace, release: Release, golden: Path | None, progress: Progress
) -> Assessment:
    """Tries a release with the golden set, keeps the result and writes its page. Raises
    `ConfigError` for a golden set that can't be read."""
    articles = work.articles.of_release(release.id)
    agent = agent_on(work, release.id)
    kept = Evaluations(work.database)
    before = _live_record(work, kept, release)
    live: Sequence[Row] = before.cases if before and work.settings.gate.regression_p else ()
    played = rehearse_release(work, release.id)
    assessment = assess(
        work.settings,
        agent,
        articles,
        work.encoder,
        golden,
        progress,
        live,
        [check_rehearsals(played)] if played else (),
        Customer(agent.converse, articles),
    )
    record = _record(release, assessment)
    kept.add(record)
    _write_page(work, record, before)
    return assessment


def page_of(work: Workspace, release_id: str) -> Path:
    """Where the page of a release's last evaluation lies."""
    return work.home.evaluations / f"{release_id}.html"


def _write_page(work: Workspace, record: EvaluationRecord, before: EvaluationRecord | None) -> None:
    path = page_of(work, record.release_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render_html(record, work.settings.center.name, before), encoding="utf-8")


def _live_record(work: Workspace, kept: Evaluations, release: Release) -> EvaluationRecord | None:
    """How the live release did when it was tried last; nothing where it is the one to be tried."""
    live = work.releases.live()
    if live is None or live.id == release.id:
        return None
    found = kept.of_release(live.id)
    return found[0] if found else None


def _record(release: Release, assessment: Assessment) -> EvaluationRecord:
    return EvaluationRecord(
        id=uuid4().hex,
        release_id=release.id,
        fingerprint=release.fingerprint,
        created_at=datetime.now(UTC),
        verdict=assessment.verdict.to_json(),
        cases=assessment.evaluation.rows(),
    )
