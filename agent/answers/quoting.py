"""The words that a finding is about, as lines of an answer."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from agent.answers.reading import Statement, section_at, statements
from agent.answers.write import Line, cite
from agent.types import Citation
from kb.findings import Evidence
from kb.types import Article, BlockKind

Read = Callable[[str], Article | None]
# A quote that is longer than so many statements is told by its beginning.
_LONGEST = 3


def readable_by(audience: Sequence[str], read: Read) -> Read:
    """Reads what a customer of this audience may see; everything else is as if it did not exist."""

    def open_to_all(article_id: str) -> Article | None:
        article = read(article_id)
        if article is None or (article.audience and not set(article.audience) & set(audience)):
            return None
        return article

    return open_to_all


def quoted(item: Evidence, answer: Sequence[Line]) -> bool:
    """Whether the answer cites any of the words."""
    return any(
        citation.article_id == item.article_id
        and citation.start < item.end
        and item.start < citation.end
        for line in answer
        for citation in line.citations
    )


def worded(item: Evidence, article: Article) -> tuple[str, tuple[Citation, ...]]:
    """The statements that the words stand in, as a customer reads them, with what supports them."""
    found = _statements(item, article)
    if not found:
        text = " ".join(item.quote.replace("**", "").replace("`", "").split())
        return text, (cite(article, item.start, item.end, item.heading),)
    spans = dict.fromkeys(span for said in found for span in said.spans)
    citations = tuple(cite(article, start, end, item.heading) for start, end in spans)
    return " ".join(said.text for said in found), citations


def listed(item: Evidence, article: Article) -> Line:
    """The words in quotation marks, as an item of a list."""
    text, citations = worded(item, article)
    return Line(f"“{text}”", citations, BlockKind.LIST_ITEM)


def framing(text: str, around: Sequence[Line]) -> Line:
    """A line of the agent's own, that cites what the lines that it is about cite."""
    return Line(text, tuple(citation for line in around for citation in line.citations))


def apart(lines: Iterable[Line]) -> list[Line]:
    """The lines, each a block of its own, after whatever stands before."""
    return [replace(line, block=-number) for number, line in enumerate(lines, start=1)]


def _statements(item: Evidence, article: Article) -> list[Statement]:
    section = section_at(article, item.start)
    said = statements(article, section) if section else []
    return [one for one in said if one.start < item.end and item.start < one.end][:_LONGEST]
