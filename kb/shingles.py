"""Near-identical texts among many, in near-linear time.

Every text is a set of word sequences (shingles). The smallest hashes of a set are its sketch
(bottom-k sketch, Broder 1997): two sets share about as large a part of their sketches as they
share elements, so an inverted index of the sketches finds the pairs that are worth comparing
exactly.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

SHINGLE_WORDS = 3
SKETCH = 32
COMMON = 40
WORD = re.compile(r"\w+(?:[.,:/'’-]\w+)*")

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

# Fills up the sketches of small texts: above every CRC-32.
_NONE = 1 << 32
# So many pairs are estimated together: a few megabytes.
_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Sketch:
    """The smallest hashes of a text's shingles, in order, and how many shingles it has."""

    size: int
    smallest: tuple[int, ...]


def words(text: str) -> list[str]:
    """Lower-case words and numbers, in order, without punctuation."""
    return WORD.findall(text.casefold())


def shingles(text: Sequence[str]) -> frozenset[int]:
    """CRC-32 of every run of three words; of the whole when it is shorter."""
    runs = range(max(1, len(text) - SHINGLE_WORDS + 1))
    return frozenset(crc32(" ".join(text[i : i + SHINGLE_WORDS]).encode()) for i in runs)


def sketch(members: frozenset[int]) -> Sketch:
    """Of a set of shingles."""
    return Sketch(len(members), tuple(sorted(members)[:SKETCH]))


def nominated(sketches: Sequence[Sketch], least: float) -> list[tuple[int, int]]:
    """Pairs, by index (i < j) and in order, that may have a Jaccard similarity of `least` or more.

    Those are pairs that share a third of what `least` lets expect, and that neither their sizes
    nor an estimate three standard deviations below rule out. A shingle that stands in the sketches
    of more than 40 texts is boilerplate and nominates nobody.
    """
    if not sketches:
        return []
    table = np.full((len(sketches), SKETCH), _NONE, np.int64)
    for row, known in zip(table, sketches, strict=True):
        row[: len(known.smallest)] = known.smallest
    sizes = np.array([known.size for known in sketches], np.int64)
    one, other, shared = _sharing(table)
    # A small text can share no more than it has.
    expected = least * np.minimum(SKETCH, np.minimum(sizes[one], sizes[other]))
    enough = shared * 3 >= expected
    one, other = one[enough], other[enough]
    parts = [
        _may_be_alike(table, sizes, one[n : n + _AT_ONCE], other[n : n + _AT_ONCE], least)
        for n in range(0, len(one), _AT_ONCE)
    ]
    kept = np.concatenate([np.array([], np.bool_), *parts])
    return list(zip(one[kept].tolist(), other[kept].tolist(), strict=True))


def _sharing(table: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Pairs of texts with a shingle that is not boilerplate, and how many such they share."""
    holders, places = np.nonzero(table != _NONE)
    values = table[holders, places]
    order = np.argsort(values, kind="stable")
    holders, values = holders[order], values[order]
    starts = np.flatnonzero(np.diff(values, prepend=-1))
    lengths = np.diff(starts, append=len(values))
    ends = np.repeat(starts + lengths, lengths)
    telling = np.repeat((lengths > 1) & (lengths <= COMMON), lengths)
    # Each holder of a shingle with every one that follows it.
    first = np.flatnonzero(telling)
    following = ends[first] - first - 1
    one = np.repeat(first, following)
    before = np.repeat(np.cumsum(following) - following, following)
    other = one + 1 + np.arange(len(one)) - before
    pairs, shared = np.unique(holders[one] * len(table) + holders[other], return_counts=True)
    return pairs // len(table), pairs % len(table), shared


def _may_be_alike(
    table: Numbers, sizes: Numbers, one: Numbers, other: Numbers, least: float
) -> Flags:
    small = np.minimum(sizes[one], sizes[other])
    large = np.maximum(sizes[one], sizes[other])
    sample = np.minimum(SKETCH, small)
    both = np.sort(np.concatenate([table[one], table[other]], axis=1), axis=1)
    again = np.zeros(both.shape, np.bool_)
    again[:, 1:] = (both[:, 1:] == both[:, :-1]) & (both[:, 1:] != _NONE)
    # How many different shingles stand up to each place: those of both count twice.
    rank = np.cumsum(~again, axis=1)
    common = (again & (rank <= sample[:, None])).sum(axis=1)
    deviation = np.sqrt(least * (1 - least) / sample)
    alike: Flags = (small >= least * large) & (common / sample >= least - 3 * deviation)
    return alike


def jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    """Shared elements as a part of all elements; 0.0 for two empty sets."""
    union = len(one | other)
    return len(one & other) / union if union else 0.0


def groups(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Indices that hang together through pairs, each group in order, groups by first index."""
    parent: dict[int, int] = {}

    def root(item: int) -> int:
        parent.setdefault(item, item)
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for first, second in pairs:
        one, other = root(first), root(second)
        parent[max(one, other)] = min(one, other)
    found: defaultdict[int, list[int]] = defaultdict(list)
    for item in sorted(parent):
        found[root(item)].append(item)
    return [found[key] for key in sorted(found)]
