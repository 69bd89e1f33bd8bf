"""What is different between two states of a backend, and whether it is what was expected."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from pydantic import JsonValue

from eval.simulation.sandbox import State
from eval.simulation.scenario import Values

ANY = "*"
NEW = "new"


@dataclass(frozen=True, slots=True)
class Difference:
    """In words. `lacking`: something that was expected and is not so; else something is so that
    nobody expected."""

    text: str
    lacking: bool = False


def same(expected: JsonValue, found: object) -> bool:
    """Whether a value is the expected one: numbers and money as decimals, text without regard to
    case and surrounding space; `*` is any."""
    if expected == ANY:
        return True
    if isinstance(expected, bool) or isinstance(found, bool) or expected is None or found is None:
        return expected == found or str(expected).lower() == str(found).lower()
    if isinstance(expected, Mapping) and isinstance(found, Mapping):
        return all(same(value, found.get(name)) for name, value in expected.items())
    if isinstance(expected, list) and isinstance(found, list):
        return len(expected) == len(found) and all(map(same, expected, found))
    numbers = _number(expected), _number(found)
    if None not in numbers:
        return numbers[0] == numbers[1]
    return str(expected).strip().casefold() == str(found).strip().casefold()


def compare(
    before: State, after: State, expected: Mapping[str, Mapping[str, Values | None]]
) -> list[Difference]:
    """How the change from `before` to `after` is other than expected; empty when it is just
    that."""
    return [
        difference
        for table in sorted({*before, *after, *expected})
        for difference in _table(
            table, before.get(table, {}), after.get(table, {}), expected.get(table, {})
        )
    ]


def _table(
    table: str,
    before: Mapping[str, Values],
    after: Mapping[str, Values],
    expected: Mapping[str, Values | None],
) -> Iterator[Difference]:
    for row in sorted(before.keys() & after.keys()):
        yield from _row(f"{table} {row}", before[row], after[row], expected.get(row) or {})
    for row in sorted(before.keys() - after.keys()):
        if row not in expected or expected[row] is not None:
            yield Difference(f"{table} {row} is gone")
    for row, wanted in expected.items():
        if wanted is None and row in after:
            yield Difference(f"{table} {row} is still there", lacking=True)
        elif wanted is not None and row not in before and not is_new(row):
            yield Difference(f"{table} {row} was never there", lacking=True)
    added = {row: after[row] for row in sorted(after.keys() - before.keys())}
    yield from _added(table, added, [it or {} for row, it in expected.items() if is_new(row)])


def is_new(row: str) -> bool:
    """Whether it stands for a row that is added."""
    return row == NEW or row.startswith(f"{NEW} ")


def _row(name: str, before: Values, after: Values, expected: Values) -> Iterator[Difference]:
    for column in sorted({*before, *after, *expected}):
        old, new = before.get(column), after.get(column)
        if column in expected:
            if same(expected[column], new):
                continue
            yield Difference(f"{name} {column} is {new!r}, not {expected[column]!r}", lacking=True)
        if old != new:
            yield Difference(f"{name} {column} was {old!r} and became {new!r}")


def _added(table: str, added: Mapping[str, Values], wanted: list[Values]) -> Iterator[Difference]:
    """Each expected row takes one of the added ones that fits it."""
    left = dict(added)
    for values in wanted:
        fitting = next((row for row, found in left.items() if same(dict(values), found)), None)
        if fitting is None:
            yield Difference(f"no new row of {table} with {dict(values)}", lacking=True)
        else:
            del left[fitting]
    for row, found in left.items():
        yield Difference(f"{table} {row} was added: {dict(found)}")


def _number(value: object) -> Decimal | None:
    if isinstance(value, int | float | str):
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            return None
        return number if number.is_finite() else None
    return None
