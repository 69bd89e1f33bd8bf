"""What search brought, weighed against the question."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from agent.answers.reading import section_at
from agent.answers.vocabulary import Vocabulary
from agent.answers.words import terms
from kb.types import Article, Hit, Section

Read = Callable[[str], Article | None]

# How far down the search result sections are read.
CONSIDERED = 8
_NEIGHBOURS = 5
_NAME = re.compile(r"(?<=[\w,)] )[A-Z][\w.+-]*\w|\b[A-Z]\w*[A-Z0-9]\w*\b|\b[a-z]+[A-Z]\w*\b")


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what its words weigh in this help center."""

    text: str
    weights: dict[str, float]
    known: float

    @classmethod
    def of(cls, text: str, vocabulary: Vocabulary) -> "Question":
        """`known` is the weighed share of its terms that any article has, 0 without terms."""
        weights = {term: vocabulary.weight(term) for term in vocabulary.terms(text)}
        total = sum(weights.values())
        known = sum(weight for term, weight in weights.items() if vocabulary.known(term))
        return cls(text, weights, known / total if total else 0.0)

    def covered(self, found: Iterable[str]) -> float:
        """Weighed share of the question's terms that are among these, in [0, 1]."""
        total = sum(self.weights.values())
        if not total:
            return 0.0
        return min(1.0, sum(self.weights.get(term, 0.0) for term in set(found)) / total)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A section that may hold the answer. `passage` is the stretch that search found in it;
    `coverage` is the weighed share of the question's terms in there with its headings,
    `heading` the share in title and headings alone; `focus` is the share of its own heading's
    terms that the question has."""

    article: Article
    section: Section
    passage: tuple[int, int]
    similarity: float
    coverage: float
    heading: float
    focus: float

    @property
    def words(self) -> str:
        """Its headings and the stretch that search found."""
        start, end = self.passage
        return " ".join((self.article.title, *self.section.path, self.article.text[start:end]))


@dataclass(frozen=True, slots=True)
class Likeness:
    """How near the question is in meaning to the sentences that were found; each about in [0, 1].

    meaning: weighed mean over its words of the closeness to the nearest word of any sentence.
    sentence: cosine of the question and the nearest sentence. strangest: closeness of the word
    that no article has and that is farthest from all; 1 where every word is known.
    """

    meaning: float = 0.0
    sentence: float = 0.0
    strangest: float = 0.0


@dataclass(frozen=True, slots=True)
class Features:
    """What a decision is made of; each lies in [0, 1].

    similarity: highest cosine of the question and a passage; neighbours: mean over the first five
    hits. coverage: weighed share of the question's terms in one of the three best passages.
    names: share of the names in the question that one of their articles has, 1 without names.
    known: weighed share of the terms that the help center has at all. `likeness` is there after a
    closer look.
    """

    similarity: float = 0.0
    neighbours: float = 0.0
    coverage: float = 0.0
    names: float = 1.0
    known: float = 0.0
    likeness: Likeness | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Sections in the order in which search found them, and what they say of the question.
    `told` holds how well a sentence tells what is asked, about in [0, 1], by article and start,
    for those that were read closer."""

    question: Question
    candidates: tuple[Candidate, ...]
    features: Features
    told: Mapping[tuple[str, int], float] = field(default_factory=dict)


def weigh(question: Question, hits: Sequence[Hit], read: Read) -> Evidence:
    """The sections that the hits lie in, best first, one entry a section."""
    found: dict[tuple[str, int], Candidate] = {}
    for hit in hits[:CONSIDERED]:
        candidate = _candidate(question, hit, read)
        if candidate is not None:
            found.setdefault((candidate.article.id, candidate.section.start), candidate)
    candidates = tuple(found.values())
    return Evidence(question, candidates, _features(question, hits, candidates))


def _candidate(question: Question, hit: Hit, read: Read) -> Candidate | None:
    article = read(hit.passage.article_id)
    section = section_at(article, hit.passage.start) if article else None
    if article is None or section is None:
        return None
    heading = terms(" ".join((hit.passage.title, *hit.passage.heading_path)))
    own = set(terms(section.path[-1] if section.path else article.title))
    return Candidate(
        article,
        section,
        (hit.passage.start, hit.passage.end),
        max(0.0, hit.similarity or 0.0),
        question.covered([*heading, *terms(hit.passage.text)]),
        question.covered(heading),
        len(own & question.weights.keys()) / len(own) if own else 0.0,
    )


def _features(question: Question, hits: Sequence[Hit], candidates: Sequence[Candidate]) -> Features:
    if not candidates:
        return Features(known=question.known)
    cosines = [max(0.0, hit.similarity or 0.0) for hit in hits]
    best = candidates[:3]
    return Features(
        similarity=max(cosines),
        neighbours=fmean(cosines[:_NEIGHBOURS]),
        coverage=max(candidate.coverage for candidate in best),
        names=_named(question.text, best),
        known=question.known,
    )


def _named(text: str, candidates: Sequence[Candidate]) -> float:
    names = {name.lower() for name in _NAME.findall(text)}
    if not names:
        return 1.0
    return max(
        sum(name in candidate.article.text.lower() for name in names) / len(names)
        for candidate in candidates
    )
