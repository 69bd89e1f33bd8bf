"""Findings as annotations on lines: SARIF 2.1.0, and GitHub's workflow commands."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote as percent_encoded

from kb.findings import Evidence, Finding, FindingKind, Severity
from kb.types import Article, ReadError

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_HAS_LINES = frozenset({"text/markdown", "text/mdx", "text/plain"})
_RULES: Mapping[FindingKind, tuple[str, str]] = {
    FindingKind.CONTRADICTION: ("Contradiction", "Two statements cannot both be true."),
    FindingKind.DUPLICATE: ("Duplicate", "The same text stands in more than one place."),
    FindingKind.STALE: ("Stale", "A statement or an article is past its time."),
    FindingKind.BROKEN_LINK: ("BrokenLink", "A link leads nowhere."),
    FindingKind.ORPHAN: ("Orphan", "An article that nothing links to, or that nobody owns."),
    FindingKind.GAP: ("Gap", "Customers ask what no article answers."),
}
_MOST_OTHERS = 5
"""Quotes beside the first that a workflow command names: it is read in a margin."""
_SARIF_LEVELS = {Severity.HIGH: "error", Severity.MEDIUM: "warning", Severity.LOW: "note"}
_GITHUB_LEVELS = {Severity.HIGH: "error", Severity.MEDIUM: "warning", Severity.LOW: "notice"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote stands: a path from the top of the repository; lines and columns count from 1
    in Unicode code points, and the end column is the one after the quote. A format whose text is
    not its lines has its first line alone, and no columns."""

    path: str
    line: int = 1
    end_line: int = 1
    column: int | None = None
    end_column: int | None = None


Locate = Callable[[Evidence], Place]


def locator(articles: Iterable[Article], roots: Mapping[str, str]) -> Locate:
    """Places of quotes from these articles. `roots` tells, by name of the source, the path of its
    folder from the top of the repository."""
    by_id = {article.id: article for article in articles}

    def locate(evidence: Evidence) -> Place:
        article = by_id[evidence.article_id]
        root = roots.get(article.source, ".")
        path = evidence.path if root == "." else f"{root}/{evidence.path}"
        if article.media_type not in _HAS_LINES:
            return Place(path)
        return _place(path, article.text, evidence)

    return locate


def _place(path: str, text: str, evidence: Evidence) -> Place:
    last = evidence.quote.count("\n")
    return Place(
        path=path,
        line=evidence.line,
        end_line=evidence.line + last,
        column=_column(text, evidence.start),
        end_column=_column(text, evidence.end),
    )


def _column(text: str, position: int) -> int:
    return position - text.rfind("\n", 0, position)


def to_github(
    findings: Iterable[Finding], locate: Locate, changed: frozenset[str] = frozenset()
) -> list[str]:
    """One workflow command for each finding, on its first quote from a `changed` article, which
    are ids, or else on its first; GitHub shows ten of each level for a step."""
    return [_command(finding, _led(finding, changed), locate) for finding in findings]


def _led(finding: Finding, changed: frozenset[str]) -> list[Evidence]:
    """The quotes, those of changed articles first: there the author of the change looks."""
    return sorted(finding.evidence, key=lambda item: item.article_id not in changed)


def _command(finding: Finding, quotes: Sequence[Evidence], locate: Locate) -> str:
    properties = _position(locate(quotes[0])) if quotes else {}
    properties["title"] = f"{finding.kind.value}: {finding.title}"
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    others = [_reference(item, locate) for item in quotes[1 : 1 + _MOST_OTHERS]]
    if len(quotes) > 1 + _MOST_OTHERS:
        others.append(f"and {len(quotes) - 1 - _MOST_OTHERS} more")
    message = "\n".join([finding.explanation, *others, finding.suggestion])
    return f"::{_GITHUB_LEVELS[finding.severity]} {written}::{_data(message)}"


