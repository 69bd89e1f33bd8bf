"""Scores by slice: what is fine on the whole may be bad for one tag, article or decision."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eval.comparison import Row
from eval.interval import Interval, mean_interval, weighted_mean

DIMENSIONS = ("decision", "tag", "article")


@dataclass(frozen=True, slots=True)
class Slice:
    """One metric over the cases that share something: `n` of them have a score."""

    dimension: str
    name: str
    n: int
    score: float
    interval: Interval


def slices(rows: Sequence[Row], metric: str, least: int = 1) -> list[Slice]:
    """Of at least `least` scored cases each: by dimension in the order of `DIMENSIONS`, in it the
    lowest score first, of equal ones the larger slice. A case with several tags counts in each."""
    groups: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for row in rows:
        score = row["scores"].get(metric)
        if score is None:
            continue
        for key in _keys(row):
            groups.setdefault(key, []).append((score, row.get("weight", 1.0)))
    found = [_slice(*key, scored) for key, scored in groups.items() if len(scored) >= least]
    return sorted(found, key=lambda it: (DIMENSIONS.index(it.dimension), it.score, -it.n, it.name))


def _keys(row: Row) -> Iterator[tuple[str, str]]:
    yield "decision", row["expected"]
    for tag in dict.fromkeys(row["tags"]):
        yield "tag", tag
    for path in dict.fromkeys(row["articles"]):
        yield "article", path


def _slice(dimension: str, name: str, scored: Sequence[tuple[float, float]]) -> Slice:
    values, weights = [value for value, _ in scored], [weight for _, weight in scored]
    return Slice(
        dimension,
        name,
        len(scored),
        weighted_mean(values, weights),
        mean_interval(values, weights),
    )
