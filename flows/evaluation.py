"""The evaluation of a release: wiring of the use cases of `eval`."""

from collections.abc import Collection, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from eval.build import Against, assess, open_cases, part_of, usable_suite
from eval.gate.rehearsals import check_rehearsals
from eval.gate.verdict import Check, Verdict
from eval.golden.case import Case
from eval.page import render_html
from eval.playing.player import open_player
from eval.runs.baseline import Rebaselined, rebaseline
from eval.runs.remembering import forget_old, open_reuse
from eval.runs.store import EvaluationRecord, Evaluations
from eval.scoring.evaluation import Evaluation
from eval.scoring.suite import Suite
from flows.guards import guarded
from flows.procedures import rehearse_release
from flows.provenance import provenance
from kb.build import Workspace
from kb.ports import Progress
from kb.types import Release

# Runs of the gate itself.
_PROMOTING = frozenset({"release", "gate"})


@dataclass(frozen=True)
class Assessed:
    """A release that was tried: what was found, what the gate says, how it is kept, and the page
    of it. `before` is the live release on the same cases, where there is another one."""

    evaluation: Evaluation
    verdict: Verdict
    record: EvaluationRecord
    page: Path
    before: EvaluationRecord | None = None

    @property
    def run(self) -> str:
        """The id of the record."""
        return self.record.id


@dataclass(frozen=True)
class _Live:
    """The live release: its last whole evaluation, and what it says to the cases of today."""

    record: EvaluationRecord | None
    today: Rebaselined

    @property
    def before(self) -> EvaluationRecord | None:
        return replace(self.record, cases=self.today.baseline.rows) if self.record else None


def assess_release(
    work: Workspace,
    release: Release,
    golden: Path | None,
    progress: Progress,
    *,
    tags: Collection[str] = (),
    cases: Collection[str] = (),
    fresh: bool = False,
    trigger: str = "eval",
) -> Assessed:
    """Tries a release as it was released, keeps what was found and writes its page. With `tags` or
    ids of `cases` only these are tried. Interrupted, it goes on where it was when it is called
    again; with `fresh` nothing is used of what the release or a judge said before. `trigger` says
    what it is for. Raises `ConfigError` for a golden set that can't be read, and for a part of it
    without cases."""
    then = work.as_released(release.id)
    articles = then.articles.of_release(release.id)
    chosen = part_of(open_cases(then.settings, articles, golden), tags, cases)
    suite, instruments = usable_suite(then.settings, then.encoder, articles, then.cache, progress)
    live = _live(work, release, chosen, suite, progress)
    asked = live.record.cases if live and live.record else ()
    against = Against(
        baseline=live.today.baseline if live else None,
        findings=then.findings.all(),
        checks=(instruments, *_rehearsed(then, release), *guarded(work, release, chosen, asked)),
        notes=live.today.notes if live else (),
        part=bool(tags or cases),
    )
    kept = open_reuse(then, release.id, articles, fresh=fresh)
    with (
        open_player(then, release.id, chosen, articles, kept.watcher) as player,
        suite.anew() if fresh else nullcontext(),
    ):
        found = assess(then.settings, chosen, player, suite, articles, against, progress, kept)
    before = live.before if live else None
    record = EvaluationRecord(
        id=uuid4().hex,
        release_id=release.id,
        fingerprint=release.fingerprint,
        created_at=datetime.now(UTC),
        verdict=found.verdict.to_json(),
        cases=found.evaluation.rows(),
        details={
            **provenance(then, release, golden, chosen, suite, found.evaluation),
            "trigger": trigger,
            "part": against.part,
            "compared": before.id if before else None,
        },
    )
    Evaluations(work.database).add(record)
    forget_old(work)
    page = _write_page(work, record, before)
    return Assessed(found.evaluation, found.verdict, record, page, before)


def page_of(work: Workspace, name: str) -> Path:
    """Where the page of a release's last whole evaluation lies, or that of a run of its own."""
    return work.home.evaluations / f"{name}.html"


def _write_page(work: Workspace, record: EvaluationRecord, before: EvaluationRecord | None) -> Path:
    """Of a part of the cases under its own name: the release's is of them all."""
    path = page_of(work, record.id if record.details["part"] else record.release_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render_html(record, work.settings.center.name, before), encoding="utf-8")
    return path


def _live(
    work: Workspace, release: Release, cases: Sequence[Case], suite: Suite, progress: Progress
) -> _Live | None:
    """Nothing where the live release is the one to be tried."""
    live = work.releases.live()
    if live is None or live.id == release.id:
        return None
    record = _judged_on(Evaluations(work.database).of_release(live.id))
    return _Live(record, rebaseline(work, live, record, cases, suite, progress))


def _judged_on(runs: Sequence[EvaluationRecord]) -> EvaluationRecord | None:
    """Of runs, newest first, the last that could promote the release: what somebody tried on it
    since, with a golden set of their own, is no measure. Without one, the last of all cases."""
    whole = [run for run in runs if not run.details.get("part")]
    promoting = (run for run in whole if run.details.get("trigger") in _PROMOTING)
    return next(promoting, whole[0] if whole else None)


def _rehearsed(work: Workspace, release: Release) -> list[Check]:
    played = rehearse_release(work, release.id)
    return [check_rehearsals(played)] if played else []
