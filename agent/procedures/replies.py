"""Conditions on what became of the step before: a call's status, or what the customer replied."""

import re
from enum import StrEnum

from agent.action import CallStatus
from agent.procedures.people import THEY as _WHO
from agent.procedures.roots import content, roots, words

_IT = (
    r"(?P<subject>it|that|this|(?:the|this|that)\s+[a-z][a-z _-]*?|nothing|no\s+[a-z ]+?|there|"
    r"they|one|any|none|(?:their|an?)\s+[a-z ]+?)"
)
_FOUND = re.compile(
    rf"^(?:{_IT}\s+(?:is|was|were|are|has\s+been|can)\s+(?:not\s+be\s+|not\s+|never\s+)?"
    r"(?:found|there|located)|"
    r"(?:it|that|the\s+[a-z ]+)\s+(?:does|do|did)\s+not\s+exist|"
    r"there\s+(?:is|are|was)\s+(?:no|not\s+an?|not\s+any)\s+(?:such\s+)?[a-z ]+|"
    r"(?:not|nothing|none)\s+(?:is\s+|was\s+)?found|"
    r"no\s+(?:such\s+)?[a-z ]+?"
    r"(?:\s+(?:is|was|exists|found|matches|comes\s+up|can\s+be\s+found).*)?|"
    r"no\s+(?:result|match|record)s?|there\s+(?:is|are|was|were)\s+(?:none|nothing)(?:\s+.*)?|"
    r"nothing\s+(?:is|was)\s+[a-z]+|(?:you|we|the\s+agent|i)\s+can\s+not\s+find\s+.+|"
    r"nothing\s+(?:comes|turns)\s+(?:up|back)|missing|unknown)$",
    re.I,
)
_POSITIVE = re.compile(
    r"^(?:it|that|this|the\s+[a-z ]+|one)\s+(?:is|was|has\s+been)\s+found$|"
    r"^(?:found|success|succeeded|done|ok)$|"
    r"^(?:it|that|this|the\s+[a-z ]+)\s+(?:works|worked|succeeds|succeeded|is\s+successful|"
    r"was\s+successful|goes\s+through|went\s+through|is\s+done)$",
    re.I,
)
_REFUSED = re.compile(
    rf"^(?:{_IT}\s+)?(?:is|was|gets|has\s+been|are)?\s*(?:refused|declined|rejected|denied|not\s+accepted|turned\s+down)(?:\s+by\s+.+)?$|^(?:the\s+)?(?:backend|system|bank|shop|provider)\s+(?:refuses|declines|rejects|says\s+no)(?:\s+.+)?$|^refusal$",
    re.I,
)
_FAILED = re.compile(
    rf"^(?:{_IT}\s+)?(?:fails|fail|failed|has\s+failed|does\s+not\s+(?:work|succeed|go\s+through)|did\s+not\s+(?:work|succeed|go\s+through)|"
    r"is\s+not\s+(?:successful|possible)|was\s+not\s+(?:successful|possible)|is\s+unsuccessful|can\s+not\s+be\s+(?:done|completed|made|carried\s+out)|goes\s+wrong|returns\s+an\s+error|errors(?:\s+out)?|breaks)$|"
    r"^(?:there\s+is\s+)?(?:an?\s+)?(?:error|failure|problem)(?:\s+.*)?$|^something\s+goes\s+wrong$|^it\s+is\s+(?:down|unavailable)$",
    re.I,
)
_LIMIT = re.compile(
    r"^.*\b(?:over|above|beyond|exceeds|exceeded|passes|passed)\s+(?:the|its|a|their|any)\s+(?:\w+\s+)?limits?\b.*$|^(?:the\s+)?limit\s+(?:is|was|has\s+been)\s+(?:reached|passed|exceeded|hit)$",
    re.I,
)
_ALLOWED = re.compile(
    rf"^(?:{_IT}\s+)?(?:is|was|are)\s+not\s+(?:allowed|permitted)(?:\s+.*)?$|^not\s+(?:allowed|permitted)$",
    re.I,
)
_YES = re.compile(
    rf"^(?:{_WHO}\s+)?(?:say|says|said|answer|answers|answered|reply|replies)?\s*(?:with\s+)?(?:yes|yes\s+please|y)$|"
    rf"^(?:{_WHO}\s+)?(?:do|does|did|have|has|is|are|was|were|would|will|can)$|^so$|^(?:if\s+)?(?:it|that|this)\s+(?:is|does|did|has|is\s+the\s+case)$|"
    rf"^(?:{_WHO}\s+)?(?:agree|agrees|agreed|accept|accepts|accepted|confirm|confirms|confirmed|consent|consents|approve|approves|want|wants|would\s+like|take|takes|like|likes|choose|chooses|go\s+for|goes\s+for|are\s+happy|is\s+happy|are\s+ok|is\s+ok|are\s+fine|is\s+fine)(?!\s+not)(?:\s+(?:to|it|that|this|the|with|one|these|them|so)\b.*)?$|"
    r"^(?:it|that|this)\s+(?:worked|works|helped|helps|is\s+(?:right|correct|true|fine|ok|okay|solved|fixed|working)|did|does)(?:\s+.*)?$|^(?:confirmed|accepted|agreed|solved|fixed)$|"
    r"^the\s+(?:answer|reply)\s+is\s+yes$|^(?:the\s+)?(?:problem|issue)\s+is\s+(?:gone|solved|fixed|resolved)$",
    re.I,
)
_NO = re.compile(
    rf"^(?:{_WHO}\s+)?(?:say|says|said|answer|answers|answered|reply|replies)?\s*(?:with\s+)?(?:no|no\s+thanks?|n)$|"
    rf"^(?:{_WHO}\s+)?(?:do|does|did|have|has|is|are|was|were|would|will|can)\s+not(?:\s+(?:want|agree|accept|confirm|like|consent|wish|approve|take)\b.*)?$|"
    rf"^(?:{_WHO}\s+)?(?:decline|declines|declined|refuse|refuses|refused|reject|rejects|rejected|disagree|disagrees|object|objects|change\s+their\s+mind|changes\s+(?:their|his|her)\s+mind)(?:\s+.*)?$|"
    rf"^{_WHO}\s+(?:would\s+)?(?:rather|prefer|prefers)\b.*$|"
    rf"^{_WHO}\s+(?:(?:still\s+)?(?:want|wants|prefer|prefers|insist|insists)\s+(?:to\s+)?(?:cancel|leave|keep\s+going|go\s+ahead\s+anyway|on).*)$|"
    r"^(?:it|that|this)\s+(?:did\s+not|does\s+not|is\s+not|has\s+not|was\s+not|still\s+(?:does|did)\s+not)(?:\s+(?:help|helped|work|worked|right|correct|true|fine|ok|fix|fixed|solve|solved|the\s+case|working)\b.*)?$|^(?:declined|refused|rejected)$|"
    r"^the\s+(?:answer|reply)\s+is\s+no$|^(?:the\s+)?(?:problem|issue)\s+(?:is\s+still\s+there|persists|remains|is\s+not\s+(?:gone|solved|fixed|resolved))$|^not$",
    re.I,
)
_WITHOUT = re.compile(
    rf"^{_WHO}\s+(?:do|does|did|can|could|will)\s+not\s+(?:know|have|remember|give|provide|find|want\s+to\s+(?:give|say|tell)|share|tell|say)\b.*$|"
    rf"^{_WHO}\s+(?:is|are)\s+(?:not\s+(?:able|willing)|unable|unwilling)\s+to\b.*$|^{_WHO}\s+(?:refuse|refuses|forgot|have\s+lost|has\s+lost|lost)\b.*$|"
    rf"^{_WHO}\s+(?:have|has)\s+(?:no|none|not\s+got)\b.*$|^{_WHO}\s+(?:is|are)\s+not\s+sure\b.*$",
    re.I,
)
_CHOSEN = re.compile(
    rf"^(?:{_WHO}\s+(?:say|says|said|choose|chooses|chose|pick|picks|select|selects|want|wants|answer|answers|reply|replies|mention|mentions|name|names|give|gives)|(?:the\s+)?(?:answer|reply|choice)\s+is|it\s+is|for|on|in\s+(?:the\s+)?case\s+of)\s+(?P<what>.+)$",
    re.I,
)


