"""How much a word says about what a claim is about: less the more articles use it."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kb.claims import lexicon
from kb.claims.words import stem

# What a word counts that every help center uses, whatever it is about.
_GENERIC = 0.4
# From this many articles on, their own counts say how common a word is.
_ENOUGH = 30
_FEW = 10
_RARE_SHARE = 0.08
_RARE_IN_KIND = 12.0


@dataclass(frozen=True)
class Weights:
    """Weight of stems, in (0, 1]."""

    documents: int
    counts: Mapping[str, int]
    kinds: Mapping[str, tuple[int, Mapping[str, int]]] = field(default_factory=dict)
    generic: frozenset[str] = field(
        default_factory=lambda: frozenset(stem(word) for word in lexicon.words("generic"))
    )

    @classmethod
    def of(
        cls, documents: Iterable[Iterable[str]], claims: Iterable[tuple[str, Iterable[str]]] = ()
    ) -> "Weights":
        """From the stems of each article, and the kind and stems of each claim."""
        counts: Counter[str] = Counter()
        total = 0
        for stems in documents:
            counts.update(set(stems))
            total += 1
        kinds: dict[str, Counter[str]] = {}
        sizes: Counter[str] = Counter()
        for kind, stems in claims:
            kinds.setdefault(kind, Counter()).update(set(stems))
            sizes[kind] += 1
        return cls(total, counts, {kind: (sizes[kind], kinds[kind]) for kind in kinds})

    @property
    def settled(self) -> bool:
        """Whether there are enough articles to be strict: with a few, two statements that are
        much alike are mostly on one thing."""
        return self.documents >= _FEW

    def weight(self, word: str) -> float:
        """1 for a telling word, down to 0.15 for one that most articles have."""
        prior = _GENERIC if word in self.generic else 1.0
        if self.documents < _ENOUGH:
            return prior
        share = max(self.counts.get(word, 0), 1) / self.documents
        spread = math.log(max(_RARE_SHARE, 1 / self.documents))
        return max(0.15, prior * min(1.0, math.log(share) / spread))

    def within(self, word: str, kind: str) -> float:
        """The weight halved with how rare a word is among the claims of one kind: a plain word
        tells much among the few prices that mention it."""
        size, counts = self.kinds.get(kind, (0, {}))
        if size < _ENOUGH or self.documents < _ENOUGH:
            return self.weight(word)
        prior = _GENERIC if word in self.generic else 1.0
        rarity = math.log(size / max(1, counts.get(word, 0))) / math.log(_RARE_IN_KIND)
        return (self.weight(word) + prior * min(1.0, max(0.1, rarity))) / 2

    def total(self, words: Iterable[str], kind: str = "") -> float:
        """Sum of weights; among the claims of `kind` where one is given."""
        return sum(sorted(self.within(w, kind) if kind else self.weight(w) for w in words))
