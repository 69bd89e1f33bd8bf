"""A date that has passed and is still promised: "will launch on 15 March 2026"."""

import re
from collections.abc import Iterator
from datetime import date

from kb.staleness.age import Ages
from kb.staleness.dates import Mention, mentions
from kb.staleness.signal import SUCH_AS, Signal, Statement, severity_of

FUTURE = re.compile(
    r"\b(?:will|won['’]t|shall|going to|plans? to|planning to|about to"
    r"|(?:is|are|be) (?:currently )?(?:scheduled|planned|expected|due|slated|set|supposed)"
    r"|expected|scheduled for|planned for|coming|upcoming|hopefully"
    r"|(?:launch|start|begin|end|expire|close|open|arrive|ship|finish|stop|cease|retire)s"
    r"|takes? effect|takes? place|join us|goes? live|expiring|rolling out|rolls out)\b|\w['’]ll\b",
    re.IGNORECASE,
)
DEADLINE = re.compile(
    r"(?:\b(?:until|till|through|by|before|no later than|not later than"
    r"|up to and including|valid (?:to|through)|closes?(?: on)?)\s+"
    r"(?:the\s+)?(?:end of\s+|midnight (?:on|of)\s+|\w+day,?\s+)?)$",
    re.IGNORECASE,
)
BEFORE = re.compile(r"\b(?:before|by|until|till|through)\b", re.IGNORECASE)
HISTORY = re.compile(
    r"\b(?:was|were|had|did|used to|ago|previously|formerly|historically|no longer|back in"
    r"|originally|initially|at the time|at that time)\b",
    re.IGNORECASE,
)
# The verb a date hangs on, when it is told in the past: "bought before", "launched on", "since".
TOLD = re.compile(
    r"\b(?:(?!planned|expected|scheduled|supposed|announced|estimated)\w{2,}ed|since|bought|sold|made|sent|paid|began|started|ran|went|came|built|written"
    r"|taken|given|known|copyright|©|\(c\))\s+(?:\w+\s+){0,2}(?:on|in|before|after|by|until|from"
    r"|as of|between|at|during)?\s*(?:the\s+)?(?:end of\s+|\w+day,?\s+)?$",
    re.IGNORECASE,
)
PRESENT_PASSIVE = re.compile(
    r"\b(?:is|are|been|be|stays?|remains?|will)\b[^.;]{0,30}$", re.IGNORECASE
)
# "will be retired on" is no past, though the verb looks like one.
WILL_BE = re.compile(
    r"\b(?:will|shall|going to|is to|are to|would)\s+(?:\w+\s+)?(?:be|get|have been)\s+"
    r"(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
COVERED = re.compile(
    r"\b(?:period|cover(?:s|ed|ing)?|range|data|reports?|invoices?|statements?|history|logs?)\b"
    r"[^.;]{0,40}$",
    re.IGNORECASE,
)
SHOWN = re.compile(
    r"\b(?:shown|listed|pictured)\s+(?:below|above|here)|\b(?:log|message|output|response|error)\s+"
    r"(?:says|reads|shows|states)\b",
    re.IGNORECASE,
)
RANGE = re.compile(
    r"\d(?:st|nd|rd|th)?\s*(?:to|through|and|-|–|—|vs\.?)\s*(?:\w+day,?\s+)?$", re.IGNORECASE
)
EVENT = re.compile(
    r"\b(?:closed|closes|open|offer|sale|available|promotion|discount|holidays?|runs?|valid"
    r"|unavailable|maintenance)\b",
    re.IGNORECASE,
)
CHOSEN = re.compile(r"\b(?:when|if|by) (?:you )?(?:choos|select|pick|enter|set|typ)", re.IGNORECASE)
QUOTED = re.compile(r"[\"'`“(\[=:/]$")


def promised_dates(statement: Statement, ages: Ages, today: date) -> Iterator[Signal]:
    """At most one signal for a sentence: its earliest promise that has passed."""
    text = statement.text
    for mention in promised(statement):
        due = _due(mention, statement, ages)
        if due is None or due >= today:
            continue
        yield Signal(
            name="passed_date",
            statement=statement,
            said=mention.text,
            title=f"'{mention.text}' has passed and is still promised",
            explanation=f"The sentence speaks of {due:%-d %B %Y} as of a day to come; "
            f"that was {_ago((today - due).days)}.",
            suggestion="Say what happened, or give the new date.",
            proof=f"{due.isoformat()} lies before {today.isoformat()}",
            severity=severity_of(text),
            confidence=0.9 if mention.last else 0.75,
        )
        return


def promised(statement: Statement) -> Iterator[Mention]:
    """Dates of the sentence that are told as dates to come."""
    unreal = (SUCH_AS, CHOSEN, SHOWN)
    if (
        not statement.has_digits
        or statement.is_example
        or any(words.search(statement.text) for words in unreal)
    ):
        return
    for mention in mentions(statement.text):
        if _promised(statement.text, mention) and f"`{mention.text}" not in statement.source:
            yield mention


def _due(mention: Mention, statement: Statement, ages: Ages) -> date | None:
    """The last day meant. Without a year it is the first one after the article was last vouched
    for; unknown where that is not known."""
    if mention.last:
        return mention.last
    known = ages.vouched(statement.article)
    return mention.after(known) if known else None


def _promised(text: str, mention: Mention) -> bool:
    before, after = text[: mention.start], text[mention.end :]
    if QUOTED.search(before) or re.match(r"[\"'`”/]", after):
        return False
    if RANGE.search(before):
        return bool(EVENT.search(text)) and not HISTORY.search(text)
    if _told(before):
        return False
    if DEADLINE.search(before):
        past = HISTORY.search(text) or COVERED.search(before)
        return bool(FUTURE.search(text)) or not past
    future = FUTURE.search(text)
    bare_year = re.fullmatch(r"\d{4}", mention.text)
    near = future and (not bare_year or abs(future.start() - mention.start) < 60)
    return bool(near) and not re.search(r"\b(?:was|were)\s+(?:going|expected|planned)", text)


def _told(before: str) -> bool:
    """Whether the verb that the date hangs on is told in the past."""
    match = TOLD.search(before)
    if match is None or WILL_BE.search(before[: match.start()]):
        return False
    return not (BEFORE.search(before[-20:]) and PRESENT_PASSIVE.search(before))


def _ago(days: int) -> str:
    if days < 60:
        return f"{days} days ago"
    return f"{days // 30} months ago" if days < 730 else f"{days // 365} years ago"
