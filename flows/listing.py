"""Findings as lines of text."""

from collections.abc import Iterator, Sequence

from kb.findings import Finding, StatusChange

# Shorter ids than these are told apart today and not tomorrow.
_SHORTEST = 8


def table(shown: Sequence[Finding], every: Sequence[Finding]) -> Iterator[str]:
    """One line each, the id first, as short as it can be told from all others."""
    width = _width([item.id for item in every])
    for item in shown:
        path = item.evidence[0].path if item.evidence else "-"
        yield (
            f"{item.id[:width]}  {item.severity.label:<6}  {item.status.value:<9}  "
            f"{item.kind.value:<13}  {item.harm:.2f}  {path}  {item.title}"
        )


def whole(found: Finding, history: Sequence[StatusChange]) -> Iterator[str]:
    """The finding with its quotes, facts and history, line by line."""
    until = f" until {found.snoozed_until:%Y-%m-%d}" if found.snoozed_until else ""
    yield found.title
    yield (
        f"{found.id}  {found.kind.value}, {found.severity.label}, {found.status.value}{until}, "
        f"confidence {found.confidence:.2f}, harm {found.harm:.2f}, owner {found.owner or 'nobody'}"
    )
    yield from ("", found.explanation)
    for item in found.evidence:
        heading = f" > {item.heading}" if item.heading else ""
        yield from ("", f"{item.path}:{item.line}{heading}", f"  “{' '.join(item.quote.split())}”")
    yield from ("", f"To do: {found.suggestion}")
    if found.details:
        yield from ("", *(f"{name}: {value}" for name, value in found.details.items()))
    yield ""
    for change in history:
        until = f" until {change.until:%Y-%m-%d}" if change.until else ""
        reason = f": {change.reason}" if change.reason else ""
        yield f"{change.at:%Y-%m-%d %H:%M}  {change.status.value}{until} by {change.by}{reason}"


def _width(ids: Sequence[str]) -> int:
    longest = max(map(len, ids), default=0)
    widths = range(_SHORTEST, longest)
    return next((n for n in widths if len({key[:n] for key in ids}) == len(ids)), longest)
