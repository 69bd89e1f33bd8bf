"""Near-identical texts among many, in near-linear time.

Every text is a set of word sequences (shingles). The smallest hashes of a set are its sketch
(bottom-k sketch, Broder 1997): two sets share about as large a part of their sketches as they
share elements, so an inverted index of the sketches finds the pairs that are worth comparing
exactly.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from zlib import crc32

SHINGLE_WORDS = 3
SKETCH = 32
COMMON = 40
WORD = re.compile(r"\w+(?:[.,:/'’-]\w+)*")


@dataclass(frozen=True, slots=True)
class Sketch:
    """The smallest hashes of a text's shingles, in order, and how many shingles it has."""

    size: int
    smallest: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two texts, by index (`first` < `second`), and the Jaccard similarity of their shingles."""

    first: int
    second: int
    jaccard: float


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


def alike(
    sketches: Sequence[Sketch], least: float, likeness: Callable[[int, int], float]
) -> Iterator[Likeness]:
    """Pairs of which `likeness`, their Jaccard similarity by index, is `least` or more, in order
    of their indices.

    A pair is compared when its sketches share a third of what `least` lets expect, and rule it out
    neither by their sizes nor by an estimate three standard deviations below. A shingle that
    stands in the sketches of more than 40 texts is boilerplate and nominates nobody.
    """
    for first, second in sorted(_nominated(sketches, least)):
        similar = likeness(first, second)
        if similar >= least:
            yield Likeness(first, second, similar)


def _nominated(sketches: Sequence[Sketch], least: float) -> Iterator[tuple[int, int]]:
    postings: defaultdict[int, list[int]] = defaultdict(list)
    for index, known in enumerate(sketches):
        for value in known.smallest:
            postings[value].append(index)
    total = len(sketches)
    # A pair as one number: counting these is many times faster than counting tuples.
    shared = Counter(
        first * total + second
        for holders in postings.values()
        if 1 < len(holders) <= COMMON
        for place, first in enumerate(holders, 1)
        for second in holders[place:]
    )
    for pair, count in shared.items():
        first, second = divmod(pair, total)
        one, other = sketches[first], sketches[second]
        # A small text can share no more than it has.
        expected = least * min(SKETCH, one.size, other.size)
        if count * 3 >= expected and _may_be_alike(one, other, least):
            yield first, second


def _may_be_alike(one: Sketch, other: Sketch, least: float) -> bool:
    small, large = sorted((one.size, other.size))
    if small < least * large:
        return False
    sample = min(SKETCH, small)
    mine, others = set(one.smallest), set(other.smallest)
    smallest = sorted(mine | others)[:sample]
    estimate = len(mine & others & set(smallest)) / sample
    return estimate >= least - 3 * sqrt(least * (1 - least) / sample)


def jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    """Shared elements as a part of all elements; 0.0 for two empty sets."""
    union = len(one | other)
    return len(one & other) / union if union else 0.0


def groups(pairs: Sequence[Likeness]) -> list[list[int]]:
    """Indices that hang together through pairs, each group in order, groups by first index."""
    parent: dict[int, int] = {}

    def root(item: int) -> int:
        parent.setdefault(item, item)
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for pair in pairs:
        one, other = root(pair.first), root(pair.second)
        parent[max(one, other)] = min(one, other)
    found: defaultdict[int, list[int]] = defaultdict(list)
    for item in sorted(parent):
        found[root(item)].append(item)
    return [found[key] for key in sorted(found)]
