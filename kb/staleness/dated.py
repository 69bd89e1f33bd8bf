"""Texts that say themselves of which time they are: "as of May 2021", "Holiday hours 2023",
notices of the pandemic."""

import re
from collections.abc import Iterator
from datetime import date

from kb.findings import Severity
from kb.staleness.dates import Mention, mentions
from kb.staleness.signal import Signal, Statement
from kb.types import Article

AS_OF = re.compile(
    r"\b(?:as\s+of|as\s+at|(?:last\s+)?(?:updated|checked|verified|tested|revised)(?:\s+(?:on|in|as\s+of))?"
    r"|correct\s+(?:as\s+of|on|in)|at\s+the\s+time\s+of\s+writing,?\s*\(?(?:in\s+|on\s+)?"
    r"|currently\s*\(|right\s+now\s*\(|today\s*\()[:\s]*(?:the\s+)?"
    r"(?:(?:beginning|start|end|middle)\s+of\s+|early\s+|mid[\s-]|late\s+|\w+day,?\s+)?$",
    re.IGNORECASE,
)
# "As of May 2021 you must ..." tells since when, not of when.
SINCE = re.compile(
    r"\b(?:must|requires?|required|no longer|will|introduced|deprecated|removed|mandatory|replaced"
    r"|discontinued|ceased?|stopped|ended|effective|starting|became|can now|now)\b",
    re.IGNORECASE,
)
STATED = re.compile(
    r"\b(?:updated|checked|verified|tested|revised|correct|writing|currently|right now|today)\b"
    r"[^.;]{0,30}$",
    re.IGNORECASE,
)
EVENT = re.compile(
    r"\b(?:due\s+to|because\s+of|owing\s+to|in\s+(?:light|view)\s+of|amid(?:st)?|during\s+(?:the\s+)?"
    r"(?:current|ongoing))\s+(?:\w+\s+){0,3}?(?:covid(?:[\s-]?19)?|corona(?:\s?virus)?|pandemic"
    r"|lockdowns?)\b|\b(?:covid(?:[\s-]?19)?|corona(?:\s?virus)?|pandemic)\s+(?:restrictions|measures"
    r"|situation|crisis|update)\b",
    re.IGNORECASE,
)
TOLD = re.compile(
    r"\b(?:was|were|had|did|used\s+to|in\s+20[12]\d|since|previously|started)\b", re.IGNORECASE
)
# Kinds of text that are of one year, beside which a year in a title is a date and no product.
OF_A_YEAR = re.compile(
    r"(?:\b(?P<what>hours|holidays?|holiday\s+\w+|pric(?:es?|ing)|price\s+list|rates?|fees|schedule"
    r"|calendar|roadmap|guide|deadlines?|offers?|promotions?|sale|dates|terms|tariffs?|catalogue"
    r"|black\s+friday|christmas|season|plans?|limits?|statistics|trends)\s*[(:,–—-]?\s*"
    r"(?:(?:for|of|in)\s+)?(?P<year>20\d\d)\)?\s*$)"
    r"|(?:\b(?:for|in)\s+(?P<for>20\d\d)\)?\s*$)",
    re.IGNORECASE,
)
RECORD = re.compile(
    r"\b(?:report|archive|results?|recap|review of|incident|post[\s-]?mortem|minutes|statement"
    r"|changes|what changed|news|terms|history|since|until|migrat\w+|retrospective)\b",
    re.IGNORECASE,
)
OLD_DAYS = 365


def as_of(statement: Statement, today: date) -> Iterator[Signal]:
    """A signal when the sentence says that it is of a day more than a year ago."""
    for mention in of_a_day(statement):
        if mention.last and (today - mention.last).days > OLD_DAYS:
            yield Signal(
                name="as_of",
                statement=statement,
                said=mention.text,
                title=f"It is as of {mention.text}",
                explanation=f"The sentence says that it is as of {mention.text}, "
                f"{(today - mention.last).days // 365} years ago or more.",
                suggestion="Check it, and give the date of today, or leave the date out.",
                proof=f"{mention.last.isoformat()} is more than a year before {today.isoformat()}",
                severity=Severity.LOW,
                confidence=0.7,
            )
            return


def of_a_day(statement: Statement) -> Iterator[Mention]:
    """Dates as of which the sentence says that it is right."""
    text = statement.text
    if statement.is_example or not statement.has_digits:
        return
    for mention in mentions(text):
        before = text[: mention.start]
        told_since = SINCE.search(text) and not STATED.search(before)
        if mention.last and AS_OF.search(before) and not told_since:
            yield mention


def passed_event(statement: Statement) -> Iterator[Signal]:
    """A signal when the sentence excuses the present with the pandemic."""
    match = notice(statement)
    if match:
        yield Signal(
            name="passed_event",
            statement=statement,
            said=match.group(),
            title=f"'{' '.join(match.group().split())}': is it over?",
            explanation="The notice speaks of the pandemic as of today; that is over.",
            suggestion="Remove the notice, or say what holds now.",
            proof="the WHO ended the emergency on 2023-05-05",
            severity=Severity.LOW,
            confidence=0.75,
        )


def notice(statement: Statement) -> re.Match[str] | None:
    """The words that name the pandemic as a reason."""
    if statement.is_example or TOLD.search(statement.text):
        return None
    return EVENT.search(statement.text)


def dated_title(article: Article, today: date) -> Iterator[Signal]:
    """A signal when the title names a year that has passed as that of the text."""
    match = OF_A_YEAR.search(article.title)
    if not match or RECORD.search(article.title):
        return
    year = match["year"] or match["for"]
    if int(year) >= today.year:
        return
    start = max(0, article.text.find(article.title))
    statement = Statement(article, start, start + len(article.title), article.title)
    if statement.source != article.title:
        return
    yield Signal(
        name="dated_title",
        statement=statement,
        said=year,
        title=f"'{article.title}' is of {year}",
        explanation=f"The title says that the article is of {year}; it is {today.year}.",
        suggestion="Bring the article up to date, or take it down.",
        proof=f"{year} is before {today.year}",
        severity=Severity.LOW,
        confidence=0.65,
    )
