"""Instructions for an old interface, beside which the help center already names a newer one."""

import re
from collections.abc import Iterator, Sequence

from kb.staleness.signal import Signal, Statement, statements
from kb.types import Article, Severity

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
NEW = rf"\b(?:new|v\d+|redesigned|modern|next[\s-]generation)\s+(?:\w+\s+)?{_KIND}\b"
MIGRATION = re.compile(
    r"\b(?:migrat|upgrad|switch|transition|moving|update guide|what['’]?s new)", re.IGNORECASE
)


def newer_kinds(articles: Sequence[Article]) -> frozenset[str]:
    """Kinds of interface ("editor", "ui") of which some article names a new one."""
    pattern = re.compile(NEW, re.IGNORECASE)
    return frozenset(
        match.group().split()[-1].casefold()
        for article in articles
        for statement in statements(article)
        for match in pattern.finditer(statement.text)
    )


def old_interface(statement: Statement, newer: frozenset[str]) -> Iterator[Signal]:
    """At most one signal for a sentence; guides to a migration may speak of the old one."""
    match = OLD.search(statement.text)
    if not match or MIGRATION.search(statement.article.title):
        return
    if MIGRATION.search(statement.text) or re.search(r"\b(?:was|were|had)\b", match.string[:20]):
        return
    named = match["kind"].casefold() in newer
    said = " ".join(match.group().split())
    yield Signal(
        name="old_interface",
        statement=statement,
        title=f"'{said}': is the old one still there?",
        explanation="The article describes an old interface"
        + (", and the help center names a newer one." if named else "."),
        suggestion="Describe the interface of today, or say until when the old one stays.",
        severity=Severity.LOW,
        confidence=0.65 if named else 0.5,
    )
