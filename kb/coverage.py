"""How well the help center answers each question.

A question is covered when a passage holds its telling words and lies close to it. Words are
weighed by how rare they are among all passages that the questions found.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median

from kb.claims.words import STOPWORDS, TOKEN, root
from kb.ports import Search
from kb.types import Hit, Question

HITS = 8
READ = 5
# Chosen on one log of 296 questions, 62 of them about 7 uncovered topics, and on no other set.
LEXICAL_REFERENCE = 0.45
SIMILARITY_SHARE, SIMILARITY_LEAST, SIMILARITY_MOST = 0.92, 0.3, 0.7
SIMILARITY_WEIGHT, UNRESOLVED_WEIGHT = 0.7, 0.15
SMALL_TALK = frozenset(
    re.findall(
        r"\w+",
        "hi hello hey thanks thank thx ty cheers ok okay great cool good bye test asdf morning"
        " evening afternoon day help question pls sorry lol hm hmm yo",
    )
)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What search found for a question. `missing` are its telling words, as written, that no
    passage found holds. `lexical` in [0, 1] is the weighed share of its words in the best
    passage, `similarity` the best cosine, None where search gives none. `lack` grows with what is
    missing: above 0, the help center hardly answers it."""

    question: Question
    hits: tuple[Hit, ...]
    missing: tuple[str, ...]
    lexical: float
    similarity: float | None
    lack: float


def telling(text: str) -> dict[str, str]:
    """Stem to the word as written, without stopwords and small talk, in order."""
    found: dict[str, str] = {}
    for match in TOKEN.finditer(text):
        word = match[0].lower()
        if word not in STOPWORDS and word not in SMALL_TALK and len(word) > 1:
            found.setdefault(root(word), word)
    return found


def measure(questions: Sequence[Question], search: Search) -> list[Coverage]:
    """One coverage for each question that asks something; small talk is left out."""
    asked = [(question, telling(question.text)) for question in questions]
    asked = [(question, terms) for question, terms in asked if terms]
    found = [tuple(search(question.text, HITS)) for question, _ in asked]
    stems = _stems(found)
    rarity = _rarity(stems)
    best = [_best(hits) for hits in found]
    known = [value for value in best if value is not None]
    reference = SIMILARITY_SHARE * median(known) if known else SIMILARITY_LEAST
    reference = min(max(reference, SIMILARITY_LEAST), SIMILARITY_MOST)
    resolved = [q.resolved for q, _ in asked if q.resolved is not None]
    unresolved_rate = fmean(not value for value in resolved) if resolved else 0.0
    measured = []
    for (question, terms), hits, similarity in zip(asked, found, best, strict=True):
        texts = [stems[hit.passage.id] for hit in hits]
        lexical = max((_share(terms, text, rarity) for text in texts[:READ]), default=0.0)
        lack = LEXICAL_REFERENCE - lexical
        if similarity is not None:
            lack += SIMILARITY_WEIGHT * (reference - similarity)
        if question.resolved is not None:
            lack += UNRESOLVED_WEIGHT * ((not question.resolved) - unresolved_rate)
        seen = set().union(*texts)
        missing = tuple(word for stem, word in terms.items() if stem not in seen)
        measured.append(Coverage(question, hits, missing, lexical, similarity, lack))
    return measured


def _stems(found: Sequence[Sequence[Hit]]) -> dict[str, frozenset[str]]:
    passages = {hit.passage.id: hit.passage for hits in found for hit in hits}
    return {key: frozenset(telling(p.embedded_text)) for key, p in passages.items()}


def _rarity(stems: dict[str, frozenset[str]]) -> dict[str, float]:
    counts = Counter(stem for text in stems.values() for stem in text)
    return {stem: math.log(1 + len(stems) / (count + 0.5)) for stem, count in counts.items()} | {
        "": math.log(1 + len(stems) / 0.5)
    }


def _share(terms: dict[str, str], text: frozenset[str], rarity: dict[str, float]) -> float:
    """The weighed share of the terms that a passage holds; a word that none holds weighs most."""
    weights = {stem: rarity.get(stem, rarity[""]) for stem in terms}
    total = sum(weights.values())
    return sum(weight for stem, weight in weights.items() if stem in text) / total if total else 0.0


def _best(hits: Sequence[Hit]) -> float | None:
    values = [hit.similarity for hit in hits if hit.similarity is not None]
    return max(values) if values else None
