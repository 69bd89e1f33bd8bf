"""The guards of a release beside those of the live one."""

from collections.abc import Sequence

from eval.gate.comparison import Row
from eval.gate.guards import Guarded, check_guards
from eval.gate.verdict import Check
from eval.golden.case import Case
from flows.procedures import compile_assets
from kb.build import Workspace
from kb.errors import ConfigError
from kb.types import Release


def guarded(
    work: Workspace, release: Release, cases: Sequence[Case], asked: Sequence[Row]
) -> list[Check]:
    """One check; none where nothing else is live, or the live release's procedures no longer
    compile. `asked` are the cases that the live release was judged by."""
    live = work.releases.live()
    if live is None or live.id == release.id:
        return []
    before = _held(work, live.id)
    after = _held(work, release.id)
    return [check_guards(before, after, cases, asked)] if before and after else []


def _held(work: Workspace, release_id: str) -> Guarded | None:
    try:
        procedures, actions = compile_assets(
            work.releases.assets(release_id), work.settings.procedures.path
        )
    except ConfigError:
        return None
    return Guarded(actions, procedures)
