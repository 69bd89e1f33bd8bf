"""What a person gets when the agent hands over: the whole case."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from secrets import token_urlsafe

from agent.handover.draft import draft
from agent.handover.rules import Trigger
from agent.handover.sentiment import overall
from agent.handover.summary import summarise
from agent.identity import ANONYMOUS, Identity
from agent.privacy import mask
from agent.procedure import Procedure
from agent.screening.smalltalk import small_talk
from agent.screening.wishes import wants_person
from agent.types import AGENT, PERSON, Attempt, Citation, Handoff, Turn

_FEW_WORDS = 3
_SENTENCE_END = re.compile(r"[.!?;\n]+\s*")
# What is wrong with an answer, not what the customer is after.
_ONLY_COMPLAINS = re.compile(
    r"(?i)^\W*(?:no\W+|sorry\W+|well\W+|but\W+)*(?:that|this|it|you|your \w+)\b.{0,30}"
    r"\b(?:help|helping|helpful|answer|useless|understand|annoying|ridiculous|my question)\b"
)


@dataclass(frozen=True, slots=True)
class HandoverRequest:
    """A turn that is handed over, as far as it went.

    `text` is the customer's message, `turns` those before it, `values` what was collected, by
    the name of the slot or of the value; `attempts` the calls of this turn. `wish` is the message
    that began what the customer wants, where that is known. `team`, `reason` and `message` are
    those of a procedure's step; `said` is what the agent says before it hands over.
    """

    conversation_id: str
    text: str
    trigger: Trigger
    turns: Sequence[Turn] = ()
    evidence: Sequence[Citation] = ()
    attempts: Sequence[Attempt] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    identity: Identity = ANONYMOUS
    channel: str = "chat"
    customer: Mapping[str, str] = field(default_factory=dict)
    email: str = ""
    wish: str = ""
    procedure: Procedure | None = None
    team: str = ""
    reason: str = ""
    message: str = ""
    said: str = ""


def open_case(request: HandoverRequest, team: str, now: datetime) -> Handoff:
    """The case, without what the customer is told: personal numbers and secrets are masked
    everywhere in it."""
    tried = tuple(
        _masked_attempt(item)
        for item in (*(item for turn in request.turns for item in turn.attempts), *request.attempts)
    )
    asked = [turn.question for turn in request.turns if turn.by != PERSON]
    handoff = Handoff(
        id=token_urlsafe(16),
        conversation_id=request.conversation_id,
        reason=request.trigger.reason,
        summary="",
        created_at=now,
        question=mask(request.text),
        transcript=transcript(request.turns, request.text),
        evidence=tuple(request.evidence),
        rule=request.trigger.rule,
        team=team,
        wish=mask(wish_of(request)),
        tried=tried,
        values={_label(request, name): mask(value) for name, value in request.values.items()},
        sentiment=overall([*asked, request.text]),
    )
    summary = summarise(handoff, request.trigger, _who(request), _at(request), request.reason)
    return replace(handoff, summary=mask(summary), draft=draft(handoff, _name(request)))


def transcript(turns: Sequence[Turn], text: str) -> tuple[tuple[str, str], ...]:
    """(who, what) of everything that was said, oldest first, up to this message."""
    said = [line for turn in turns for line in _lines(turn)]
    return tuple((who, mask(words)) for who, words in (*said, ("customer", text)) if words)


def wish_of(request: HandoverRequest) -> str:
    """What the customer wants, in their words: the message that began the procedure, else the
    last one that says what it is about."""
    if request.wish:
        return request.wish
    if request.procedure is not None:
        begun = (turn for turn in request.turns if turn.procedure and turn.question)
        if first := next(begun, None):
            return first.question
    asked = [turn.question for turn in request.turns if turn.question]
    return next((text for text in (request.text, *reversed(asked)) if _tells(text)), request.text)


def _tells(text: str) -> bool:
    """Whether a message says what it is about: more than a greeting, a word or the bare wish for
    a person."""
    if small_talk(text):
        return False
    return any(_says_something(sentence) for sentence in _SENTENCE_END.split(text))


def _says_something(sentence: str) -> bool:
    if len(sentence.split()) < _FEW_WORDS or _ONLY_COMPLAINS.search(sentence):
        return False
    return not wants_person(sentence)


def _lines(turn: Turn) -> tuple[tuple[str, str], ...]:
    if turn.by == PERSON:
        return ((PERSON, turn.text),)
    return (("customer", turn.question), (AGENT, turn.text))


def _masked_attempt(attempt: Attempt) -> Attempt:
    arguments = {name: mask(value) for name, value in attempt.arguments.items()}
    return replace(attempt, arguments=arguments, result=mask(attempt.result))


def _label(request: HandoverRequest, name: str) -> str:
    slot = request.procedure.slots.get(name) if request.procedure else None
    return slot.label if slot and slot.label else name.replace("_", " ")


def _name(request: HandoverRequest) -> str:
    return request.identity.claims.get("name") or request.customer.get("name", "")


def _who(request: HandoverRequest) -> str:
    """The customer for the summary, and how sure that is."""
    name = _name(request)
    if request.identity.verified:
        return f"{name or 'The customer'} (verified as {request.identity.customer_id})"
    return f"{name} (not verified)" if name else "The customer"


def _at(request: HandoverRequest) -> str:
    return request.procedure.title if request.procedure else ""
