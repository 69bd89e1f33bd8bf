"""The evaluation of a release: wiring of the use cases of `eval`."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from agent.build import agent_on
from eval.build import Assessment, assess
from eval.comparison import Row
from eval.store import EvaluationRecord, Evaluations
from kb.build import Workspace
from kb.ports import Progress
from kb.types import Release


def assess_release(
    work: Workspace, release: Release, golden: Path | None, progress: Progress
) -> Assessment:
    """Tries a release with the golden set and keeps the result. Raises `ConfigError` for a golden
    set that can't be read."""
    articles = work.articles.of_release(release.id)
    agent = agent_on(work, release.id)
    kept = Evaluations(work.database)
    live = _live_cases(work, kept, release)
    assessment = assess(work.settings, agent, articles, work.encoder, golden, progress, live)
    kept.add(_record(release, assessment))
    return assessment


def _live_cases(work: Workspace, kept: Evaluations, release: Release) -> Sequence[Row]:
    """How the live release did when it was tried last; nothing where it is the one to be tried."""
    live = work.releases.live()
    if live is None or live.id == release.id or not work.settings.gate.regression_p:
        return ()
    found = kept.of_release(live.id)
    return found[0].cases if found else ()


def _record(release: Release, assessment: Assessment) -> EvaluationRecord:
    return EvaluationRecord(
        id=uuid4().hex,
        release_id=release.id,
        fingerprint=release.fingerprint,
        created_at=datetime.now(UTC),
        verdict=assessment.verdict.to_json(),
        cases=assessment.evaluation.rows(),
    )
