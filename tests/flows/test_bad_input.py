"""Bad input: a clear message, the right exit code, nothing lost."""

import json
import socket
from pathlib import Path

import pytest

from kb.home import Home
from tests.flows.conftest import jsonl, wellkept, write

GOOD = "# Refunds\n\nRefunds take five days.\n"


def _refused(code: int, message: str, *arguments: str | Path) -> None:
    result = wellkept(*arguments)
    assert (result.code, "Traceback" in result.err) == (code, False), result.err
    assert message in " ".join(result.err.split())


def test_an_empty_folder(tmp_path: Path) -> None:
    _refused(2, "no articles here", "release", tmp_path, "--home", tmp_path / ".home")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    _refused(2, "no such folder", "check", tmp_path / "nowhere", "--home", tmp_path / "home")


def test_no_folder_at_all(tmp_path: Path) -> None:
    _refused(2, "no sources", "release", "--home", tmp_path / "home")


def test_a_folder_of_binaries(tmp_path: Path) -> None:
    write(tmp_path, {"docs/a.bin": bytes(range(256)), "docs/b.md": b"\x00\x01\x02\xff" * 99})
    _refused(2, "b.md", "release", tmp_path / "docs", "--home", tmp_path / "home")


def test_what_can_not_be_read_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    docs = write(
        tmp_path / "docs",
        {
            "good.md": GOOD,
            "broken.pdf": b"%PDF-1.7\nthis is no PDF",
            "empty.md": "",
            "large.md": "word " * 4_500_000,
            "latin.md": "# Gebühren\n\nKostet fünf Euro.\n".encode("cp1252"),
        },
    )
    result = wellkept("sync", docs, "--home", tmp_path / "home", "--json")
    report = result.json()
    assert result.code == 0
    assert report["added"] == 2
    assert {item["path"] for item in report["errors"]} == {"broken.pdf", "empty.md", "large.md"}
    assert all(item["reason"] for item in report["errors"])


def test_check_works_on_a_bare_folder_and_leaves_nothing_behind_but_its_cache(
    tmp_path: Path,
) -> None:
    docs = write(
        tmp_path / "docs",
        {
            "a.md": "# Refunds\n\nYou can return any item within 30 days of delivery.\n",
            "b.md": "# Returning things\n\nYou can return any item within 14 days of delivery.\n",
            "c.md": "# Links\n\nSee [refunds](a.md) and [nothing](missing.md).\n",
        },
    )
    result = wellkept("check", docs, "--json", cwd=tmp_path)
    kinds = {item["kind"] for item in result.json()}
    assert result.code == 0
    assert kinds == {"contradiction", "broken_link", "orphan"}
    assert sorted(path.name for path in tmp_path.iterdir()) == [".wellkept", "docs"]
    left = sorted(path.name for path in (tmp_path / ".wellkept").iterdir())
    assert left == [".gitignore", "cache.db", "home.json"]
    assert wellkept("check", docs, "--fail-on", "medium", cwd=tmp_path).code == 1


def test_a_check_goes_on_where_it_can_keep_nothing(tmp_path: Path) -> None:
    docs = write(tmp_path / "docs", {"a.md": GOOD, "b.md": "# B\n\nSee [nothing](missing.md).\n"})
    (tmp_path / ".wellkept").write_text("no folder", encoding="utf-8")
    result = wellkept("check", docs, "--json", cwd=tmp_path)
    assert (result.code, {item["kind"] for item in result.json()}) == (0, {"broken_link", "orphan"})


@pytest.mark.parametrize(
    ("text", "message"),
    [("[serch]\n", "did you mean 'search'"), ("[server\n", "not valid TOML")],
)
def test_bad_settings(tmp_path: Path, text: str, message: str) -> None:
    write(tmp_path, {"docs/a.md": GOOD, "wellkept.toml": text})
    _refused(2, message, "check", tmp_path / "docs", "--config", tmp_path / "wellkept.toml")


def test_a_home_of_a_newer_version(tmp_path: Path) -> None:
    write(tmp_path, {"docs/a.md": GOOD, "home/home.json": json.dumps({"format": 999})})
    _refused(2, "newer version", "sync", tmp_path / "docs", "--home", tmp_path / "home")


def test_two_runs_on_one_home(tmp_path: Path) -> None:
    docs = write(tmp_path / "docs", {"a.md": GOOD})
    with Home(tmp_path / "home").lock():
        _refused(3, "in use by process", "sync", docs, "--home", tmp_path / "home")
    assert wellkept("sync", docs, "--home", tmp_path / "home").code == 0


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        _refused(2, "--port", "serve", "--port", port, "--home", tmp_path / "home")


def test_asking_before_anything_is_live(tmp_path: Path) -> None:
    _refused(2, "wellkept release", "ask", "anything?", "--home", tmp_path / "home")


@pytest.mark.parametrize("command", ["search", "ask"])
def test_neither_a_question_nor_a_file(command: str, tmp_path: Path) -> None:
    _refused(2, "FILE", command, "--home", tmp_path / "home")


def test_a_broken_line_of_a_file_is_named(tmp_path: Path) -> None:
    file = write(tmp_path, {"q.jsonl": '{"id": 1, "query": "a"}\n{"id": 2}\n'}) / "q.jsonl"
    _refused(2, "line 2", "search", "--queries", file, "--home", tmp_path / "home")
    good = jsonl(tmp_path / "empty.jsonl", [])
    _refused(2, "no lines", "search", "--queries", good, "--home", tmp_path / "home")


def test_a_missing_model_is_said_before_anything_is_built(tmp_path: Path) -> None:
    docs = write(tmp_path / "docs", {"a.md": GOOD})
    result = wellkept(
        "release",
        docs,
        "--home",
        tmp_path / "home",
        env={"WELLKEPT_ENCODER_MODEL": str(tmp_path / "no-model"), "HF_HUB_OFFLINE": "1"},
    )
    assert result.code == 2, result.err
    assert "model" in result.err
    assert "Traceback" not in result.err
