"""Who writes an answer: the articles' own sentences, or a language model."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from agent.answers.evidence import Candidate, Evidence
from agent.answers.proof import Source, proof, sources
from agent.answers.select import says_something, select
from agent.answers.sentences import Said, Sentences
from agent.answers.steps import whole_lists
from agent.answers.write import Line, lines
from agent.models.assistance import Assistance
from agent.screening.injected import is_internal, speaks_to_model

# What words and headings add to a section's cosine against its neighbours in the same article.
_WORDS, _HEADING, _FOCUS = 0.15, 0.15, 0.15
# A section whose cosine is this far below the first one's does not stand in for it.
RIVAL = 0.15
# What a section's fit, and standing in search's first article, count beside its best sentence.
_FIT, _AHEAD = 0.3, 0.15
_SHOWN = 4
_NO_ANSWER = "no answer"


@dataclass(frozen=True)
class NothingFound(Exception):
    """The writer has read the passages, and they do not answer the question."""


class Writer(Protocol):
    """Writes from evidence. A line without citations is supported by nothing and will be struck;
    what belongs together, such as a list of steps, comes together."""

    @property
    def name(self) -> str: ...

    def write(self, evidence: Evidence) -> Iterator[tuple[Line, ...]]:
        """The answer in parts, in order. Raises `Transient` when the writer fails, and
        `NothingFound` when it has read the evidence and there is no answer in it."""
        ...


@dataclass(frozen=True)
class Extractive:
    """Quotes the section that fits best: at most `limit` sentences, or a list of steps whole."""

    limit: int
    name: str = "extractive"

    def write(self, evidence: Evidence) -> Iterator[tuple[Line, ...]]:
        best = best_section(evidence)
        chosen = select(evidence.question, best, self.limit, evidence.told)
        internal = is_internal(best.article)
        told = [
            said
            for said in whole_lists(chosen, best)
            if not speaks_to_model(said.text, internal=internal)
        ]
        yield tuple(lines(told, best))


@dataclass(frozen=True)
class Modelled:
    """A language model, held to numbered passages."""

    assistance: Assistance

    @property
    def name(self) -> str:
        return self.assistance.model.name

    def write(self, evidence: Evidence) -> Iterator[tuple[Line, ...]]:
        offered = sources(near(evidence.candidates), _SHOWN)
        if not offered:
            return
        pieces = self.assistance.model.stream(
            self.assistance.prompts.text("write"), _asked(evidence.question.text, offered)
        )
        sentences = Sentences()
        for piece in pieces:
            for part in sentences.feed(piece):
                yield _proven(part, offered)
        for part in sentences.end():
            yield _proven(part, offered)


def best_section(evidence: Evidence) -> Candidate:
    """The section with the sentence that tells best what is asked, search's first article before
    others. Where none was read closer: that article, and in it the section that fits best. One
    that says something itself goes before one that only points elsewhere."""
    candidates = evidence.candidates
    ahead = candidates[0].article.id
    telling = [
        (score + _FIT * _fit(item) + _AHEAD * (item.article.id == ahead), item)
        for item in near(candidates)
        if (score := _best_told(item, evidence.told)) and says_something(item)
    ]
    if telling:
        return max(telling, key=lambda pair: pair[0])[1]
    first = candidates[0]
    same = [item for item in candidates if item.article.id == first.article.id]
    best = max(same, key=_fit)
    if says_something(best):
        return best
    rivals = [item for item in near(candidates) if says_something(item)]
    return rivals[0] if rivals else best


def _best_told(candidate: Candidate, told: Mapping[tuple[str, int], float]) -> float:
    """0 where none of its sentences was read."""
    article, section = candidate.article.id, candidate.section
    return max(
        (
            score
            for (name, start), score in told.items()
            if name == article and section.start <= start < section.end
        ),
        default=0.0,
    )


def near(candidates: tuple[Candidate, ...]) -> list[Candidate]:
    """Those that may stand in for the first, in order."""
    first = candidates[0]
    return [item for item in candidates if first.similarity - item.similarity <= RIVAL]


def _fit(candidate: Candidate) -> float:
    words = _WORDS * candidate.coverage + _HEADING * candidate.heading + _FOCUS * candidate.focus
    return candidate.similarity + words


def _asked(question: str, offered: tuple[Source, ...]) -> str:
    """As JSON, so that no text can pass for anything else."""
    passages = [
        {
            "number": source.number,
            "article": source.article.title,
            "section": source.heading,
            "text": source.text,
        }
        for source in offered
    ]
    return json.dumps({"question": question, "passages": passages}, ensure_ascii=False)


def _proven(part: tuple[Said, ...], offered: tuple[Source, ...]) -> tuple[Line, ...]:
    if len(part) == 1 and part[0].text.strip(" .!").lower() == _NO_ANSWER:
        raise NothingFound
    return tuple(
        Line(
            said.text,
            proof(said.text, offered, said.cited),
            said.kind,
            said.paragraph if len(part) == 1 else 1000 * (1 + said.paragraph) + place,
            said.depth,
            said.marker,
        )
        for place, said in enumerate(part)
    )
