"""How a customer sounds: a lexicon with negation and intensity, no model needed."""
# ruff: noqa: E501  a pattern is easier to read on one line

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.screening.wording import plain
from agent.types import Sentiment

# Weights by phrase, in (tone, anger): tone is how good or bad, anger how much of it is at us.
_PHRASES: dict[tuple[float, float], str] = {
    (-5, 5): "screw you|go to hell|f+u+c+k you|fuck off|piss off|shut up|shove it|up yours|kiss my"
    "|go f\\w* yourself|drop dead",
    (
        -4,
        4,
    ): "furious|livid|(?:pathetic|sorry|poor) excuse (?:of|for) an?|outraged|outrageous|enraged|infuriat\\w+|seething|fuming|pissed(?: off)?"
    "|bullshit|bs|idiots?|morons?|liars?|scumbags?|assholes?|crooks|thieves|bastards?|incompeten\\w+"
    "|how dare|sick and tired|beyond angry|fuck(?:ing|ed|s)?|effing|f\\*+k?(?:ing)?|wtf|what the f\\w*",
    (
        -3,
        3,
    ): "disgusting|disgusted|disgrace(?:ful)?|pathetic|appalling|appalled|unacceptable|angry|mad at"
    "|fed up|sick of|had enough|sick to death|ripoff|rip[ -]off|ripped (?:me |us )?off|a joke|laughing ?stock|scammers?|insulting"
    "|insult|shameful|shame on you|clowns?|lying|lied to|stop ignoring|shit(?:ty|show)?|garbage|trash"
    "|taking the piss|enough is enough",
    (
        -2.5,
        2,
    ): "ridiculous|useless|absurd|joke of|terrible service|worst (?:service|support|company|experience|app"
    "|product|customer service|help)|crap(?:py)?|what the hell|wasted? (?:of )?my time|waste of (?:my )?(?:time|money)"
    "|wasting my time|nobody (?:cares|helps|answers|listens)|no one (?:cares|helps|answers|listens)|don'?t (?:even )?care"
    "|you people|absolute(?:ly)? (?:mess|nightmare)|i demand|demand (?:an answer|answers)|never again|stop wasting"
    "|stupid|dumb|damn(?:ed|it)?|goddamn\\w*|for god'?s sake|for fuck'?s sake|ffs|i hate (?:you|this|your)",
    (
        -2,
        1,
    ): "terrible|awful|horrible|dreadful|hopeless|worthless|hate|worst|nightmare|unbelievable|irritat\\w+"
    "|annoyed|nonsense|poor service|bad service|third time|fourth time|fifth time|tenth time|hundredth time"
    "|how many times|not good enough|getting nowhere|going in circles|no help at all",
    (
        -1.5,
        0.5,
    ): "frustrat\\w+|annoying|upset|unhappy|dissatisf\\w+|poor|mess|disaster|fail(?:ed|s|ing)? again"
    "|still (?:not|no|nothing|waiting|doesn'?t|isn'?t|broken)|let down|second time",
    (
        -1,
        0,
    ): "disappoint\\w+|unfortunate(?:ly)?|sad|sadly|worried|worry|concerned|confus\\w+|bad|wrong|broken"
    "|not working|doesn'?t work|problem|problems|trouble|stuck|slow|difficult|lost|missing|sorry to",
    (
        1,
        0,
    ): "thanks|thank you|please|ok|okay|fine|good|helpful|nice|glad|works now|cheers|appreciate\\w*",
    (
        2,
        0,
    ): "great|happy|pleased|perfect|awesome|brilliant|wonderful|fantastic|solved|excellent|lovely"
    "|amazing|best|impressed",
    (3, 0): "love|adore|delighted|thrilled|life ?saver",
}
_ENTRIES = [
    (re.compile(rf"(?<![\w'])(?:{words})(?![\w'])"), weight) for weight, words in _PHRASES.items()
]
# What these words mean elsewhere.
_MASKED = re.compile(
    r"\bworst[ -]case\b|\b(?:hate|abusive) (?:speech|content)\b|\bthank(?:s| you) for nothing\b|\bgarbage collect\w*"
    r"|\b(?:trash|garbage) (?:can|bin|folder|icon|bag)s?\b|\b(?:in|to|from|into) (?:the |my )?trash\b|\bsick (?:leave|days?|note)\b"
    r"|\b(?:love|hate) to (?:bother|ask)\b|\bmad ?lib|\bjoke (?:category|api|bot)\b|\bangry (?:birds?|customers?|users?|emoji|face)\b"
    r"|\bdumb (?:terminal|question|idea)s?\b|\bstupid question\b|\b(?:lost|missing) (?:password|phone|device)\b|\bno (?:problem|worries)\b"
    r"|\bbest (?:way|practice|practices|regards|wishes)\b|\bnot bad\b|\bplease\b|\bgood (?:morning|afternoon|evening|day)\b"
)
_NEGATION = re.compile(
    r"(?:\b(?:not|no|never|isn'?t|wasn'?t|aren'?t|don'?t|doesn'?t|didn'?t|won'?t|hardly|without|nothing)\b)(?: \w+){0,2} $"
)
_STRONG = re.compile(
    r"\b(?:very|so|really|extremely|absolutely|totally|completely|utterly|beyond|incredibly|such|seriously|truly|bloody|fucking|freaking)(?: an?)? $"
)
_WEAK = re.compile(r"\b(?:a bit|a little|slightly|somewhat|kind of|kinda|sort of|mildly) $")
_HARMLESS_NEGATION = 0.5
STRONG_ANGER, SOME_ANGER = 4.0, 2.0
_NEGATIVE, _POSITIVE = -1.0, 1.0
_LOOK_BACK = 3


