"""Runs the detectors over the articles."""

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version

from kb.corpus import Corpus, Detector
from kb.opinions import consulted
from kb.ports import Progress, SecondJudge
from kb.types import Finding

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Findings, ranked, and what went wrong: the name of a detector that crashed, or of the second
    judge when it did not say something of each contradiction, and why."""

    findings: tuple[Finding, ...]
    errors: tuple[tuple[str, str], ...] = ()


def check(
    corpus: Corpus,
    detectors: Mapping[str, Detector],
    progress: Progress | None = None,
    judge: SecondJudge | None = None,
) -> CheckReport:
    """What the detectors found, by severity, then confidence, then path.

    Findings below the settings' confidence are left out; what is left the second judge may lower.
    A detector that crashes is named in `errors`; the others' findings stay.
    """
    found: list[Finding] = []
    errors: list[tuple[str, str]] = []
    for done, (name, detector) in enumerate(sorted(detectors.items())):
        if progress:
            progress(f"check {name}", done, len(detectors))
        # One broken plug-in must not hide the others' findings.
        try:
            found += detector.detect(corpus)
        except Exception as error:
            log.exception("detector %s failed", name)
            errors.append((name, f"{type(error).__name__}: {error}"))
    if progress:
        progress("check", len(detectors), len(detectors))
    least = corpus.settings.min_confidence
    kept = [finding for finding in found if finding.confidence >= least]
    if judge:
        if progress:
            progress("second judge", 0, None)
        kept, unjudged = consulted(kept, judge)
        if unjudged:
            errors.append(("second judge", f"it left {unjudged} contradictions as they were"))
    return CheckReport(rank(kept), tuple(errors))


def rank(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By severity, then confidence, most first, then path."""
    return tuple(sorted(findings, key=_rank))


def fingerprint(corpus: Corpus, release: str, judge: SecondJudge | None = None) -> str:
    """SHA-256, in hex, of all that the findings of a release depend on: equal when a check would
    find the same again."""
    parts = {
        "wellkept": version("wellkept"),
        "release": release,
        "today": corpus.today.isoformat(),
        "vocabulary": corpus.vocabulary.model_dump(mode="json"),
        "judge": judge.name if judge else None,
        "settings": corpus.settings.model_dump(mode="json"),
        "questions": [[question.id, question.text] for question in corpus.questions],
        "assets": sorted(corpus.assets or ()),
    }
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _rank(finding: Finding) -> tuple[int, float, str, str]:
    path = finding.evidence[0].path if finding.evidence else ""
    return -finding.severity, -finding.confidence, path, finding.id
