"""What a signal says, and what it is given to look at."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.shingles import words
from kb.types import Article, Block, BlockKind, Evidence, Section, Sentence, Severity

PROSE = (
    BlockKind.PARAGRAPH,
    BlockKind.LIST_ITEM,
    BlockKind.STEP,
    BlockKind.NOTE,
    BlockKind.TABLE_ROW,
)
EXAMPLE = re.compile(
    r"\b(?:for example|for instance|e\.g\.|example|sample|suppose|imagine|let['’]s say"
    r"|say (?:that|you)|hypothetical|such as)",
    re.IGNORECASE,
)
MONEY_OR_LAW = re.compile(
    r"[$€£]\s?\d|\b(?:price|prices|pricing|fee|fees|discount|refund|deadline|tax|legal|security"
    r"|free of charge|payment)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of prose and where it stands."""

    article: Article
    section: Section
    block: Block
    sentence: Sentence

    @property
    def text(self) -> str:
        return self.sentence.text

    @property
    def is_example(self) -> bool:
        """Whether the block, its heading or the sentence before it announces an example."""
        heading = self.section.path[-1] if self.section.path else ""
        return bool(EXAMPLE.search(self.block.text) or EXAMPLE.search(heading))


@dataclass(frozen=True, slots=True)
class Signal:
    """Why a sentence is stale. `name` tells the rule; `key` what it is about, for the
    fingerprint; `also` quotes the evidence from elsewhere. `confidence` lies in [0, 1]."""

    name: str
    statement: Statement
    title: str
    explanation: str
    suggestion: str
    severity: Severity = Severity.LOW
    confidence: float = 0.6
    also: tuple[Evidence, ...] = ()

    @property
    def key(self) -> str:
        return " ".join(words(self.statement.text))


def statements(article: Article) -> Iterator[Statement]:
    """Every sentence of prose in order: no headings, no listings."""
    for section in article.sections:
        for block in section.blocks:
            if block.kind in PROSE:
                for sentence in block.sentences:
                    yield Statement(article, section, block, sentence)


def severity_of(text: str) -> Severity:
    """HIGH where money, security or law is at stake, else MEDIUM."""
    return Severity.HIGH if MONEY_OR_LAW.search(text) else Severity.MEDIUM
