"""A closer look at the evidence: what the question's words mean beside the sentences found."""

from dataclasses import replace

from agent.answers.evidence import Evidence, Likeness
from agent.answers.telling import Resemble, nearest
from agent.answers.vocabulary import Vocabulary
from agent.answers.words import STOP_WORDS
from kb.ports import Resemblance

# The writer reads these, and some more.
_SENTENCES = 8


def look_closer(evidence: Evidence, vocabulary: Vocabulary, resemble: Resemble) -> Evidence:
    """The evidence with its likeness; as it is where no model tells, or nothing was found."""
    read = nearest(evidence.question, evidence.candidates, _SENTENCES)
    texts = [item.text for item in read]
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
