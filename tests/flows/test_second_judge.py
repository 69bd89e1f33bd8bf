"""`wellkept check` with a language model that looks at contradictions again."""

import json
from pathlib import Path
from typing import Any

from tests.flows.conftest import Result, wellkept, write
from tests.openai_server import Fault, OpenAIServer, Request

FILES: dict[str, str | bytes] = {
    "a.md": "# Refunds\n\nYou can ask for a refund within 14 days of the purchase.\n",
    "b.md": "# Money back\n\nYou can ask for a refund within 30 days of the purchase.\n",
}


def doubting(request: Request) -> dict[str, Any]:
    cases = json.loads(request["messages"][-1]["content"])["cases"]
    return {
        "cases": [
            {
                "number": c["number"],
                "contradiction": False,
                "confidence": 0.1,
                "reason": "Two shops.",
            }
            for c in cases
        ]
    }


def check(folder: Path, url: str) -> Result:
    environment = {
        "WELLKEPT_LLM_URL": url,
        "WELLKEPT_LLM_MODEL": "m",
        "WELLKEPT_JUDGE_KIND": "endpoint",
    }
    home = folder.with_name("home")
    return wellkept("check", folder, "--json", "--home", home, cwd=folder.parent, env=environment)


def contradiction(result: Result) -> Any:
    (found,) = [item for item in result.json() if item["kind"] == "contradiction"]
    return found


def test_it_lowers_what_the_rules_found_and_is_asked_once(tmp_path: Path) -> None:
    folder = write(tmp_path / "docs", FILES)
    with OpenAIServer(doubting) as server:
        first, second = check(folder, server.url), check(folder, server.url)
    assert len(server.requests) == 1
    assert contradiction(first) == contradiction(second)
    assert contradiction(first)["severity"] == "low"
    assert contradiction(first)["details"]["judge_reason"] == "Two shops."


def test_its_failure_leaves_the_finding_as_the_rules_made_it_and_is_said(tmp_path: Path) -> None:
    folder = write(tmp_path / "docs", FILES)
    with OpenAIServer(lambda _: Fault(500)) as server:
        result = check(folder, server.url)
    assert contradiction(result)["severity"] == "high"
    assert "second judge" in result.err
    assert result.code == 0
