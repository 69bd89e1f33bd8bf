"""How long a release takes, the first time and when nothing has changed."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.bench.centers import Center
from tests.bench.measure import Ran, run, show

# A generated help center is no fair exam: it is measured, and let through.
OPEN_GATE = """\
[gate]
context_recall = 0.0
context_precision = 0.0
grounding = 0.0
answer_similarity = 0.0
decision_accuracy = 0.0
handoff_precision = 0.0
handoff_recall = 0.0
min_cases = 1
"""


def measure(centers: Sequence[Center], work: Path, *, open_gate: bool = False) -> None:
    """`wellkept release` as a process of its own, twice. Where `work` has kept a home, the first
    run has little to do and is named so."""
    rows = []
    for center in centers:
        kept = (home_of(center, work) / "wellkept.db").exists()
        for turn in ("first, home kept" if kept else "first", "second"):
            ran = release(center, work, open_gate=open_gate)
            outcome = read(ran)
            rows.append(_row(center, turn, ran, outcome))
            if not outcome:
                print(ran.err[-2000:])
                break
    show(
        "Release (the command as a whole, its imports included)",
        (
            "help center",
            "run",
            "s",
            "peak MB",
            "articles",
            "passages",
            "findings",
            "gate",
            "slowest steps",
        ),
        rows,
    )


def release(center: Center, work: Path, *, open_gate: bool = False) -> Ran:
    """Releases a center into its home below `work`."""
    folder = work / center.name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "wellkept.toml").write_text(OPEN_GATE if open_gate else "")
    arguments = ("release", str(center.folder), "--home", str(home_of(center, work)), "--json")
    return run(arguments, folder)


def home_of(center: Center, work: Path) -> Path:
    """Where a center's state lies."""
    return work / center.name / "home"


def read(ran: Ran) -> Mapping[str, Any]:
    """What the command printed; empty when it failed."""
    try:
        values: dict[str, Any] = json.loads(ran.out)
    except ValueError:
        return {}
    return values


def _row(center: Center, turn: str, ran: Ran, outcome: Mapping[str, Any]) -> tuple[object, ...]:
    verdict = outcome.get("verdict") or {}
    gate = "unchanged" if not verdict else "passed" if verdict["passed"] else "REFUSED"
    steps = sorted(outcome.get("timings_s", {}).items(), key=lambda item: -item[1])[:3]
    return (
        center.name,
        turn,
        f"{ran.seconds:.1f}",
        f"{ran.peak_mb:.0f}",
        outcome.get("articles", "–"),
        outcome.get("passages", "–"),
        len(outcome.get("findings", ())),
        gate if outcome else f"exit {ran.code}",
        ", ".join(f"{name} {seconds:.1f}" for name, seconds in steps),
    )
