"""The agent of a release heeds what is known to be wrong, and what is settled."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.agent import Agent
from agent.build import agent_on
from agent.replies import DISAGREE
from agent.types import Decision
from kb.findings import FindingStatus
from tests.flows.runs import Center

RETURNS = "---\ntitle: Returns\nreviewed: 2026-11-01\n---\nYou can return a lamp within 30 days.\n"
TERMS = "---\ntitle: Terms\nreviewed: 2020-01-01\n---\nYou can return a lamp within 14 days.\n"
BOTH: dict[str, str | bytes] = {"returns.md": RETURNS, "terms.md": TERMS}
ASKED = "Within how many days can you return a lamp?"


def released(folder: Path, **sections: object) -> tuple[Center, Agent]:
    """A center with these settings and the agent of its release."""
    center = Center.of(folder, BOTH, **sections)
    center.run()
    (release,) = center.work.releases.all()
    return center, agent_on(center.work, release.id)


def test_an_agent_notices_at_once_what_is_settled(tmp_path: Path) -> None:
    center, agent = released(tmp_path)
    assert DISAGREE in agent.answer(ASKED).text
    (found,) = center.findings()
    store, now = center.work.findings, datetime.now(UTC)
    store.set_status(found.id, FindingStatus.DISMISSED, "ann", "two countries", now)
    assert DISAGREE not in agent.answer(ASKED).text
    store.set_status(found.id, FindingStatus.OPEN, "ann", "", now)
    assert DISAGREE in agent.answer(ASKED).text


@pytest.mark.parametrize(("pattern", "days"), [("terms.md", "14 days"), ("other/**", "30 days")])
def test_the_authoritative_article_is_preferred_and_else_the_newer_one(
    tmp_path: Path, pattern: str, days: str
) -> None:
    _, agent = released(
        tmp_path, hygiene={"authoritative": [pattern]}, agent={"contradictions": "prefer"}
    )
    turn = agent.answer(ASKED)
    assert days in turn.text
    assert not {"14 days", "30 days"} - {days} & set(turn.text.split(". "))
    assert DISAGREE not in turn.text


def test_only_reviewed_articles_are_served_when_settings_say_so(tmp_path: Path) -> None:
    hygiene = {"today": "2026-11-22"}
    _, agent = released(tmp_path, hygiene=hygiene, agent={"verified_only": True})
    turn = agent.answer(ASKED)
    assert turn.decision is Decision.ANSWER
    assert turn.retrieved == ("returns.md",)
    assert {item.path for item in turn.citations} == {"returns.md"}
    assert "14 days" not in turn.text
    later = {"today": "2029-11-22"}
    _, unverified = released(tmp_path / "later", hygiene=later, agent={"verified_only": True})
    assert unverified.answer(ASKED).decision is Decision.HANDOFF
