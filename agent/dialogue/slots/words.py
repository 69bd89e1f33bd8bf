"""Free text that was asked for: a name, an address, a reason."""
# ruff: noqa: E501  a pattern is easier to read on one line

import re

_LEADS = re.compile(
    r"^(?:(?:sure|ok|okay|yes|yeah|yep|hi|hello|hey|well|so|um|uh|oh|sorry|of course|right|alright)[\s,.!:-]+)*"
    r"(?:(?:here (?:it is|you go|is)|(?:it|that|this)(?:'s| is| was| would be| should be)|(?:make|change|send|ship) (?:it|that)(?: to)?|please (?:send|ship) (?:it|that) to"
    r"|(?:my|our|the|her|his)(?: \w+){1,4}? (?:is(?: now)?|will be|would be|was)|(?:actually|i meant?|i said)(?: it'?s)?)[\s,:-]+)?",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[\s,.!]*(?:\b(?:please|pls|thanks|thank you|thx)\b[\s,.!]*)*$", re.IGNORECASE)
_NOTHING = re.compile(
    r"^\W*(?:i (?:really )?(?:do ?n'?t|do not|can'?t|cannot) (?:know|have|remember|find|recall|see)\b.*|no idea\b.*|(?:i'?m )?not sure\b.*|dunno|idk|what|huh|why|hm+|um+|eh|ok(?:ay)?|yes|no|yeah|nope"
    r"|sure|hello|hi|hey|thanks|thank you|wait|one (?:moment|second|sec)|just a (?:moment|second|sec|minute)|(?:let me|i'?ll) (?:check|look|see)\b.*|hold on\b.*|which one|skip|none|nothing|n/?a|help)\W*$",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"\b(?:(?:do ?n'?t|do not|can'?t|cannot|have ?n'?t|lost|forgot)\b.{0,20}\b(?:know|have|got|remember|find|recall|it|one)|no idea|idk|dunno|skip|none|n/?a|don'?t have|(?:can'?t|cannot|can not)$)",
    re.IGNORECASE,
)
_SHORTEST = 2


def free_text(message: str) -> str | None:
    """What was said without words around it; None when nothing was."""
    text = " ".join(message.replace("’", "'").split())
    if _NOTHING.match(text) or not any(char.isalnum() for char in text):
        return None
    text = _ENDS.sub("", _LEADS.sub("", text, count=1))
    return text if len(text) >= _SHORTEST else None


def declines(message: str) -> bool:
    """Whether the customer says that they do not have what was asked for."""
    return bool(_UNKNOWN.search(message.replace("’", "'")))
