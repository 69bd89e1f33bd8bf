"""Runs of the evaluation and differences of releases, as people ask for them."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from eval.runs.store import Evaluations
from flows.command import app
from flows.runs import find_run
from kb.errors import Permanent
from tests.eval.rows import NOON, record, row
from tests.flows.conftest import Result
from tests.flows.runs import Center

FIRST, SECOND, PART = "a1" * 16, "ab" * 16, "cd" * 16
REFUNDS = "---\nowner: Ada\n---\n# Refunds\n\nWe refund within 30 days of delivery.\n"
SECRET = "sk-very-secret"


@pytest.fixture(scope="module")
def center(tmp_path_factory: pytest.TempPathFactory) -> Center:
    """Two releases and three runs; the last is of a part of the cases."""
    center = Center.of(
        tmp_path_factory.mktemp("center"), {"refunds.md": REFUNDS, "hub.md": "# Hub\n\nIt hums.\n"}
    )
    center.run()
    first = center.work.release().id
    center.run(refunds=REFUNDS.replace("30 days", "14 days"), hub=None)
    second = center.work.release().id
    kept = Evaluations(center.work.database)
    names = [f"g{number:02}" for number in range(20)]
    kept.add(record(FIRST, [row(name) for name in names], first, trigger="release"))
    worse = [row(name, float(place > 9), reused=place == 19) for place, name in enumerate(names)]
    later = record(SECOND, worse, second, trigger="nightly", compared=FIRST)
    kept.add(replace(later, created_at=NOON + timedelta(hours=1)))
    part = record(PART, [row("g01")], second, part=True)
    kept.add(replace(part, created_at=NOON + timedelta(hours=2)))
    return center


@pytest.fixture
def ask(center: Center) -> Callable[..., Result]:
    """The command, on that home."""

    def run(*words: str | Path) -> Result:
        arguments = [*map(str, words), "--home", str(center.work.settings.home)]
        done = CliRunner().invoke(app, arguments, env={"WELLKEPT_LLM_API_KEY": SECRET})
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Result(done.exit_code, done.stdout, done.stderr)

    return run


def test_a_run_is_found_by_its_names(center: Center) -> None:
    work = center.work
    assert find_run(work, SECOND).id == SECOND
    assert find_run(work, "abab").id == SECOND
    assert find_run(work, "last").id == PART
    first = find_run(work, FIRST).release_id
    assert find_run(work, first).id == FIRST


def test_a_release_is_told_by_its_last_whole_run(center: Center) -> None:
    assert find_run(center.work, "live").id == SECOND


@pytest.mark.parametrize("name", ["a", "r20200101-none", "zzzz"])
def test_a_name_of_nothing_is_refused(center: Center, name: str) -> None:
    with pytest.raises(Permanent, match="there is no run"):
        find_run(center.work, name)


def test_a_beginning_of_two_is_refused(center: Center) -> None:
    kept = Evaluations(center.work.database)
    kept.add(record("abab" + "00" * 14, [row("g01")], "r-other"))
    with pytest.raises(Permanent, match="2 runs begin with abab"):
        find_run(center.work, "abab")


def test_runs_are_listed_newest_first(ask: Callable[..., Result]) -> None:
    lines = ask("eval", "runs").out.splitlines()
    assert [line[:12] for line in lines[:2]] == [PART[:12], SECOND[:12]]
    assert "REFUSED" in lines[1]
    assert "20 cases, 1 reused  decisions 0.500  nightly  decision_accuracy" in lines[1]
    (newest,) = ask("eval", "runs", "--limit", "1", "--json").json()
    assert (newest["run"], newest["scores"]) == (PART, {"decision_accuracy": 1.0})


def test_an_old_run_is_shown_in_every_form(ask: Callable[..., Result]) -> None:
    assert "Gate REFUSED: decision_accuracy" in ask("eval", "show", SECOND).out
    assert len(ask("eval", "show", SECOND, "--json").json()["cases_tried"]) == 20
    assert "<testsuite" in ask("eval", "show", SECOND, "--format", "junit").out
    page = Path(ask("eval", "show", SECOND, "--format", "html").out.strip())
    assert page.name == f"{SECOND}.html"
    assert "What changed" in page.read_text(encoding="utf-8")


def test_two_runs_are_compared_and_their_page_is_written(ask: Callable[..., Result]) -> None:
    result = ask("eval", "compare", FIRST, SECOND)
    assert result.code == 0, result.err
    assert "fell by more than chance explains" in result.out
    values = ask("eval", "compare", FIRST, SECOND, "--json").json()
    assert len(values["changed"]) == 10
    html = Path(values["page"]).read_text(encoding="utf-8")
    assert "Fell by more than chance explains: decision accuracy." in html
    markdown = ask("eval", "compare", FIRST, SECOND, "--format", "markdown").out
    assert markdown.startswith("# Runs compared")


@pytest.mark.parametrize("form", ["jsonl", "parquet", "langfuse"])
def test_runs_are_exported_without_secrets(
    ask: Callable[..., Result], tmp_path: Path, form: str
) -> None:
    out = tmp_path / "out"
    result = ask("eval", "export", SECOND, "--format", form, "--out", out)
    assert result.code == 0, result.err
    assert result.err.strip() == "1 run, 20 cases"
    assert SECRET.encode() not in out.read_bytes()


def test_all_runs_are_exported_oldest_first(ask: Callable[..., Result], tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    ask("eval", "export", "all", "--format", "parquet", "--out", out)
    runs = list(dict.fromkeys(pq.read_table(out)["run"].to_pylist()))
    assert runs[0] == FIRST
    assert runs[-2:] == [SECOND, PART]


def test_export_says_what_is_in_the_file(ask: Callable[..., Result]) -> None:
    told = " ".join(ask("eval", "export", "--help").out.split())
    assert "What customers asked" in told


def test_the_difference_of_releases_names_articles_values_and_answers(
    center: Center, ask: Callable[..., Result]
) -> None:
    first = find_run(center.work, FIRST).release_id
    result = ask("releases", "diff", first, "live")
    assert result.code == 0, result.err
    assert "Articles: 1 changed, 1 removed" in result.out
    assert "values: 30 days → 14 days" in result.out
    assert "removed  hub.md" in result.out
    assert "Settings: none changed" in result.out
    assert "fell by more than chance explains" in result.out
    values = json.loads(ask("releases", "diff", first, "live", "--json").out)
    assert values["articles"][0]["owner"] == "Ada"
    assert Path(values["page"]).exists()


def test_releases_are_still_listed(ask: Callable[..., Result]) -> None:
    statuses = [it["status"] for it in ask("releases", "--json").json()]
    assert statuses == ["live", "retired"]
