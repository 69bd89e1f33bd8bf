"""What a run of the release flow came to."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eval.gate.verdict import Verdict
    from kb.findings import Finding
    from kb.sync import SyncReport
    from kb.types import Release


@dataclass(frozen=True)
class Outcome:
    """`release` is what was built, or the live one when nothing had changed; `verdict` and its
    page `evaluation` are None then. `timings_s` is by step, in order. `failures` are detectors
    that crashed. `held`: what passes stays a candidate."""

    sync: "SyncReport"
    release: "Release"
    unchanged: bool
    findings: "tuple[Finding, ...]"
    failures: tuple[str, ...]
    verdict: "Verdict | None"
    report: Path
    evaluation: Path | None
    timings_s: Mapping[str, float]
    held: bool = False

    @property
    def passed(self) -> bool:
        """Whether what was asked for is live now, or a candidate that has passed."""
        return self.unchanged or (self.verdict is not None and self.verdict.passed)
