"""Each command on a home with the sample released in it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.flows.conftest import COMMAND, SAMPLE, Result, jsonl, wellkept

HEAVY = (
    "torch",
    "prefect",
    "ragas",
    "llama_index",
    "sentence_transformers",
    "sqlalchemy",
    "fastapi",
)


def test_help_answers_without_anything_heavy() -> None:
    code = (
        "import sys\nfrom typer.testing import CliRunner\nfrom flows.command import app\n"
        "assert CliRunner().invoke(app, ['--help']).exit_code == 0\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_release_says_what_it_did(sample_release: tuple[Path, Result]) -> None:
    home, result = sample_release
    summary = result.json()
    assert result.code == 0
    assert summary["status"] == "live"
    assert summary["articles"] >= 45
    assert summary["passages"] > summary["articles"]
    assert summary["verdict"]["passed"]
    assert not summary["failures"]
    assert list(summary["timings_s"]) == ["sync", "index", "check", "evaluate", "promote", "report"]
    assert Path(summary["report"]).is_relative_to(home)
    assert "embed: " in result.err


def test_a_second_release_does_nothing_again(live_home: Path) -> None:
    again = wellkept("release", "--config", SAMPLE / "wellkept.toml", "--home", live_home, "--json")
    summary = again.json()
    assert (again.code, summary["unchanged"]) == (0, True)
    assert summary["sync"]["added"] == summary["sync"]["changed"] == 0
    assert "embed: " not in again.err
    assert "index" not in summary["timings_s"]
    assert "evaluate" not in summary["timings_s"]


def test_search_finds_the_article(live_home: Path) -> None:
    result = wellkept("search", "pay with a card", "--json", "--top", "5", "--home", live_home)
    hits = result.json()["hits"]
    assert [hit["rank"] for hit in hits] == [1, 2, 3, 4, 5]
    assert len({hit["article"] for hit in hits}) == 5
    assert any("payment" in hit["article"] for hit in hits)
    assert set(hits[0]) == {"article", "title", "heading", "passage", "score", "rank"}


def test_search_takes_a_file_of_queries(live_home: Path, tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"id": "a", "query": "warranty"},
        {"id": 2, "query": "battery life"},
    ]
    file = jsonl(tmp_path / "queries.jsonl", rows)
    lines = wellkept(
        "search", "--queries", file, "--top", "3", "--json", "--passages", "--home", live_home
    ).lines()
    assert [line["id"] for line in lines] == ["a", 2]
    assert all(len(line["hits"]) == 3 for line in lines)


def test_internal_articles_are_not_found_by_customers(live_home: Path) -> None:
    def found(*extra: str) -> set[str]:
        result = wellkept(
            "search", "goodwill credit", "--top", "50", "--json", "--home", live_home, *extra
        )
        return {hit["article"].partition("/")[0] for hit in result.json()["hits"]}

    assert "internal" not in found()
    assert "internal" in found("--audience", "agents")


def test_ask_answers_with_quotes_and_hands_over(live_home: Path, tmp_path: Path) -> None:
    rows = [
        {"id": "known", "question": "How many days do I have to open a faulty hub return?"},
        {"id": "elsewhere", "question": "Who won the football world cup in 1998?"},
        {"id": "person", "question": "Let me talk to a human please"},
    ]
    file = jsonl(tmp_path / "questions.jsonl", rows)
    known, elsewhere, person = wellkept(
        "ask", "--questions", file, "--json", "--home", live_home
    ).lines()
    assert set(known) == {
        *("id", "decision", "text", "citations", "confidence", "reason", "timings_ms")
    }
    assert (elsewhere["decision"], person["decision"]) == ("handoff", "handoff")


def test_every_citation_stands_in_its_article(live_home: Path, tmp_path: Path) -> None:
    cases = [json.loads(x) for x in (SAMPLE / "golden.jsonl").read_text().splitlines()][:30]
    rows = [{"id": case["id"], "question": case["question"]} for case in cases]
    turns = wellkept(
        "ask", "--questions", jsonl(tmp_path / "q.jsonl", rows), "--json", "--home", live_home
    ).lines()
    cited = [(turn, item) for turn in turns for item in turn["citations"]]
    assert sum(turn["decision"] == "answer" for turn in turns) >= 15
    for turn, item in cited:
        path = SAMPLE / "articles" / item["article"]
        if path.suffix == ".md":
            text = path.read_text(encoding="utf-8")
            assert text[item["start"] : item["end"]] == item["quote"], turn["id"]


def test_gaps_groups_what_nothing_answers(live_home: Path, tmp_path: Path) -> None:
    gap = json.loads((SAMPLE / "truth.json").read_text(encoding="utf-8"))["gaps"][0]
    log = (SAMPLE / "conversations.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in log]
    rows = [row for row in rows[:80] if row["resolved"]] + [
        row for row in rows if row["id"] in gap["question_ids"]
    ]
    rows = [{"id": row["id"], "text": row["text"]} for row in {r["id"]: r for r in rows}.values()]
    found = wellkept(
        "gaps", "--questions", jsonl(tmp_path / "q.jsonl", rows), "--json", "--home", live_home
    ).json()
    best = max(found, key=lambda item: len({*item["question_ids"]} & {*gap["question_ids"]}))
    assert {*best["question_ids"]} <= {*gap["question_ids"]}
    assert len(best["question_ids"]) >= len(gap["question_ids"]) / 2
    assert best["verdict"] == "missing"
    assert set(best) == {
        *("id", "label", "size", "question_ids", "nearest_articles", "verdict", "suggestion")
    }


def test_eval_judges_the_live_release(live_home: Path) -> None:
    result = wellkept("eval", "--config", SAMPLE / "wellkept.toml", "--home", live_home)
    assert result.code == 0, result.out
    assert "Gate passed" in result.out


def test_a_golden_set_is_linted(live_home: Path, tmp_path: Path) -> None:
    golden = tmp_path / "golden.jsonl"
    case = {"id": "a", "question": "how?", "decision": "answer", "articles": ["gone.md"]}
    jsonl(golden, [case])
    config = SAMPLE / "wellkept.toml"
    fine = wellkept("eval", "lint", "--config", config, "--home", live_home, "--json")
    assert not [remark for remark in fine.json() if remark["error"]]
    wrong = wellkept("eval", "lint", "--golden", golden, "--config", config, "--home", live_home)
    assert wrong.code == 1
    assert "a: error: there is no article gone.md [no-article]" in wrong.out


@pytest.mark.parametrize("form", ["html", "md", "csv", "json"])
def test_reports_are_written_for_owners(live_home: Path, tmp_path: Path, form: str) -> None:
    result = wellkept("report", "--format", form, "--out", tmp_path, "--home", live_home)
    written = [Path(line) for line in result.out.splitlines()]
    assert len(written) >= 4
    assert all(path.suffix == f".{form}" and path.stat().st_size > 100 for path in written)


def test_releases_and_rollback(live_home: Path) -> None:
    rows = wellkept("releases", "--json", "--home", live_home).json()
    assert [row["status"] for row in rows] == ["live"]
    result = wellkept("rollback", "--home", live_home)
    assert result.code == 2
    assert "no earlier release" in result.err


def test_doctor_says_what_is_there(live_home: Path) -> None:
    config = SAMPLE / "wellkept.toml"
    result = wellkept("doctor", "--json", "--home", live_home, "--config", config)
    lines: list[dict[str, Any]] = result.json()
    assert result.code == 0, [line for line in lines if not line["ok"]]
    assert {"python", "database", "index", "model", "live release"} <= {x["name"] for x in lines}


def test_init_writes_settings_that_load(tmp_path: Path) -> None:
    assert wellkept("init", cwd=tmp_path).code == 0
    assert "wellkept.toml" in wellkept("init", cwd=tmp_path).err
    assert wellkept("releases", cwd=tmp_path).code == 0


def test_the_version_is_printed() -> None:
    assert wellkept("--version").out.startswith("wellkept ")
    assert COMMAND.exists()
