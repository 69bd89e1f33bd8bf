from pathlib import Path

import pytest

from kb.errors import ConfigError
from kb.history import read_history
from kb.snapshot import as_of, place_in_repository
from tests.kb.repository import Repository, needs_git

pytestmark = needs_git


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """`docs` and `other` on main, and a branch `topic` that is checked out."""
    made = Repository(tmp_path / "center")
    made.write(docs__a="# A", docs__deep__b="# B", other__c="# C")
    made.commit()
    made.git("switch", "--quiet", "--create", "topic")
    return made


def files(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in root.rglob("*.md")
    }


def test_a_folder_is_as_it_was_where_the_branch_left(repository: Repository) -> None:
    repository.write(docs__a="# A, edited", docs__new="# New")
    repository.commit()
    repository.git("switch", "--quiet", "main")
    repository.write(docs__a="# A, on main")
    repository.commit()
    repository.git("switch", "--quiet", "topic")
    repository.write(docs__untracked="# U")
    with as_of([repository.top / "docs"], "main") as then:
        assert [files(root) for root in then.roots] == [{"a.md": "# A", "deep/b.md": "# B"}]
    assert not then.roots[0].exists()


def test_the_dates_of_files_are_those_of_then(repository: Repository) -> None:
    docs = repository.top / "docs"
    before = read_history(docs)
    repository.write(docs__a="# A, edited")
    repository.commit()
    with as_of([docs], "main") as then:
        assert before
        assert read_history(then.roots[0]) == before


def test_renames_are_told_by_root(repository: Repository) -> None:
    repository.write(docs__a="# A long article\n\nwith several\n\nparagraphs of text\n")
    repository.commit()
    repository.git("switch", "--quiet", "--create", "later")
    repository.git("mv", "docs/a.md", "other/z.md")
    repository.commit()
    roots = [repository.top / "docs", repository.top / "other"]
    with as_of(roots, "topic") as then:
        assert then.renamed == {(1, "z.md"): (0, "a.md")}


def test_a_folder_that_was_not_there_is_empty(repository: Repository) -> None:
    repository.write(fresh__a="# A")
    with as_of([repository.top / "fresh", repository.top / "docs"], "main") as then:
        assert [len(files(root)) for root in then.roots] == [0, 2]


def test_the_whole_repository_can_be_the_folder(repository: Repository) -> None:
    with as_of([repository.top], "main") as then:
        assert sorted(files(then.roots[0])) == ["docs/a.md", "docs/deep/b.md", "other/c.md"]
        assert then.roots[0].name == "center"


def test_nothing_of_the_repository_is_touched(repository: Repository) -> None:
    def state() -> list[str]:
        every = repository.top.rglob("*")
        return sorted(f"{path} {path.stat().st_mtime_ns}" for path in every if path.is_file())

    before = state()
    with as_of([repository.top / "docs"], "main"):
        pass
    assert state() == before


def test_an_unknown_revision_is_named(repository: Repository) -> None:
    for revision in ("nowhere", "--all", "HEAD~9", ""):
        with (
            pytest.raises(ConfigError, match="there is no revision"),
            as_of([repository.top / "docs"], revision),
        ):
            pass


def test_outside_of_git_nothing_is_known_of_changes(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no git repository"), as_of([tmp_path], "main"):
        pass


def test_a_shallow_clone_says_what_to_do(repository: Repository, tmp_path: Path) -> None:
    repository.write(docs__a="# A, edited")
    repository.commit()
    clone = tmp_path / "clone"
    url = f"file://{repository.top}"
    repository.git("clone", "--quiet", "--depth=1", "--no-single-branch", url, str(clone))
    for revision in ("origin/main", "HEAD~1"):
        with pytest.raises(ConfigError, match="fetch-depth: 0"), as_of([clone / "docs"], revision):
            pass


def test_branches_without_a_shared_commit_are_refused(repository: Repository) -> None:
    repository.git("switch", "--quiet", "--orphan", "alone")
    repository.write(docs__a="# A")
    repository.commit()
    with pytest.raises(ConfigError, match="share no commit"), as_of([repository.top], "main"):
        pass


def test_a_folder_is_placed_from_the_top_of_its_repository(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plain").mkdir()
    assert place_in_repository(repository.top / "docs" / "deep") == "docs/deep"
    assert place_in_repository(repository.top) == "."
    assert place_in_repository(tmp_path / "plain") == "plain"
