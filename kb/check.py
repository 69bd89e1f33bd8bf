"""Runs the detectors over the articles."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from kb.corpus import Corpus, Detector
from kb.ports import Progress
from kb.types import Finding

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Findings, ranked, and what went wrong: the name of a detector that crashed and why."""

    findings: tuple[Finding, ...]
    errors: tuple[tuple[str, str], ...] = ()


def check(
    corpus: Corpus, detectors: Mapping[str, Detector], progress: Progress | None = None
) -> CheckReport:
    """What the detectors found, by severity, then confidence, then path.

    Findings below the settings' confidence are left out. A detector that crashes is named in
    `errors`; the others' findings stay.
    """
    found: list[Finding] = []
    errors: list[tuple[str, str]] = []
    for done, (name, detector) in enumerate(sorted(detectors.items())):
        if progress:
            progress(f"check {name}", done, len(detectors))
        try:
            found += detector.detect(corpus)
        except Exception as error:  # noqa: BLE001 one broken plug-in must not hide the others' findings
            log.exception("detector %s failed", name)
            errors.append((name, f"{type(error).__name__}: {error}"))
    if progress:
        progress("check", len(detectors), len(detectors))
    least = corpus.settings.min_confidence
    kept = sorted((f for f in found if f.confidence >= least), key=_rank)
    return CheckReport(tuple(kept), tuple(errors))


def _rank(finding: Finding) -> tuple[int, float, str, str]:
    path = finding.evidence[0].path if finding.evidence else ""
    return -finding.severity, -finding.confidence, path, finding.id
