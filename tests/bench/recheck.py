"""A second `wellkept check` after an edit of one article, beside the check of a single one."""

from collections.abc import Sequence
from pathlib import Path
from statistics import median

from tests.bench.measure import Ran, run, show

_EDIT = "\n\nAsk the team that runs the migration before you begin.\n"
_RUNS = 3


def measure(folder: Path, work: Path) -> None:
    """Prints seconds of the first run, of the next ones after an edit each, and of start-up: of
    one article that was read before, and of one that was edited, for which the libraries that
    read articles are loaded."""
    tiny = work / "tiny"
    tiny.mkdir(parents=True, exist_ok=True)
    one = tiny / "one.md"
    one.write_text("# One\n\nOne article.\n", encoding="utf-8")
    first = _check(folder, work)
    _check(tiny, work)
    start_up = median(_check(tiny, work).seconds for _ in range(_RUNS))
    loaded = _after_edits([one] * _RUNS, tiny, work)
    edited = sorted(folder.rglob("*.md"))[:_RUNS]
    second = _after_edits(edited, folder, work)
    rows = [
        ("first run", f"{first.seconds:.1f}", f"{first.peak_mb:.0f}"),
        ("one article, as start-up", f"{start_up:.1f}", ""),
        ("one article after an edit", f"{loaded:.1f}", ""),
        ("after an edit", f"{second:.1f}", ""),
        ("after an edit, beyond start-up", f"{second - start_up:.1f}", ""),
        ("after an edit, beyond one article's", f"{second - loaded:.1f}", ""),
    ]
    count = sum(1 for path in folder.rglob("*") if path.is_file())
    show(f"wellkept check of {count} articles", ["run", "s", "peak MB"], rows)


def _after_edits(paths: Sequence[Path], folder: Path, work: Path) -> float:
    """Median seconds of a check after an edit of each, which is taken back; no two are alike."""
    seconds = []
    for number, path in enumerate(paths):
        text = path.read_text(encoding="utf-8")
        path.write_text(f"{text}{_EDIT * (number + 1)}", encoding="utf-8")
        seconds.append(_check(folder, work).seconds)
        path.write_text(text, encoding="utf-8")
    return median(seconds)


def _check(folder: Path, work: Path) -> Ran:
    return run(["check", str(folder), "--home", str(work / "recheck-home")], work)
