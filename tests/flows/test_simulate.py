"""`wellkept simulate` on the sample: the real release, the real executor, the sample's shop."""

import json
from pathlib import Path

import pytest

from tests.flows.conftest import SAMPLE, wellkept, write

CONFIG = SAMPLE / "wellkept.toml"


def test_scenarios_of_the_sample_pass(live_home: Path) -> None:
    done = wellkept(
        *("simulate", "refund-damaged", "failing-refund-answer-lost", "silence-after-handover"),
        *("--config", CONFIG, "--home", live_home, "--trials", "1", "--json"),
    )

    assert done.code == 0, done.out
    assert done.json()["pass_hat"] == {"1": 1.0}
    assert done.json()["actions"]["issue_refund"] == 2
    (kept,) = (live_home / "simulations").iterdir()
    assert json.loads(kept.read_text()) == done.json()


def test_a_scenario_that_expects_something_else_fails_with_its_transcript(
    live_home: Path, tmp_path: Path
) -> None:
    app = SAMPLE / "backend" / "app.py"
    folder = write(
        tmp_path,
        {
            "sandbox.yaml": "now: 2026-11-20T15:00:00Z\nbackends: {shop: {start: "
            f'[python, {app}, --port, "{{port}}", --sandbox], token_env: LARKSPUR_SHOP_TOKEN}}}}\n',
            "wrong.yaml": "{id: wrong, title: Wrong, says: [I want a human], "
            "expect: {decision: answer}}",
        },
    )

    done = wellkept(
        *("simulate", "--scenarios", folder, "--trials", "1"),
        *("--config", CONFIG, "--home", live_home),
    )

    assert done.code == 1
    assert "FAILED wrong (trial 0): Wrong" in done.out
    assert "- the decision is handoff (rule: asked_for_person), not answer" in done.out
    assert "customer: I want a human" in done.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["no-such-scenario"], "no scenario 'no-such-scenario'"),
        (["--tag", "no-such-tag"], "no scenario carries these tags; known are"),
        (["--faults", "--model"], "give either --faults or --model"),
        (["--scenarios", "nowhere"], "scenarios nowhere: no such folder"),
        (["--trials", "0"], "equal to 1"),
    ],
)
def test_bad_usage_is_said_in_words(arguments: list[str], message: str, tmp_path: Path) -> None:
    done = wellkept("simulate", *arguments, "--config", CONFIG, "--home", tmp_path)

    assert done.code == 2
    assert message in " ".join(done.err.split())
