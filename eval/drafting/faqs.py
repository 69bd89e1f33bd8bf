"""Questions that an article asks and answers itself, outside headings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.answers.words import terms
from eval.drafting.sections import first
from kb.types import Article, Block, BlockKind, Section, Sentence

_MARKED = re.compile(
    r"^(?:q(?:uestion)?\s*\d*\s*[:.)]\s*)(?P<asked>[^?]+\?)\s*(?P<rest>.*)$", re.I | re.S
)
_ANSWER = re.compile(r"^a(?:nswer)?\s*\d*\s*[:.)]\s*", re.I)
_BOLD = re.compile(r"^(?P<mark>\*\*|__)[^*_]+(?P=mark)\s*$")
_ASKS = re.compile(
    r"^(?:how|what|why|when|where|which|who|can|could|do|does|did|is|are|will|may|must|should|i|my)\b",
    re.I,
)
_LEAST_WORDS, _REFERENCE_WORDS = 4, 60


@dataclass(frozen=True, slots=True)
class Pair:
    """A question of an article, and the sentences that begin its answer."""

    section: Section
    question: str
    sentences: tuple[Sentence, ...]
    start: int
    end: int

    @property
    def reference(self) -> str:
        return " ".join(_ANSWER.sub("", it.text.strip()) for it in self.sentences).strip()


def pairs(article: Article) -> Iterator[Pair]:
    """`Q: … A: …` and questions in bold with what follows them, in order."""
    for section in article.sections:
        blocks = [block for block in section.blocks if block.kind is not BlockKind.HEADING]
        for place, block in enumerate(blocks):
            asked = _question(block, article.text)
            if asked is None:
                continue
            own = [it for it in block.sentences if it.start >= block.start and "?" not in it.text]
            answer = own or _following(blocks[place + 1 :], article.text)
            sentences = first(answer, _REFERENCE_WORDS)
            if sum(len(it.text.split()) for it in sentences) >= _LEAST_WORDS:
                yield Pair(section, asked, sentences, block.start, sentences[-1].end)


def _question(block: Block, text: str) -> str | None:
    marked = _MARKED.match(block.text.strip())
    bold = _BOLD.match(text[block.start : block.end].strip())
    asked = marked["asked"] if marked else block.text.strip() if bold else ""
    asked = " ".join(asked.split())
    fits = asked.endswith("?") and _ASKS.match(asked) and len(set(terms(asked))) > 1
    return asked if fits else None


def _following(blocks: Sequence[Block], text: str) -> list[Sentence]:
    found: list[Sentence] = []
    for block in blocks:
        if _question(block, text) is not None:
            break
        if block.kind is not BlockKind.CODE:
            found += block.sentences
    return found
