"""A second `wellkept check` after an edit of one article, beside the check of a single one."""

from pathlib import Path
from statistics import median

from tests.bench.measure import Ran, run, show

_EDIT = "\n\nAsk the team that runs the migration before you begin.\n"
_RUNS = 3


def measure(folder: Path, work: Path) -> None:
    """Prints seconds of the first run, of the next ones after an edit each, and of start-up."""
    work.mkdir(parents=True, exist_ok=True)
    tiny = work / "tiny"
    tiny.mkdir(exist_ok=True)
    (tiny / "one.md").write_text("# One\n\nOne article.\n", encoding="utf-8")
    first = _check(folder, work)
    start_up = median(_check(tiny, work).seconds for _ in range(_RUNS))
    edited = sorted(path for path in folder.rglob("*.md"))[:_RUNS]
    again = []
    for path in edited:
        text = path.read_text(encoding="utf-8")
        path.write_text(text + _EDIT, encoding="utf-8")
        again.append(_check(folder, work).seconds)
        path.write_text(text, encoding="utf-8")
    second = median(again)
    rows = [
        ("first run", f"{first.seconds:.1f}", f"{first.peak_mb:.0f}"),
        ("one article, as start-up", f"{start_up:.1f}", ""),
        ("after an edit", f"{second:.1f}", ""),
        ("after an edit, beyond start-up", f"{second - start_up:.1f}", ""),
    ]
    count = sum(1 for path in folder.rglob("*") if path.is_file())
    show(f"wellkept check of {count} articles", ["run", "s", "peak MB"], rows)


def _check(folder: Path, work: Path) -> Ran:
    return run(["check", str(folder), "--home", str(work / "recheck-home")], work)
