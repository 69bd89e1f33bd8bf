"""Well-known services and products that were shut down or renamed, by their makers' own notices.

Sources: the announcements of Adobe, Google, Microsoft and OpenJS on the named products. Only what
had happened when this was written, and only names that mean nothing else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kb.findings import Severity
from kb.staleness.signal import Signal, Statement


@dataclass(frozen=True, slots=True)
class Ended:
    """When it ended, and what it is called since then; empty where nothing took its place."""

    on: date
    now: str = ""


ENDED = {
    "adobe flash": Ended(date(2020, 12, 31)),
    "flash player": Ended(date(2020, 12, 31)),
    "silverlight": Ended(date(2021, 10, 12)),
    "google+": Ended(date(2019, 4, 2)),
    "google hangouts": Ended(date(2022, 11, 1), "Google Chat"),
    "google optimize": Ended(date(2023, 9, 30)),
    "google my business": Ended(date(2021, 11, 4), "Google Business Profile"),
    "g suite": Ended(date(2020, 10, 6), "Google Workspace"),
    "universal analytics": Ended(date(2024, 7, 1), "Google Analytics 4"),
    "firebase dynamic links": Ended(date(2025, 8, 25)),
    "azure active directory": Ended(date(2023, 10, 1), "Microsoft Entra ID"),
    "azure ad": Ended(date(2023, 10, 1), "Microsoft Entra ID"),
    "skype for business online": Ended(date(2021, 7, 31), "Microsoft Teams"),
    "angularjs": Ended(date(2021, 12, 31)),
    "windows phone": Ended(date(2019, 12, 10)),
}
NAME = re.compile(
    rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(ENDED, key=len, reverse=True)))})(?![\w-])",
    re.IGNORECASE,
)
KNOWING = re.compile(
    r"\b(?:no longer|formerly|former|previously|used to|renamed|now (?:called|known|named)|was|were"
    r"|legacy|old|older|ended|shut(?:ting)? down|sunset\w*|discontinued|deprecated|retired|end of"
    r"|until|replac\w+|import\w*|export\w*|migrat\w+|historical|archived?|known as)\b",
    re.IGNORECASE,
)
GRACE_DAYS = 365


def names_ended(statement: Statement) -> re.Match[str] | None:
    """The name of something that ended, where the sentence does not tell that it has."""
    match = None if statement.is_example else NAME.search(statement.text)
    if match is None or KNOWING.search(statement.text):
        return None
    now = ENDED[match.group().casefold()].now
    known = now and now.casefold() in statement.article.text.casefold()
    return None if known else match


def discontinued(statement: Statement, today: date) -> Iterator[Signal]:
    """At most one signal for a sentence."""
    match = names_ended(statement)
    if match is None:
        return
    said, ended = match.group(), ENDED[match.group().casefold()]
    if (today - ended.on).days < GRACE_DAYS:
        return
    day = f"{ended.on:%B} {ended.on.day}, {ended.on.year}"
    became = f"is called {ended.now} since {day}" if ended.now else f"ended on {day}"
    yield Signal(
        name="renamed" if ended.now else "end_of_support",
        about=said.casefold(),
        statement=statement,
        said=said,
        title=f"{said} {became}",
        explanation=f"{said} {became}; the sentence still names it.",
        suggestion=f"Call it {ended.now}." if ended.now else "Name what takes its place.",
        proof=f"{said} {became}",
        severity=Severity.LOW,
        confidence=0.7,
    )
