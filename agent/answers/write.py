"""The answer's text and citations, out of the articles' own statements."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agent.answers.evidence import Candidate
from agent.answers.ground import support
from agent.answers.reading import Statement
from agent.types import Citation
from kb.types import Article, BlockKind


@dataclass(frozen=True, slots=True)
class Line:
    """One statement of the answer with the places that support it."""

    text: str
    citations: tuple[Citation, ...]
    kind: BlockKind = BlockKind.PARAGRAPH
    block: int = 0
    depth: int = 0
    marker: str = ""

    @property
    def grounded(self) -> bool:
        """Whether its citations, read under their headings, support it."""
        quotes = "\n".join(citation.quote for citation in self.citations)
        under = [f"{citation.title}\n{citation.heading}" for citation in self.citations[:1]]
        return bool(quotes) and support(self.text, quotes, *under).supported


def lines(chosen: Sequence[Statement], candidate: Candidate) -> list[Line]:
    """Statements of one section, cited."""
    heading = " > ".join(candidate.section.path)
    return [
        Line(
            said.text,
            tuple(cite(candidate.article, start, end, heading) for start, end in said.spans),
            said.kind,
            said.block,
            said.depth,
            said.marker,
        )
        for said in chosen
    ]


def cite(article: Article, start: int, end: int, heading: str = "") -> Citation:
    """The words of the article between two offsets."""
    return Citation(
        article_id=article.id,
        path=article.path,
        title=article.title,
        url=article.url,
        quote=article.text[start:end],
        start=start,
        end=end,
        heading=heading,
    )


def join(answer: Sequence[Line]) -> str:
    """Sentences of a paragraph on one line, steps numbered, list items after dashes."""
    out: list[str] = []
    before: Line | None = None
    numbers: dict[int, int] = {}
    for line in answer:
        if (
            before
            and line.block == before.block
            and line.kind is before.kind
            and (line.kind is not BlockKind.CODE)
        ):
            out[-1] += f" {line.text}"
        else:
            out.append(_opened(line, before, numbers))
        before = line
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).strip()


def _opened(line: Line, before: Line | None, numbers: dict[int, int]) -> str:
    indent = "   " * line.depth
    gap = "\n" if before and _apart(before, line) else ""
    if line.kind is BlockKind.STEP:
        for deeper in [depth for depth in numbers if depth > line.depth]:
            del numbers[deeper]
        numbers[line.depth] = _number(line, numbers)
        return f"{gap}{indent}{numbers[line.depth]}. {line.text}"
    if line.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW):
        return f"{gap}{indent}- {line.text}"
    if line.kind is BlockKind.CODE:
        return f"\n{line.text.strip()}\n"
    return f"{gap}{line.text}"


def _number(line: Line, numbers: dict[int, int]) -> int:
    written = re.match(r"\d+", line.marker)
    if line.depth not in numbers and written:
        return int(written[0])
    return numbers.get(line.depth, 0) + 1


def _apart(before: Line, line: Line) -> bool:
    """A blank line stands between paragraphs, not within a list or after its introduction."""
    listed = (BlockKind.STEP, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)
    return line.kind not in listed or (before.kind not in listed and not before.text.endswith(":"))


def merged(answer: Sequence[Line], read: Callable[[str], Article | None]) -> tuple[Citation, ...]:
    """The citations of an answer in order, each once; those that touch become one."""
    found: list[Citation] = []
    for citation in (item for line in answer for item in line.citations):
        if citation in found:
            continue
        last = found[-1] if found else None
        article = read(citation.article_id)
        if last and article and _touch(last, citation, article):
            found[-1] = cite(article, last.start, max(last.end, citation.end), last.heading)
        else:
            found.append(citation)
    return tuple(found)


def _touch(last: Citation, citation: Citation, article: Article) -> bool:
    if last.article_id != citation.article_id or last.heading != citation.heading:
        return False
    between = article.text[last.end : citation.start]
    return last.start <= citation.start and not re.search(r"[^\W\d_]", between)
