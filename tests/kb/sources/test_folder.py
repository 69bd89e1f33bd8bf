"""A folder of articles as a source."""

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from shutil import which

import pytest

from kb.errors import ConfigError, Permanent
from kb.settings import SourcesSettings
from kb.sources.folder import FolderSource, open_folders, plugin

GIT = which("git")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "help"
    (root / "guides").mkdir(parents=True)
    (root / "a.md").write_text("# A\n\nOne.")
    (root / "guides" / "b.HTML").write_text("<p>Two.</p>")
    return root


def commit(root: Path, when: str) -> None:
    settings = ["-c", "user.name=n", "-c", "user.email=e@example.org", "-c", "commit.gpgsign=false"]
    environment = {**os.environ, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    for command in (["add", "-A"], ["commit", "-q", "-m", "change"]):
        subprocess.run(
            [str(GIT), "-C", str(root), *settings, *command], check=True, env=environment
        )


def test_it_is_the_plug_in_of_its_file() -> None:
    assert plugin is FolderSource


def test_documents_are_found_by_their_path_below_the_folder(folder: Path) -> None:
    source = FolderSource(folder)
    assert sorted(source.revisions()) == ["a.md", "guides/b.HTML"]
    document = source.fetch("guides/b.HTML")
    assert document.id == "folder:guides/b.HTML"
    assert document.path == "guides/b.HTML"
    assert document.media_type == "text/html"
    assert document.data == b"<p>Two.</p>"


def test_assets_hidden_files_and_dependencies_are_no_articles(folder: Path) -> None:
    for name in (".hidden.md", ".git/x.md", "node_modules/p/README.md", "img.png", "conf.yaml"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    assert sorted(FolderSource(folder).revisions()) == ["a.md", "guides/b.HTML"]


def test_other_files_are_assets_that_articles_may_link_to(folder: Path) -> None:
    (folder / "guides" / "hub.png").write_bytes(b"x")
    (folder / ".hidden.png").write_bytes(b"x")
    assert FolderSource(folder).assets() == {"guides/hub.png"}


@pytest.mark.parametrize("pattern", ["guides/*", "guides", "guides/", "b.*", "*/b.HTML"])
def test_excluded_paths_are_left_out(folder: Path, pattern: str) -> None:
    assert list(FolderSource(folder, exclude=[pattern]).revisions()) == ["a.md"]


def test_a_revision_changes_with_the_file_alone(folder: Path) -> None:
    before = FolderSource(folder).revisions()
    (folder / "a.md").write_text("# A\n\nOne and more.")
    after = FolderSource(folder).revisions()
    assert before["a.md"] != after["a.md"]
    assert before["guides/b.HTML"] == after["guides/b.HTML"]


def test_outside_of_git_an_article_was_updated_when_its_file_was(folder: Path) -> None:
    moment = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
    os.utime(folder / "a.md", (moment.timestamp(), moment.timestamp()))
    document = FolderSource(folder).fetch("a.md")
    assert (document.created_at, document.updated_at) == (None, moment)


@pytest.mark.skipif(GIT is None, reason="git is not installed")
def test_in_git_the_dates_are_those_of_its_first_and_last_commit(folder: Path) -> None:
    subprocess.run([str(GIT), "init", "-q", str(folder.parent)], check=True)
    hook = folder.parent / "ran"
    (folder / "größe x.md").write_text("one")
    commit(folder, "2024-01-02T03:04:05+00:00")
    (folder / "größe x.md").write_text("two")
    commit(folder, "2025-06-07T08:09:10+02:00")
    (folder / "new.md").write_text("not yet committed")
    config = f"[core]\n\tfsmonitor = touch {hook}\n\tpager = touch {hook}\n"
    with (folder.parent / ".git" / "config").open("a") as file:
        file.write(config)
    source = FolderSource(folder)
    document = source.fetch("größe x.md")
    assert document.created_at == datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert document.updated_at == datetime(2025, 6, 7, 6, 9, 10, tzinfo=UTC)
    assert source.fetch("new.md").created_at is None
    assert not hook.exists()


def test_a_file_that_is_too_large_is_refused_with_its_size(folder: Path) -> None:
    source = FolderSource(folder, max_bytes=5)
    with pytest.raises(Permanent, match=r"9 bytes.*sources\.max_bytes"):
        source.fetch("a.md")


def test_links_that_lead_out_of_the_folder_are_named_but_not_followed(folder: Path) -> None:
    (folder.parent / "secret.md").write_text("secret")
    (folder / "link.md").symlink_to(folder.parent / "secret.md")
    (folder / "inside.md").symlink_to(folder / "a.md")
    source = FolderSource(folder)
    assert "link.md" in source.revisions()
    with pytest.raises(Permanent, match="out of the folder"):
        source.fetch("link.md")
    assert source.fetch("inside.md").data == b"# A\n\nOne."


def test_a_broken_link_and_a_pipe_are_refused(folder: Path) -> None:
    (folder / "broken.md").symlink_to(folder / "nowhere.md")
    os.mkfifo(folder / "pipe.md")
    source = FolderSource(folder)
    assert {"broken.md", "pipe.md"} <= source.revisions().keys()
    for name in ("broken.md", "pipe.md"):
        with pytest.raises(Permanent):
            source.fetch(name)


def test_a_folder_without_articles_says_what_is_read(tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    with pytest.raises(ConfigError, match=r"no articles.*\.docx, \.htm, .*\.pdf"):
        FolderSource(tmp_path).revisions()


@pytest.mark.parametrize(("name", "message"), [("none", "no such folder"), ("a.md", "is a file")])
def test_what_is_no_folder_is_refused(folder: Path, name: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        FolderSource(folder / name).revisions()


def test_several_folders_are_told_apart_by_their_names(tmp_path: Path) -> None:
    roots = [tmp_path / "a" / "docs", tmp_path / "b" / "docs", tmp_path / "faq"]
    names = [source.name for source in open_folders(roots, SourcesSettings())]
    assert names == ["docs", "docs-2", "faq"]
    assert [source.name for source in open_folders(roots[:1], SourcesSettings())] == ["folder"]
