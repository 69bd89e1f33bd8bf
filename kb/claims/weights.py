"""How much a word says about what a claim is about: less the more articles use it.

Shares are kept in steps of half an octave: an edit of one article, or an article more, leaves
nearly every weight as it was, and with it what was judged by it.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

from kb.claims import lexicon
from kb.claims.words import stem

# What a word counts that every help center uses, whatever it is about.
_GENERIC = 0.4
# From this many articles on, their own counts say how common a word is.
_ENOUGH = 30
_FEW = 10
_RARE_SHARE = 0.08
_RARE_IN_KIND = 12.0
_LEAST = 0.15
# Half octaves until a word is rare among articles, and among the claims of one kind.
_STEPS = 8
_STEM_BITS = 32

Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class Weights:
    """Weight of stems, in (0, 1]. `settled` tells whether there are enough articles to be strict:
    with a few, two statements that are much alike are mostly on one thing. `common` holds, by
    hash, the step of every stem that many articles use, and `by_kind` that of every kind and stem
    that many claims have; None with too few articles, or too few claims of a kind."""

    settled: bool
    common: Mapping[int, int] | None = None
    by_kind: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    _known: dict[tuple[str, str], float] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(
        cls, documents: Iterable[Iterable[str]], claims: Iterable[tuple[str, Iterable[str]]] = ()
    ) -> "Weights":
        """From the stems of each article, and the kind and stems of each claim."""
        hashed = [stems_of(stems) for stems in documents]
        return cls.tallied(_joined(hashed), uses_of(claims))

    @classmethod
    def tallied(cls, stems: Hashes, uses: Hashes) -> "Weights":
        """From `stems_of` each article, and `uses_of` all claims, joined. How many articles there
        are is told by the stem that most of them use, but for those that every help center uses:
        articles on other things change nothing."""
        found, counts = np.unique(stems, return_counts=True)
        own = counts[~np.isin(found, stems_of(_generic()))]
        articles = int(own.max(initial=0))
        if articles < _ENOUGH:
            return cls(articles >= _FEW)
        kinds: dict[int, dict[int, int]] = {}
        pairs, times = np.unique(uses, return_counts=True)
        stem_hashes = pairs & np.uint64((1 << _STEM_BITS) - 1)
        kind_hashes = pairs >> np.uint64(_STEM_BITS)
        for kind in np.unique(kind_hashes):
            of_kind = kind_hashes == kind
            sizes = dict(zip(stem_hashes[of_kind].tolist(), times[of_kind].tolist(), strict=True))
            claims = sizes.pop(_CLAIM, 0)
            if claims >= _ENOUGH:
                kinds[int(kind)] = _steps(claims, sizes)
        common = _steps(articles, dict(zip(found.tolist(), counts.tolist(), strict=True)))
        return cls(articles >= _FEW, common, kinds)

    def moved(self, other: "Weights") -> frozenset[int] | None:
        """Hashes of the stems whose weight differs; None when any may."""
        if self.settled != other.settled or self.by_kind.keys() != other.by_kind.keys():
            return None
        if self.common is None or other.common is None:
            return frozenset() if self.common is other.common else None
        tables = [(self.common, other.common)]
        tables += [(steps, other.by_kind[kind]) for kind, steps in self.by_kind.items()]
        return frozenset(stem for one, two in tables for stem, _ in one.items() ^ two.items())

    def weight(self, word: str) -> float:
        """1 for a telling word, down to 0.15 for one that most articles have."""
        return self._of(word, "")

    def within(self, word: str, kind: str) -> float:
        """The weight halved with how rare a word is among the claims of one kind: a plain word
        tells much among the few prices that mention it."""
        return self._of(word, kind)

    def total(self, words: Iterable[str], kind: str = "") -> float:
        """Sum of weights; among the claims of `kind` where one is given."""
        return sum(sorted(self._of(word, kind) for word in words))

    def _of(self, word: str, kind: str) -> float:
        key = word, kind
        if key not in self._known:
            self._known[key] = self._within(word, kind) if kind else self._among_articles(word)
        return self._known[key]

    def _among_articles(self, word: str) -> float:
        prior = _GENERIC if word in _generic() else 1.0
        if self.common is None:
            return prior
        share = _share(self.common.get(_hash(word), _STEPS))
        return max(_LEAST, prior * min(1.0, math.log(share) / math.log(_RARE_SHARE)))

    def _within(self, word: str, kind: str) -> float:
        steps = self.by_kind.get(_hash(kind))
        if steps is None:
            return self.weight(word)
        prior = _GENERIC if word in _generic() else 1.0
        rarity = -math.log(_share(steps.get(_hash(word), _STEPS))) / math.log(_RARE_IN_KIND)
        return (self.weight(word) + prior * min(1.0, max(0.1, rarity))) / 2


def stems_of(stems: Iterable[str]) -> Hashes:
    """Hashes of the stems of one article, each once, in order."""
    return np.array(sorted({_hash(stem) for stem in stems}), np.uint64)


def uses_of(claims: Iterable[tuple[str, Iterable[str]]]) -> Hashes:
    """What `Weights.tallied` counts of claims: hashes of kind and stem, and of each claim."""
    found: list[int] = []
    for kind, stems in claims:
        upper = _hash(kind) << _STEM_BITS
        found.append(upper | _CLAIM)
        found += [upper | _hash(stem) for stem in sorted(set(stems))]
    return np.array(found, np.uint64)


def _steps(total: int, counts: Mapping[int, int]) -> dict[int, int]:
    """Half octaves below the whole, of what is not rare."""
    steps = {key: max(0, round(2 * math.log2(total / count))) for key, count in counts.items()}
    return {key: step for key, step in steps.items() if step < _STEPS}


def _share(step: int) -> float:
    return float(2 ** (-step / 2))


@cache
def _generic() -> frozenset[str]:
    return frozenset(stem(word) for word in lexicon.words("generic"))


def _hash(word: str) -> int:
    return crc32(word.encode())


def _joined(hashed: Iterable[Hashes]) -> Hashes:
    return np.concatenate([np.array([], np.uint64), *hashed])


# Stands for the claim itself where its stems are counted: no stem is empty.
_CLAIM = 0
