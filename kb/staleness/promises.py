"""Words that only hold for a while: "coming soon", "in beta", "we are working on", "recently"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.evidence import quote
from kb.shingles import words
from kb.staleness.age import Ages
from kb.staleness.signal import Signal, Statement, severity_of
from kb.types import Severity

_STATE = r"(?:available|added|supported|released|launched|introduced|removed|retired|shipped"
_STATE += (
    r"|changed|deprecated|discontinued|rolled out|possible|fixed|improved|implemented|announced)"
)
_ACT = r"(?:add|support|release|launch|introduce|offer|bring|make|remove|retire|stop|ship|provide"
_ACT += r"|implement|extend|expand|replace|drop|enable|change|roll out)"
_LATER = r"(?:soon|shortly|later|hopefully|in (?:the|a|an|one of the) (?:near |not too distant )?"
_LATER += r"(?:future|next|upcoming|coming|later)|next (?:week|month|quarter|year)|in due course)"
_STATE, _ACT, _LATER = (part.replace(" ", r"\s+") for part in (_STATE, _ACT, _LATER))
PROMISE = re.compile(
    rf"""\b(?:
      coming\s+(?:very\s+)?(?:soon|shortly|later|next)
    | hopefully\s+coming | coming\s+in\s+(?:a|an|the)\s+(?:future|next|upcoming)
    | (?:will|would)\s+(?:also\s+|soon\s+)*be\s+(?:\w+\s+)?{_STATE}\b[^.;]{{0,40}}\b{_LATER}
    | (?:will|would)\s+(?:soon|shortly)\s+(?:also\s+)?\w+
    | (?:we|they)(?:['’]re|\s+are|\s+will\s+be)\s+(?:also\s+|currently\s+|actively\s+|still\s+)*
      (?:working\s+(?:on|to)\s|planning\s+to\s+{_ACT}\b|(?:stopping|adding|removing|retiring
      |discontinuing|ending|dropping|launching|introducing|rolling\s+out)\b)
    | (?:we|they)\s+(?:also\s+)?(?:plan|hope|intend|aim)\s+to\s+{_ACT}\b
    | (?:is|are|it['’]s)\s+(?:currently\s+|still\s+|now\s+)*(?:under\s+development|in\s+development
      |in\s+the\s+works|being\s+(?:developed|rolled\s+out|worked\s+on|built))
    | (?:is|are)\s+(?:planned|on\s+(?:the|our)\s+roadmap)\b
    | planned\s+for\s+(?:a|an|the)\s+(?:future|next|later|upcoming)
    | in\s+(?:a|an|the|one\s+of\s+the)\s+(?:future|upcoming|later)\s+(?:release|version|update)s?
    )""",
    re.IGNORECASE | re.VERBOSE,
)
STATUS = re.compile(
    r"""\b(?:(?:is|are|it['’]s|still|currently|now|remains?)\s+
      (?:(?:currently|still|now|available|offered|only|a|as)\s+)*
      (?:in\s+)?(?:(?:public|private|closed|open|early|limited|technical|developer)\s+)*
      (?:beta|alpha|(?<=\bin\ )preview|(?<=public\ )preview|(?<=private\ )preview
      |early\s+access)\b(?!\s+(?:version|test|user|tester|program|of\b))
    | (?:public|private|open|closed|limited)\s+(?:beta|preview)\s+is\b)""",
    re.IGNORECASE | re.VERBOSE,
)
RECENT = re.compile(
    r"""\b(?:(?:has|have|had|was|were|['’]ve|['’]s)\s+(?:just\s+)?recently\s+(?:been\s+)?\w+ed\b
    | (?<![\w,]\ )recently,\s | recently\s+(?:introduced|launched|released|announced
      |rolled\s+out|renamed|redesigned|updated|changed)\b
    | (?:we|they)\s+(?:have\s+|['’]ve\s+)?(?:just|recently)\s+\w+(?:ed|t)\b
    | newly\s+(?:introduced|launched|released|redesigned|added)
    | (?:launched|introduced|released|added|changed|redesigned)\s+(?:earlier\s+)?
      (?:this|last)\s+(?:week|month|year|quarter)
    | (?:later|earlier)\s+this\s+(?:month|quarter|year) | (?:this|next)\s+(?:spring|summer|autumn
      |winter)\b)""",
    re.IGNORECASE | re.VERBOSE,
)
THE_READER = re.compile(
    r"\b(?:you|your|user|users|visitors?|customers?|cards?|notes?|files?|items?)\b"
    r"(?:\s+(?:have|has|'ve|were|was|that|who))*\s*$",
    re.IGNORECASE,
)
CONDITION = re.compile(r"\b(?:if|when|whenever|unless|once|in case|whether)\b", re.IGNORECASE)
FRESH_DAYS = 90
OLD_DAYS = 180
SHIPPED_WORDS = 2
LITTLE = frozenset(
    re.findall(
        r"\w+",
        "will soon coming available support supported feature features release version update"
        " updated this that with from your have been being more also into them they their there"
        " then than currently working make making hopefully later next year month future planned"
        " plan beta preview public still only when which where what about other were would could"
        " should some added adding new app the and for are not can our you yet now all any use"
        " using",
    )
)


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that age, and what is said of them."""

    name: str
    pattern: re.Pattern[str]
    what: str
    suggestion: str


RULES = (
    Rule("promise", PROMISE, "announces something to come", "Say whether it has come."),
    Rule("status", STATUS, "calls this unfinished", "Say whether it is generally available."),
    Rule("recent", RECENT, "calls this recent", "Say when, or leave the word out."),
)


def promises(statement: Statement, ages: Ages, released: Sequence[Statement]) -> Iterator[Signal]:
    """At most one signal for a sentence. `released` are the statements of release notes: one
    that names the promised thing is evidence. Without it the article must be old, or of unknown
    age, and the finding is of the lowest severity."""
    if statement.is_example:
        return
    for rule in RULES:
        match = rule.pattern.search(statement.text)
        if not match or (rule.name != "promise" and _of_reader(statement.text, match.start())):
            continue
        said = " ".join(match.group().split())
        shipped = _shipped(statement, released) if rule.name != "recent" else None
        if shipped:
            yield _kept(rule, statement, said, shipped)
            return
        age = ages.days(statement.article)
        if age is not None and age < (OLD_DAYS if rule.name == "recent" else FRESH_DAYS):
            return
        yield Signal(
            name=rule.name,
            statement=statement,
            title=f"'{said}': past its time?",
            explanation=f"'{said}' {rule.what}; " + _since(age),
            suggestion=rule.suggestion,
            severity=Severity.LOW,
            confidence=0.75 if age is not None and age >= OLD_DAYS else 0.55,
        )
        return


def _kept(rule: Rule, statement: Statement, said: str, shipped: Statement) -> Signal:
    source = shipped.article
    return Signal(
        name=rule.name,
        statement=statement,
        title=f"'{said}': the release notes say it has come",
        explanation=f"'{said}' {rule.what}, and '{source.title}' already lists it.",
        suggestion="Describe it as it is now.",
        severity=severity_of(statement.text),
        confidence=0.8,
        also=(quote(source, shipped.sentence.start, shipped.sentence.end),),
    )


def _since(age: int | None) -> str:
    if age is None:
        return "nothing in the article says since when."
    return f"the article was last touched {age} days ago."


def _of_reader(text: str, position: int) -> bool:
    """Whether the words are about what a reader did, or about a condition."""
    before = text[:position]
    return bool(THE_READER.search(before) or CONDITION.search(before))


def _shipped(statement: Statement, released: Sequence[Statement]) -> Statement | None:
    """The release note that shares most telling words with the promise, two at least."""
    wanted = _telling(statement.text)
    scored = [(len(wanted & _telling(note.text)), -n) for n, note in enumerate(released)]
    best, place = max(scored, default=(0, 0))
    if best < SHIPPED_WORDS or best * 2 < min(len(wanted), len(_telling(released[-place].text))):
        return None
    return released[-place]


def _telling(text: str) -> set[str]:
    return {_stem(w) for w in words(text) if len(w) > 2 and w not in LITTLE and not w[0].isdigit()}


def _stem(word: str) -> str:
    for suffix in ("ing", "ies", "es", "s", "ed"):
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word
