"""What an article states: one value or one yes or no, about a subject, within a scope."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.claims.scope import Scope
from kb.claims.values import Value, ValueKind


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a statement stands, alike for all its claims.

    `article.text[start:end]` is the quoted source; for a table cell that of its row. `section`
    and `listing` (empty for running text) name the section and the list or table. `labels` are
    the headers of a cell. `topic` holds the stems of title and headings, `heads` those of the
    innermost heading. A `command` is a step that tells what to do; a `universal` statement holds
    for everything of its kind. `literals` are its code-like words.
    """

    article_id: str
    start: int
    end: int
    text: str
    heading: str
    section: str
    listing: str
    labels: tuple[str, ...]
    topic: frozenset[str]
    heads: frozenset[str]
    audience: frozenset[str]
    command: bool
    universal: bool
    literals: frozenset[str]


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim.

    `near` holds stems of the clause of the value, `own` those of the whole statement; `profile`
    weighs every stem by where it stands: 1 in the clause, less further away, least in the title.
    `ordered` is the statement's content in order, without values. `subject` is what stands before
    the verb, `predicate` what is said of a value that stands
    there or what it serves to do, `anchor` what a duration is
    counted from. `exact` tells a short table cell, whose headers are all that it is about.
    `others` are the other values of the statement. `mark` is the span in `article.text` of the
    words that carry the value, or the yes or no; None where markup hides it.

    Of yes and no: `sign` is +1 or -1 (0 for claims with a value), `mode` is can, must, is or do,
    `sides` tells which word of a pair of opposites was used, `target` what a negation bears on,
    and a `vague` claim begins with a pronoun.
    """

    spot: Spot
    kind: ValueKind
    value: Value | None
    near: frozenset[str]
    own: frozenset[str]
    profile: Mapping[str, float]
    ordered: tuple[str, ...]
    scope: Scope
    subject: frozenset[str] = frozenset()
    predicate: frozenset[str] = frozenset()
    anchor: frozenset[str] = frozenset()
    others: tuple[Value, ...] = ()
    exact: bool = False
    priced: bool = False
    sign: int = 0
    mode: str = ""
    sides: Mapping[str, int] = field(default_factory=dict)
    target: frozenset[str] = frozenset()
    vague: bool = False
    mark: tuple[int, int] | None = None

    @property
    def article_id(self) -> str:
        return self.spot.article_id

    @property
    def key(self) -> str:
        """What claims must share to be compared: kind, and unit where units differ in meaning."""
        if self.value is None:
            return self.kind.value
        if self.kind in _BY_UNIT:
            return f"{self.kind.value}:{self.value.unit}"
        return self.kind.value


_BY_UNIT = frozenset(
    {ValueKind.COUNT, ValueKind.VERSION, ValueKind.MEASURE, ValueKind.CONTACT, ValueKind.NAMED}
)
