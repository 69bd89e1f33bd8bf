"""The live release, tried again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from eval.runs.store import EvaluationRecord, Evaluations
from flows.evaluation import assess_release
from flows.reevaluation import describe, models_changed, reevaluate
from kb.build import Workspace
from kb.errors import Permanent
from tests.flows.conftest import jsonl
from tests.flows.runs import Center, SmallWorkspace, silent
from tests.kb.mailbox import Inbox, webhook

TOPICS = ("refund", "invoice", "password", "delivery", "warranty")
ARTICLES: dict[str, str | bytes] = {
    f"{topic}.md": f"# The {topic}\n\nThe {topic} takes {number} working days.\n"
    for number, topic in enumerate(TOPICS, start=3)
}
LENIENT = {
    "min_cases": 1,
    **dict.fromkeys(
        (
            "context_recall",
            "context_precision",
            "answer_similarity",
            "decision_accuracy",
            "handoff_precision",
            "handoff_recall",
        ),
        0.0,
    ),
}


@pytest.fixture(scope="module")
def inbox() -> Iterator[Inbox]:
    with webhook() as found:
        yield found


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory, inbox: Inbox) -> Workspace:
    """With a live release that was evaluated before it was promoted."""
    folder = tmp_path_factory.mktemp("night")
    cases: list[dict[str, Any]] = [
        {
            "id": f"{topic}-{number}",
            "question": f"How many working days does the {topic} take{'?' * number}",
            "decision": "answer" if number == 1 else "handoff",
            "articles": [f"{topic}.md"],
        }
        for topic in TOPICS
        for number in (1, 2, 3)
    ]
    center = Center.of(
        folder,
        ARTICLES,
        sources={"golden": jsonl(folder / "golden.jsonl", cases)},
        gate=LENIENT,
        notify={"urls": [f"json://localhost:{inbox.port}/night"]},
    )
    center.run()
    release = center.work.release()
    found = assess_release(center.work, release, None, silent, trigger="release")
    assert release.promoted_at is not None
    _keep(center.work, found.record, release.promoted_at - timedelta(seconds=1), 1.0)
    return center.work


def _keep(work: Workspace, like: EvaluationRecord, when: Any, accuracy: float) -> None:
    """A record as if the release had done better or worse when it was promoted."""
    rows = [{**row, "scores": {"decision_accuracy": accuracy}} for row in like.cases]
    Evaluations(work.database).add(replace(like, id=f"was-{accuracy}", created_at=when, cases=rows))


def test_what_fell_since_the_promotion_is_told_to_those_who_want_to_know(
    work: Workspace, inbox: Inbox
) -> None:
    night = reevaluate(work, silent)
    assert night.record.details["trigger"] == "nightly"
    assert night.record.details["reused"] == 0
    (since,) = night.against
    wrong = {row["id"] for row in night.record.cases if row["scores"]["decision_accuracy"] == 0}
    (moved,) = since.moved
    assert set(moved.cases) == wrong
    assert night.told == (("JSON", None),)
    (_, message) = inbox.posts[-1]
    assert "has drifted" in message["title"]
    assert "decision accuracy fell" in message["message"]


def test_the_next_night_is_also_compared_with_the_last(work: Workspace) -> None:
    first = reevaluate(work, silent)
    second = reevaluate(work, silent)
    promoted, last = second.against
    assert promoted.run == "was-1.0"
    assert (last.run, last.moved) == (first.record.id, ())
    assert "nothing moved" in describe(second)
    assert work.release().id == second.release.id


def test_only_another_model_is_a_reason_to_try_again_at_once(work: Workspace) -> None:
    reevaluate(work, silent)
    assert models_changed(work) == []
    other = {"judge_url": "http://127.0.0.1:9/v1", "judge_model": "new"}
    settings = work.settings.model_copy(
        update={"evaluation": work.settings.evaluation.model_copy(update=other)}
    )
    (changed,) = models_changed(SmallWorkspace(settings))
    assert changed == "the judge was none and is new at http://127.0.0.1:9/v1"


def test_without_a_live_release_there_is_nothing_to_try(tmp_path: Path) -> None:
    center = Center.of(tmp_path, {})
    with pytest.raises(Permanent, match="nothing is live"):
        reevaluate(center.work, silent)
