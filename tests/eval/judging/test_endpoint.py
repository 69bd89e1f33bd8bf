"""Where the judge is, and which it is."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from eval.judging.endpoint import JudgeEndpoint, endpoint_of
from eval.scoring.judge import open_judge
from kb.configuration import load
from kb.errors import ConfigError
from kb.settings import EvaluationSettings, LlmSettings, Settings

WRITER = LlmSettings(url="http://writer/v1", model="writer-1", api_key=SecretStr("writers"))


def judge_of(llm: LlmSettings | None = None, **own: object) -> JudgeEndpoint | None:
    return endpoint_of(
        Settings(llm=llm or LlmSettings(), evaluation=EvaluationSettings.model_validate(own))
    )


def key_of(found: JudgeEndpoint | None) -> str | None:
    assert found
    return found.api_key.get_secret_value() if found.api_key else None


def test_without_any_endpoint_there_is_no_judge() -> None:
    assert judge_of() is None
    assert judge_of(LlmSettings(url="http://writer/v1")) is None


def test_the_writer_judges_where_nothing_else_is_set() -> None:
    found = judge_of(WRITER)
    assert found
    assert (found.url, found.model, found.writes) == ("http://writer/v1", "writer-1", True)
    assert key_of(found) == "writers"


def test_another_model_at_the_writers_endpoint_uses_its_key() -> None:
    found = judge_of(WRITER, judge_model="judge-1")
    assert found
    assert (found.url, found.model, found.writes) == ("http://writer/v1", "judge-1", False)
    assert key_of(found) == "writers"


@pytest.mark.parametrize(("own", "key"), [({}, None), ({"judge_api_key": "judges"}, "judges")])
def test_another_endpoint_never_gets_the_writers_key(own: dict[str, Any], key: str | None) -> None:
    assert key_of(judge_of(WRITER, judge_url="http://judge/v1", **own)) == key


@pytest.mark.parametrize(
    "own", [{"judge_url": "http://judge/v1"}, {"judge_model": "judge-1"}], ids=str
)
def test_half_a_judge_is_refused(own: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match="needs"):
        judge_of(**own)


def test_the_pin_holds_no_secret_and_changes_with_all_that_matters() -> None:
    first = JudgeEndpoint("http://me:hush@judge:81/v1/?key=hush", "judge-1", SecretStr("hush"))
    pin = open_judge(first).pin
    assert pin.endpoint == "http://judge:81/v1"
    assert "hush" not in str(pin.to_json())
    others = [
        JudgeEndpoint("http://judge:81/v1", "judge-2"),
        JudgeEndpoint("http://judge:82/v1", "judge-1"),
        JudgeEndpoint("http://judge:81/v1", "judge-1", temperature=0.5),
    ]
    assert len({pin.key, *(open_judge(other).pin.key for other in others)}) == 4
    assert open_judge(JudgeEndpoint("http://judge:81/v1", "judge-1")).pin == pin


def test_the_pin_tells_the_temperature_that_is_really_asked_for() -> None:
    assert open_judge(JudgeEndpoint("http://judge/v1", "o3-mini")).pin.temperature == 1.0


def test_the_calibration_is_looked_for_beside_the_settings(tmp_path: Path) -> None:
    (tmp_path / "wellkept.toml").write_text('[evaluation]\njudge_calibration = "judge.json"\n')
    settings = load(tmp_path / "wellkept.toml")
    assert settings.evaluation.judge_calibration == tmp_path / "judge.json"
