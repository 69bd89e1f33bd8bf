"""What customers and people wrote, without what says who they are."""
# ruff: noqa: E501  a pattern is easier to read on one line

import re
from collections.abc import Collection, Iterator, Mapping

from agent.privacy import redact
from agent.types import Conversation

_NAME = r"[A-Z][\w'-]+"
_INTRODUCES = re.compile(
    rf"\b(?:(?i:(?:my|our|the) (?:full |last |first |customer )?name(?:'s| is|:)|on behalf of|(?:regards|thanks|cheers|yours),)"
    rf"|(?i:i am|i'm|this is|it's|ich bin|je suis|soy)(?= {_NAME} [A-Z]))\s+(?P<name>{_NAME}(?: {_NAME}){{0,2}})"
)
_GREETING = re.compile(
    rf"^\s*(?i:hi|hello|hey|dear|good (?:morning|afternoon|evening|day))\b(?i: there| again)?(?:[ ,]+{_NAME}){{0,3}}\s*(?:[,.!:–-]\s*|\n|$)"
)
_CLOSING = re.compile(
    r"\s*(?:^|\n|(?<=[.!?]) )(?i:(?:best|kind|warm|many)? ?(?:regards|wishes|thanks)|best|cheers|sincerely|yours|all the best|have a (?:nice|great|good) \w+|let (?:me|us) know if [^.!?]*|(?:is there )?anything else[^.!?]*|happy to help[^.!?]*)"
    rf"\b[^.!?\n]{{0,60}}[.!?]?\s*(?:\n?\s*{_NAME}(?: {_NAME})?)?\s*$"
)
_ADDRESS = re.compile(
    r"\b\d{1,5}[a-z]? (?:[A-Z][\w'.-]+ ){1,3}(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|court|ct|way|place|square|boulevard|blvd)\b\.?|\b[A-Z]\w+(?:straße|strasse|weg|platz|allee) \d+\w?",
    re.I,
)
_REFERENCE = re.compile(r"(?<![\w-])(?:#\s?\d{4,}|[A-Z]{1,5}[- ]?\d{5,}[\w-]*)(?![\w-])")
_MASKED = re.compile(r"\[(?:email|number|name|address|secret|card number|account number)[^\]]*\]")
# Shorter values of a customer stand in too many other words.
_LEAST_CHARS = 3


def scrubbed(text: str, personal: Collection[str] = ()) -> str:
    """The text with addresses, numbers, passwords, references, the names that it introduces and
    the `personal` values replaced by what they are, in brackets, on one line."""
    text = _ADDRESS.sub("[address]", _INTRODUCES.sub(_unnamed, redact(text)))
    for value in sorted(personal, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", "[name]", text, flags=re.IGNORECASE)
    return " ".join(_REFERENCE.sub("[number]", text).split())


def plain_reply(text: str, personal: Collection[str] = ()) -> str:
    """What a person wrote, scrubbed, without greeting and closing."""
    return scrubbed(_CLOSING.sub("", _GREETING.sub("", text)), personal)


def is_masked(text: str) -> bool:
    """Whether something was taken out of it."""
    return bool(_MASKED.search(text))


def personal_values(conversation: Conversation) -> frozenset[str]:
    """What the conversation's host told of its customer: whole values, and the words of names."""
    return frozenset(
        value
        for told in (conversation.customer, conversation.identity.claims)
        for value in _values(told)
        if len(value) >= _LEAST_CHARS
    )


def _values(told: Mapping[str, object]) -> Iterator[str]:
    for key, value in told.items():
        if key.lower() in ("plan", "locale", "language", "country", "region", "audience", "tier"):
            continue
        text = str(value).strip()
        yield text
        if "name" in key.lower():
            yield from text.split()


def _unnamed(match: re.Match[str]) -> str:
    return match[0][: match.start("name") - match.start()] + "[name]"
