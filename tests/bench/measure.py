"""How things are measured: times, percentiles, processes and their memory, tables."""

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from tempfile import TemporaryFile
from time import perf_counter
from typing import TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True)
class Ran:
    """A process that ended: its exit code, output, wall-clock and peak resident memory."""

    code: int
    out: str
    err: str
    seconds: float
    peak_mb: float


def run(arguments: Sequence[str], folder: Path) -> Ran:
    """Runs `wellkept` with `folder` as working directory and waits for it."""
    with TemporaryFile("w+") as out, TemporaryFile("w+") as err:
        started = perf_counter()
        process = subprocess.Popen(wellkept(*arguments), cwd=folder, stdout=out, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = perf_counter() - started
        out.seek(0)
        err.seek(0)
        return Ran(process.returncode, out.read(), err.read(), seconds, usage.ru_maxrss / 1024)


def wellkept(*arguments: str) -> list[str]:
    """The command line of this environment's `wellkept`, which finds its own Prefect home."""
    command = Path(sys.executable).with_name("wellkept")
    return ["env", "-u", "PREFECT_HOME", str(command), *arguments]


def own_peak_mb() -> float:
    """Peak resident memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(work: Callable[[], Value]) -> tuple[float, Value]:
    """Seconds, and what the work came to."""
    started = perf_counter()
    value = work()
    return perf_counter() - started, value


def latencies_ms(work: Callable[[str], object], inputs: Iterable[str]) -> list[float]:
    """Milliseconds for each input, in order."""
    return [timed(lambda given=given: work(given))[0] * 1000 for given in inputs]  # type: ignore[misc]  # mypy can't infer a lambda with a default


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of the values do not exceed."""
    return sorted(values)[max(0, ceil(len(values) * share) - 1)]


def p50_p95(values: Sequence[float]) -> str:
    """Both in ms, for a table."""
    return f"{percentile(values, 0.5):.1f} / {percentile(values, 0.95):.1f}"


def show(title: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Prints a table: first column to the left, the rest to the right."""
    cells = [list(header), *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    print(f"\n{title}")
    for row in cells:
        first, *rest = zip(row, widths, strict=True)
        line = "  ".join([first[0].ljust(first[1]), *(text.rjust(width) for text, width in rest)])
        print(f"  {line}".rstrip(), flush=True)
