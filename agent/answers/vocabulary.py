"""How telling each word is in this help center."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log

from agent.answers.words import terms
from kb.types import Article


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
