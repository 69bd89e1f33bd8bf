"""The value that a question asks for, as the answer's words give it."""

import re
from collections.abc import Iterable

from agent.answers.words import terms
from eval.golden.facts import told
from kb.claims.reading import values
from kb.claims.values import Value, ValueKind

_KINDS: tuple[tuple[str, frozenset[ValueKind]], ...] = (
    (
        r"how (?:many|much) (?:more )?(?:seconds|minutes|hours|days|weeks|months|years|time)",
        frozenset({ValueKind.DURATION}),
    ),
    (r"how often", frozenset({ValueKind.FREQUENCY, ValueKind.DURATION})),
    (
        r"how (?:long|soon|quickly|fast|old)|(?:by |until |since )?when\b|deadline|how late",
        frozenset({ValueKind.DURATION, ValueKind.DATE, ValueKind.TIME}),
    ),
    (r"\b(?:cost|price|pay|fee|charge|expensive)\w*", frozenset({ValueKind.MONEY})),
    (r"how (?:far|deep|high|wide|large|big|heavy)", frozenset({ValueKind.LENGTH, ValueKind.SIZE})),
    (r"(?:which|what|oldest|newest|minimum) (?:\w+ )?version", frozenset({ValueKind.VERSION})),
    (
        r"how (?:many|much)|\b(?:limit|maximum|minimum|most|quota)\b",
        frozenset({ValueKind.COUNT, ValueKind.NUMBER, ValueKind.SIZE, ValueKind.MONEY})
        | {ValueKind.PERCENT, ValueKind.MEASURE},
    ),
    (r"^where\b", frozenset({ValueKind.PLACE})),
)
_WANTED = [(re.compile(pattern, re.IGNORECASE), kinds) for pattern, kinds in _KINDS]
# A fact that stands later in an answer is seldom the one that was asked for.
_SENTENCES = 2


def values_asked(
    question: str, sentences: Iterable[str], *, to_the_point: bool = False
) -> tuple[str, ...]:
    """The value, as it is written, of a kind that the question asks for, where the first
    sentences tell exactly one and speak of the question's subject, in its words unless they are
    written `to_the_point`; none where it asks for no value, or where several would do."""
    kinds = wanted(question)
    asked = set(terms(question))
    found = [
        value.text.strip()
        for sentence in (list(sentences)[:_SENTENCES] if kinds else ())
        for value in values(sentence)
        if value.kind in kinds
        and (to_the_point or asked & set(terms(sentence)))
        and _says(value, sentence)
    ]
    return tuple(found) if len(found) == 1 else ()


def wanted(question: str) -> frozenset[ValueKind]:
    """The kinds of value that would answer it, by its first word for one."""
    return next((kinds for pattern, kinds in _WANTED if pattern.search(question)), frozenset())


def _says(value: Value, sentence: str) -> bool:
    """Whether the words of a value can be looked for: all of them, and told by the sentence."""
    return bool(value.text.strip()) and told(value.text.strip(), sentence)
