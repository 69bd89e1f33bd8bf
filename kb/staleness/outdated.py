"""Versions far behind the newest that the help center names, and platforms past their end."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from kb.findings import Severity
from kb.staleness.age import Ages
from kb.staleness.lifecycle import ended
from kb.staleness.mentions import URL, Version, versions
from kb.staleness.newest import PROMISED, Newest, far_behind, newest_for
from kb.staleness.signal import SUCH_AS, Signal, Statement

# What makes a mention a bound or a piece of history, which stays true.
BOUND = re.compile(
    r"\b(?:since|from|as of|starting (?:with|in)|requires?|required|needs?|at least|minimum|before"
    r"|prior to|(?:older|earlier|newer|later|higher|lower|more recent) (?:than|versions?)"
    r"|after|until|up to|introduced|added|removed|dropped|last \w+ (?:that|to)|between|upgrad\w+"
    r"|updat\w+ (?:from|to)|migrat\w+|comes with|came with|was|were|used to|supports?|works? with"
    r"|or (?:later|newer|above|higher|up|greater|earlier|older|below)|and (?:later|newer|above"
    r"|higher|up|earlier|older|below)|onwards?|compatible|changelog|release notes)\b|[<>≥≤]",
    re.IGNORECASE,
)
LATEST = re.compile(
    r"\b(?:latest|newest|most recent|current (?:version|release)|up[\s-]to[\s-]date"
    r"|at the time of writing|as of (?:now|today))\b",
    re.IGNORECASE,
)
ANY_LATEST = re.compile(
    r"\b(?:whatever|replace|check|make sure|always|update to|upgrade to|or (?:the )?latest)\b",
    re.IGNORECASE,
)
GONE = re.compile(
    r"\b(?:no longer|not (?:be )?supported|unsupported|end[\s-]of[\s-]life|eol|dropped|older|old"
    r"|legacy|discontinued|last|deprecated|until"
    r"|before (?!you|we|the|install|start|begin)|prior|removed|retired|stopped|ended)\b",
    re.IGNORECASE,
)
ON_PURPOSE = re.compile(r"\b(?:old|older|legacy|previous|former|original)\s+\W*$", re.IGNORECASE)
NEW = re.compile(
    r"\b(?:new|brand[\s-]new|newly added|now available|just released)\s+(?:in|with|for|to)?\s*"
    r"(?:the\s+)?(?:new\s+)?(?:[A-Z][\w.]*\s+)?(?:version\s+|release\s+)?$",
    re.IGNORECASE,
)
SYSTEM_YEARS = 3
GRACE_DAYS, BOUND_GRACE_DAYS = 180, 730
FRESH_DAYS = 120


def outdated(
    statement: Statement, newest: Mapping[str, Newest], ages: Ages, today: date
) -> Iterator[Signal]:
    """One signal for each version of the sentence that is past its time."""
    for version in versions(statement.text):
        signal = _of_version(statement, version, newest, ages, today)
        if signal:
            yield signal


def names_versions(statement: Statement) -> bool:
    """Whether there is anything to look at."""
    if not statement.has_digits or statement.is_example or SUCH_AS.search(statement.text):
        return False
    return any(True for _ in versions(statement.text))


def _of_version(
    statement: Statement,
    version: Version,
    newest: Mapping[str, Newest],
    ages: Ages,
    today: date,
) -> Signal | None:
    text = statement.text
    before = text[: version.start]
    known = newest_for(version.product, statement.article, newest)
    later = known if known and known.number > version.number else None
    ended_on = ended(version.product, version.digits) if version.platform else None
    if ended_on:
        return _past_support(statement, version, ended_on, today)
    if version.pre:
        return _pre_release(statement, version, known, ages)
    if version.bound:
        return None
    if PROMISED.search(before):
        return _promised(statement, version, known)
    if LATEST.search(URL.sub("", text)) and not ANY_LATEST.search(text):
        elsewhere = known and known.article.id != statement.article.id
        return None if elsewhere and not later else _latest(statement, version, later, ages)
    if later and NEW.search(before):
        return _new(statement, version, later)
    if later and not BOUND.search(text) and not ON_PURPOSE.search(before):
        return _behind(statement, version, later)
    return None


def _past_support(statement: Statement, version: Version, day: date, today: date) -> Signal | None:
    if GONE.search(statement.text):
        return None
    bound = version.bound or BOUND.search(statement.text)
    if (today - day).days < (BOUND_GRACE_DAYS if bound else GRACE_DAYS):
        return None
    written = re.search(re.escape(version.product), statement.text, re.IGNORECASE)
    name = f"{written.group() if written else version.product} {version.text}"
    ended_on = f"{day:%B} {day.day}, {day.year}"
    return Signal(
        name="end_of_support",
        about=f"{version.product} {version.digits}",
        statement=statement,
        said=name if name in statement.text else version.text,
        title=f"{name} is out of support",
        explanation=f"Its maker ended support on {ended_on}; the sentence still names it "
        "as one to use.",
        suggestion="Name a version that still gets security fixes.",
        proof=f"support of {name} ended on {day.isoformat()}",
        severity=Severity.LOW,
        confidence=0.7,
    )


def _pre_release(
    statement: Statement, version: Version, known: Newest | None, ages: Ages
) -> Signal | None:
    age = ages.days(statement.article)
    shipped = known if known and known.number >= version.number else None
    if shipped is None and age is not None and age < FRESH_DAYS:
        return None
    return _signal(
        "pre_release",
        statement,
        version,
        shipped,
        "is a pre-release",
        "Name the finished version.",
        0.85 if shipped else 0.6,
    )


def _promised(statement: Statement, version: Version, known: Newest | None) -> Signal | None:
    if known is None or known.number < version.number:
        return None
    return _signal(
        "promised_version",
        statement,
        version,
        known,
        "is announced as one to come",
        "Say whether the version brought it.",
        0.85,
    )


def _latest(
    statement: Statement, version: Version, later: Newest | None, ages: Ages
) -> Signal | None:
    age = ages.days(statement.article)
    if later is None and age is not None and age < FRESH_DAYS:
        return None
    return _signal(
        "latest_version",
        statement,
        version,
        later,
        "is set beside 'the latest', which moves",
        "Leave the number out, or name the version of today.",
        0.8 if later else 0.55,
    )


def _new(statement: Statement, version: Version, later: Newest) -> Signal | None:
    if not far_behind(version.number, later.number):
        return None
    return _signal(
        "old_version",
        statement,
        version,
        later,
        "is called new",
        "Say since which version it holds, without 'new'.",
        0.7,
    )


def _behind(statement: Statement, version: Version, later: Newest) -> Signal | None:
    if not far_behind(version.number, later.number):
        return None
    if version.platform and later.number[0] - version.number[0] < SYSTEM_YEARS:
        return None
    return _signal(
        "old_version",
        statement,
        version,
        later,
        "is far behind",
        "Check that this still holds for the newest version, and name that.",
        0.7,
    )


def _signal(
    name: str,
    statement: Statement,
    version: Version,
    newer: Newest | None,
    what: str,
    suggestion: str,
    confidence: float,
) -> Signal:
    proof = newer.said if newer else "no article names a newer one"
    return Signal(
        name=name,
        about=f"{version.product} {version.digits}",
        statement=statement,
        said=version.text,
        title=f"Version {version.text} {what}",
        explanation=f"Version {version.text} {what}; {proof}.",
        suggestion=suggestion,
        proof=proof,
        severity=Severity.MEDIUM if newer else Severity.LOW,
        confidence=confidence,
        also=(newer.evidence,) if newer else (),
    )
