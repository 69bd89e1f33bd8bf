"""Runs the detectors over the articles."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version

from kb.corpus import Corpus, Detector
from kb.findings import Finding, FindingKind, Unseen, Usage
from kb.harm import weighed
from kb.opinions import consulted
from kb.ports import Progress, SecondJudge
from kb.staleness.superseded import superseded

log = logging.getLogger(__name__)

_NOTHING = Unseen()


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Findings, ranked, and what went wrong: the name of a detector that crashed, or of the second
    judge when it did not say something of each contradiction, and why. `unseen` are the kinds of
    the detectors that crashed: nothing is known of their findings."""

    findings: tuple[Finding, ...]
    errors: tuple[tuple[str, str], ...] = ()
    unseen: frozenset[FindingKind] = frozenset()


def check(
    corpus: Corpus,
    detectors: Mapping[str, Detector],
    progress: Progress | None = None,
    judge: SecondJudge | None = None,
) -> CheckReport:
    """What the detectors found, with its expected harm, most harmful first.

    Findings below the settings' confidence are left out; what is left the second judge may lower.
    What a much newer article contradicts is stale, too.
    A detector that crashes is named in `errors`; the others' findings stay, and none of its own.
    """
    found: list[Finding] = []
    errors: list[tuple[str, str]] = []
    unseen: set[FindingKind] = set()
    for done, (name, detector) in enumerate(sorted(detectors.items())):
        if progress:
            progress(f"check {name}", done, len(detectors))
        # One broken plug-in must not hide the others' findings.
        try:
            found += list(detector.detect(corpus))
        except Exception as error:
            log.exception("detector %s failed", name)
            errors.append((name, f"{type(error).__name__}: {error}"))
            unseen.add(detector.kind)
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
    kept = [*kept, *superseded(kept, corpus)]
    ranked = weighed(kept, corpus.usage, corpus.today)
    return CheckReport(ranked, tuple(errors), frozenset(unseen))


def fingerprint(
    corpus: Corpus,
    release: str,
    judge: SecondJudge | None = None,
    unseen: Unseen = _NOTHING,
) -> str:
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
        "usage": {path: _used(usage) for path, usage in corpus.usage.items()},
        "fetched": {url: item.reach for url, item in corpus.fetched.items()},
        "unseen": [sorted(part) for part in (unseen.kinds, unseen.paths, unseen.links)],
        "external": unseen.external_links,
    }
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _used(usage: Usage) -> list[object]:
    return [usage.retrieved, usage.cited, str(usage.first), str(usage.last)]
