"""Versions far behind the newest that the help center names, and platforms past their end."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kb.changelog import VERSION_HEADING, is_changelog
from kb.evidence import quote
from kb.shingles import words
from kb.staleness.age import Ages
from kb.staleness.lifecycle import ended
from kb.staleness.mentions import URL, Version, is_calendar, numbers, versions
from kb.staleness.signal import Signal, Statement, statements
from kb.types import Article, Evidence, Severity

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
    r"|legacy|discontinued|last|deprecated|until|before|prior|removed|retired|stopped|ended)\b",
    re.IGNORECASE,
)
PROMISED = re.compile(
    r"\b(?:coming|hopefully|planned|scheduled|expected|due|will (?:also |then )?(?:come|arrive|ship"
    r"|(?:be|get) (?:available|added|supported|released|removed|introduced|fixed)))\b[^.;:]{0,40}$",
    re.IGNORECASE,
)
CALENDAR_MONTHS = 18
SYSTEM_YEARS = 3
GRACE_DAYS, BOUND_GRACE_DAYS = 180, 730
FRESH_DAYS = 120


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest version of a product that any article names, and where."""

    number: tuple[int, ...]
    text: str
    evidence: Evidence


def newest_versions(articles: Sequence[Article]) -> dict[str, Newest]:
    """By product, finished versions alone. Versions that release notes have for headings count
    for the notes' products, and for the nameless product when they are the only ones."""
    found: dict[str, Newest] = {}
    notes = [article for article in articles if is_changelog(article)]
    for article in articles:
        for statement in statements(article):
            for version in versions(statement.text):
                promised = PROMISED.search(statement.text[: version.start])
                if version.product and not version.pre and not promised:
                    _keep(found, version.product, version.number, version.text, statement)
    for article in notes:
        names = {name.casefold() for name in article.product} or set(words(article.title))
        for section in article.sections:
            match = VERSION_HEADING.match(section.path[-1]) if section.path else None
            if match and section.blocks:
                number = numbers(match.group().split()[-1].lstrip("vV"))
                head = section.blocks[0]
                evidence = quote(article, head.start, head.end)
                for name in names | ({""} if len(notes) == 1 else set()):
                    _raise(found, name, Newest(number, match.group().strip(), evidence))
    return found


def _keep(
    found: dict[str, Newest],
    product: str,
    number: tuple[int, ...],
    text: str,
    statement: Statement,
) -> None:
    sentence = statement.sentence
    evidence = quote(statement.article, sentence.start, sentence.end)
    _raise(found, product, Newest(number, text, evidence))


def _raise(found: dict[str, Newest], product: str, newest: Newest) -> None:
    known = found.get(product)
    if known is None or (newest.number, known.evidence.article_id) > (
        known.number,
        newest.evidence.article_id,
    ):
        found[product] = newest


def outdated(
    statement: Statement, newest: Mapping[str, Newest], ages: Ages, today: date
) -> Iterator[Signal]:
    """One signal for each version of the sentence that is past its time."""
    if statement.is_example:
        return
    text = statement.text
    for version in versions(text):
        known = _newest(version, statement.article, newest)
        later = known if known and known.number > version.number else None
        ended_on = ended(version.product, version.digits) if version.platform else None
        if ended_on:
            signal = _past_support(statement, version, ended_on, today)
        elif version.pre:
            signal = _pre_release(statement, version, known, ages)
        elif version.bound:
            signal = None
        elif PROMISED.search(text[: version.start]):
            signal = _promised(statement, version, known)
        elif LATEST.search(URL.sub("", text)) and not ANY_LATEST.search(text):
            elsewhere = known and known.evidence.article_id != statement.article.id
            signal = None if elsewhere and not later else _latest(statement, version, later, ages)
        elif later and not BOUND.search(text):
            signal = _behind(statement, version, later)
        else:
            signal = None
        if signal:
            yield signal


def _newest(version: Version, article: Article, newest: Mapping[str, Newest]) -> Newest | None:
    """Of the product; where the text names none, of the product that the article is about, else
    of the one that the only release notes are about."""
    if version.product:
        return newest.get(version.product)
    named = [newest[name.casefold()] for name in article.product if name.casefold() in newest]
    return named[0] if named else newest.get("")


def _past_support(statement: Statement, version: Version, day: date, today: date) -> Signal | None:
    if GONE.search(statement.text):
        return None
    bound = version.bound or BOUND.search(statement.text)
    if (today - day).days < (BOUND_GRACE_DAYS if bound else GRACE_DAYS):
        return None
    written = re.search(re.escape(version.product), statement.text, re.IGNORECASE)
    name = f"{written.group() if written else version.product} {version.text}"
    return Signal(
        name=f"end_of_support {version.product} {version.digits}",
        statement=statement,
        title=f"{name} is out of support",
        explanation=f"Its maker ended support on {day:%-d %B %Y}; the sentence still names it "
        "as one to use.",
        suggestion="Name a version that still gets security fixes.",
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


def far_behind(number: tuple[int, ...], newest: tuple[int, ...]) -> bool:
    """Whether the first part is lower; for years and months, such as 25.09, whether 18 months
    lie between."""
    if is_calendar(number) and is_calendar(newest):
        months = (newest[0] - number[0]) * 12 + newest[1] - number[1]
        return months >= CALENDAR_MONTHS
    return newest[0] > number[0]


def _signal(
    name: str,
    statement: Statement,
    version: Version,
    newer: Newest | None,
    what: str,
    suggestion: str,
    confidence: float,
) -> Signal:
    said = f"'{newer.evidence.title}' names {newer.text}" if newer else "no article says newer"
    return Signal(
        name=f"{name} {version.product} {version.digits}",
        statement=statement,
        title=f"Version {version.text} {what}",
        explanation=f"Version {version.text} {what}; {said}.",
        suggestion=suggestion,
        severity=Severity.MEDIUM if newer else Severity.LOW,
        confidence=confidence,
        also=(newer.evidence,) if newer else (),
    )
