"""Words that only hold for a while: "coming soon", "in beta", "recently", "currently not"."""

import re
from dataclasses import dataclass

from kb.staleness.signal import Statement

_STATE = r"(?:available|added|supported|released|launched|introduced|removed|retired|shipped"
_STATE += (
    r"|changed|deprecated|discontinued|rolled out|possible|fixed|improved|implemented|announced"
    r"|dropped|replaced|switched off|shut down|sunset)"
)
_ACT = r"(?:add|support|release|launch|introduce|offer|bring|make|remove|retire|stop|ship|provide"
_ACT += r"|implement|extend|expand|replace|drop|enable|change|roll out|deprecate|publish)"
_LATER = (
    r"(?:soon|shortly|hopefully|in (?:the|a|an|one of the) (?:near |not too distant |very"
    r" near )?(?:future|next|upcoming|coming|later|following)|(?:early |later |late )?(?:next|this)"
    r" (?:week|month|quarter|year|spring|summer|autumn|fall|winter)|in due course|eventually"
    r"|over the (?:next|coming) (?:few )?(?:days|weeks|months)"
    r"|in a (?:few|couple of) (?:days|weeks|months)|by the end of (?:the|this) (?:year|quarter))"
)
_PERIOD = (
    r"(?:(?:next|this|later this) (?:week|month|quarter|year|spring|summer|autumn|fall|winter)"
    r"|(?:in|with) (?:the|our) (?:next|coming|upcoming|following) (?:few |major )?(?:versions?"
    r"|releases?|updates?|days|weeks|months|quarter|year)|over the (?:next|coming) (?:few )?"
    r"(?:days|weeks|months))"
)
_SOON = r"(?:soon|shortly|later|next|in\s+(?:a|an|the)\s+(?:future|next|upcoming|coming|near)"
_SOON += r"|(?:this|next)\s+(?:spring|summer|autumn|fall|winter|year|quarter|month|week))"
_STATE, _ACT, _LATER, _PERIOD = (
    part.replace(" ", r"\s+") for part in (_STATE, _ACT, _LATER, _PERIOD)
)
PROMISE = re.compile(
    rf"""\b(?:
      (?:coming|arriving|launching|landing)\s+(?:very\s+)?{_SOON}
    | hopefully\s+coming
    | (?:will|would)\s+(?:also\s+|soon\s+|then\s+)*be\s+(?:\w+\s+)?{_STATE}\b[^.;]{{0,40}}?
      \b{_LATER}
    | {_LATER},?\s+[^.;]{{0,40}}?\bwill\s+(?:also\s+)?be\s+{_STATE}\b
    | (?:will|would)\s+(?:also\s+)?be\s+{_STATE}\s+(?:at\s+a\s+)?later\b
    | (?<!you\ )(?:will|would)\s+(?:soon|shortly)\s+(?:also\s+)?
      (?!(?:be\s+in\s+touch|contact|reply|answer|get\s+back|expire)\b)\w+
    | (?:will|would)\s+(?:come|arrive|follow|launch|land)\s+(?:very\s+)?(?:{_SOON}|{_PERIOD})
    | {_PERIOD},?\s+we(?:['’]ll|\s+will)\s+\w+
    | (?:starting|beginning|from)\s+next\s+(?:month|quarter|year),?\s+(?!you\b|your\b)\w+
    | (?:we|they|(?:our|the)\s+(?:\w+\s+)?team)(?:['’]re|\s+(?:are|is)
      |\s+will\s+be)\s+(?:also\s+|currently\s+|actively\s+|still\s+)*
      (?:working\s+(?:on|to|hard)\s|planning\s+(?:to\s+{_ACT}\b|on\s)|looking\s+into\s
      |(?:stopping|adding|removing|retiring|discontinuing|ending|dropping|launching|introducing
      |rolling\s+out|phasing\s+out)\b)
    | (?:we|they)(?:['’]ll|\s+will)\s+(?:also\s+|soon\s+|be\s+able\s+to\s+)*{_ACT}\b[^.;]{{0,60}}?
      \b{_LATER}
    | (?:we|they)\s+(?:also\s+)?(?:plan|hope|intend|aim|expect)\s+to\s+{_ACT}\b
    | (?:is|are|it['’]s)\s+(?:currently\s+|still\s+|now\s+)*(?:under\s+(?:active\s+)?(?:development
      |construction)|in\s+(?:active\s+)?development|in\s+the\s+works|(?:a\s+)?work\s+in\s+progress
      |being\s+(?:developed|rolled\s+out|worked\s+on|phased\s+out))
    | (?:is|are)\s+(?:also\s+|already\s+|still\s+)?(?:on\s+(?:the|our)\s+roadmap\b
      |planned(?=\s*(?:[.,;)]|$|\s(?:for|in|but|and|as)\b)))
    | planned\s+for\s+(?:a|an|the)\s+(?:future|next|later|upcoming)
    | in\s+(?:a|an|the|our|one\s+of\s+the)\s+(?:future|upcoming|forthcoming|later)\s+
      (?:major\s+|minor\s+)?(?:release|version|update)s?
    | stay\s+tuned(?!\s+to\b) | watch\s+this\s+space
    )""",
    re.IGNORECASE | re.VERBOSE,
)
STATUS = re.compile(
    r"""[(\[](?:(?:public|private|open|closed|limited)\s+)?(?:beta|public\s+preview)[)\]]
    | \b(?:(?:is|are|it['’]s|still|currently|now|remains?|part\s+of)\s+
      (?:(?:currently|still|now|available|offered|only|a|as|part|of|our)\s+)*
      (?:in\s+)?(?:(?:public|private|closed|open|early|limited|technical|developer|beta)\s+)*
      (?:beta|alpha|(?<=\bin\ )preview|(?<=public\ )preview|(?<=private\ )preview
      |(?<=technical\ )preview|early\s+access)
      \b(?!\s+(?:version|test|user|tester|program|of\b))
    | (?:public|private|open|closed|limited)\s+(?:beta|preview)\s+(?:is|of)\b
    | (?:currently|still|now)\s+in\s+(?:the\s+)?(?:beta|alpha|preview)\b
    | beta\s+(?:feature|functionality)s?\b)""",
    re.IGNORECASE | re.VERBOSE,
)
RECENT = re.compile(
    r"""\b(?:(?:has|have|had|was|were|['’]ve|['’]s)\s+(?:just\s+)?recently\s+(?:been\s+)?\w+ed\b
    | (?<![\w,]\ )recently,\s | recently\s+(?:introduced|launched|released|announced
      |rolled\s+out|renamed|redesigned|updated|changed|moved|acquired)\b
    | (?:we|they)\s*(?:have\s+|['’]ve\s+)?(?:just|recently)\s+\w+(?:ed|t|lt)\b
    | newly\s+(?:introduced|launched|released|redesigned)
    | (?:launched|introduced|released|added|changed|redesigned)\s+(?:earlier\s+)?
      (?:this|last)\s+(?:week|month|year|quarter|spring|summer|autumn|fall|winter)
    | (?:later|earlier)\s+this\s+(?:month|quarter|year) | (?:this|next)\s+(?:spring|summer|autumn
      |winter|christmas|easter|black\s+friday|holiday\s+season)\b
    | (?:we(?:['’]re|\s+are)\s+(?:very\s+|so\s+)?(?:excited|happy|pleased|proud|thrilled|delighted)
      \s+to\s+(?:announce|introduce|share|launch|release))
    | (?:our|the)\s+(?:all-new|brand[\s-]new|(?:newly|recently)\s+(?:released
      |launched|introduced|redesigned|announced|updated|renamed))\s
    )""",
    re.IGNORECASE | re.VERBOSE,
)
CURRENTLY = re.compile(
    r"""\b(?:(?:not|n['’]t|cannot|unable\s+to|only|no)\s+(?:\w+\s+){0,2}?(?:currently|at\s+the
      \s+moment|as\s+of\s+now|for\s+now|right\s+now|at\s+present|yet\s+(?:supported|available))
    | (?:currently|at\s+the\s+moment|as\s+of\s+now|for\s+now|right\s+now|at\s+present)\b,?\s+
      (?:\w+\s+){0,4}?(?:not|n['’]t|cannot|unavailable|unsupported|only|no|limited)\b
    | this\s+year(?:['’]s)?\b | (?:is|are)\s+(?:still\s+|currently\s+)?(?:an?\s+)?experimental\b
    | not\s+yet\s+(?:supported|available|implemented|possible))""",
    re.IGNORECASE | re.VERBOSE,
)
THE_READER = re.compile(
    r"\b(?:you|your|user|users|visitors?|customers?|cards?|notes?|files?|items?|messages?|orders?"
    r"|searches|pages?|most)\b(?:\s+(?:have|has|'ve|were|was|that|who))*\s*$",
    re.IGNORECASE,
)
CONDITION = re.compile(
    r"\b(?:if|when|whenever|unless|once|in case|whether|until|while)\b", re.IGNORECASE
)
PROCESS = re.compile(
    r"\byou(?:['’]ll| will| can| may| should)?\s+(?:see|receive|get|find|be|notice)\b[^.]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that age, and what is said of them. `known` and `unknown` are the confidence where
    the article is known to be old and where its age is unknown (None: then it is no finding);
    `fresh_days` is how long the words are good."""

    name: str
    pattern: re.Pattern[str]
    what: str
    suggestion: str
    fresh_days: int
    known: float
    unknown: float | None

    def fires(self, statement: Statement) -> re.Match[str] | None:
        """The words of this rule, unless they are about what readers do, or a condition."""
        match = None if statement.is_example else self.pattern.search(statement.text)
        if match is None or self.name == "promise":
            return match
        before = statement.text[: match.start()]
        about_readers = THE_READER.search(before) or CONDITION.search(before)
        return None if about_readers or PROCESS.search(before) else match


RULES = (
    Rule(
        "promise",
        PROMISE,
        "announces something to come",
        "Say whether it has come.",
        90,
        0.75,
        0.55,
    ),
    Rule(
        "status",
        STATUS,
        "calls this unfinished",
        "Say whether it is generally available.",
        90,
        0.75,
        0.55,
    ),
    Rule(
        "recent", RECENT, "calls this recent", "Say when, or leave the word out.", 180, 0.75, 0.55
    ),
    # Most of what is "currently not" stays so for years.
    Rule(
        "currently",
        CURRENTLY,
        "speaks of a state that may have passed",
        "Check that it still holds.",
        365,
        0.55,
        None,
    ),
)


def fading(statement: Statement) -> tuple[Rule, str] | None:
    """The first rule that fires on the sentence, and the words."""
    for rule in RULES:
        match = rule.fires(statement)
        if match:
            return rule, " ".join(match.group().split())
    return None
