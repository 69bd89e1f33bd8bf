"""Features that release notes or another article call removed, renamed or deprecated."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.changelog import is_changelog
from kb.evidence import quote
from kb.staleness.signal import Signal, Statement, severity_of, statements
from kb.types import Article, Severity

_MARKED = r"(?:\*\*|__|`|\"|“|'|‘|\*)(?P<{0}>[^*_`\"“”'‘’\n]{{3,50}})(?:\*\*|__|`|\"|”|'|’|\*)"
_NAME = r"(?P<{0}>[A-Z][\w-]+(?:\s+[A-Z][\w-]+){{0,3}})"
_GONE = (
    r"(?:removed|retired|discontinued|sunset|deprecated|dropped|switched\s+off|shut\s+down"
    r"|no\s+longer\s+(?:available|supported|exists?|offered|part)|replaced(?:\s+by)?|gone)"
)
_BE = r"(?:is|are|was|were|has\s+been|have\s+been|will\s+be)?\s*(?:now\s+|also\s+)?"
_THING = (
    r"(?:\s+(?:feature|button|page|menu|tab|report|plan|app|option|setting|view|mode|tool"
    r"|integration|widget))?"
)
SUBJECT = tuple(
    re.compile(rf"{name.format('old')}{_THING}\s+{_BE}{_GONE}\b")
    for name in (_MARKED, r"(?:^|[Tt]he\s+|:\s+|-\s+)" + _NAME)
)
OBJECT = tuple(
    re.compile(
        rf"\b(?:[Rr]emoved|[Rr]etired|[Dd]iscontinued|[Dd]eprecated|[Dd]ropped)"
        rf":?\s+(?:support\s+for\s+)?(?:the\s+)?{name.format('old')}"
    )
    for name in (_MARKED, _NAME)
)
RENAMED = tuple(
    re.compile(pattern)
    for name, new in ((_MARKED, _MARKED), (_NAME, _NAME))
    for pattern in (
        rf"{name.format('old')}{_THING}\s+(?:(?:is|was|has\s+been)\s+renamed(?:\s+to)?|is\s+now"
        rf"\s+called|became|is\s+now\s+named)\s+(?:the\s+)?{new.format('new')}",
        rf"\b[Rr]enamed\s+(?:the\s+)?(?:from\s+)?{name.format('old')}{_THING}\s+(?:to|into)\s+"
        rf"(?:the\s+)?{new.format('new')}",
    )
)
KNOWING = re.compile(
    rf"\b(?:{_GONE}|renamed|formerly|previously|used\s+to|old|legacy|until|migrat\w+|instead\s+of"
    r"|earlier|before|was\s+called|once)\b",
    re.IGNORECASE,
)
LEAST_CHARS = 4


@dataclass(frozen=True, slots=True)
class Change:
    """What is gone, what took its place (empty if nothing), and the words that say so."""

    old: str
    new: str
    statement: Statement
    pattern: re.Pattern[str]


def changes(articles: Sequence[Article]) -> list[Change]:
    """What release notes say, then what other articles say, each in order; the first word on a
    name counts."""
    found: dict[str, Change] = {}
    for article in sorted(articles, key=lambda a: (not is_changelog(a), a.id)):
        for statement in statements(article):
            source = article.text[statement.sentence.start : statement.sentence.end]
            for old, new in _named(source):
                if len(old) >= LEAST_CHARS and (" " in old or is_changelog(article)):
                    pattern = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)")
                    found.setdefault(old.casefold(), Change(old, new, statement, pattern))
    return list(found.values())


def _named(source: str) -> Iterator[tuple[str, str]]:
    for pattern in RENAMED:
        for match in pattern.finditer(source):
            yield match["old"].strip(), match["new"].strip()
    for pattern in (*SUBJECT, *OBJECT):
        for match in pattern.finditer(source):
            yield match["old"].strip(), ""


def removed(statement: Statement, known: Sequence[Change]) -> Iterator[Signal]:
    """One signal for each gone name that the sentence uses as if it were there."""
    source = statement.article.text[statement.sentence.start : statement.sentence.end]
    if KNOWING.search(statement.text):
        return
    for change in known:
        there = change.statement.article
        if there.id == statement.article.id or change.old not in source:
            continue
        if not change.pattern.search(source):
            continue
        if change.new and change.new in source:
            continue
        became = f"is now '{change.new}'" if change.new else "is gone"
        at = change.statement.sentence
        yield Signal(
            name=f"removed {change.old.casefold()}",
            statement=statement,
            title=f"'{change.old}' {became}",
            explanation=f"'{there.title}' says that '{change.old}' {became}; this article "
            "still speaks of it.",
            suggestion=f"Use '{change.new}'." if change.new else "Describe what took its place.",
            severity=max(Severity.MEDIUM, severity_of(statement.text)),
            confidence=0.8 if is_changelog(there) else 0.65,
            also=(quote(there, at.start, at.end),),
        )
