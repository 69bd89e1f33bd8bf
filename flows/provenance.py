"""How an evaluation was made, as it is kept beside what it found."""

from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from eval.golden.case import Case
from eval.runs.ground import libraries
from eval.scoring.evaluation import Evaluation
from eval.scoring.measures import measured, used
from eval.scoring.suite import Suite
from flows.models import models_of
from kb.build import Workspace
from kb.types import Release


def provenance(
    work: Workspace,
    release: Release,
    golden: Path | None,
    cases: Sequence[Case],
    suite: Suite,
    evaluation: Evaluation,
) -> dict[str, Any]:
    """Plain values: the golden set, what the release holds beside articles, which models and
    libraries there were, what was measured beside scores, and how many cases were asked in this
    run (`asked`) or stand from before (`reused`)."""
    reused = sum(result.reused for result in evaluation.results)
    details: dict[str, Any] = {
        "golden": _golden(golden or work.settings.sources.golden, cases),
        "assets": {f"{it.kind}/{it.name}": it.version for it in work.releases.assets(release.id)},
        "models": dict(models_of(work.settings, work.encoder.fingerprint)),
        "libraries": dict(libraries()),
        "metrics": [metric.name for metric in suite.metrics],
        "skipped": dict(evaluation.skipped),
        "timings_s": {step: round(took, 3) for step, took in evaluation.timings_s.items()},
        "reused": reused,
        "asked": len(evaluation.results) - reused,
        "measures": {it.name: it.to_json() for it in measured(evaluation)},
        "used": {model: asdict(it) for model, it in used(evaluation.results).items()},
    }
    judge = suite.details()
    return {**details, "judge": judge} if judge else details


def _golden(path: Path | None, cases: Sequence[Case]) -> dict[str, Any]:
    """No path where the questions were drafted."""
    digest = sha256(path.read_bytes()).hexdigest() if path else None
    return {"path": str(path) if path else None, "sha256": digest, "cases": len(cases)}
