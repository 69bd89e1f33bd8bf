"""The words that say yes or no: negation, modal verbs, conditions, what is gone, what is hedged."""

import re

_NEGATION = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|do|does|can|could|will|would|must|should|may|has|have|"
    r"need) )(?:\w+ly |still |yet )?not\b(?! (?:only|just|"
    r"sure|necessarily|all|every|always)\b)|\b(?:it|that|this|there|he|she)[’']s not\b|"
    r"\bbut not\b(?= (?:required|mandatory|necessary|recommended|supported)\b)|"
    r"\b(?:cannot|never|no longer|nor|neither|none|"
    r"nothing|nobody|no one|unable to)\b|"
    r"n[’']t\b(?! (?:all|every|always|necessarily|only|just)\b)|"
    r"\bno(?= \w)(?! (?:more|less|later|longer|matter|doubt|need)\b)|\bno need\b",
    re.IGNORECASE,
)
_ABLE = re.compile(
    r"\b(?:can|could|may|able|possible|allow(?:s|ed)?|permit(?:s|ted)?|let(?:s)?|cannot|can[’']t|"
    r"unable|available|supported|supports?)\b|\bno way\b",
    re.IGNORECASE,
)
_MODAL = re.compile(r"\b(?:can|could|may|able to|let|lets|allows? (?:you|users))\b", re.IGNORECASE)
_MUST = re.compile(
    r"\b(?:must|(?<!your )(?<!their )(?<!our )need(?:s|ed)?|required?|requires|ha(?:ve|s) to|"
    r"mandatory|optional|optionally|obligatory|compulsory|necessary|unnecessary|should|"
    r"leftempty|leftblank|beomitted|beskipped)\b",
    re.IGNORECASE,
)
CONDITION = re.compile(
    r"\b(?:(?<!even )if|unless|whenever|when|in case|provided that|as long as|while|until|once|"
    r"whether|before|after|so that|because|since|in order to|to avoid|to make sure|"
    r"make sure)\b[^,;:.()]*|"
    r"\b(?:without|within|during)\b[^,;:.()]*?(?=\s(?:can|can[’']t|cannot|may|must|is|are|isn[’']t|"
    r"aren[’']t|will|do|does|don[’']t|doesn[’']t)\b|[,;:.()]|$)",
    re.IGNORECASE,
)
# What something is required for: "a phone number is required to sign up".
PURPOSE = re.compile(
    r"(?<!need)(?<!needs)(?<!have)(?<!has)(?<!able)(?<!allowed) "
    r"(?P<what>to (?!the|an?|your|our|its|this|all|each|every|any|be\b)[a-z]+ [^,;:.()]*)"
)
# Where "to" tells what must be done: "you are required to restart".
OBLIGED = re.compile(
    r"\b(?:you|we|they|users|members|admins|it)(?: are| is|[’']re|[’']s)(?: not|n[’']t)? "
    r"(?:required|necessary|needed|mandatory)\b",
    re.IGNORECASE,
)
FORBIDS = re.compile(
    r"\b(?:(?:must|should|may|shall) not|mustn[’']t|shouldn[’']t)\b", re.IGNORECASE
)
GONE = re.compile(
    r"\b(?:(?:has|have) been|is|are|was|were) (?:removed|discontinued|dropped|retired|deprecated|"
    r"sunset)\b(?! (?:from|when|if|after|automatically|once)\b)|"
    r"\b(?:is|are) (?:coming soon|planned|on (?:the|our) roadmap)\b|\bcoming soon\b",
    re.IGNORECASE,
)
DONT = re.compile(r"^\W*(?:please )?(?:do not|don[’']t|never|avoid)\b", re.IGNORECASE)
HEDGED = re.compile(
    r"\b(?:may not(?! (?:contain|include|exceed)\b)|might|perhaps|maybe|did not|"
    r"didn[’']t|(?:could|has|have|had|was|"
    r"were)(?:n[’']t| not)|"
    r"only|otherwise|(?:on|for|in|with) other (?:plans?|platforms?|devices?|regions?|"
    r"countries|cases?|accounts?|browsers?|versions?|editions?|systems?)|"
    r"don[’']t (?:forget|hesitate|worry|want|know|"
    r"have time)|probably|hopefully|likely)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]|(?<=\w )Not?\b(?= [A-Z])")
_BARRING = frozenset({"unless", "until", "before", "without"})
_ORDERING = frozenset({"before", "after", "once"})
_REASONS = frozenset({"to", "because", "since", "so", "in", "make"})
# Pairs of the two kinds of conditions: in which case, and before or after what.
UNDER, ORDER = "under", "order"
# What one wants sets no case apart: "if you want to keep the files".
WISHED = re.compile(
    r"\bif you(?:[’']d like| want| wish| would like| prefer)\b[^,;:.()]*", re.IGNORECASE
)
# "unlocked", "unencrypted", "uneditable": not the rest of the word.
_UNDONE = re.compile(r"\bun(?P<base>[a-z]{3,}(?:ed|able|ible))\b", re.IGNORECASE)
_WHOLE_WORDS = frozenset(
    {"united", "unified", "undefined", "unlimited", "unrestricted", "uncapped"}
)


def negations(text: str) -> list[re.Match[str]]:
    """Where a text denies, quotations left out."""
    return list(_NEGATION.finditer(_QUOTED.sub(lambda match: " " * len(match[0]), text)))


def mode_of(text: str) -> str:
    """Whether a clause says what can be, must be, or is."""
    if FORBIDS.search(text):
        return "can"
    if _MUST.search(text):
        return "must"
    return "can" if _ABLE.search(text) else "is"


def is_modal(text: str) -> bool:
    """Whether a clause tells what somebody is able or free to do."""
    return bool(_MODAL.search(text))


def sides_of(conditions: list[str]) -> dict[str, int]:
    """Whether the rest of a clause holds under a condition (1) or outside it (-1), and after
    something or before it; nothing for reasons and purposes."""
    sides: dict[str, int] = {}
    for condition in conditions:
        keyword = condition.lower().split()[0]
        if keyword not in _REASONS or condition.lower().startswith("in case"):
            sides[ORDER if keyword in _ORDERING else UNDER] = -1 if keyword in _BARRING else 1
    return sides


def undone(text: str) -> tuple[str, int]:
    """`text` with "unlocked" written as "locked", and how many such words there were."""
    count = 0

    def base(match: re.Match[str]) -> str:
        nonlocal count
        if match[0].lower() in _WHOLE_WORDS:
            return match[0]
        count += 1
        return match["base"]

    return _UNDONE.sub(base, text), count
