"""Instructions for an old interface, beside which the help center already names a newer one."""

import re
from collections.abc import Iterable, Iterator, Set

from kb.findings import Severity
from kb.staleness.signal import Signal, Statement

_KIND = (
    r"(?:ui|interface|experience|editor|dashboard|scheduler|design|layout|look|app|portal|console"
    r"|menu|view|navigation|settings|checkout|billing|player|inbox|api|website|site|theme)"
)
OLD = re.compile(
    rf"""\b(?:in|using|use|with|open|on|to|switch\s+(?:back\s+)?to|access(?:\s+to)?|have|see)\s+
    (?:the|our|your)\s+["“*'_`]*(?:old|classic|legacy|previous|original|former)\s+
    (?:\w+\s+)?(?P<kind>{_KIND})\b""",
    re.IGNORECASE | re.VERBOSE,
)
NEW = re.compile(
    rf"\b(?:new|v\d+|redesigned|modern|next[\s-]generation)\s+(?:\w+\s+)?{_KIND}\b", re.IGNORECASE
)
MIGRATION = re.compile(
    r"\b(?:migrat|upgrad|switch|transition|moving|update guide|what['’]?s new)", re.IGNORECASE
)


def newer_kinds(statements: Iterable[Statement]) -> tuple[str, ...]:
    """Kinds of interface ("editor", "ui") of which the statements name a new one, sorted."""
    found = (match.group() for item in statements for match in NEW.finditer(item.text))
    return tuple(sorted({words.split()[-1].casefold() for words in found}))


def names_old_interface(statement: Statement) -> re.Match[str] | None:
    """The words that send a reader to an old interface; guides to a migration may speak of it."""
    match = OLD.search(statement.text)
    if not match or MIGRATION.search(statement.article.title) or MIGRATION.search(match.string):
        return None
    return None if re.search(r"\b(?:was|were|had)\b", match.string[:20]) else match


def old_interface(statement: Statement, newer: Set[str]) -> Iterator[Signal]:
    """At most one signal for a sentence."""
    match = names_old_interface(statement)
    if match is None:
        return
    known = match["kind"].casefold() in newer
    said = " ".join(match.group().split())
    yield Signal(
        name="old_interface",
        statement=statement,
        said=said,
        title=f"'{said}': is the old one still there?",
        explanation="The article describes an old interface"
        + (", and the help center names a newer one." if known else "."),
        suggestion="Describe the interface of today, or say until when the old one stays.",
        proof=f"the help center names a new {match['kind']}" if known else f"it says '{said}'",
        severity=Severity.LOW,
        confidence=0.65 if known else 0.5,
    )