class Reply(StrEnum):
    """What a customer replied."""

    YES = "yes"
    NO = "no"
    WITHOUT = "without"


def status_of(when: str, nouns: tuple[str, ...] = ()) -> set[CallStatus] | None:
    """The statuses of a call that `when` speaks of; DONE for `if it is found`. None when it
    speaks of something else, such as of another result than those called `nouns`."""
    said = when.strip(" .,")
    for side in re.split(r"\s+or\s+(?:if\s+)?", said):
        if not _one_status(side):
            return None
    found: set[CallStatus] = set()
    for side in re.split(r"\s+or\s+(?:if\s+)?", said):
        found |= _one_status(side)
    return found if _is_about(said, nouns) else None


def _one_status(said: str) -> set[CallStatus]:
    if _POSITIVE.match(said):
        return {CallStatus.DONE}
    if _FOUND.match(said):
        return {CallStatus.NOT_FOUND}
    if _LIMIT.match(said):
        return {CallStatus.OVER_LIMIT}
    if _ALLOWED.match(said):
        return {CallStatus.NOT_ALLOWED}
    if _REFUSED.match(said):
        return {CallStatus.REFUSED}
    if _FAILED.match(said):
        return {CallStatus.FAILED, CallStatus.REFUSED}
    return set()


_GENERAL = frozenset(
    roots(
        words(
            "call lookup action request search attempt result system backend step record match "
            "entry transaction change update"
        )
    )
)


def _is_about(said: str, nouns: tuple[str, ...]) -> bool:
    """Whether the subject is `it`, or the result or the action that was called."""
    found = re.match(
        r"^(?:the|no\s+such|no|an?|their|there\s+(?:is|are|was)\s+(?:no|not\s+an?|not\s+any)"
        r"(?:\s+such)?)\s+(?P<subject>[a-z][a-z ]*?)"
        r"(?:\s+(?:is|was|has|can|could|does|do|did|were|are|fails|failed|exists|found|comes|matches|goes|works|worked|succeeds|succeeded|returns|gets)\b.*)?$",
        said,
        re.I,
    )
    if not found:
        return True
    subject = roots(content(found["subject"]) or words(found["subject"]))
    about = {part for noun in nouns for part in roots(words(noun))} | _GENERAL
    return bool(set(subject) & about)


def reply_of(when: str) -> Reply | None:
    """What the customer replied, where `when` is about that."""
    said = when.strip(" .,")
    if _NO.match(said):
        return Reply.NO
    if _YES.match(said):
        return Reply.YES
    return Reply.WITHOUT if _WITHOUT.match(said) else None


def lacks_answer(when: str) -> bool:
    """Whether the customer can't say what was asked for."""
    return bool(_WITHOUT.match(when.strip(" .,")))


def chosen(when: str) -> str:
    """`damaged` of `they say damaged`; all of it when only that is said."""
    found = _CHOSEN.match(when.strip(" .,"))
    return found["what"] if found else when.strip(" .,")
