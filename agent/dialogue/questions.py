"""Whether a message asks something."""
# ruff: noqa: E501  a pattern is easier to read on one line

import re

_GREETING = r"(?:(?:hi|hello|hey|ok|okay|and|but|so|well|um|wait|sorry|sure|yes|no|also|first|before (?:that|i do|we do that|i answer)|one (?:more )?question|quick question|just wondering)\b[\s,.!:-]*)*"
_ASKS = re.compile(
    rf"^\W*{_GREETING}(?:how|what|what's|whats|when|where|which|who|whose|why|is|are|am|do|does|did|can|could|will|would|should|may|has|have|isn'?t|aren'?t|don'?t|doesn'?t|can'?t|won'?t)\b"
    r"(?:[\s']+(?:i|you|we|it|they|this|that|there|the|my|your|our|a|an|s|is|are|do|does|did|can|could|will|would|should|long|much|many|often|soon|far|about|if|to|happens?|kinds?|sort|type|time|all|any|anyone)\b)",
    re.IGNORECASE,
)
_WONDERS = re.compile(
    r"\b(?:i(?:'m| am| was)? (?:just )?(?:wonder(?:ing)?|curious)|(?:can|could) you (?:tell|explain|say|remind)|(?:do|would) you know|i(?:'d| would)? (?:like|want|need) to know|tell me (?:how|what|when|where|why|which|whether|if|about))\b",
    re.IGNORECASE,
)


def is_question(message: str) -> bool:
    """Whether the message, or a sentence of it, asks for something to be told."""
    text = " ".join(message.replace("’", "'").split())
    if "?" in text:
        return True
    return bool(_ASKS.search(text) or _WONDERS.search(text))
