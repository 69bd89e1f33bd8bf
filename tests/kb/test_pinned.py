"""The settings that a release pins."""

import json
import re
from typing import Any

import pytest

from kb.pinned import as_released, differences, fingerprint, fingerprint_of, pinned_settings
from kb.settings import Settings
from kb.types import Asset
from tests.kb.center import A1, B1

LLM = {"url": "http://old.example/v1", "model": "small"}


def settings(**sections: object) -> Settings:
    return Settings.model_validate(sections)


def pinned(**sections: object) -> list[Asset]:
    return [pinned_settings("model", settings(**sections))]


def test_a_fingerprint_is_that_of_what_the_release_holds() -> None:
    assets = [Asset("procedure", "refund", "1", "1. Stop.")]
    made = fingerprint([A1, B1], "model", Settings(), assets)
    hashes = {item.id: item.content_hash for item in (A1, B1)}
    assert made == fingerprint_of(hashes, [*pinned(), *assets])


def test_a_release_answers_by_the_settings_that_it_was_evaluated_with() -> None:
    held = pinned(agent={"max_sentences": 3}, search={"rrf_k": 7}, handover={"off": ["anger"]})
    now = settings(agent={"max_sentences": 5}, server={"port": 1})
    found = as_released(now, held)
    assert (found.agent.max_sentences, found.search.rrf_k) == (3, 7)
    assert (found.handover.off, found.server.port) == (["anger"], 1)


def test_settings_that_are_the_same_stay_as_they_are() -> None:
    now = settings(agent={"max_sentences": 3}, handover={"off": ["anger"]}, llm=LLM)
    held = [pinned_settings("model", now)]
    assert as_released(now, held) == now
    assert differences(held, "model", now) == []


@pytest.mark.parametrize(
    ("before", "now", "url", "model"),
    [
        (LLM, {**LLM, "url": "http://new.example/v1"}, "http://new.example/v1", "small"),
        (LLM, {**LLM, "model": "large"}, LLM["url"], "small"),
        ({}, LLM, None, None),
        (LLM, {}, None, "small"),
    ],
)
def test_a_model_keeps_its_name_and_is_reached_where_this_process_reaches_it(
    before: dict[str, Any], now: dict[str, Any], url: str | None, model: str | None
) -> None:
    found = as_released(settings(llm=now), pinned(llm=before)).llm
    assert (found.url, found.model) == (url, model)


def test_what_another_version_pinned_is_passed_over() -> None:
    (asset,) = pinned(agent={"max_sentences": 3})
    values = json.loads(asset.text)
    values["agent"]["telepathy"] = True
    values["moods"] = {"sunny": True}
    held = [Asset(asset.kind, asset.name, "x", json.dumps(values))]
    assert as_released(Settings(), held).agent.max_sentences == 3


def test_what_is_set_otherwise_is_named_with_both_values() -> None:
    found = differences(pinned(agent={"max_sentences": 3}), "other", Settings())
    assert found == ["agent.max_sentences (3, now 6)", 'encoder ("model", now "other")']


def test_nothing_is_known_of_a_release_without_settings() -> None:
    assert differences([], "model", Settings()) == []
    assert as_released(Settings(), []) == Settings()


def test_credentials_in_an_address_are_not_pinned() -> None:
    (asset,) = pinned(
        llm={
            "url": "http://me:hunter2@llm.example/v1",
            "model": "m",
            "fallback_url": "https://second.example/v1?api_key=hunter3&v=2",
        }
    )
    assert not {"hunter2", "hunter3"} & set(re.findall(r"\w+", asset.text))
    assert "llm.example" in asset.text
    assert "second.example/v1" in asset.text
