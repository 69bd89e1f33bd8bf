"""Where an article says what a sentence says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.answers.evidence import Candidate
from agent.answers.ground import likeness, support
from agent.answers.reading import Statement, statements
from agent.answers.write import cite
from agent.screening.injected import is_internal, speaks_to_model
from agent.types import Citation
from kb.types import Article

# Statements next to each other that one sentence may stand on.
_WIDEST = 3
# Statements that share most words with a sentence, from which on it is looked for.
_ANCHORS = 4
_LONGEST_CHARS = 2_400


@dataclass(frozen=True)
class Source:
    """A numbered passage as the writer sees it: statements of one section, in order."""

    number: int
    article: Article
    heading: str
    statements: tuple[Statement, ...]

    @property
    def text(self) -> str:
        return "\n".join(_shown(said) for said in self.statements)


def sources(candidates: Sequence[Candidate], most: int) -> tuple[Source, ...]:
    """Of the first candidates, numbered from 1; what speaks to a model is left out. Of a long
    section, what stands around the passage that search found."""
    found: list[Source] = []
    for candidate in candidates[:most]:
        said = tuple(
            item
            for item in statements(candidate.article, candidate.section)
            if not speaks_to_model(item.text, internal=is_internal(candidate.article))
        )
        if said:
            heading = " > ".join(candidate.section.path)
            near = _around(said, candidate.passage)
            found.append(Source(len(found) + 1, candidate.article, heading, near))
    return tuple(found)


def proof(text: str, offered: Sequence[Source], cited: Sequence[int]) -> tuple[Citation, ...]:
    """The fewest statements next to each other that support a sentence, in the passages that it
    cites, then in the others; empty where nothing does."""
    named = [source for source in offered if source.number in cited]
    others = [source for source in offered if source.number not in cited]
    for source in (*named, *others):
        found = _within(text, source)
        if found:
            return found
    return ()


def _within(text: str, source: Source) -> tuple[Citation, ...]:
    context = f"{source.article.title}\n{source.heading}"
    for first, last in _windows(text, source.statements):
        spans = _merged([span for said in source.statements[first:last] for span in said.spans])
        quotes = "\n".join(source.article.text[start:end] for start, end in spans)
        if support(text, quotes, context).supported:
            return tuple(cite(source.article, start, end, source.heading) for start, end in spans)
    return ()


def _windows(text: str, said: Sequence[Statement]) -> Iterator[tuple[int, int]]:
    """Index ranges around the statements that are most like the text, narrow ones first."""
    ranked = sorted(range(len(said)), key=lambda at: (-likeness(text, said[at].text), at))
    for width in range(1, _WIDEST + 1):
        seen: set[int] = set()
        for anchor in ranked[:_ANCHORS]:
            for first in range(anchor - width + 1, anchor + 1):
                if first >= 0 and first + width <= len(said) and first not in seen:
                    seen.add(first)
                    yield first, first + width


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """In order of the article, each once."""
    return sorted(set(spans))


def _around(said: Sequence[Statement], passage: tuple[int, int]) -> tuple[Statement, ...]:
    if sum(len(item.text) for item in said) <= _LONGEST_CHARS:
        return tuple(said)
    hit = next((at for at, item in enumerate(said) if item.end > passage[0]), 0)
    first = last = hit
    room = _LONGEST_CHARS - len(said[hit].text)
    while room > 0 and (first > 0 or last < len(said) - 1):
        if last < len(said) - 1:
            last += 1
            room -= len(said[last].text)
        if first > 0 and room > 0:
            first -= 1
            room -= len(said[first].text)
    return tuple(said[first : last + 1])


def _shown(said: Statement) -> str:
    marker = f"{said.marker} " if said.marker and said.part == 0 else ""
    return f"{'  ' * said.depth}{marker}{said.text}"
