"""The command as people run it, and one home with the sample released in it."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SAMPLE = Path(__file__).parents[2] / "sample"
COMMAND = Path(sys.executable).with_name("wellkept")


@dataclass(frozen=True)
class Result:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)

    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


def wellkept(
    *arguments: str | Path, cwd: Path | None = None, env: dict[str, str] | None = None
) -> Result:
    """Runs the command in a process of its own."""
    done = subprocess.run(
        [str(COMMAND), *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return Result(done.returncode, done.stdout, done.stderr)


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    """A folder of files."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def jsonl(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def sample_release(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """A home in which the sample was released, and what the command printed."""
    home = tmp_path_factory.mktemp("sample") / "home"
    return home, wellkept("release", "--config", SAMPLE / "wellkept.toml", "--home", home, "--json")


@pytest.fixture(scope="session")
def live_home(sample_release: tuple[Path, Result]) -> Path:
    """The same home; the release in it is live."""
    home, result = sample_release
    assert result.code == 0, result.err
    return home
