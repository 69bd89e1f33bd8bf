"""Runs of the evaluation as people name them, and what differs between two of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.diff.release import Held, ReleaseDiff, diff_releases
from eval.page import render_comparison, render_html, render_release_diff
from eval.runs.store import EvaluationRecord, Evaluations
from kb.build import Workspace
from kb.errors import Permanent
from kb.types import Release

LAST, LIVE = "last", "live"
_SHORTEST = 4
_NAMED_AT_ONCE = 5


def find_run(work: Workspace, name: str) -> EvaluationRecord:
    """A run by its id or the unique beginning of it (four characters or more), a release's last
    one by the release's id, the last of the release that is live by `live`, and the last of all by
    `last`. Raises `Permanent` where there is none, or more than one."""
    kept = Evaluations(work.database)
    found = _named(work, kept, name)
    if found is None:
        raise Permanent(f"there is no run {name}; `wellkept eval runs` lists them")
    return found


def find_release(work: Workspace, name: str) -> Release:
    """A release by its id or by `live`. Raises `Permanent`."""
    return work.release(None if name == LIVE else name)


def compare_releases(work: Workspace, before: str, after: str) -> ReleaseDiff:
    """What changed from one release to the other. Raises `Permanent` for an unknown one."""
    return diff_releases(_held(work, before), _held(work, after))


def runs_of(work: Workspace) -> "StoredRuns":
    """Every run, oldest first."""
    kept = Evaluations(work.database)
    return StoredRuns(kept, kept.ids()[::-1])


@dataclass(frozen=True)
class StoredRuns:
    """Runs that are read one after the other, each time that they are gone through: all of them
    at once may be more than fits."""

    kept: Evaluations
    names: Sequence[str]

    def __iter__(self) -> Iterator[EvaluationRecord]:
        return (record for name in self.names if (record := self.kept.get(name)))

    def __len__(self) -> int:
        return len(self.names)


def page_of_run(work: Workspace, record: EvaluationRecord) -> str:
    """One run, beside the run that it was compared with when it was judged."""
    return render_html(record, work.settings.center.name, compared(work, record))


def write_run(work: Workspace, record: EvaluationRecord) -> Path:
    """That page, named after the run."""
    return _write(work, record.id, page_of_run(work, record))


def write_comparison(work: Workspace, before: EvaluationRecord, after: EvaluationRecord) -> Path:
    """The page of two runs, named after both."""
    page = render_comparison(before, after, work.settings.center.name)
    return _write(work, f"{before.id[:12]}..{after.id[:12]}", page)


def write_release_diff(work: Workspace, diff: ReleaseDiff) -> Path:
    """The page of two releases, named after both."""
    page = render_release_diff(diff, work.settings.center.name)
    return _write(work, f"{diff.before.id}..{diff.after.id}", page)


def _write(work: Workspace, name: str, page: str) -> Path:
    """Beside the pages of other runs."""
    path = work.home.evaluations / f"{name}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")
    return path


def _named(work: Workspace, kept: Evaluations, name: str) -> EvaluationRecord | None:
    if name == LAST:
        return _first(kept.all(limit=1))
    if name == LIVE:
        return _last(kept, work.release().id)
    exact = kept.get(name)
    if exact is not None:
        return exact
    begun = [id_ for id_ in kept.ids() if id_.startswith(name)] if len(name) >= _SHORTEST else []
    if len(begun) > 1:
        known = ", ".join(begun[:_NAMED_AT_ONCE])
        raise Permanent(f"{len(begun)} runs begin with {name}: {known}; write more of the id")
    return kept.get(begun[0]) if begun else _last(kept, name)


def _first(records: Sequence[EvaluationRecord]) -> EvaluationRecord | None:
    return records[0] if records else None


def _last(kept: Evaluations, release_id: str) -> EvaluationRecord | None:
    """The release's last run of all cases; only where it has none that of a part."""
    found = kept.of_release(release_id)
    return _first([record for record in found if not record.details.get("part")] or found)


def compared(work: Workspace, record: EvaluationRecord) -> EvaluationRecord | None:
    """The run that it was held against when it was judged, of the release that was live then;
    None where it is not known."""
    name = record.details.get("compared")
    return Evaluations(work.database).get(name) if name else None


def _held(work: Workspace, name: str) -> Held:
    release = find_release(work, name)
    return Held(
        release=release,
        articles=work.articles.of_release(release.id),
        assets=work.releases.assets(release.id),
        evaluation=_last(Evaluations(work.database), release.id),
    )
