"""What a signal says, and what it is given to look at."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.claims.marks import Writing
from kb.evidence import Span
from kb.findings import Evidence, Severity
from kb.shingles import words
from kb.types import Article, Block, BlockKind, Section

PROSE = (
    BlockKind.PARAGRAPH,
    BlockKind.LIST_ITEM,
    BlockKind.STEP,
    BlockKind.NOTE,
    BlockKind.TABLE_ROW,
)
EXAMPLE = re.compile(
    r"\b(?:for example|for instance|e\.g\.|example|sample|suppose|imagine|let['’]s say"
    r"|say (?:that|you)|hypothetical)",
    re.IGNORECASE,
)
SUCH_AS = re.compile(r"\bsuch as\b", re.IGNORECASE)
MONEY_OR_LAW = re.compile(
    r"[$€£]\s?\d|\b(?:price|prices|pricing|fee|fees|discount|refund|deadline|tax|legal|security"
    r"|free of charge|payment)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of prose, by its span in the article's text. `text` is without markup.
    `is_example` tells that its heading, or its block up to its end, announces an example."""

    article: Article
    start: int
    end: int
    text: str
    is_example: bool = False

    @property
    def has_digits(self) -> bool:
        """Whether there can be a date or a version in it; cheaper than to look for one."""
        return any(map(str.isdigit, self.text))

    @property
    def source(self) -> str:
        """The sentence as it is written, with its markup."""
        return self.article.text[self.start : self.end]

    def span(self, said: str) -> Span:
        """Where words of the sentence stand in the article's text, whatever markup is between
        them; the whole sentence when they are not found."""
        at = self.text.find(said)
        place = Writing(self.start, self.source, self.text).place(at, at + len(said))
        return place if at >= 0 and place else (self.start, self.end)


@dataclass(frozen=True, slots=True)
class Signal:
    """Why a passage is stale. `name` tells the rule, `about` what it is about where one rule can
    fire on several things; `said` are the telling words, or spans of them; `proof` says in a line
    what shows it, and `also` quotes it. `confidence` lies in [0, 1]."""

    name: str
    statement: Statement
    said: str | Sequence[Span]
    title: str
    explanation: str
    suggestion: str
    proof: str
    about: str = ""
    severity: Severity = Severity.LOW
    confidence: float = 0.6
    also: tuple[Evidence, ...] = ()

    @property
    def key(self) -> str:
        """What the fingerprint is made of: the sentence's words."""
        return " ".join(words(self.statement.text))

    @property
    def marks(self) -> Sequence[Span]:
        """Spans of the telling words in the article's text."""
        return [self.statement.span(self.said)] if isinstance(self.said, str) else self.said


def statements(article: Article) -> Iterator[Statement]:
    """Every sentence of prose in order: no headings, no listings."""
    for section in article.sections:
        for block in section.blocks:
            if block.kind in PROSE:
                for said in block.sentences:
                    example = _is_example(article, section, block, said.end)
                    yield Statement(article, said.start, said.end, said.text, example)


def severity_of(text: str) -> Severity:
    """HIGH where money, security or law is at stake, else MEDIUM."""
    return Severity.HIGH if MONEY_OR_LAW.search(text) else Severity.MEDIUM


def _is_example(article: Article, section: Section, block: Block, end: int) -> bool:
    heading = section.path[-1] if section.path else ""
    return bool(EXAMPLE.search(heading) or EXAMPLE.search(article.text, block.start, end))
