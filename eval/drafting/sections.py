"""Sections as answers: the question behind a heading, and how the section begins to answer it."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from eval.drafting.headings import Wording, ask
from kb.types import Article, BlockKind, Section, Sentence

# A section with less to say is not an answer; what is quoted of it is its beginning.
_LEAST_WORDS = 12
_REFERENCE_WORDS = 60
_LEFT_OUT = {BlockKind.HEADING, BlockKind.CODE}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A heading as a question; `sentences` are those with which its section begins."""

    article: Article
    section: Section
    wording: Wording
    sentences: tuple[Sentence, ...]

    @property
    def reference(self) -> str:
        return " ".join(sentence.text.strip() for sentence in self.sentences)


def candidates(article: Article) -> Iterator[Candidate]:
    """Every section of the article that answers something, in order."""
    for section in article.sections:
        sentences = beginning(section)
        heading = section.path[-1] if section.path else written_title(article)
        wording = ask(heading, article.title) if sentences else None
        if wording:
            yield Candidate(article, section, wording, sentences)


def beginning(section: Section) -> tuple[Sentence, ...]:
    """The first sentences of a section, none when it has too little prose to answer anything."""
    blocks = [block for block in section.blocks if block.kind not in _LEFT_OUT]
    sentences = [sentence for block in blocks for sentence in block.sentences]
    if sum(_size(sentence) for sentence in sentences) < _LEAST_WORDS:
        return ()
    return first(sentences, _REFERENCE_WORDS)


def first(sentences: Sequence[Sentence], words: int) -> tuple[Sentence, ...]:
    """As many sentences as it takes to reach so many words."""
    taken: list[Sentence] = []
    for sentence in sentences:
        if sum(map(_size, taken)) >= words:
            break
        taken.append(sentence)
    return tuple(taken)


def written_title(article: Article) -> str:
    """The title, unless it was made of the file's name: nobody asks for that."""
    return article.title if article.title.casefold() in article.text.casefold() else ""


def may_read(article: Article, audience: Collection[str]) -> bool:
    """Whether customers of this audience may read the article."""
    return not article.audience or not set(audience).isdisjoint(article.audience)


def without_twins(items: Iterable[T], about: Callable[[T], tuple[str, ...]]) -> list[T]:
    """Without items that are about the same: what two sections could be asked has no one right
    answer."""
    kept = list(items)
    keys = [about(item) for item in kept]
    asked = Counter(keys)
    return [item for item, key in zip(kept, keys, strict=True) if asked[key] == 1]


def _size(sentence: Sentence) -> int:
    return len(sentence.text.split())