def _position(place: Place) -> dict[str, str]:
    """GitHub takes columns within one line alone."""
    found = {"file": place.path, "line": str(place.line), "endLine": str(place.end_line)}
    if place.column is not None and place.line == place.end_line:
        found |= {"col": str(place.column), "endColumn": str(place.end_column)}
    return found


def _reference(item: Evidence, locate: Locate) -> str:
    place = locate(item)
    return f"{place.path}:{place.line}: “{' '.join(item.quote.split())}”"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def to_sarif(
    findings: Sequence[Finding],
    locate: Locate,
    version: str,
    unread: Sequence[ReadError] = (),
    failures: Sequence[tuple[str, str]] = (),
    changed: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """A SARIF log of one run by this `version` of Wellkept. What has no place in a file, such as
    a gap, documents that could not be read and detectors that failed are notifications. Quotes
    from `changed` articles go first."""
    notes = [note("note", _message(item)) for item in findings if not item.evidence]
    notes += [note("warning", f"could not read {item.path}: {item.reason}") for item in unread]
    notes += [note("error", f"detector {name} failed: {why}") for name, why in failures]
    rules = [
        sarif_rule(kind.value, name, short, "warning") for kind, (name, short) in _RULES.items()
    ]
    results = [_result(item, _led(item, changed), locate) for item in findings if item.evidence]
    return sarif_log(version, rules, results, notes, successful=not failures)


def sarif_log(
    version: str,
    rules: Sequence[Mapping[str, Any]],
    results: Sequence[Mapping[str, Any]],
    notes: Sequence[Mapping[str, Any]],
    *,
    successful: bool,
) -> dict[str, Any]:
    """A log of one run by this `version` of Wellkept; `notes` are what has no place in a file."""
    driver = {"name": "Wellkept", "semanticVersion": version, "rules": list(rules)}
    invocation = {"executionSuccessful": successful, "toolExecutionNotifications": list(notes)}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
        "results": list(results),
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def sarif_rule(rule: str, name: str, short: str, level: str) -> dict[str, Any]:
    """What the results of one rule have in common."""
    return {
        "id": rule,
        "name": name,
        "shortDescription": {"text": short},
        "defaultConfiguration": {"level": level},
    }


def note(level: str, text: str) -> dict[str, Any]:
    """A notification of the run itself."""
    return {"level": level, "message": {"text": text}}


def unlinked(text: str) -> str:
    """The same as a message in which nothing is a link: SARIF reads `[text](address)` as one
    (2.1.0, 3.11.6), and a quote may hold it."""
    return text.replace("](", "] (")


def location(place: Place) -> dict[str, Any]:
    """A place in a file, from the top of the repository."""
    file = {"uri": percent_encoded(place.path), "uriBaseId": "%SRCROOT%"}
    return {"physicalLocation": {"artifactLocation": file, "region": _region(place)}}


def _result(finding: Finding, quotes: Sequence[Evidence], locate: Locate) -> dict[str, Any]:
    first, *others = quotes
    return {
        "ruleId": finding.kind.value,
        "ruleIndex": list(_RULES).index(finding.kind),
        "level": _SARIF_LEVELS[finding.severity],
        "message": {"text": _message(finding)},
        "locations": [location(locate(first))],
        "relatedLocations": [
            location(locate(item)) | {"id": number, "message": {"text": unlinked(_quoted(item))}}
            for number, item in enumerate(others, 1)
        ],
        "partialFingerprints": {"wellkeptFinding/v1": finding.id},
        "properties": {"confidence": round(finding.confidence, 3), "owner": finding.owner},
    }


def _quoted(item: Evidence) -> str:
    return f"{item.title}: “{' '.join(item.quote.split())}”"


def _message(finding: Finding) -> str:
    return unlinked(f"{finding.title}. {finding.explanation}\n{finding.suggestion}")


def _region(place: Place) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": place.line, "endLine": place.end_line}
    if place.column is not None:
        region |= {"startColumn": place.column, "endColumn": place.end_column}
    return region
