"""How telling each word is in this help center, and which of its words a misspelt one is."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import log

from rapidfuzz.distance import OSA

from agent.answers.words import STOP_WORDS, term, terms, words
from kb.types import Article

# A shorter word has too many neighbours to be repaired.
_SHORTEST = 6
_PART = 4
_REMEMBERED = 4_096


@dataclass(frozen=True)
class Vocabulary:
    """In how many articles each term stands."""

    articles: int
    frequency: Mapping[str, int]

    @classmethod
    def of(cls, articles: Iterable[Article]) -> "Vocabulary":
        counts: Counter[str] = Counter()
        total = 0
        for article in articles:
            total += 1
            counts.update(set(terms(f"{article.title}\n{article.text}")))
        return cls(total, dict(counts))

    def weight(self, term: str) -> float:
        """Inverse document frequency as in BM25 (Robertson and Spärck Jones), at least 0.1;
        a word that no article has weighs most."""
        found = self.frequency.get(term, 0)
        return max(0.1, log(1 + (self.articles - found + 0.5) / (found + 0.5)))

    def known(self, term: str) -> bool:
        return term in self.frequency

    def terms(self, text: str) -> list[str]:
        """As `words.terms`, with slips of the pen repaired and joined words taken apart where that
        makes words of this help center of them."""
        return [one for word in words(text) if word not in STOP_WORDS for one in self.read(word)]

    def read(self, word: str) -> tuple[str, ...]:
        """The terms of one lower-case word."""
        one = term(word)
        if one in self.frequency or len(word) < _SHORTEST or not word.isalpha():
            return (one,)
        return self._mended(word)

    @cached_property
    def _mended(self) -> Callable[[str], tuple[str, ...]]:
        return lru_cache(maxsize=_REMEMBERED)(self._mend)

    @cached_property
    def _alike(self) -> Mapping[tuple[str, str, int], list[str]]:
        """Terms by their first and last letter and their length."""
        found: dict[tuple[str, str, int], list[str]] = defaultdict(list)
        for one in self.frequency:
            if one.isalpha() and len(one) >= _SHORTEST - 1:
                found[one[0], one[-1], len(one)].append(one)
        return found

    def _mend(self, word: str) -> tuple[str, ...]:
        for place in range(_PART, len(word) - _PART + 1):
            parts = term(word[:place]), term(word[place:])
            if all(part in self.frequency for part in parts):
                return parts
        one = term(word)
        near = [
            (-self.frequency[other], other)
            for length in (len(one) - 1, len(one), len(one) + 1)
            for other in self._alike.get((one[0], one[-1], length), ())
            if len(one) >= _SHORTEST and _slipped(one, other)
        ]
        return (min(near)[1],) if near else (one,)


def _slipped(one: str, other: str) -> bool:
    """Whether a letter was left out, doubled, added, or swapped with its neighbour. One letter in
    place of another mostly makes another word, not a slip."""
    if len(one) == len(other) and sorted(one) != sorted(other):
        return False
    return OSA.distance(one, other, score_cutoff=1) <= 1
