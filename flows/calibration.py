"""Tries a golden set for `wellkept eval calibrate`."""

from pathlib import Path

from agent.build import agent_on
from eval.build import open_cases
from eval.calibration import ALWAYS, Trial, tried
from kb.build import Workspace
from kb.ports import Progress


def trials(
    work: Workspace, release_id: str | None, golden: Path | None, progress: Progress
) -> list[Trial]:
    """Every case of the golden set with an agent on this release, or on the live one, that always
    answers. Raises `ConfigError` for a golden set that can't be read, `Permanent` without a
    release."""
    release = work.release(release_id)
    cases = open_cases(work.settings, work.articles.of_release(release.id), golden)
    agent = agent_on(work, release.id, calibration=ALWAYS)
    found = []
    for number, case in enumerate(cases, start=1):
        found.append(tried(case, agent.answer(case.question)))
        progress("answer", number, len(cases))
    return found
