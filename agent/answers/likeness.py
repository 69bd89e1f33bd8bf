"""A closer look at the evidence: what the question's words mean beside the sentences found."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from agent.answers.evidence import Candidate, Evidence, Likeness, Question
from agent.answers.reading import statements
from agent.answers.vocabulary import Vocabulary
from agent.answers.words import STOP_WORDS, terms
from kb.ports import Resemblance
from kb.types import BlockKind

Resemble = Callable[[str, Sequence[str]], Resemblance | None]

# Sections, sentences of them, and characters of a sentence that are read.
_SECTIONS, _SENTENCES, _CHARS = 6, 8, 240
_SHORTEST = 8
# What standing in a passage that search found adds to a sentence's share of the words.
_FOUND = 0.1


def look_closer(evidence: Evidence, vocabulary: Vocabulary, resemble: Resemble) -> Evidence:
    """The evidence with its likeness; as it is where no model tells, or nothing was found."""
    texts = _nearest(evidence.question, evidence.candidates)
    found = resemble(evidence.question.text, texts) if texts else None
    if found is None:
        return evidence
    features = replace(evidence.features, likeness=_likeness(found, vocabulary))
    return replace(evidence, features=features)


def _likeness(found: Resemblance, vocabulary: Vocabulary) -> Likeness:
    weights, close, strange = [], [], [1.0]
    for word, row in zip(found.words, found.close, strict=True):
        if word in STOP_WORDS:
            continue
        nearest = float(max(row))
        read = vocabulary.read(word)
        weights.append(max(map(vocabulary.weight, read)))
        close.append(weights[-1] * nearest)
        if not word.isdigit() and not all(map(vocabulary.known, read)):
            strange.append(nearest)
    meaning = sum(close) / sum(weights) if weights else 0.0
    return Likeness(meaning, float(max(found.whole)), min(strange))


def _nearest(question: Question, candidates: Sequence[Candidate]) -> list[str]:
    """Sentences with their headings, those that share most with the question first."""
    found = dict.fromkeys(_sentences(question, candidates[:_SECTIONS]))
    ranked = sorted(found, key=lambda item: -item[0])
    return [text for _, text in ranked[:_SENTENCES]]


def _sentences(question: Question, candidates: Sequence[Candidate]) -> Iterator[tuple[float, str]]:
    for candidate in candidates:
        path = candidate.section.path
        heading = path[-1] if path else candidate.article.title
        start, end = candidate.passage
        for said in statements(candidate.article, candidate.section):
            if said.kind is BlockKind.CODE or len(said.text) <= _SHORTEST:
                continue
            text = f"{heading}: {said.text[:_CHARS]}"
            inside = said.start < end and said.end > start
            yield question.covered(terms(text)) + _FOUND * inside, text
