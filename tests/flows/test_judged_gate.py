"""What the gate makes of a judge: one that can't be believed refuses, one that is not calibrated
informs, and one that agrees with people blocks."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.judging.agreement import agreement
from eval.judging.calibration import JudgeCalibration
from eval.scoring.suite import open_suite
from flows.evaluation import Assessed, assess_release
from kb.build import Workspace
from kb.settings import EvaluationSettings
from tests.eval.judge_script import agreeable, failing, fair, refusing
from tests.flows.conftest import jsonl
from tests.flows.runs import Center, SmallWorkspace, silent
from tests.kb.encoders import WordEncoder
from tests.openai_server import OpenAIServer, Request, Script

ARTICLES: dict[str, str | bytes] = {
    "refunds.md": "# Refunds\n\nA refund reaches your account within 14 days of the return.\n",
    "shipping.md": "# Shipping\n\nAn order leaves our warehouse on the next working day.\n",
    "passwords.md": "# Passwords\n\nA password has at least twelve letters and one number.\n",
}
CASES = [
    ("refunds.md", "When does a refund reach my account?", "Within 14 days of the return."),
    ("shipping.md", "When does an order leave your warehouse?", "On the next working day."),
    ("passwords.md", "How many letters has a password?", "At least twelve, and one number."),
]
FAITHFUL = ["faithfulness"]


@pytest.fixture(scope="module")
def center(tmp_path_factory: pytest.TempPathFactory) -> Center:
    """Three articles that are live."""
    folder = tmp_path_factory.mktemp("judged")
    made = Center.of(folder, ARTICLES)
    made.run()
    jsonl(
        folder / "golden.jsonl",
        [
            {
                "id": f"g{number}",
                "question": question,
                "decision": "answer",
                "reference": reference,
                "articles": [path],
            }
            for number, (path, question, reference) in enumerate(CASES * 4)
        ],
    )
    return made


def judged(center: Center, script: Script, **own: object) -> tuple[Assessed, int]:
    with OpenAIServer(script) as server:
        return put(center, server, **own), len(server.requests)


def put(center: Center, server: OpenAIServer, **own: object) -> Assessed:
    evaluation = EvaluationSettings.model_validate(
        {"judge_url": server.url, "judge_model": "judge-1", "judge_metrics": FAITHFUL, **own}
    )
    work = workspace(center, evaluation)
    golden = center.docs.parent / "golden.jsonl"
    return assess_release(work, work.release(), golden, silent)


def workspace(center: Center, evaluation: EvaluationSettings) -> Workspace:
    settings = center.work.settings.model_copy(update={"evaluation": evaluation})
    return SmallWorkspace(settings)


def broken(assessed: Assessed) -> set[str]:
    return {rule.metric for rule in assessed.verdict.broken}


@pytest.mark.parametrize("script", [agreeable, failing, refusing], ids=lambda it: it.__name__)
def test_a_judge_that_cannot_be_believed_refuses_and_is_put_to_no_case(
    center: Center, script: Script
) -> None:
    assessed, asked = judged(center, script)
    assert "instruments" in broken(assessed)
    assert not assessed.verdict.passed
    assert asked <= 8
    rule = next(rule for rule in assessed.verdict.rules if rule.metric == "instruments")
    assert rule.reason.startswith("faithfulness ")
    assert any("judge_metrics" in note for note in assessed.verdict.notes)


def test_left_out_it_does_not(center: Center) -> None:
    assessed, asked = judged(center, agreeable, judge_metrics=[])
    assert "instruments" not in broken(assessed)
    assert asked == 0
    assert "judge" not in assessed.record.details


def test_a_judge_that_nobody_calibrated_informs_and_is_pinned_in_the_record(
    center: Center,
) -> None:
    assessed, asked = judged(center, fair)
    assert not {"instruments", "faithfulness"} & broken(assessed)
    pinned = assessed.record.details["judge"]
    assert (pinned["model"], pinned["temperature"]) == ("judge-1", 0.0)
    assert pinned["metrics"]["faithfulness"]["standing"] == "informs"
    assert pinned["asked"] == asked


def test_only_a_judge_that_agrees_with_people_refuses(center: Center, tmp_path: Path) -> None:
    """This one reads the controls, and finds what is said of orders and passwords wrong."""

    def doubting(request: Request) -> dict[str, Any]:
        reply = fair(request)
        for item in reply.get("statements", ()):
            if isinstance(item, dict) and "efund" not in item["statement"]:
                item["verdict"] = 0
        return reply

    with OpenAIServer(doubting) as server:
        informing = put(center, server)
        assert "faithfulness" not in broken(informing)
        own = EvaluationSettings(judge_url=server.url, judge_model="judge-1")
        suite = open_suite(workspace(center, own).settings, WordEncoder())
        assert suite.judge
        agreed = agreement([True, False] * 20, [True, False] * 20)
        calibration = JudgeCalibration(suite.judge.pin, 0.5, "labels", {"faithfulness": agreed})
        path = tmp_path / "judge.json"
        path.write_text(json.dumps(calibration.to_json()))
        asked = len(server.requests)
        blocking = put(center, server, judge_calibration=path)
        controls = len(server.requests) - asked
    assert "faithfulness" in broken(blocking)
    rule = next(rule for rule in informing.verdict.rules if rule.metric == "faithfulness")
    assert "not calibrated" in rule.reason
    assert controls <= 4
