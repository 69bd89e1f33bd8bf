"""The live release on today's golden set: a candidate is held against the same cases and metrics.

What the live release said is kept; it is scored anew, so that a case that was given other facts
since, a metric that is new and a judge that was replaced are the same on both sides. Cases that it
was never asked are put to it now, as long as it would still answer as it was released.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.gate.comparison import Row, key
from eval.gate.rules.trial import Baseline
from eval.golden.case import Case
from eval.playing.player import open_player
from eval.runs.ground import case_key
from eval.runs.owners import owned
from eval.runs.remembering import open_reuse
from eval.runs.reuse import Known
from eval.runs.run import play_all, score_all
from eval.runs.store import EvaluationRecord
from eval.runs.tried import TriedCases
from eval.scoring.evaluation import CaseResult
from eval.scoring.suite import Suite
from kb.build import Workspace
from kb.pinned import SETTINGS, pinned_settings
from kb.ports import Progress
from kb.types import Article, Release

_ASKED_NOW = "{n} of {all} cases had never been put to the live release, and were now."
_INCOMPARABLE = (
    "{n} of {all} cases have nothing in the live release to be compared with: it was never asked "
    "them, and would answer otherwise now than when it was released."
)


@dataclass(frozen=True)
class Rebaselined:
    """The live release on the cases of today, and what the reader of a verdict is told of it."""

    baseline: Baseline
    notes: tuple[str, ...] = ()


def rebaseline(
    work: Workspace,
    live: Release,
    record: EvaluationRecord | None,
    cases: Sequence[Case],
    suite: Suite,
    progress: Progress | None = None,
) -> Rebaselined:
    """`record` is what was kept of the live release's last whole evaluation. Questions that were
    drafted from headings are not put to it: each release has its own."""
    articles = work.articles.of_release(live.id)
    said = _said(work, live, cases)
    told = _told(record, cases)
    due = [it for it in cases if it.id not in said and it.id not in told and not it.drafted]
    notes: list[str] = []
    if due and _answers_as_released(work, live):
        said |= {it.case.id: it for it in _ask(work, live, articles, due, progress)}
        notes.append(_ASKED_NOW.format(n=len(due), all=len(cases)))
    elif due:
        notes.append(_INCOMPARABLE.format(n=len(due), all=len(cases)))
    results = owned([said[case.id] for case in cases if case.id in said], articles)
    scored = {result.case.id: result.to_json() for result in score_all(results, suite)}
    rows = {**told, **scored}
    found = [rows[case.id] for case in cases if case.id in rows]
    judged_by = [row["id"] for row in record.cases if not row.get("drafted")] if record else []
    baseline = Baseline(found, articles, live.promoted_at, live.id, judged_by)
    return Rebaselined(baseline, tuple(notes))


def _said(work: Workspace, live: Release, cases: Sequence[Case]) -> dict[str, CaseResult]:
    """By case id, what it said to the same when it was as it was released."""
    keys = {case.id: case_key(case) for case in cases}
    store = TriedCases(work.database)
    tried = store.of_release(live.id, _pinned(work, live), set(keys.values()))
    return {
        case.id: item.result(case)
        for case in cases
        if (item := tried.get(keys[case.id])) and item.is_of(case)
    }


def _told(record: EvaluationRecord | None, cases: Sequence[Case]) -> dict[str, Row]:
    """By case id, the row in a record of the same case, asked by the same customer."""
    known = {key(row): row for row in record.cases} if record else {}
    found: dict[str, Row] = {}
    for case in cases:
        row = CaseResult(case, None, 0.0).to_json()
        was = known.get(key(row))
        if was and was.get("who") == row["who"]:
            found[case.id] = was
    return found


def _answers_as_released(work: Workspace, live: Release) -> bool:
    """Whether it can still be asked, and neither its settings nor the code are others now."""
    then = work.as_released(live.id)
    pinned = pinned_settings(then.encoder.fingerprint, then.settings)
    return live.id in work.backend.names() and pinned.version == _pinned(work, live)


def _ask(
    work: Workspace,
    live: Release,
    articles: Sequence[Article],
    cases: Sequence[Case],
    progress: Progress | None,
) -> list[CaseResult]:
    then = work.as_released(live.id)
    kept = open_reuse(then, live.id, articles)

    def told(step: str, done: int, total: int | None) -> None:
        if progress:
            progress(f"{step} (live)", done, total)

    with open_player(then, live.id, cases, articles, kept.watcher) as player:
        return play_all(player, cases, Known(), told, kept)


def _pinned(work: Workspace, live: Release) -> str:
    """Names the settings that it was released with; empty when it keeps none."""
    assets = work.releases.assets(live.id)
    return next((item.version for item in assets if item.kind == SETTINGS), "")
