"""Which sentences tell what is asked: the nearest in meaning, of those that share words with it or
stand where search found it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from agent.answers.evidence import Candidate, Evidence, Question
from agent.answers.reading import Statement, statements
from agent.answers.select import only_points
from agent.answers.vocabulary import Vocabulary
from agent.answers.words import STOP_WORDS, terms
from kb.ports import Resemblance
from kb.types import BlockKind

Resemble = Callable[[str, Sequence[str]], Resemblance | None]

# Sections, sentences of them, and characters of a sentence that are read.
_SECTIONS, _SENTENCES, _CHARS = 6, 12, 240
_SHORTEST = 8
# What standing in a passage that search found, and beginning its section, add to a sentence's
# share of the words, and what each place further down search's list takes off.
_FOUND, _FIRST, _LOWER = 0.1, 0.05, 0.02


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence under its heading, by article and start; `rank` says how near its words are."""

    rank: float
    key: tuple[str, int]
    text: str


def weigh_sentences(evidence: Evidence, vocabulary: Vocabulary, resemble: Resemble) -> Evidence:
    """The evidence with how well each sentence that was read tells what is asked; as it is where
    no model tells, or nothing was found."""
    read = nearest(evidence.question, evidence.candidates, _SENTENCES)
    found = resemble(evidence.question.text, [item.text for item in read]) if read else None
    if found is None:
        return evidence
    told = _told(found, vocabulary)
    return replace(evidence, told={item.key: score for item, score in zip(read, told, strict=True)})


def nearest(question: Question, candidates: Sequence[Candidate], most: int) -> list[Sentence]:
    """The sentences that share most with the question first, at most so many."""
    return sorted(_sentences(question, candidates), key=lambda item: -item.rank)[:most]


def _told(found: Resemblance, vocabulary: Vocabulary) -> list[float]:
    """For each text the mean of its cosine to the question and of the weighed closeness of the
    question's words to the nearest of its own."""
    weights = np.array(
        [
            0.0 if word in STOP_WORDS else max(map(vocabulary.weight, vocabulary.read(word)))
            for word in found.words
        ]
    )
    near = weights @ np.asarray(found.close) / max(float(weights.sum()), 1e-9)
    return [float(score) for score in (near + np.asarray(found.whole)) / 2]


def _sentences(question: Question, candidates: Sequence[Candidate]) -> Iterator[Sentence]:
    for place, candidate in enumerate(candidates[:_SECTIONS]):
        path = candidate.section.path
        heading = path[-1] if path else candidate.article.title
        for number, said in enumerate(statements(candidate.article, candidate.section)):
            if said.kind is BlockKind.CODE or len(said.text) <= _SHORTEST or only_points(said):
                continue
            text = f"{heading}: {said.text[:_CHARS]}"
            rank = question.covered(terms(text)) + _FOUND * _inside(said, candidate)
            rank += _FIRST * (number == 0) - _LOWER * place
            yield Sentence(rank, (candidate.article.id, said.start), text)


def _inside(said: Statement, candidate: Candidate) -> bool:
    start, end = candidate.passage
    return said.start < end and said.end > start
