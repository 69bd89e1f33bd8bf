"""Typed values: what a statement says, in comparable units."""

from dataclasses import dataclass
from enum import StrEnum


class ValueKind(StrEnum):
    """The type of a value; only values of one kind and unit are compared."""

    DURATION = "duration"
    FREQUENCY = "frequency"
    MONEY = "money"
    SIZE = "size"
    LENGTH = "length"
    MEASURE = "measure"
    PERCENT = "percent"
    COUNT = "count"
    NUMBER = "number"
    VERSION = "version"
    DATE = "date"
    TIME = "time"
    PLACE = "place"
    CONTACT = "contact"
    LIST = "list"
    NAMED = "named"
    FILE = "file"
    POLARITY = "polarity"
    HOLDERS = "holders"
    STRAY = "stray"


TIMES = frozenset({ValueKind.DURATION, ValueKind.FREQUENCY})


class Bound(StrEnum):
    """How a number is meant."""

    EXACT = "exact"
    AT_MOST = "at most"
    AT_LEAST = "at least"
    ABOUT = "about"
    RANGE = "range"
    CHOICE = "choice"


class Relation(StrEnum):
    """How two values stand to each other.

    `SOFT` differ as people read them, though strictly both could hold: 14 days, within 30 days.
    """

    SAME = "same"
    COMPATIBLE = "compatible"
    UNRELATED = "unrelated"
    SOFT = "soft"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Value:
    """A typed value at `text[start:end]` of its statement.

    `low` and `high` are in the unit's base (seconds, bytes, metres, the currency itself) and
    differ for ranges and for months, which have 28 to 31 days. `unit` is the base unit, the
    currency, the stem of what is counted, or the name whose version it is. `per` is what it is
    counted by ("month", "user"). `modifiers` are stems between a number and what it counts.
    `symbols` holds what is not a number: the steps of a place, an address, members of a list.
    """

    start: int
    end: int
    kind: ValueKind
    unit: str
    low: float
    high: float
    text: str
    bound: Bound = Bound.EXACT
    per: str = ""
    modifiers: frozenset[str] = frozenset()
    symbols: tuple[str, ...] = ()
