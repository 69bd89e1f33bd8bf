"""Scores by slice: what is fine on the whole may be bad for one tag, article or decision."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from eval.gate.comparison import Row
from eval.interval import Interval, mean_interval, weighted_mean
from kb.settings.gate import SLICED_BY

DIMENSIONS = SLICED_BY


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
    lowest score first, of equal ones the larger slice. A case with several tags counts in each.
    Owners and languages are those of the articles that a case names."""
    groups: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for row in rows:
        score = row["scores"].get(metric)
        if score is None:
            continue
        for key in _keys(row):
            groups.setdefault(key, []).append((score, row.get("weight", 1.0)))
    found = [_slice(*key, scored) for key, scored in groups.items() if len(scored) >= least]
    return sorted(found, key=lambda it: (DIMENSIONS.index(it.dimension), it.score, -it.n, it.name))


def slice_of(rows: Sequence[Row], part: str, metric: str) -> Slice | None:
    """That of one `part`, such as `tag:refunds`, whose `rows` these are; None without a score."""
    scored = [
        (row["scores"][metric], row.get("weight", 1.0))
        for row in rows
        if row["scores"].get(metric) is not None
    ]
    dimension, _, name = part.partition(":")
    return _slice(dimension, name, scored) if scored else None


def in_slice(row: Row, part: str) -> bool:
    """Whether a case belongs to a part such as `tag:refunds`; the path of an article may be a
    pattern, such as `article:billing/*`."""
    wanted, _, name = part.partition(":")
    return any(
        dimension == wanted and _is_named(wanted, value, name) for dimension, value in _keys(row)
    )


def _is_named(dimension: str, value: str, name: str) -> bool:
    return value == name or (dimension == "article" and fnmatchcase(value, name))


def _keys(row: Row) -> Iterator[tuple[str, str]]:
    yield "decision", row["expected"]
    for dimension, field in (
        ("tag", "tags"),
        ("article", "articles"),
        ("owner", "owners"),
        ("language", "locales"),
    ):
        for value in dict.fromkeys(row.get(field, ())):
            yield dimension, value


def _slice(dimension: str, name: str, scored: Sequence[tuple[float, float]]) -> Slice:
    values, weights = [value for value, _ in scored], [weight for _, weight in scored]
    return Slice(
        dimension,
        name,
        len(scored),
        weighted_mean(values, weights),
        mean_interval(values, weights),
    )
