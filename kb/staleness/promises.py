"""Words past their time, shown by release notes or by the age of the article."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.evidence import quote
from kb.findings import Severity
from kb.shingles import words
from kb.staleness.age import Ages
from kb.staleness.signal import Signal, Statement, severity_of, statements
from kb.staleness.wording import Rule, fading
from kb.types import Article

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
class Released:
    """A sentence of release notes, and its telling words."""

    statement: Statement
    words: frozenset[str]


def released(notes: Iterable[Article]) -> list[Released]:
    """Every sentence of the release notes, in order."""
    return [Released(item, telling(item.text)) for note in notes for item in statements(note)]


def promises(statement: Statement, ages: Ages, known: Sequence[Released]) -> Iterator[Signal]:
    """At most one signal for a sentence. A release note that names the promised thing is
    evidence. Without it the article must be old, or of unknown age, and the finding is of the
    lowest severity."""
    found = fading(statement)
    if found is None:
        return
    rule, said = found
    shipped = _shipped(statement, known) if rule.name in ("promise", "status") else None
    age = ages.days(statement.article)
    confidence = rule.unknown if age is None else rule.known
    if shipped:
        yield _kept(rule, statement, said, shipped)
    elif confidence is not None and (age is None or age >= rule.fresh_days):
        yield Signal(
            name=rule.name,
            statement=statement,
            said=said,
            title=f"'{said}': past its time?",
            explanation=f"'{said}' {rule.what}; {_since(age)}.",
            suggestion=rule.suggestion,
            proof=_since(age),
            severity=Severity.LOW,
            confidence=confidence if age is None or age >= OLD_DAYS else 0.55,
        )


def _kept(rule: Rule, statement: Statement, said: str, shipped: Statement) -> Signal:
    source = shipped.article
    return Signal(
        name=rule.name,
        statement=statement,
        said=said,
        title=f"'{said}': the release notes say it has come",
        explanation=f"'{said}' {rule.what}, and '{source.title}' already lists it.",
        suggestion="Describe it as it is now.",
        proof=f"'{source.title}' lists it",
        severity=severity_of(statement.text),
        confidence=0.8,
        also=(quote(source, shipped.start, shipped.end),),
    )


def _since(age: int | None) -> str:
    if age is None:
        return "nothing in the article says since when"
    return f"the article was last touched {age} days ago"


def _shipped(statement: Statement, known: Sequence[Released]) -> Statement | None:
    """The release note that shares most telling words with the promise, two at least."""
    wanted = telling(statement.text)
    scored = [(len(wanted & note.words), -n) for n, note in enumerate(known)]
    best, place = max(scored, default=(0, 0))
    if best < SHIPPED_WORDS or best * 2 < min(len(wanted), len(known[-place].words)):
        return None
    return known[-place].statement


def telling(text: str) -> frozenset[str]:
    """The words that say what a sentence is about, by their stems."""
    return frozenset(
        _stem(w) for w in words(text) if len(w) > 2 and w not in LITTLE and not w[0].isdigit()
    )


def _stem(word: str) -> str:
    for suffix in ("ing", "ies", "es", "s", "ed"):
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word
