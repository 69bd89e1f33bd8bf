"""`wellkept eval schema`, and `lint` on the sample's golden set."""

from pathlib import Path

from jsonschema import Draft202012Validator

from tests.flows.conftest import SAMPLE, wellkept

CONFIG = SAMPLE / "wellkept.toml"


def test_the_schema_is_printed_for_editors() -> None:
    done = wellkept("eval", "schema")
    assert done.code == 0
    Draft202012Validator.check_schema(done.json())
    assert done.json()["properties"]["conversation"]["description"]


def test_the_golden_set_of_the_sample_is_sound(live_home: Path) -> None:
    done = wellkept("eval", "lint", "--config", CONFIG, "--home", live_home, "--json")
    assert [item for item in done.json() if item["error"]] == []
    assert done.code == 0


def test_a_case_that_does_not_fit_is_named(live_home: Path, tmp_path: Path) -> None:
    golden = tmp_path / "golden.jsonl"
    golden.write_text(
        '{"id": "a", "question": "refund?", "decision": "action", "actions": [{"refund": {}}], '
        '"end_state": {"refund": {}}}'
    )
    done = wellkept("eval", "lint", "--golden", golden, "--config", CONFIG, "--home", live_home)
    assert done.code == 1
    assert "a: error: there is no action refund" in done.out
    assert "the backends have no table refund; did you mean 'refunds'?" in done.out
