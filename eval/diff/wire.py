"""Differences as plain values for programs."""

from dataclasses import asdict
from typing import Any

from eval.diff.articles import ArticleChange
from eval.diff.release import ReleaseDiff
from eval.diff.runs import CaseChange, RunDiff, RunName
from eval.diff.wording import level_of, standing
from eval.gate.comparison import Comparison
from kb.types import Release


def runs_to_json(diff: RunDiff) -> dict[str, Any]:
    """Every case that changed, with both rows as they are kept."""
    level = level_of(diff.metrics)
    return {
        "before": _name(diff.before),
        "after": _name(diff.after),
        "same": diff.same,
        "level": level,
        "metrics": [_metric(item, level) for item in diff.metrics],
        "changed": [_case(item) for item in diff.changed],
        "only_before": [row["id"] for row in diff.only_before],
        "only_after": [row["id"] for row in diff.only_after],
        "rewritten": list(diff.rewritten),
        "other_golden": diff.other_golden,
    }


def release_to_json(diff: ReleaseDiff) -> dict[str, Any]:
    """What the releases hold, and `runs` as above, null where one was not evaluated."""
    return {
        "before": _release(diff.before),
        "after": _release(diff.after),
        "identical": diff.identical,
        "articles": [_article(item) for item in diff.articles],
        "assets": [asdict(item) for item in diff.assets],
        "settings": None if diff.settings is None else [asdict(item) for item in diff.settings],
        "unevaluated": list(diff.unevaluated),
        "runs": runs_to_json(diff.runs) if diff.runs else None,
    }


def _name(name: RunName) -> dict[str, Any]:
    return {**asdict(name), "created_at": name.created_at.isoformat()}


def _metric(item: Comparison, level: float) -> dict[str, Any]:
    found = standing(item, level)
    return {
        **asdict(item),
        "mcnemar_p": item.mcnemar_p,
        "direction": found.direction,
        "says": found.text,
    }


def _case(item: CaseChange) -> dict[str, Any]:
    return {
        "id": item.id,
        "question": item.now["question"],
        "expected": item.now["expected"],
        "differs": list(item.differs),
        "worse": list(item.worse),
        "better": list(item.better),
        "before": dict(item.was),
        "after": dict(item.now),
    }


def _release(release: Release) -> dict[str, Any]:
    return {
        "id": release.id,
        "status": release.status.value,
        "fingerprint": release.fingerprint,
        "created_at": release.created_at.isoformat(),
    }


def _article(item: ArticleChange) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "path": item.path,
        "was": item.was or None,
        "title": item.title,
        "owner": item.owner,
        "words_added": item.added,
        "words_removed": item.removed,
        "values": [{"before": was, "after": now} for was, now in item.values],
        "fields": [{"name": name, "before": was, "after": now} for name, was, now in item.fields],
        "edits": [
            {"heading": it.heading, "before": it.before, "after": it.after} for it in item.edits
        ],
    }
