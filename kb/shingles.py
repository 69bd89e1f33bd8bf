"""Near-identical texts among many, in near-linear time.

Every text is a set of word sequences (shingles). The smallest hashes of a set are its sketch
(bottom-k sketch, Broder 1997): two sets share about as large a part of their sketches as they
share elements, so an inverted index of the sketches finds the pairs that are worth comparing
exactly.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

SHINGLE_WORDS = 3
SKETCH = 32
COMMON = 40
WORD = re.compile(r"\w+(?:[.,:/'’-]\w+)*")


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


def alike(sets: Sequence[frozenset[int]], least: float) -> Iterator[Likeness]:
    """Pairs with a Jaccard similarity of `least` or more, in order of their indices.

    A pair is compared when its sketches share a third of what `least` lets expect. A shingle
    that stands in the sketches of more than 40 texts is boilerplate and nominates nobody.
    """
    postings: defaultdict[int, list[int]] = defaultdict(list)
    for index, members in enumerate(sets):
        for value in sorted(members)[:SKETCH]:
            postings[value].append(index)
    shared: Counter[tuple[int, int]] = Counter()
    for holders in postings.values():
        if 1 < len(holders) <= COMMON:
            for place, first in enumerate(holders):
                shared.update((first, second) for second in holders[place + 1 :])
    for (first, second), count in sorted(shared.items()):
        expected = least * min(SKETCH, len(sets[first]), len(sets[second]))
        if count * 3 >= expected:
            likeness = jaccard(sets[first], sets[second])
            if likeness >= least:
                yield Likeness(first, second, likeness)


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
