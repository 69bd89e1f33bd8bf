"""`wellkept check --changed-since`: what a change brings to a repository of articles."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.change import check_change
from flows.command import app
from kb.build import Workspace
from kb.errors import ConfigError
from kb.findings import Finding
from kb.settings import Settings
from tests.flows.conftest import wellkept
from tests.kb.repository import Repository, needs_git

pytestmark = needs_git

Look = Callable[[], list[tuple[str, list[str]]]]

REFUNDS = (
    "# Refunds\n\nSee [plans](plans.md).\n\nYou can ask for a refund within 30 days of purchase.\n"
)
PLANS = (
    "# Plans\n\nSee [refunds](refunds.md) and [an old page](old.md).\n\nThere are three plans.\n"
)
AGAINST = (
    "# Returns\n\nSee [plans](plans.md).\n\nYou can ask for a refund within 14 days of purchase.\n"
)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Articles in `docs` on main, one link of them broken, and a branch that is checked out."""
    made = Repository(tmp_path / "center")
    made.write(docs__refunds=REFUNDS, docs__plans=PLANS)
    made.commit()
    made.git("switch", "--quiet", "--create", "topic")
    return made


@pytest.fixture
def look(repository: Repository, tmp_path: Path) -> Look:
    """Kinds and files of the findings that the branch brings, orphans apart."""

    def found() -> list[tuple[str, list[str]]]:
        work = Workspace(Settings(home=tmp_path / "home"))
        roots, day = [repository.top / "docs"], date(2026, 11, 20)
        checked = check_change(work, roots, "main", day, lambda step, done, total: None)
        assert checked.report.errors == ()
        return sorted(map(_seen, checked.report.findings))

    return lambda: [item for item in found() if item[0] not in ("orphan", "stale")]


def _seen(finding: Finding) -> tuple[str, list[str]]:
    return finding.kind.value, sorted({item.path for item in finding.evidence})


def test_what_was_wrong_before_stays_quiet(repository: Repository, look: Look) -> None:
    assert look() == []
    repository.write(docs__plans=PLANS + "\nThey are billed monthly.\n")
    repository.commit()
    assert look() == []


def test_a_contradiction_with_an_unchanged_article_is_brought(
    repository: Repository, look: Look
) -> None:
    repository.write(docs__returns=AGAINST)
    assert look() == [("contradiction", ["refunds.md", "returns.md"])]
    repository.commit()
    assert look() == [("contradiction", ["refunds.md", "returns.md"])]


def test_a_change_that_is_taken_back_brings_nothing(repository: Repository, look: Look) -> None:
    repository.write(docs__refunds=REFUNDS.replace("30", "14"), docs__returns=AGAINST)
    repository.commit()
    repository.write(docs__refunds=REFUNDS)
    (repository.top / "docs" / "returns.md").unlink()
    repository.commit()
    assert look() == []


def test_a_deleted_article_brings_the_links_that_it_breaks(
    repository: Repository, look: Look
) -> None:
    (repository.top / "docs" / "refunds.md").unlink()
    assert look() == [("broken_link", ["plans.md"])]


def test_a_renamed_article_brings_what_the_rename_breaks_alone(
    repository: Repository, look: Look
) -> None:
    repository.git("mv", "docs/plans.md", "docs/prices.md")
    repository.commit()
    assert look() == [("broken_link", ["refunds.md"])]


def test_in_a_new_folder_everything_is_brought(repository: Repository, look: Look) -> None:
    repository.git("switch", "--quiet", "--create", "fresh")
    repository.git("rm", "--quiet", "-r", "docs")
    repository.write(other="# Other")
    repository.commit()
    repository.git("branch", "--force", "main")
    repository.write(docs__plans=PLANS, docs__refunds=REFUNDS)
    assert look() == [("broken_link", ["plans.md"])]


def test_github_shows_it_on_the_lines_of_the_change(repository: Repository, tmp_path: Path) -> None:
    repository.write(docs__returns=AGAINST)
    result = wellkept(
        *("check", "docs", "--changed-since", "main", "--format", "github", "--fail-on", "high"),
        *("--home", tmp_path / "home"),
        cwd=repository.top,
    )
    errors = [line for line in result.out.splitlines() if line.startswith("::error")]
    assert len(errors) == 1
    assert errors[0].startswith("::error file=docs/returns.md,line=5,endLine=5,col=")
    assert "docs/refunds.md:5: “You can ask for a refund" in errors[0]
    assert all(line.startswith("::") for line in result.out.splitlines())
    assert result.code == 1


def test_sarif_goes_to_a_file(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write(docs__more="# More\n\nSee [x](nowhere.md).\n")
    file = tmp_path / "wellkept.sarif"
    monkeypatch.chdir(repository.top / "docs")
    arguments = [".", "--changed-since", "main", "--format", "sarif", "--output", str(file)]
    home = ["--home", str(tmp_path / "home")]
    result = CliRunner().invoke(app, ["check", *arguments, "--fail-on", "high", *home])
    places = [
        item["locations"][0]["physicalLocation"]
        for item in json.loads(file.read_text(encoding="utf-8"))["runs"][0]["results"]
        if item["ruleId"] == "broken_link"
    ]
    assert (result.exit_code, result.stdout) == (0, "")
    assert [place["artifactLocation"]["uri"] for place in places] == ["docs/more.md"]
    assert [place["region"]["startLine"] for place in places] == [3]


@pytest.mark.parametrize(
    ("revision", "output", "said"),
    [("nowhere", "x.json", "no revision 'nowhere'"), ("main", "nowhere/x.json", "no such folder")],
)
def test_what_cannot_be_done_is_said(
    repository: Repository, tmp_path: Path, revision: str, output: str, said: str
) -> None:
    home = ["--home", str(tmp_path / "home")]
    docs = str(repository.top / "docs")
    file = str(tmp_path / output)
    arguments = [docs, "--changed-since", revision, "--output", file]
    result = CliRunner().invoke(app, ["check", *arguments, *home])
    assert isinstance(result.exception, ConfigError)
    assert said in str(result.exception)