@dataclass(frozen=True, slots=True)
class Mood:
    """Of one message. `tone` is below 0 when it is negative; `anger` is 0 or more, and counts
    only what is meant for us."""

    tone: float
    anger: float

    @property
    def sentiment(self) -> Sentiment:
        if self.anger >= STRONG_ANGER:
            return Sentiment.ANGRY
        if self.tone <= _NEGATIVE:
            return Sentiment.NEGATIVE
        return Sentiment.POSITIVE if self.tone >= _POSITIVE else Sentiment.NEUTRAL


def mood(text: str) -> Mood:
    """Of one message: weights of its phrases, turned by a negation before them, stronger or
    weaker by the word before, by capitals and by exclamation marks."""
    read = _MASKED.sub(" ", plain(text))
    tone = anger = 0.0
    for pattern, weight in _ENTRIES:
        for match in pattern.finditer(read):
            one_tone, one_anger = _weighed(read[: match.start()], *weight)
            tone, anger = tone + one_tone, anger + one_anger
    loud = _loudness(text)
    if _shouts(text):
        anger += 1.0 if anger else 0.0
    return Mood(tone * loud, anger * loud)


def _weighed(before: str, tone: float, anger: float) -> tuple[float, float]:
    near = before[-40:]
    if _NEGATION.search(near):
        return -tone * _HARMLESS_NEGATION, 0.0
    factor = 1.35 if _STRONG.search(near) else 0.6 if _WEAK.search(near) else 1.0
    return tone * factor, anger * factor


def _loudness(text: str) -> float:
    marks = len(re.findall(r"!", text))
    return 1.0 + 0.12 * min(marks, 3) + (0.25 if _shouts(text) else 0.0)


def _shouts(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= 12 and sum(char.isupper() for char in letters) > 0.7 * len(letters)


def overall(messages: Sequence[str]) -> Sentiment:
    """Of a conversation, oldest first: angry when the last message is or anger goes on, else
    what the last messages say together, the newest most."""
    if not messages:
        return Sentiment.NEUTRAL
    if is_angry(messages[-1], messages[:-1]):
        return Sentiment.ANGRY
    recent = [mood(text) for text in messages[-_LOOK_BACK:]]
    weights = range(1, len(recent) + 1)
    tone = sum(item.tone * weight for item, weight in zip(recent, weights, strict=True))
    return Mood(tone / sum(weights), 0.0).sentiment


def is_angry(text: str, earlier: Sequence[str] = ()) -> bool:
    """Whether the customer is angry: strongly in this message, or in this one and another of the
    three before it. Disappointment alone is not anger."""
    now = mood(text)
    if now.anger >= STRONG_ANGER:
        return True
    if now.anger < SOME_ANGER:
        return False
    return any(mood(before).anger >= SOME_ANGER for before in earlier[-_LOOK_BACK:])
