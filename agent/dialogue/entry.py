"""Which procedure's case a message is."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from threading import Lock

from agent.answers.words import terms
from agent.dialogue.speech import Act, act, apart
from agent.procedure import Procedure
from kb.ports import Matrix, Vector

Encode = Callable[[Sequence[str]], Matrix]

# With an encoder the score is a cosine plus a part of the shared words; without, shared words.
_ENOUGH, _ENOUGH_WORDS = 0.62, 0.4
_WORDS_WEIGH = 0.3
# A title says less well than an example what customers write.
_OF_TITLE = 0.1
# A part of a message may lack what the rest tells.
_OF_PART = 0.08
# Nearer to the best than this, another procedure cannot be told from it.
_TOO_CLOSE = 0.04
_PART = re.compile(r"(?<=[.!?])\s+|\n+|,\s+(?:(?:and|but|so|because)\s+)?")
_MOST_PARTS = 6
_VALUE = re.compile(r"#?\b(?:[A-Za-z]{1,4}[- ]?)?\d{3,}[\w-]*|\S+@\S+\.\w+")


@dataclass(frozen=True)
class _Example:
    """An example of what a procedure is for, or is not for."""

    text: str
    for_it: bool
    less: float = 0.0

    @cached_property
    def terms(self) -> frozenset[str]:
        return frozenset(terms(_masked(self.text)))

    @cached_property
    def act(self) -> Act:
        return act(self.text)


@dataclass(frozen=True)
class _Said:
    """A message, or a sentence of it."""

    terms: frozenset[str]
    act: Act
    vector: Vector | None
    less: float = 0.0


class Entries:
    """Compares messages with the examples of procedures. Keeps what it encoded."""

    def __init__(self, encode: Encode | None = None) -> None:
        self._encode = encode
        self._known: dict[tuple[str, str], tuple[list[_Example], Matrix | None]] = {}
        self._lock = Lock()

    def of(self, message: str, procedures: Sequence[Procedure]) -> list[Procedure]:
        """The one whose case it is; none; or several that lie close together, best first."""
        if not procedures or not any(char.isalpha() for char in _masked(message)):
            return []
        said = self._read(message)
        scores = {item.name: max(self._score(one, item) for one in said) for item in procedures}
        enough = _ENOUGH_WORDS if self._encode is None else _ENOUGH
        least = max(enough, max(scores.values()) - _TOO_CLOSE)
        near = [item for item in procedures if scores[item.name] >= least]
        return sorted(near, key=lambda item: (-scores[item.name], item.name))

    def _read(self, message: str) -> list[_Said]:
        """The message, and each part of one that has several: a story may end in a wish."""
        parts = [part.strip() for part in _PART.split(message) if len(part.split()) > 2]
        texts = [message, *parts[:_MOST_PARTS]] if len(parts) > 1 else [message]
        vectors: Sequence[Vector | None] = [None] * len(texts)
        if self._encode is not None:
            vectors = list(self._encode([_masked(text) for text in texts]))
        return [
            _Said(frozenset(terms(_masked(text))), act(text), vector, _OF_PART if number else 0.0)
            for number, (text, vector) in enumerate(zip(texts, vectors, strict=True))
        ]

    def _score(self, said: _Said, procedure: Procedure) -> float:
        """Likeness to the best example; 0 when a counterexample is at least as like."""
        examples, vectors = self._examples(procedure)
        best = {True: 0.0, False: 0.0}
        for number, example in enumerate(examples):
            like = _shared(said.terms, example.terms)
            if said.vector is not None and vectors is not None:
                like = float(vectors[number] @ said.vector) + _WORDS_WEIGH * like
            like -= apart(said.act, example.act) + example.less
            best[example.for_it] = max(best[example.for_it], like)
        return best[True] - said.less if best[True] > best[False] else 0.0

    def _examples(self, procedure: Procedure) -> tuple[list[_Example], Matrix | None]:
        key = procedure.name, procedure.version
        with self._lock:
            if key not in self._known:
                examples = [_Example(text, for_it=True) for text in procedure.examples]
                examples += [_Example(text, for_it=False) for text in procedure.counterexamples]
                examples.append(_Example(procedure.title, for_it=True, less=_OF_TITLE))
                texts = [_masked(example.text) for example in examples]
                vectors = self._encode(texts) if self._encode else None
                self._known[key] = examples, vectors
            return self._known[key]


def _masked(text: str) -> str:
    """Without order numbers and other values, which say nothing of what is wanted."""
    return " ".join(_VALUE.sub(" ", text).split())


def _shared(said: frozenset[str], example: frozenset[str]) -> float:
    """Cosine of two sets of words."""
    if not said or not example:
        return 0.0
    return len(said & example) / sqrt(len(said) * len(example))
