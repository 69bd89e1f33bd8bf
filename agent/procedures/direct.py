"""Indirect speech turned into what the customer reads: `their order is late` becomes `Your order
is late.`"""

import re

from agent.procedures.people import NAMED

_TURNED = (
    (re.compile(rf"\b(?:the|our)\s+{NAMED}'s\b", re.I), "your"),
    (
        re.compile(rf"\b(?:they|the\s+{NAMED})\s+(?:is|are)\b", re.I),
        "you are",
    ),
    (re.compile(rf"\b(?:they|the\s+{NAMED})\s+has\b", re.I), "you have"),
    (re.compile(rf"\b(?:they|the\s+{NAMED}|them)\b", re.I), "you"),
    (re.compile(r"\btheirs\b", re.I), "yours"),
    (re.compile(r"\btheir\b", re.I), "your"),
    (re.compile(r"\bthemselves\b", re.I), "yourself"),
)
_OFFER = re.compile(
    r"\b(?:would\s+like|want(?:s|ed)?|wish(?:es)?|shall\s+(?:i|we)|should\s+(?:i|we)|may\s+(?:i|we)|can\s+(?:i|we)|"
    r"could\s+(?:i|we)|do\s+you\s+agree|agrees?|accepts?|would\s+you|happy\s+(?:to|with)|is\s+that\s+(?:ok|okay|right|all\s+right|fine)|"
    r"go\s+ahead|are\s+you\s+sure|is\s+sure|are\s+sure|prefers?|consents?|do\s+you\s+want|proceed|sure\s+that)\b",
    re.I,
)


def speech(said: str, *, end: str = ".", capital: bool = True) -> str:
    """One sentence to the customer."""
    text = said.strip()
    for pattern, word in _TURNED:
        text = pattern.sub(word, text)
    text = text.rstrip(" .;,:")
    if not text:
        return ""
    if capital:
        text = text[0].upper() + text[1:]
    return text if text[-1] in "!?" else text + end


def please(said: str) -> str:
    """`restart their router` becomes `Please restart your router.`"""
    return speech("please " + said.strip())


def question(said: str) -> str:
    """`they would like a voucher` becomes `Would you like a voucher?`; what can't be turned
    round is asked as it is."""
    text = speech(said, end="", capital=False)
    found = re.match(
        r"^(?P<who>you|your\s+.+?|the\s+.+?|it|this|that|there)\s+"
        r"(?P<verb>would|will|can|could|have|has|had|are|is|was|were|do|does|did|should|may)\s+(?P<rest>.+)$",
        text,
        re.I,
    )
    if found:
        verb = found["verb"]
        return f"{verb[0].upper()}{verb[1:]} {found['who']} {found['rest']}?"
    if found := re.match(
        r"^(?P<who>it|this|that|your\s+\w+|the\s+\w+)\s+(?P<verb>[a-z]{3,}[^s\W])s\b(?P<rest>.*)$",
        text,
    ):
        return f"Does {found['who']} {found['verb']}{found['rest']}?"
    if found := re.match(r"^you\s+(?P<rest>\S.*)$", text, re.I):
        rest = re.sub(r"^wants\b", "want", found["rest"])
        return f"Do you {_plural(rest)}?"
    return text[:1].upper() + text[1:] + "?"


def _plural(rest: str) -> str:
    """`agrees with this` after `Do you`: `agree with this`."""
    verb, _, others = rest.partition(" ")
    if verb.endswith("s") and not verb.endswith("ss"):
        verb = verb[:-1]
    return f"{verb} {others}".strip()


def is_offer(said: str) -> bool:
    """Whether a yes to it would be agreement to something, and not a fact."""
    return bool(_OFFER.search(said))
