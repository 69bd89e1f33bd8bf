"""The home folder: whose it is, which version it is of, and who works in it."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kb.errors import ConfigError, Transient
from kb.home import FORMAT, Home
from kb.store.database import Database

HOLD = """
import sys, time
from pathlib import Path
from kb.home import Home
with Home(Path(sys.argv[1])).lock():
    print("held", flush=True)
    time.sleep(60)
"""


@contextmanager
def another_process_in(home: Path) -> Iterator["subprocess.Popen[str]"]:
    """A process that holds the lock of the home."""
    arguments = [sys.executable, "-c", HOLD, str(home)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_home_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    home = Home(tmp_path / "deep" / "home")
    assert home.path.stat().st_mode & 0o777 == 0o700
    assert json.loads((home.path / "home.json").read_text()) == {"format": FORMAT}


def test_a_home_can_be_opened_again_and_again(tmp_path: Path) -> None:
    for _ in range(3):
        Home(tmp_path)
    assert sorted(item.name for item in tmp_path.iterdir()) == [".gitignore", "home.json"]


def test_git_never_sees_what_a_home_holds(tmp_path: Path) -> None:
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not installed")
    subprocess.run([git, "init", "-q", str(tmp_path)], check=True)
    Home(tmp_path / ".wellkept")
    status = [git, "-C", str(tmp_path), "status", "--porcelain"]
    assert subprocess.run(status, capture_output=True, check=True).stdout == b""


def test_a_home_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    label = tmp_path / "home.json"
    label.write_text(json.dumps({"format": FORMAT + 1}))
    with pytest.raises(ConfigError, match=r"newer version of Wellkept.*upgrade wellkept"):
        Home(tmp_path)
    assert json.loads(label.read_text()) == {"format": FORMAT + 1}


@pytest.mark.parametrize("label", ["", "{", "[]", "{}", '{"format": "1"}'])
def test_a_damaged_home_is_refused(tmp_path: Path, label: str) -> None:
    (tmp_path / "home.json").write_text(label)
    with pytest.raises(ConfigError, match="damaged"):
        Home(tmp_path)


def test_a_file_can_not_be_a_home(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("")
    with pytest.raises(ConfigError, match="choose another with --home"):
        Home(path)


@pytest.mark.parametrize("name", ["with space", "100%41", "a#b", "what?x=1", "größe", "a&b=c;d"])
def test_the_database_lies_in_the_home_whatever_its_name(tmp_path: Path, name: str) -> None:
    home = Home(tmp_path / name)
    database = Database(home.database_url)
    database.upgrade()
    database.close()
    assert home.database.is_file()
    assert [item.name for item in tmp_path.iterdir()] == [name]


def test_a_second_run_is_told_at_once_who_works_in_the_home(tmp_path: Path) -> None:
    with another_process_in(tmp_path) as process:
        with (
            pytest.raises(Transient, match=f"in use by process {process.pid};"),
            Home(tmp_path).lock(),
        ):
            pass
        with (
            pytest.raises(Transient, match=f"in use by process {process.pid};"),
            Home(tmp_path).lock(),
        ):
            pass


def test_a_second_run_in_the_same_process_is_told_too(tmp_path: Path) -> None:
    with (
        Home(tmp_path).lock(),
        pytest.raises(Transient, match=f"process {os.getpid()}"),
        Home(tmp_path).lock(),
    ):
        pass


def test_a_killed_run_leaves_the_home_free(tmp_path: Path) -> None:
    with another_process_in(tmp_path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=10)
        with Home(tmp_path).lock():
            pass


def test_a_run_that_fails_leaves_the_home_free(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), Home(tmp_path).lock():
        raise RuntimeError
    with Home(tmp_path).lock():
        pass


def test_too_little_space_is_said_before_it_runs_out(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.require_space(0)
    with pytest.raises(Transient, match="1000000000000 MB are needed; free some space"):
        home.require_space(10**12)
