"""Greetings, thanks and goodbyes, which need no article."""
# ruff: noqa: E501  a pattern is easier to read on one line

import re
from enum import StrEnum


class SmallTalk(StrEnum):
    """What a customer says without asking anything."""

    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"


_YES = (
    r"(?:(?:ok|okay|great|perfect|awesome|cool|nice|super|good|got it|excellent|brilliant|lovely|wonderful|amazing"
    r"|yes|no|all good|makes sense|(?:that|this|it) (?:works|worked|helps|helped|did it)|solved|fantastic)[\s,.!:)]*)*"
)
_PATTERNS = {
    SmallTalk.GREETING: re.compile(
        r"(?:(?:hi|hello|hey|hiya|howdy|greetings|yo|good (?:morning|afternoon|evening|day)|hallo|hola|bonjour)"
        r"(?: (?:there|all|team|everyone|folks|again|bot))?[\s,!.]*)?"
        r"(?:how are you(?: doing)?(?: today)?|how'?s it going|what'?s up|are you there|is anyone there|anyone there)?"
    ),
    SmallTalk.THANKS: re.compile(
        _YES
        + r"(?:(?:many )?thanks|thank you|thankyou|thx|ty|cheers|much appreciated|(?:i )?appreciate (?:it|that|your help)"
        r"|(?:that|this|it) (?:helped|helps|worked|works|did it|solved it|fixed it)(?: now)?|problem solved|solved|got it|great"
        r"|perfect|awesome|cool|ok|okay|excellent|makes sense)"
        r"(?:[\s,.!]*(?:so much|a lot|a bunch|very much|again|for (?:the|your|all your) (?:\w+ )?(?:help|answer|info|information|reply|support|time)"
        r"|for (?:helping(?: me)?|that|everything|this)|that'?s all|bye|goodbye|have a (?:nice|good|great) (?:day|one|weekend)"
        r"|(?:that|this|it) (?:helped|helps|worked|works)|a lot))*"
    ),
    SmallTalk.FAREWELL: re.compile(
        _YES
        + r"(?:(?:good ?)?bye(?: bye)?|see you(?: later)?|have a (?:nice|good|great) (?:day|one|evening|weekend)|take care"
        r"|that'?s (?:all|it)(?: for now)?|nothing else)(?:[\s,.!]*(?:thanks|thank you|bye|take care))*"
    ),
}


def small_talk(text: str) -> SmallTalk | None:
    """What kind of small talk the whole message is; None when it asks or tells anything else."""
    text = " ".join(text.lower().replace("’", "'").split()).strip(" \t.,!?:;)(-")
    if not any(char.isalpha() for char in text):
        return None
    for kind, pattern in _PATTERNS.items():
        if pattern.fullmatch(text):
            return kind
    return None
