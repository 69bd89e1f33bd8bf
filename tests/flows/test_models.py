"""Which models there are, as their endpoints tell."""

import pytest
from pydantic import SecretStr

from flows import models
from kb.settings import EvaluationSettings, LlmSettings, Settings

WRITER = LlmSettings(url="http://writer/v1", model="writer-1", api_key=SecretStr("writers"))


@pytest.mark.parametrize(
    ("judge", "asked"),
    [
        ({}, ("http://writer/v1", "writer-1", "writers")),
        ({"judge_url": "http://writer/v1"}, ("http://writer/v1", "writer-1", "writers")),
        (
            {"judge_model": "judge-1", "judge_api_key": "judges"},
            ("http://writer/v1", "judge-1", "judges"),
        ),
        ({"judge_url": "http://judge/v1"}, ("http://judge/v1", "writer-1", None)),
    ],
)
def test_an_endpoint_is_asked_with_the_key_that_the_judge_is_asked_with(
    monkeypatch: pytest.MonkeyPatch, judge: dict[str, str], asked: tuple[str, str, str | None]
) -> None:
    found: list[tuple[str, str, str | None]] = []

    def reported(url: str, model: str, key: str | None = None) -> None:
        found.append((url, model, key))

    monkeypatch.setattr(models, "reported", reported)
    settings = Settings(llm=WRITER, evaluation=EvaluationSettings.model_validate(judge))
    models.models_of(settings, "words")
    assert found == [("http://writer/v1", "writer-1", "writers"), asked]
