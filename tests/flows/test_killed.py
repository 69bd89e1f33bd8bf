"""A run that is killed: the live release goes on serving, and the next run picks up."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.bench.releasing import OPEN_GATE
from tests.flows.conftest import COMMAND, wellkept, write


def _articles(first: int, last: int) -> dict[str, str | bytes]:
    return {
        f"{number:03}.md": f"# Machine {number}\n\n## Cleaning\n\nRinse part {number} each week.\n"
        for number in range(first, last)
    }


@contextmanager
def _killed_while_embedding(arguments: list[str]) -> Iterator[None]:
    """Only the command itself is killed; what it has started goes when the block ends."""
    run = subprocess.Popen(
        [str(COMMAND), *arguments],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert run.stderr is not None
    with run.stderr:
        for line in run.stderr:
            if line.startswith("embed: "):
                os.kill(run.pid, signal.SIGKILL)
                break
    assert run.wait() == -signal.SIGKILL
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)


def test_a_killed_run_changes_nothing_and_the_next_one_picks_up(tmp_path: Path) -> None:
    docs = write(tmp_path / "docs", _articles(0, 12))
    config = write(tmp_path, {"wellkept.toml": OPEN_GATE}) / "wellkept.toml"
    home = tmp_path / "home"
    arguments = ["release", str(docs), "--home", str(home), "--config", str(config), "--json"]
    first = wellkept(*arguments).json()["release"]

    write(docs, _articles(12, 400))
    with _killed_while_embedding(arguments):
        rows = {
            row["id"]: row["status"]
            for row in wellkept("releases", "--json", "--home", home).json()
        }
        assert rows.pop(first) == "live"
        assert list(rows.values()) == ["building"]
        found = wellkept("search", "rinse part 7", "--json", "--home", home).json()["hits"]
        assert {hit["article"] for hit in found} <= set(_articles(0, 12))

        again = wellkept(*arguments)
        outcome = again.json()
    assert (again.code, outcome["status"], outcome["articles"]) == (0, "live", 400)
    assert outcome["release"] in rows
    assert "embed: 400/400" not in again.err
    assert wellkept("rollback", "--json", "--home", home).json() == {"live": first}
