"""Which findings somebody means."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from kb.errors import Permanent
from kb.findings import Finding, FindingKind, FindingStatus, Severity
from kb.lifecycle import UnknownFinding

# As in git: a shorter beginning is more likely a slip than a choice.
SHORTEST_PREFIX = 4
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Selection:
    """What findings must be to be chosen; None is anything. `article` is a path or a folder."""

    kind: FindingKind | None = None
    owner: str | None = None
    statuses: Collection[FindingStatus] | None = None
    severity: Severity | None = None
    article: str | None = None

    def of(self, findings: Iterable[Finding]) -> list[Finding]:
        """Those that match all of it, in their order."""
        return [finding for finding in findings if self._matches(finding)]

    def _matches(self, finding: Finding) -> bool:
        return (
            self.kind in (None, finding.kind)
            and self.owner in (None, finding.owner)
            and self.severity in (None, finding.severity)
            and (self.statuses is None or finding.status in self.statuses)
            and (self.article is None or any(map(self._quotes, _paths(finding))))
        )

    def _quotes(self, path: str) -> bool:
        asked = (self.article or "").removeprefix("./").rstrip("/")
        return path == asked or path.startswith(f"{asked}/")


def named(names: Sequence[str], findings: Sequence[Finding]) -> list[Finding]:
    """The findings with these ids, or with ids that begin so, each once, in the order of `names`.

    Raises `UnknownFinding`, with what may have been meant, and `Permanent` for a beginning that
    several ids have.
    """
    ids = {finding.id: finding for finding in findings}
    return list({(found := _named(name, ids)).id: found for name in names}.values())


def require_owner(owner: str | None, findings: Iterable[Finding]) -> None:
    """Raises `Permanent`, with what may have been meant, where nobody of this name owns any."""
    owners = sorted({finding.owner for finding in findings})
    if owner is None or owner in owners:
        return
    near = get_close_matches(owner, owners, 1)
    known = f"did you mean '{near[0]}'?" if near else f"owners are {', '.join(owners) or 'nobody'}"
    raise Permanent(f"'{owner}' owns no finding; {known}")


def _named(name: str, ids: dict[str, Finding]) -> Finding:
    if name in ids:
        return ids[name]
    if len(name) < SHORTEST_PREFIX:
        raise Permanent(f"'{name}' is too short; give {SHORTEST_PREFIX} characters or more")
    found = sorted(key for key in ids if key.startswith(name.lower()))
    if len(found) > 1:
        some = "; ".join(f"{key} ({ids[key].title})" for key in found[:_SHOWN])
        raise Permanent(f"{len(found)} findings begin with '{name}': {some}")
    if not found:
        beginnings = {key[: len(name)]: key for key in ids}
        near = get_close_matches(name, beginnings, 1)
        hint = f"did you mean {beginnings[near[0]]}? " if near else ""
        raise UnknownFinding(
            f"there is no finding {name}; {hint}`wellkept findings list` shows them"
        )
    return ids[found[0]]


def _paths(finding: Finding) -> set[str]:
    return {item.path for item in finding.evidence}
