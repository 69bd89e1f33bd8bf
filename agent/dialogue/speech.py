"""What customers do with a message: ask how things are, ask about their own case, or want
something done."""
# ruff: noqa: E501  a pattern is easier to read on one line

import re
from enum import StrEnum


class Act(StrEnum):
    """asks: how things are in general. may: whether something can be done. case: how their own
    case stands. wants: that something is done, or what has happened to them."""

    ASKS = "asks"
    MAY = "may"
    CASE = "case"
    WANTS = "wants"


_HOW = re.compile(
    r"\b(?:how (?:do|does|can|could|would|should|to|long|soon|often|many|much)|what (?:happens?|if|do i|should i|are the|is the (?:process|policy|procedure|best|maximum|minimum|difference|cost|fee)|is your|are your|does it|kind|would)"
    r"|what's (?:the (?:process|policy|procedure|best|maximum|minimum|difference|cost|fee)|your)|do (?:you|i (?:need|have)|they|refunds?|returns?)|does (?:it|a|an|the)|is (?:it possible|there|a|an)|are (?:there|refunds?|returns?|you)|which|who (?:pays|can|is)|am i able|is one|will i (?:be|get|lose|have)"
    r"|(?:can|could|may) (?:one|people|customers|anyone|everyone|(?:the |an? )?\w+ be)|where (?:do|can|could|should|would) i|(?:tell|show|teach) me (?:how|what|about|when|where|why)|explain|steps to|wondering|curious|in general|usually|normally|always)\b",
    re.IGNORECASE,
)
_MAY = re.compile(r"^\W*(?:\w+\W+){0,2}?(?:can|could|may|am) i\b|\bcan i\b", re.IGNORECASE)
_CASE = re.compile(
    r"\b(?:where(?:'s| is| are)|when (?:will|does|do|is|can)|what(?:'s| is| has)|why|has|have|hasn't|haven't|did|didn't|is|was|any|status)\b.{0,40}\b(?:my|our|order \W*\w*\d)",
    re.IGNORECASE,
)
_TOLD_TO = re.compile(
    r"\b(?:i (?:want|need|would like|wish|demand|am requesting|request|have to|must)|i'?d like|i wanna|(?:please|pls)\b|(?:can|could|would|will) (?:you|u)\b|give me|get me|send me|refund me|help me|i'm trying to|i am trying to)",
    re.IGNORECASE,
)
_TELLS_ABOUT = re.compile(
    r"^\W*(?:tell|explain|say|show|describe|let me know|help me understand|know)\b", re.IGNORECASE
)
_ONE_CASE = re.compile(r"\b[A-Za-z]{0,4}[- ]?\d{4,}\b")


def act(message: str) -> Act:
    """A wish that is put as a question ("can you cancel it?") is a wish; a wish to know ("please
    tell me how refunds work") asks."""
    text = " ".join(message.replace("’", "'").split())
    told = _TOLD_TO.search(text)
    wish = told if told and not _TELLS_ABOUT.match(text[told.end() :]) else None
    how = _HOW.search(text)
    if how and not (wish and wish.start() < how.start()):
        return Act.ASKS
    if _ONE_CASE.search(text) and not how:
        return Act.CASE if _CASE.search(text) and not wish else Act.WANTS
    if _MAY.search(text) and not wish:
        return Act.MAY
    return Act.CASE if _CASE.search(text) and not wish else Act.WANTS


# By what a message does, then by what it is compared with: a wish is not far from an example that
# asks whether it may be had, but who only asks whether it may be had need not wish it.
_APART = {
    (Act.ASKS, Act.WANTS): 0.65,
    (Act.ASKS, Act.MAY): 0.1,
    (Act.ASKS, Act.CASE): 0.2,
    (Act.MAY, Act.ASKS): 0.1,
    (Act.MAY, Act.WANTS): 0.25,
    (Act.MAY, Act.CASE): 0.2,
    (Act.CASE, Act.ASKS): 0.2,
    (Act.CASE, Act.MAY): 0.2,
    (Act.CASE, Act.WANTS): 0.15,
    (Act.WANTS, Act.ASKS): 0.65,
    (Act.WANTS, Act.MAY): 0.05,
    (Act.WANTS, Act.CASE): 0.15,
}


def apart(said: Act, example: Act) -> float:
    """How much less a message is like an example for what the two do, 0 to 0.65."""
    return _APART.get((said, example), 0.0)
