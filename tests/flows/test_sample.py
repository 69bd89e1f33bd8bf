"""The sample: everything that was seeded is found, and next to nothing else."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.flows.conftest import SAMPLE, Result

TRUTH: dict[str, Any] = json.loads((SAMPLE / "truth.json").read_text(encoding="utf-8"))
LEAST = {"contradictions": 8, "stale": 6, "duplicates": 2, "broken_links": 3, "gaps": 6}
MOST_EXTRA = 3

Finding = dict[str, Any]


@pytest.fixture(scope="module")
def findings(sample_release: tuple[Path, Result]) -> list[Finding]:
    found: list[Finding] = sample_release[1].json()["findings"]
    return found


def _of(findings: Iterable[Finding], kind: str) -> list[Finding]:
    return [item for item in findings if item["kind"] == kind]


def _articles(finding: Finding) -> set[str]:
    return {part["article"] for part in finding["evidence"]}


def _quotes(finding: Finding) -> str:
    return " ".join(" ".join(part["quote"].split()) for part in finding["evidence"])


def _asks_about(finding: Finding, gap: dict[str, Any]) -> bool:
    asked = {row["id"]: row["text"] for row in _questions()}
    return any(
        asked[name] in finding["title"] + finding["explanation"] for name in gap["question_ids"]
    )


def _questions() -> list[dict[str, Any]]:
    text = (SAMPLE / "conversations.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def _matches(finding: Finding, kind: str, seeded: dict[str, Any]) -> bool:
    if kind == "gaps":
        return _asks_about(finding, seeded)
    if kind in ("contradictions", "duplicates"):
        return set(seeded["articles"]) <= _articles(finding)
    return seeded["article"] in _articles(finding)


KINDS = {
    "contradictions": "contradiction",
    "stale": "stale",
    "duplicates": "duplicate",
    "broken_links": "broken_link",
    "gaps": "gap",
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_truth_file_is_full(kind: str) -> None:
    assert len(TRUTH[kind]) >= LEAST[kind]


def test_the_look_alikes_are_many() -> None:
    assert len(TRUTH["look_alikes"]) >= 12


@pytest.mark.parametrize("kind", KINDS)
def test_everything_seeded_is_found(kind: str, findings: list[Finding]) -> None:
    found = _of(findings, KINDS[kind])
    missed = [item["id"] for item in TRUTH[kind] if not any(_matches(f, kind, item) for f in found)]
    assert not missed


def test_hardly_anything_else_is_found(findings: list[Finding]) -> None:
    extra = [
        finding["title"]
        for kind, name in KINDS.items()
        for finding in _of(findings, name)
        if not any(_matches(finding, kind, item) for item in TRUTH[kind])
    ]
    assert len(extra) <= MOST_EXTRA, extra


def test_no_look_alike_is_called_a_contradiction(findings: list[Finding]) -> None:
    flagged = [
        item["id"]
        for item in TRUTH["look_alikes"]
        for finding in _of(findings, "contradiction")
        if set(item["articles"]) == _articles(finding)
        and all(quote in _quotes(finding) for quote in item["quotes"])
    ]
    assert not flagged


def test_every_quote_stands_in_its_article(findings: list[Finding]) -> None:
    for finding in findings:
        for part in finding["evidence"]:
            path = SAMPLE / "articles" / part["article"]
            if path.suffix == ".md":
                text = path.read_text(encoding="utf-8")
                assert text[part["start"] : part["end"]] == part["quote"]
