"""Whether a customer clearly agrees, or clearly does not. What is neither is not an answer."""
# ruff: noqa: E501  a pattern is easier to read on one line

import re

_CALL = r"(?:(?:hi|hello|hey|oh|ah|well|um|uh|great|perfect|cool|nice|awesome|thanks|thank you|thx|ok|okay|alright|all right|right|so|actually|sorry)\b[\s,.!-]*)*"
_YES = re.compile(
    rf"^\W*{_CALL}(?:"
    r"y|ye+s+|yea+h*|yep+|yup+|ya|yess?ir|aye|si|oui|ja|sure(?: thing)?|of course|certainly|definitely|absolutely|totally|100 ?%|for sure|correct|exactly|confirmed?|i (?:do )?confirm(?: (?:it|that|this))?|affirmative|indeed"
    r"|ok(?:ay)?|okey|k|kk|alright|all right|fine|very well|works for me|that works|that'?s (?:right|correct|fine|ok(?:ay)?|good|great|perfect|it)|(?:sounds|looks|all|is) (?:good|great|fine|right|correct|ok(?:ay)?|perfect)"
    r"|(?:please )?(?:go ahead|proceed|continue|carry on|go for it|go on)|(?:please )?do (?:it|so|that|this)|let'?s (?:do (?:it|that|this)|go)|make it so|be my guest|by all means"
    r"|i (?:do )?agree|agreed|accept(?:ed)?|i (?:do )?accept(?: (?:it|that|this))?|approved?|i'?m (?:ok(?:ay)?|fine|happy|good) with (?:that|this|it)|that is (?:right|correct|fine|ok(?:ay)?)|it is|i do|i would|i'?d (?:like|love) (?:that|to|it)|yes please|please do|please"
    r"|no (?:problem|worries|objections?)(?=\W+(?:go|do|yes|please|sure))|(?:👍|✅|👌)\S*"
    r")(?![\w'])",
    re.IGNORECASE,
)
_NO = re.compile(
    rf"^\W*{_CALL}(?:"
    r"n|no+|nope|nah|naw|nay|never(?! ?mind)|not? (?:thanks|thank you|way|yet|now|really|at all|today|this time|please)|no,? (?:thanks|thank you)|negative|absolutely not|definitely not|certainly not|of course not|under no circumstances|non|nein"
    r"|(?:please )?(?:do not|don'?t|dont)(?! (?:know|mind|care|understand|get|see|think|have|remember|worry|be|you|forget))(?: \w+){0,4}|i (?:do not|don'?t|dont|didn'?t|would not|wouldn'?t|won'?t|will not)(?: really)? (?:want|agree|accept|like|wish|need|confirm|do)(?: \w+){0,5}"
    r"|i'?d rather not|rather not|i'?d prefer not(?: to)?|better not|that'?s (?:not (?:right|correct|what i \w+|it)|wrong|incorrect)|(?:this|it|that) is(?:n'?t| not) (?:right|correct|what i \w+)|incorrect|wrong"
    r"|i (?:decline|refuse|reject)|declined?|rejected?|cancel(?: (?:it|that|this|everything))?|stop(?: (?:it|that|this|right there))?|forget (?:it|about it)|never ?mind|leave it(?: as (?:it )?is)?|keep it(?: as (?:it )?is)?|i(?:'ve| have)? changed my mind"
    r"|(?:👎|❌)\S*"
    r")(?![\w'])",
    re.IGNORECASE,
)
_ALWAYS_BIND = frozenset(
    ("but", "if", "unless", "except", "only", "however", "not", "no", "never", "wait", "maybe")
)
# After a yes these take it back, bind it to something or ask for something else.
_BINDS = re.compile(
    r"\b(?:but|if|unless|except|only|however|instead|though|although|provided|as long as|assuming|wait|hold on|question|question[s]|not|no|never|cannot|can'?t|don'?t|didn'?t|doesn'?t|isn'?t|won'?t|before|first|after|later|until|once|when|maybe|perhaps|unsure|guess|suppose|think so|probably|half|part|partly|rather|other|another|different|change|wrong|also|plus|actually|sorry|meant|cancel|stop|tomorrow)\b",
    re.IGNORECASE,
)
# A no that goes on like this asks for something else, and is still a no to what was asked; one
# that goes on like these is not clear.
_UNDOES = re.compile(
    r"\b(?:yes|yeah|sure|go ahead|do it|problem|worries|doubt|idea|clue|question|rush)\b",
    re.IGNORECASE,
)
_HEDGES = re.compile(
    r"\b(?:not (?:so |really |entirely |quite |100% |completely )?(?:sure|certain|convinced)|unsure|hm+|umm+|maybe|perhaps|possibly|i guess|i suppose|probably|i think so|let me think|thinking|need (?:a|some) (?:moment|minute|time)|hold on|wait|one (?:moment|second|sec|minute)|depends|don'?t know|no idea|idk|dunno|whatever)\b",
    re.IGNORECASE,
)
# What the agent proposes to do: "I'll cancel your plan", "shall I send it".
_PROPOSES = re.compile(
    r"\b(?:i'll|i will|i'm going to|i am going to|shall i|should i|want me to|let me|may i)(?: (?:now|then|also|just))? (?P<verb>[a-z]{3,})",
    re.IGNORECASE,
)
_DO_THAT = r"(?:(?:yes|please|just|now|then|and|ok|okay|go ahead)\W+)*{verb}(?: (?:it|that|this|them|me|everything|the \w+|my \w+))*(?:\W+(?:please|now|then|thanks|thank you|for me))*\W*"
_NUMBER = re.compile(r"\d+(?!\d* ?%)")
# "Agent: done" is not what a customer says for themselves.
_SPEAKER = re.compile(r"^\W*\w{3,20}\s*:", re.MULTILINE)
_LONGEST_TAIL = 14


