"""A date that has passed and is still promised: "will launch on 15 March 2026"."""

import re
from collections.abc import Iterator
from datetime import date

from kb.staleness.age import Ages
from kb.staleness.dates import Mention, mentions
from kb.staleness.signal import Signal, Statement, severity_of

FUTURE = re.compile(
    r"\b(?:will|won['’]t|shall|going to|plans? to|planning to|about to"
    r"|(?:is|are|be) (?:currently )?(?:scheduled|planned|expected|due|slated|set|supposed)"
    r"|expected|scheduled for|planned for|coming|upcoming|hopefully"
    r"|(?:launch|start|begin|end|expire|close|open|arrive|ship|finish|stop|cease|retire)s"
    r"|takes effect|goes? live|expiring|rolling out|rolls out)\b|\w['’]ll\b",
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
    if statement.is_example or CHOSEN.search(text):
        return
    for mention in mentions(text):
        due = _due(mention, statement, ages)
        if due is None or due >= today or not _promised(text, mention):
            continue
        if _is_code(statement, mention):
            continue
        yield Signal(
            name="promised_date",
            statement=statement,
            title=f"'{mention.text}' has passed and is still promised",
            explanation=f"The sentence speaks of {due:%-d %B %Y} as of a day to come; "
            f"that was {_ago((today - due).days)}.",
            suggestion="Say what happened, or give the new date.",
            severity=severity_of(text),
            confidence=0.9 if mention.last else 0.75,
        )
        return


def _due(mention: Mention, statement: Statement, ages: Ages) -> date | None:
    """The last day meant. Without a year it is the first one after the article was last vouched
    for; unknown where that is not known."""
    if mention.last:
        return mention.last
    known = ages.vouched(statement.article)
    return mention.after(known) if known else None


def _is_code(statement: Statement, mention: Mention) -> bool:
    source = statement.article.text[statement.sentence.start : statement.sentence.end]
    return f"`{mention.text}" in source


def _promised(text: str, mention: Mention) -> bool:
    before, after = text[: mention.start], text[mention.end :]
    if QUOTED.search(before) or re.match(r"[\"'`”/]", after):
        return False
    if RANGE.search(before):
        return bool(EVENT.search(text)) and not HISTORY.search(text)
    if TOLD.search(before) and not (BEFORE.search(before[-20:]) and PRESENT_PASSIVE.search(before)):
        return False
    if DEADLINE.search(before):
        return bool(FUTURE.search(text)) or not HISTORY.search(text)
    future = FUTURE.search(text)
    bare_year = re.fullmatch(r"\d{4}", mention.text)
    near = future and (not bare_year or abs(future.start() - mention.start) < 60)
    return bool(near) and not re.search(r"\b(?:was|were)\s+(?:going|expected|planned)", text)


def _ago(days: int) -> str:
    if days < 60:
        return f"{days} days ago"
    return f"{days // 30} months ago" if days < 730 else f"{days // 365} years ago"
