"""Claims of an article: one for each typed value of each statement, and one for each yes or no."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kb.claims.claim import Claim, Spot
from kb.claims.clauses import about, anchor, clause, implied, label_head, labelled, masked
from kb.claims.holders import FAMILIES, holding
from kb.claims.marks import Writing, code_words, sign_words
from kb.claims.phrases import chooses, starts_with, subject
from kb.claims.polar import Polarity
from kb.claims.polarity import polarities
from kb.claims.reading import values
from kb.claims.scope import Names, Scope, Vocabulary
from kb.claims.spots import literals, names_around, profile, spot_of
from kb.claims.statements import Statement, statements, without_examples
from kb.claims.states import STATE
from kb.claims.strays import strays
from kb.claims.values import TIMES, Bound, Value, ValueKind
from kb.claims.words import content, is_content, tokens
from kb.types import Article, BlockKind

_CONDITION = re.compile(
    r"\b(?:if|unless|whenever|when|in case|provided that|as long as|while)\b"
    r"(?:(?:\W+\w+){2,}? (?=(?:you|we) (?:get|will|must|receive)\b)|[^,;:.()]*)",
    re.IGNORECASE,
)
# What holds only in an imagined or special case is no claim about the rule.
_SUPPOSED = re.compile(
    r"(?:\b(?:if|when (?:you|choosing|selecting|using)|whenever|in case|unless|whether|"
    r"provided that)\b|^\W*when\b)(?:(?:\W+\w+){2,}? (?=(?:you|we) (?:get|will|must|receive)\b)|"
    r"[^,;:()]*)",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"(?i)\b(?:prices?|priced|costs?|fees?|pays?|paid|charge[sd]?|for only|starting at|from just)\b"
)
# "On Windows 10, open …" says where it holds.
_FOR_VERSION = re.compile(
    r"^\W*(?:on|in|for|with|using|as of|from|since|if|before|until) (?:the )?", re.IGNORECASE
)
# "For up to 10 users you pay …"
_TIER = re.compile(
    r"^\W*(?:for|with|from|above|below|under|over)\b[^,;:.]*?(?=,| (?:you|we|it)\b)", re.I
)
# "In version 2.x, …", "From 3.0 on, …".
_IN_VERSION = re.compile(
    r"(?i)\b(?:in|from|since|as of|until|before|with|starting with)(?: versions?| releases?)? "
    r"v?(?P<at>\d{1,3})\.(?:x|\d+)(?=,| on\b| onwards?\b| and (?:later|newer|above)|\.?$)"
)
# What a major version weighs in the number of a version.
_MAJOR = 1e10
# A cell with more words than this is a sentence.
_SHORT_CELL = 5


@dataclass(frozen=True, slots=True)
class _Reading:
    """A statement as it is read: its text without examples, its values, what surrounds it."""

    statement: Statement
    text: str
    bare: str
    values: tuple[Value, ...]
    writing: Writing
    spot: Spot
    around: Names
    vocabulary: Vocabulary


def extract(article: Article, vocabulary: Vocabulary) -> list[Claim]:
    """Claims of `article`, in order of the text. Independent of every other article but for the
    names in `vocabulary`."""
    found: list[Claim] = []
    for statement in statements(article):
        reading = _read(article, statement, vocabulary)
        typed = list(_of_values(reading))
        found += [*typed, *_of_strays(reading, typed)]
        found += [_of_polarity(reading, item) for item in polarities(reading.text, statement)]
        found += _of_holders(reading)
    return found


def _read(article: Article, statement: Statement, vocabulary: Vocabulary) -> _Reading:
    text = without_examples(statement.text)
    read = tuple(labelled(value, statement) for value in values(text))
    around = names_around(statement, vocabulary)
    spot = spot_of(article, statement)
    start, end = statement.cell or (statement.start, statement.end)
    writing = Writing(start, article.text[start:end], statement.text)
    return _Reading(statement, text, masked(text, read), read, writing, spot, around, vocabulary)


def _of_values(reading: _Reading) -> Iterator[Claim]:
    supposed = [match.span() for match in _SUPPOSED.finditer(reading.text)]
    for value in reading.values:
        if any(start <= value.start < end for start, end in supposed):
            continue
        exact = value.bound == Bound.EXACT
        if exact and len(reading.values) > 1 and starts_with(reading.text, value.end):
            continue
        if value.kind == ValueKind.VERSION and _FOR_VERSION.fullmatch(reading.text[: value.start]):
            continue
        if exact and value.kind not in _SAID_IN_COMMANDS and chooses(reading.text):
            continue
        yield _of_value(reading, value)


def _of_strays(reading: _Reading, typed: Sequence[Claim]) -> Iterator[Claim]:
    """Numbers that no typed claim of the statement carries, conditions and commands included."""
    carried = [claim.value for claim in typed if claim.value]
    if not reading.statement.labels:
        for value in strays(reading.text, carried):
            claim = _of_value(reading, value)
            yield replace(claim, scope=replace(claim.scope, condition=frozenset()))


_SAID_IN_COMMANDS = frozenset(
    {ValueKind.PLACE, ValueKind.LIST, ValueKind.CONTACT, ValueKind.FILE, ValueKind.NAMED}
)
# Values whose own words may be names that scope other claims: days, regions, formats.
_NAMING = frozenset({ValueKind.LIST, ValueKind.NAMED, ValueKind.DATE})


def _of_value(reading: _Reading, value: Value) -> Claim:
    statement, bare = reading.statement, reading.bare
    labels = " ".join(statement.labels)
    span = clause(bare, value, several=len(reading.values) > 1)
    said = content(labels) | _counted(value)
    own = _without(content(bare) | said, value.kind)
    near = _without(content(bare[slice(*span)]) | said, value.kind)
    subject_words, predicate = about(bare, value)
    spans = [match.span() for match in _CONDITION.finditer(reading.text)]
    condition = " ".join(reading.text[start:end] for start, end in spans)
    leading = [match.span() for match in _TIER.finditer(reading.text) if value.start >= match.end()]
    sizes = frozenset(
        f"{other.bound.value} {other.low:g}"
        for other in reading.values
        if other.bound != Bound.EXACT
        and any(start <= other.start < end for start, end in [*spans, *leading])
    )
    naming = bare if value.kind in _NAMING else reading.text
    scoped = statement.labels[0] if statement.sole else labels
    stated = _stated(reading.vocabulary, naming, span, scoped)
    return Claim(
        spot=replace(reading.spot, literals=literals(bare) | _code_names(reading)),
        kind=value.kind,
        value=value,
        near=near,
        own=own,
        profile=profile(statement, near, own, implied(value.kind)),
        ordered=tuple(t.stem for t in tokens(f"{labels} {bare}") if is_content(t)),
        scope=Scope(stated, reading.around, content(condition), _versions(reading, value), sizes),
        subject=(label_head(statement) if labels else subject_words) - implied(value.kind),
        predicate=predicate,
        anchor=anchor(bare, value) if value.kind in TIMES else frozenset(),
        others=tuple(other for other in reading.values if other is not value),
        exact=bool(labels) and len(reading.text.split()) <= _SHORT_CELL,
        priced=bool(value.per or _PRICE.search(f"{labels} {reading.text}")),
        mark=reading.writing.place(value.start, value.end),
    )


def _of_polarity(reading: _Reading, polarity: Polarity) -> Claim:
    statement = reading.statement
    labels = " ".join(statement.labels)
    at = max(0, reading.text.find(polarity.text))
    span = (0, 0) if labels else (at, at + len(polarity.text))
    stated = _stated(reading.vocabulary, reading.text, span, labels)
    condition = content(polarity.condition) or frozenset(polarity.condition.lower().split()[:1])
    stems = polarity.stems
    return Claim(
        spot=reading.spot,
        kind=ValueKind.POLARITY,
        value=None,
        near=content(statement.labels[0]) if labels else stems,
        own=stems,
        profile=profile(statement, stems, stems, condition=condition | polarity.said),
        ordered=polarity.ordered,
        scope=Scope(stated, reading.around, condition, _versions(reading, None)),
        subject=_about(statement, polarity),
        exact=statement.block == BlockKind.TABLE_ROW,
        sign=polarity.sign,
        mode=polarity.mode,
        sides=polarity.sides,
        target=polarity.target,
        vague=polarity.vague,
        mark=_sign_mark(reading, at, polarity),
    )


def _about(statement: Statement, polarity: Polarity) -> frozenset[str]:
    """What yes or no is said of; a state is known by all that its clause says."""
    if polarity.mode == STATE:
        return frozenset()
    return label_head(statement) if statement.labels else subject(polarity.text)


def _sign_mark(reading: _Reading, at: int, polarity: Polarity) -> tuple[int, int] | None:
    if reading.statement.labels:
        return reading.writing.place(0, len(reading.text))
    low, high = sign_words(polarity.text)
    return reading.writing.place(at + low, at + high)


def _of_holders(reading: _Reading) -> Iterator[Claim]:
    if reading.statement.labels or _SUPPOSED.search(reading.text):
        return
    found = holding(reading.text, reading.vocabulary)
    own = content(found.rest) if found else frozenset()
    if found is None or not own:
        return
    stated = reading.vocabulary.names(reading.text)
    scope = {key: names for key, names in stated.items() if key not in FAMILIES}
    plain = {key: names for key, names in scope.items() if not key.startswith(("column ", "row "))}
    yield Claim(
        spot=reading.spot,
        kind=ValueKind.HOLDERS,
        value=found.value,
        near=own,
        own=own,
        profile=profile(reading.statement, own, own),
        ordered=tuple(t.stem for t in tokens(found.rest) if is_content(t)),
        scope=Scope(plain, {}),
    )


def _code_names(reading: _Reading) -> frozenset[str]:
    """Code-like names of a statement, but for those that are values."""
    spoken = frozenset(re.findall(r"[a-z][\w.-]*\w", reading.bare.lower()))
    return code_words(reading.writing.source) & spoken


def _counted(value: Value) -> frozenset[str]:
    """Stems that a value brings along: what it counts, whose version it is, where a way ends."""
    if value.kind == ValueKind.COUNT:
        return frozenset({value.unit}) | value.modifiers
    if value.kind == ValueKind.VERSION:
        return frozenset({value.unit} - {""})
    if value.kind == ValueKind.PLACE:
        return content(value.symbols[-1])
    if value.kind == ValueKind.LIST:
        return frozenset(symbol.split()[0] for symbol in value.symbols)
    return value.modifiers


def _without(words: frozenset[str], kind: ValueKind) -> frozenset[str]:
    """Without what the value says by itself, unless nothing is left."""
    return words - implied(kind) or words


def _stated(vocabulary: Vocabulary, text: str, span: tuple[int, int], labels: str) -> Names:
    """Names of the clause; for families that it does not name, those that lead up to it. What
    comes after is an exception or another case."""
    near = vocabulary.names(f"{labels} {text[slice(*span)]}")
    return {**vocabulary.names(text[: span[0]]), **near} if span[0] else near


def _versions(reading: _Reading, value: Value | None) -> frozenset[tuple[str, float]]:
    """Versions that a statement holds for, where its value is something else."""
    if value is not None and value.kind == ValueKind.VERSION:
        return frozenset()
    spoken = frozenset((v.unit, v.low) for v in reading.values if v.kind == ValueKind.VERSION)
    return spoken or frozenset(
        ("", int(m["at"]) * _MAJOR) for m in _IN_VERSION.finditer(reading.text)
    )