def consents(message: str, question: str = "") -> bool | None:
    """True for a clear yes to `question`, False for a clear no, None for all else: doubt, a
    condition, a question, another subject. A number that the question did not name makes a yes
    unclear."""
    text = " ".join(message.replace("’", "'").split())
    if _HEDGES.search(text) or "?" in text or _SPEAKER.search(message):
        return None
    if _does_that(text, question):
        return True
    yes, no = _YES.match(text), _NO.match(text)
    if no and not (yes and yes.end() > no.end()):
        return None if _unclear(text[no.end() :], question) else False
    return True if yes and _settled(text[yes.end() :], question) else None


def speaks_for_others(message: str) -> bool:
    """Whether the message puts words into somebody's mouth ("Agent: confirmed"): then it agrees to
    nothing, whoever reads it."""
    return bool(_SPEAKER.search(message))


def first_word(message: str) -> bool | None:
    """What an answer to a question of fact begins with, yes or no, whatever comes after it."""
    text = " ".join(message.replace("’", "'").split())
    if _HEDGES.search(text) or "?" in text:
        return None
    yes, no = _YES.match(text), _NO.match(text)
    if no and not (yes and yes.end() > no.end()):
        return False
    return True if yes else None


def _does_that(text: str, question: str) -> bool:
    """Whether the message tells to do just what the question proposes: "cancel it"."""
    verbs = {match["verb"] for match in _PROPOSES.finditer(question.replace("’", "'"))}
    return any(
        re.fullmatch(_DO_THAT.format(verb=re.escape(verb)), text, re.IGNORECASE) for verb in verbs
    )


def _unclear(tail: str, question: str) -> bool:
    """Whether what follows a no takes it back, or gives another value."""
    return bool(_UNDOES.search(tail)) or not _numbers_known(tail, question)


def _settled(tail: str, question: str) -> bool:
    """Whether what follows a yes leaves it a yes."""
    asked = set(re.findall(r"[a-z]+", question.lower()))
    binding = [
        word.lower()
        for word in _BINDS.findall(_without_yes(tail))
        if word.lower() in _ALWAYS_BIND or word.lower() not in asked
    ]
    if binding or len(tail.split()) > _LONGEST_TAIL:
        return False
    return _numbers_known(tail, question)


def _numbers_known(tail: str, question: str) -> bool:
    known = set(_NUMBER.findall(question))
    return all(number in known for number in _NUMBER.findall(tail))


def _without_yes(tail: str) -> str:
    """Without phrases that only look like conditions."""
    return re.sub(r"\b(?:no (?:problem|worries|doubt)|right now|why not)\b", "", tail, flags=re.I)
