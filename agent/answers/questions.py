"""The questions of one message, each to be answered by itself."""
# ruff: noqa: E501  a pattern is easier to read on one line

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.answers.words import terms

MOST = 5
# What opens a message and asks nothing.
_OPENING = re.compile(
    r"^(?:(?:hi|hello|hey|hiya|dear|good (?:morning|afternoon|evening|day)|greetings)(?: (?:there|all|team|everyone|folks|again|support|guys))*[\s,.!:;–-]+"
    r"|(?:quick|one|a|just a|just one|another|i have a|i've got a|got a|two|a couple of|a few|some|i have (?:two|three|some|a few)) (?:quick |small |short |more |other )?questions?\b[\s,.!:;–-]*"
    r"|(?:sorry|excuse me|pardon)(?: to (?:bother|disturb) you)?[\s,.!:;–-]+|(?:ok|okay|thanks|thank you|great|cool|perfect)(?: (?:so much|a lot|for that))?[\s,.!:;–-]+)+",
    re.I,
)
_ITEM = re.compile(r"^\s*(?:\(?\d{1,2}[.):]|[-*•])\s+(?=\S)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S)")
_WH = r"(?:how|what|whats|where|when|why|which|who|whose)"
_AUX = r"(?:do|does|did|can|could|is|are|was|were|will|would|should|must|may|has|have|am)(?:n'?t)?"
_WHO = r"(?:i|we|you|u|it|they|he|she|there|this|that|my|our|the|a|an|your)"
_ASKS = re.compile(
    rf"^(?:(?:and|but|or|also|so|then|plus|second(?:ly)?|first(?:ly)?|finally)\b[\s,]+)*(?:{_WH}\b|{_AUX} {_WHO}\b|is it\b|any (?:way|chance|idea)\b"
    r"|(?:please )?(?:tell me|explain|let me know)\b|i(?:'d| would) (?:also )?like to know\b|i (?:also )?(?:want|need) to know\b)",
    re.I,
)
# Where a second question begins inside a sentence.
_SECOND = re.compile(
    rf"(?:\s*[,;]\s*|\s+)(?:and|also|plus|& )\s*(?:also |then )?(?=(?:{_WH} (?:{_AUX}|much|many|long|often|soon|far|about|to|happens?)\b|{_AUX} {_WHO}\b))",
    re.I,
)
_POINTS = re.compile(r"\b(?:it|its|that|this|those|these|them|they|one|ones|same|he|she)\b", re.I)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a message: as the customer put it, and with what else of the message it
    needs to be understood."""

    text: str
    whole: str


def split_questions(text: str) -> list[Asked]:
    """The questions of a message in order, at most five; the whole message as one where it asks
    one thing, tells its question in several sentences, or asks more than that."""
    bare = _OPENING.sub("", text.strip(), count=1).strip() or text.strip()
    parts, listed = _parts(bare)
    asking = [
        number
        for number, part in enumerate(parts)
        if _stands(part) or (number in listed and terms(part))
    ]
    if len(asking) < 2 or len(asking) > MOST:
        return [Asked(text, bare)]
    return _with_context(parts, asking)


def _parts(text: str) -> tuple[list[str], set[int]]:
    """Sentences, halves of sentences and items of a list, and the places of the items."""
    lines = [line for line in text.splitlines() if line.strip()]
    is_list = sum(bool(_ITEM.match(line)) for line in lines) >= 2
    found: list[str] = []
    listed: set[int] = set()
    for line in lines:
        bare = _ITEM.sub("", line).strip()
        if is_list and _ITEM.match(line):
            listed.add(len(found))
            found.append(bare)
            continue
        for sentence in _sentences(bare):
            found.extend(_halves(sentence))
    return found, listed


def _sentences(line: str) -> list[str]:
    """A question does not end with an exclamation mark: that belongs to a name in it."""
    found: list[str] = []
    for part in _SENTENCE.split(line):
        if found and found[-1].endswith("!") and _ASKS.match(found[-1]):
            found[-1] += f" {part}"
        else:
            found.append(part)
    return [part for part in found if part.strip()]


def _halves(sentence: str) -> list[str]:
    """A sentence with two questions in it, taken apart where both say what they ask about."""
    cut = _SECOND.search(sentence)
    if not cut:
        return [sentence]
    first, second = sentence[: cut.start()].strip(" ,"), sentence[cut.end() :].strip()
    if not (_ASKS.match(first) and terms(first) and terms(second)):
        return [sentence]
    return [first if first.endswith("?") else f"{first}?", *_halves(second)]


def _stands(part: str) -> bool:
    """Whether a part is a question that says what it asks about."""
    return bool(terms(part)) and (
        bool(_ASKS.match(part)) or (part.endswith("?") and len(part.split()) > 3)
    )


def _with_context(parts: Sequence[str], asking: Sequence[int]) -> list[Asked]:
    """What is told before the first question goes with every one of them that points back or says
    little; what is told between two goes with the one that follows."""
    told = " ".join(parts[: asking[0]])
    found: list[Asked] = []
    before = asking[0] - 1
    for number in asking:
        between = " ".join(parts[before + 1 : number])
        question = parts[number]
        lead = [told, between] if not found else [told if _leans(question) else "", between]
        if found and not between and _leans(question):
            lead.append(found[-1].text)
        whole = " ".join([*dict.fromkeys(part for part in lead if part), question])
        found.append(Asked(question, whole))
        before = number
    rest = " ".join(parts[before + 1 :])
    if rest:
        found[-1] = Asked(found[-1].text, f"{found[-1].whole} {rest}")
    return found


def _leans(question: str) -> bool:
    """Whether it can't be understood without what was said before."""
    return len(set(terms(question))) <= 1 or bool(_POINTS.search(question))
