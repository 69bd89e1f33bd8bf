"""Features that release notes or another article call removed, renamed or deprecated."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.evidence import quote
from kb.findings import Severity
from kb.staleness.signal import Signal, Statement, severity_of, statements
from kb.types import Article

_MARKED = r"(?:\*\*|`|\"|“|'|‘|\*)(?P<{0}>[^*`\"“”'‘’\n]{{3,50}})(?:\*\*|`|\"|”|'|’|\*)"
_NAME = r"(?P<{0}>[A-Z][\w-]+(?:\s+[A-Z][\w-]+){{0,3}})"
_GONE = (
    r"(?:removed|retired|discontinued|sunset|deprecated|dropped|switched\s+off|shut\s+down"
    r"|no\s+longer\s+(?:available|supported|exists?|offered|part)|replaced|gone)"
)
_BE = r"(?:is|are|was|were|has\s+been|have\s+been|will\s+be)?\s*(?:now\s+|also\s+)?"
_THING = (
    r"(?:\s+(?:feature|button|page|menu|tab|report|plan|app|option|setting|view|mode|tool"
    r"|integration|widget))?"
)
_BECAME = (
    r"(?:(?:is|are|was|were|has\s+been|have\s+been)\s+(?:now\s+)?(?:renamed(?:\s+(?:to|as|into))?"
    r"|replaced\s+(?:by|with)|superseded\s+by|merged\s+into|deprecated\s+in\s+favou?r\s+of)"
    r"|(?:is|are)\s+now\s+(?:called|named|known\s+as)|became)"
)
SUBJECT = tuple(
    re.compile(rf"{name.format('old')}{_THING}\s+{_BE}{_GONE}\b")
    for name in (_MARKED, r"(?:^|[Tt]he\s+|[Ff]or\s+|:\s+|-\s+)" + _NAME)
)
OBJECT = tuple(
    re.compile(
        rf"\b(?:[Rr]emoved|[Rr]etired|[Dd]iscontinued|[Dd]eprecated|[Dd]ropped)"
        rf":?\s+(?:support\s+for\s+)?(?:the\s+)?{name.format('old')}"
    )
    for name in (_MARKED, _NAME)
)
RENAMED = tuple(
    re.compile(pattern)
    for name, new in ((_MARKED, _MARKED), (_NAME, _NAME))
    for pattern in (
        rf"{name.format('old')}{_THING}\s+{_BECAME}\s+(?:the\s+)?{new.format('new')}",
        rf"\b(?:[Rr]enamed|[Rr]eplaced)\s+(?:the\s+)?(?:from\s+)?{name.format('old')}{_THING}\s+"
        rf"(?:to|into|with|by)\s+(?:the\s+)?{new.format('new')}",
        rf"{new.format('new')}{_THING},?\s+\(?(?:formerly|previously)\s+(?:(?:known\s+as|called"
        rf"|named)\s+)?(?:the\s+)?{name.format('old')}",
    )
)
# What readers do, or what happens under a condition, is no news of the product.
NO_NEWS = re.compile(
    r"\b(?:you|your|if|when|whenever|once|after|unless|until|haven['’]t|not|users?|can)\b",
    re.IGNORECASE,
)
KNOWING = re.compile(
    rf"\b(?:{_GONE}|renamed|formerly|previously|used\s+to|old|legacy|until|migrat\w+|instead\s+of"
    r"|earlier|before|was\s+called|once)\b",
    re.IGNORECASE,
)
LEAST_CHARS = 4
WORD = re.compile(r"[^\W_]+")
NAMES = re.compile(r"(?:(?<!\w)(?=[A-Z])|[`*_\"'“‘][^a-zA-Z\d\s]*)([^\W_]+)")


@dataclass(frozen=True, slots=True)
class Gone:
    """A name that one article calls gone, what took its place (empty if nothing), and the span
    of the sentence that says so."""

    old: str
    new: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Change:
    """The same with the article that says it."""

    gone: Gone
    article: Article
    in_notes: bool

    @property
    def pattern(self) -> re.Pattern[str]:
        """What finds the name."""
        return re.compile(rf"(?<!\w){re.escape(self.gone.old)}(?!\w)")


def gone(statements: Iterable[Statement]) -> tuple[Gone, ...]:
    """Of one article, in order; the first word on a name counts."""
    found: dict[str, Gone] = {}
    for item in statements:
        for old, new in _named(item.source):
            if len(old) >= LEAST_CHARS and WORD.search(old):
                found.setdefault(old.casefold(), Gone(old, new, item.start, item.end))
    return tuple(found.values())


def names(statements: Iterable[Statement]) -> tuple[str, ...]:
    """Words that may begin a name: capitalised, or set off by quotes or markup; sorted."""
    return tuple(sorted({word for item in statements for word in NAMES.findall(item.source)}))


def changes(told: Iterable[tuple[Article, bool, Sequence[Gone]]]) -> dict[str, list[Change]]:
    """By the first word of the name. Release notes (the second of each triple) have the first
    word on a name, then the other articles by id, of whom only names of two words count."""
    found: dict[str, Change] = {}
    for article, in_notes, own in sorted(told, key=lambda item: (not item[1], item[0].id)):
        for item in own:
            if in_notes or " " in item.old:
                found.setdefault(item.old.casefold(), Change(item, article, in_notes))
    by_word: defaultdict[str, list[Change]] = defaultdict(list)
    for change in found.values():
        by_word[WORD.findall(change.gone.old)[0]].append(change)
    return by_word


def removed(article: Article, known: Sequence[Change]) -> Iterator[Signal]:
    """One signal for each sentence that uses a gone name as if it were there. `known` are the
    changes whose first word the article names."""
    told = [
        (change, change.pattern)
        for change in known
        if change.article.id != article.id and change.gone.old in article.text
    ]
    for statement in statements(article) if told else ():
        if not KNOWING.search(statement.text):
            for change, pattern in told:
                if pattern.search(statement.source) and not _says_new(statement, change.gone):
                    yield _signal(statement, change)


def _named(source: str) -> Iterator[tuple[str, str]]:
    for pattern in RENAMED:
        for match in pattern.finditer(source):
            yield _bare(match["old"]), _bare(match["new"])
    for pattern in (*SUBJECT, *OBJECT):
        for match in pattern.finditer(source):
            clause = source[: match.start()] + match.group() + source[match.end() :][:20]
            if not NO_NEWS.search(clause):
                yield _bare(match["old"]), ""


def _bare(name: str) -> str:
    return re.sub(r"^(?:The|Our|A|An|This|That)(?:\s+|$)", "", name.strip())


def _says_new(statement: Statement, change: Gone) -> bool:
    return bool(change.new) and change.new in statement.source


def _signal(statement: Statement, change: Change) -> Signal:
    old, new, there = change.gone.old, change.gone.new, change.article
    became = f"is now '{new}'" if new else "is gone"
    return Signal(
        name="renamed" if new else "removed",
        about=old.casefold(),
        statement=statement,
        said=old,
        title=f"'{old}' {became}",
        explanation=f"'{there.title}' says that '{old}' {became}; this article still speaks of it.",
        suggestion=f"Use '{new}'." if new else "Describe what took its place.",
        proof=f"'{there.title}' says that it {became}",
        severity=max(Severity.MEDIUM, severity_of(statement.text)),
        confidence=0.8 if change.in_notes else 0.65,
        also=(quote(there, change.gone.start, change.gone.end),),
    )
