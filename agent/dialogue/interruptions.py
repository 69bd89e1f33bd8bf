"""What customers say in the middle of a procedure that is no answer to its question."""
# ruff: noqa: E501  a pattern is easier to read on one line

import re

_POLITE = r"(?:(?:ok(?:ay)?|oh|well|actually|hm+|um+|sorry|please|pls|no|wait|hey|thanks|thank you|you know what|on second thou?ghts?|then|just|let'?s|let us|can we|can you|could you|i want to|i'?d like to|i would like to|i wanna|now|yeah|yes|and|but|i think)\b[\s,.!-]*)*"
_THIS = r"(?:it|this|that|everything|all of (?:it|this|that)|(?:the |this |that |my )?(?:whole thing|request|process|procedure|conversation|operation))"
_CANCELS = re.compile(
    rf"^\W*{_POLITE}(?:never ?mind|nvm|forget (?:about )?{_THIS}|forget it|cancel(?: {_THIS})?|stop(?: {_THIS})?|abort(?: {_THIS})?|quit|exit|drop {_THIS}|scrap {_THIS}|leave {_THIS}|skip {_THIS}"
    rf"|(?:i(?:'ve| have)? )?changed my mind|(?:i )?(?:do not|don'?t|dont) (?:want|need|wanna|wish)(?: to)?(?: do)?(?: {_THIS}| continue| go on| proceed| a refund| any ?more)*|no longer (?:want|need|interested)\b.*|(?:i'?m )?not interested(?: any ?more)?|it'?s (?:ok(?:ay)?|fine|nothing|all good|not (?:important|needed|necessary))(?: (?:really|now|as it is))?"
    r"|(?:i'?ll )?(?:leave|keep) it(?: (?:as (?:it )?is|for now|then))?|no need(?: (?:any ?more|for (?:it|that|this)))?|let'?s not(?: do (?:it|this|that))?|(?:i'?d )?rather not|i give up|maybe (?:later|another time|some other time)|(?:not|another time) now|another time|(?:it )?(?:has )?(?:already )?(?:sorted|resolved|solved) (?:itself|it myself))"
    r"(?:[\s,.!]*\b(?:please|pls|thanks|thank you|for now|then|any ?more|sorry|bye|all good|it'?s fine|after all|altogether|completely|i'?ll keep it|i changed my mind|right now)\b)*[\s.!,]*$",
    re.IGNORECASE,
)
_VERB = re.compile(r"\b(?:cancel|stop|quit|delete|end|drop|abort)\b", re.IGNORECASE)
_DID_NOT_WORK = re.compile(
    r"\b(?:no(?:pe|t)?|did ?n'?t|does ?n'?t|is ?n'?t|was ?n'?t|has ?n'?t|have ?n'?t|can'?t|cannot|could ?n'?t|won'?t|never|nothing|still|fail(?:s|ed|ing)?|same (?:problem|thing|issue|error)|no luck|no change|unfortunately|broken|again|error)\b",
    re.IGNORECASE,
)
_WORKED = re.compile(
    r"\b(?:not any ?more|no (?:problem|more)|works?|worked|working|fixed|solved|yes|yep|done|great|perfect)\b",
    re.IGNORECASE,
)
_BROKE = re.compile(
    r"(?:n'?t|not|no longer|never|still|stopped|nothing)\s+(?:\w+\s+){0,2}?(?:work|fix|solv|help|chang|connect|happen)\w*",
    re.IGNORECASE,
)
_DIGRESSES = re.compile(r"^\W*(?:hm+|um+|one (?:moment|second|sec|minute)|(?:just )?(?:a )?(?:moment|second|sec|minute)(?: please)?|hold on|wait|let me (?:check|look|see|find it|get it)|brb|looking)\W*$", re.IGNORECASE)  # fmt: skip


def cancels(message: str, about: str = "") -> bool:
    """Whether the whole message gives up what is under way. Where that is about cancelling or
    stopping something, the same words may ask for just that, and give up nothing."""
    text = _flat(message)
    verb = _VERB.search(text)
    if verb and verb[0].lower() in about.lower():
        return False
    return bool(_CANCELS.match(text))


def failed(message: str) -> bool:
    """Whether a reply to "try this" says that it did not work."""
    text = _flat(message)
    if _BROKE.search(text):
        return True
    return bool(_DID_NOT_WORK.search(text)) and not _WORKED.search(text)


def pauses(message: str) -> bool:
    """Whether the message only asks for time, greets or thanks."""
    return bool(_DIGRESSES.match(_flat(message)))


def _flat(message: str) -> str:
    return " ".join(message.replace("’", "'").split())
