"""What a change brings: folders as they are, against what they were where the branch left."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from flows.hygiene import Checked, check_sources
from flows.ingestion import roots_of
from kb.build import Workspace
from kb.changes import brought, changed_articles
from kb.check import CheckReport
from kb.corpus import Corpus
from kb.errors import ConfigError, Permanent
from kb.findings import Finding
from kb.harm import weighed
from kb.opinions import consulted
from kb.ports import Progress, Source
from kb.snapshot import Snapshot, as_of


def check_change(
    work: Workspace,
    paths: Sequence[Path] | None,
    revision: str,
    today: date | None,
    progress: Progress,
) -> Checked:
    """Checks folders as they are now, and keeps the findings that were not there when the branch
    left `revision`. Gaps are not looked for: a change of articles asks no questions.

    Raises `ConfigError` outside of git, for an unknown revision and for too shallow a clone.
    """
    roots = roots_of(work, paths)
    with as_of(roots, revision) as snapshot:
        sources = work.sources(roots)
        now = check_sources(work, sources, (), today, progress, None)
        then = _before(work, snapshot, now.corpus, revision, progress)
    renamed = _renamed(snapshot, [source.name for source in sources])
    changed = changed_articles(now.corpus.articles, then.corpus.articles)
    found = [item for item in now.report.findings if item.kind not in then.report.unseen]
    new = brought(found, then.report.findings, changed, renamed)
    errors = (
        *now.report.errors,
        *((f"{name} at {revision}", why) for name, why in then.report.errors),
    )
    report = replace(now.report, errors=errors)
    return replace(now, report=_judged(work, report, now.corpus, new), changed=changed)


def _before(
    work: Workspace, snapshot: Snapshot, now: Corpus, revision: str, progress: Progress
) -> Checked:
    """Nothing is found where there were no articles yet."""

    def told(step: str, done: int, total: int | None) -> None:
        progress(f"{step} at {revision}", done, total)

    sources = [source for source in work.sources(snapshot.roots) if _holds_articles(source)]
    nothing = Checked(replace(now, articles=()), CheckReport(()), ())
    if not sources:
        return nothing
    try:
        return check_sources(work, sources, (), now.today, told, None, now.fetched)
    except Permanent:
        return nothing


def _holds_articles(source: Source) -> bool:
    try:
        return bool(source.revisions())
    except ConfigError:
        return False


def _renamed(snapshot: Snapshot, names: Sequence[str]) -> dict[str, str]:
    """Ids of articles now to their ids then."""
    return {
        f"{names[new]}:{path}": f"{names[old]}:{before}"
        for (new, path), (old, before) in snapshot.renamed.items()
    }


def _judged(
    work: Workspace, report: CheckReport, corpus: Corpus, new: Sequence[Finding]
) -> CheckReport:
    """The second judge looks at what is new alone: its budget is for that."""
    if work.second_judge is None:
        return replace(report, findings=tuple(new))
    judged, left = consulted(new, work.second_judge)
    findings = weighed(judged, corpus.usage, corpus.today)
    said = (("second judge", f"it left {left} contradictions as they were"),) if left else ()
    return replace(report, findings=findings, errors=(*report.errors, *said))
