"""The numbers by which steps name each other."""

from itertools import pairwise

from agent.procedures.faults import Faults
from agent.procedures.listing import Item


def number_steps(items: list[Item], faults: Faults) -> None:
    """As written where the numbers rise, by place where all are 1, as Markdown allows."""
    numbered = [item for item in items if item.number]
    numbers = [item.number for item in numbered]
    if len(numbers) > 1 and set(numbers) == {"1"}:
        for place, item in enumerate(numbered, 1):
            item.number = str(place)
    for before, item in pairwise(numbered):
        if _key(item.number) <= _key(before.number):
            faults.error(
                item.line,
                "numbering",
                f"step {item.number} comes after step {before.number}",
                "number the steps in order, each number once",
            )
    for item in items:
        _nest(item)


def _nest(item: Item) -> None:
    """Nested numbers get the step's before them: `1.` below step 4 is 4.1."""
    for child in item.children:
        if child.number and "." not in child.number and item.number:
            child.number = f"{item.number}.{child.number}"
        if not child.number:
            for inner in child.children:
                if inner.number and "." not in inner.number and item.number:
                    inner.number = f"{item.number}.{inner.number}"
        _nest(child)


def _key(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split("."))
