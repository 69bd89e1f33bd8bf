"""Tries a golden set for `wellkept eval calibrate`."""

from functools import partial
from pathlib import Path

from agent.agent import Agent
from agent.build import agent_on
from eval.build import open_cases
from eval.calibration import ALWAYS, Trial, tried
from eval.playing.asking import ASKED, asked_by
from eval.playing.audiences import Agents, Audience
from kb.build import Workspace
from kb.ports import Progress


def trials(
    work: Workspace, release_id: str | None, golden: Path | None, progress: Progress
) -> list[Trial]:
    """Every question of the golden set with an agent on this release, or on the live one, that
    always answers. Conversations and cases that act are left out: what they come to hangs on more
    than one search. Raises `ConfigError` for a golden set that can't be read, `Permanent` without
    a release."""
    release = work.release(release_id)
    cases = open_cases(work.settings, work.articles.of_release(release.id), golden)
    questions = [case for case in cases if not (case.earlier or case.acts)]
    agents = Agents(partial(_always, work, release.id), work.settings.agent.audience)
    found = []
    for number, case in enumerate(questions, start=1):
        asked = agents(case.who.audience).aside(asked_by(case.who, ASKED))
        found.append(tried(case, asked.say(case.question)))
        progress("answer", number, len(questions))
    return found


def _always(work: Workspace, release_id: str, audience: Audience) -> Agent:
    return agent_on(work, release_id, calibration=ALWAYS, audience=audience)
