"""Brings a world through the real use cases: sync, index, check, evaluate, promote or refuse.

In this process, or, where Wellkept's own code is changed, in one that runs that code.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from tests.forty.world import World

if TYPE_CHECKING:
    from tests.forty.steps import Meanwhile

_LONGEST_S = 900
_SHOWN_CHARS = 600


@dataclass(frozen=True)
class Brought:
    """What came of it. `how`: `release` where there was something to release, `eval` where only
    what judges had changed, so that the live release was tried again; `stopped` with an `error`
    where nothing could be built. `verdict` is the gate's as plain values; `rows` are the cases."""

    how: str
    passed: bool
    verdict: Mapping[str, Any] = field(default_factory=dict)
    rows: tuple[Mapping[str, Any], ...] = ()
    error: str = ""
    live: str = ""
    seconds: float = 0.0
    timings_s: Mapping[str, float] = field(default_factory=dict)


def bring(world: World, meanwhile: "Meanwhile | None" = None) -> Brought:
    """Never raises for what the product refuses. `meanwhile` takes place after the evaluation and
    before the promotion, in a world whose code is Wellkept's own."""
    started = perf_counter()
    brought = _elsewhere(world) if world.has_code else here(world, meanwhile)
    return replace(brought, seconds=perf_counter() - started)


def here(world: World, meanwhile: "Meanwhile | None" = None) -> Brought:
    """In this process."""
    from kb.errors import ConfigError, Permanent
    from tests.forty.steps import run

    try:
        return run(world, meanwhile)
    except (ConfigError, Permanent) as error:
        return Brought("stopped", passed=False, error=str(error))


def _elsewhere(world: World) -> Brought:
    out = world.folder / "brought.json"
    done = subprocess.run(
        [sys.executable, "-m", "tests.forty.bringing", str(world.folder), str(out)],
        cwd=world.code,
        env={**os.environ, "PYTHONPATH": str(world.code)},
        capture_output=True,
        text=True,
        timeout=_LONGEST_S,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{world.folder.name}: {done.stderr[-_SHOWN_CHARS:]}")
    return Brought(**json.loads(out.read_text(encoding="utf-8")))


def main() -> None:
    """Brings the world of the first argument, and writes what came of it to the second."""
    brought = here(World(Path(sys.argv[1])))
    Path(sys.argv[2]).write_text(json.dumps(asdict(brought)), encoding="utf-8")


if __name__ == "__main__":
    main()
