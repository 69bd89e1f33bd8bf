"""An evaluation as SARIF 2.1.0: each broken rule on the line of the golden set that has the case,
or in the article that is to be mended."""

from collections.abc import Mapping
from typing import Any

from eval.formats import numbers
from eval.formats.plain import flat
from eval.formats.report import Report
from eval.gate.verdict import Failing, Rule
from kb.annotations import Place, location, note, sarif_log, sarif_rule, unlinked


def render_sarif(report: Report, version: str) -> dict[str, Any]:
    """A log of one run by this `version` of Wellkept. A rule that refused is an `error`, one that
    informs a `note`; a broken rule that names no case stands on the first line of the golden set.
    Without a golden set, and for what is no case, there is no place: those are notifications."""
    told = [rule for rule in report.verdict.rules if not rule.passed]
    results, notes = [], [note("note", unlinked(flat(text))) for text in report.verdict.notes]
    for index, rule in enumerate(told):
        named = [item for item in report.verdict.failing if item.metric == rule.metric]
        told_of: list[Failing | None] = [*named] or [None]
        for item in told_of:
            places = _places(report, item)
            text = _message(rule, item)
            if places:
                results.append(_result(index, rule, text, item, places))
            else:
                notes.append(note(_level(rule), text))
    rules = [
        sarif_rule(rule.metric, _name(rule), f"{numbers.title(rule)} holds", _level(rule))
        for rule in told
    ]
    return sarif_log(version, rules, results, notes, successful=not report.verdict.uncomputed)


def _result(
    index: int, rule: Rule, text: str, item: Failing | None, places: list[Place]
) -> dict[str, Any]:
    first, *others = places
    return {
        "ruleId": rule.metric,
        "ruleIndex": index,
        "level": _level(rule),
        "message": {"text": text},
        "locations": [location(first)],
        "relatedLocations": [
            location(place) | {"id": number, "message": {"text": "the case"}}
            for number, place in enumerate(others, 1)
        ],
        "partialFingerprints": {
            "wellkeptCase/v1": f"{rule.metric}:{item.case_id if item else ''}",
        },
        "properties": _properties(rule, item),
    }


def _places(report: Report, item: Failing | None) -> list[Place]:
    """Where it is to be mended, first, and the line of the case."""
    found = []
    if item and item.article in report.articles:
        found.append(Place(report.articles[item.article], item.line, item.line))
    if report.golden and (item is None or item.case_id in report.lines):
        line = report.lines[item.case_id] if item else 1
        found.append(Place(report.golden, line, line))
    return found


def _message(rule: Rule, item: Failing | None) -> str:
    if item is None:
        return unlinked(f"{numbers.title(rule)}: {flat(rule.reason)}")
    lines = [
        f"{numbers.title(rule)}: {flat(item.why)}",
        f"{flat(item.case_id)}: {flat(item.question)}",
        f"expected: {flat(item.expected)}",
        *([f"before: {flat(item.before)}"] if item.before else []),
        f"got: {flat(item.got)}",
    ]
    return unlinked("\n".join(lines))


def _properties(rule: Rule, item: Failing | None) -> Mapping[str, Any]:
    case = {"case": item.case_id, "caseScore": item.score} if item else {}
    return {**case, "score": rule.score, "floor": rule.threshold, "cases": rule.n}


def _level(rule: Rule) -> str:
    return "note" if rule.informs else "error"


def _name(rule: Rule) -> str:
    """In Pascal case, as SARIF wants it."""
    words = "".join(char if char.isalnum() else " " for char in numbers.title(rule)).split()
    return "".join(word.capitalize() for word in words)
