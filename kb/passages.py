"""What search finds: articles cut into passages, by llama-index node parsing.

A passage never leaves its section and is cut between blocks, else between sentences, so that the
pieces of a long section are about equally long. Its text is what a reader sees.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from typing import Any
from uuid import UUID, uuid5

from llama_index.core.node_parser import NodeParser
from llama_index.core.schema import BaseNode, Document, NodeRelationship, TextNode

from kb.types import Article, Block, BlockKind, Passage, Section

_NAMESPACE = UUID("5b0c3f63-5f2c-5d53-9d7e-0d6a0f2f6c11")
_BAD_CUT = 1.0
"""Cost of cutting a paragraph in two, or a list off the sentence that introduces it: as much as
an empty piece, so that it is done only where nothing else keeps the limit."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What is never cut: a sentence, a list item, a table row, a line of code."""

    start: int
    end: int
    text: str
    words: int
    block: int
    kind: BlockKind


class ArticleDocument(Document):  # type: ignore[misc]  # mypy does not follow llama-index
    """An article for llama-index: its text and metadata, and the article itself."""

    article: Article


class SectionParser(NodeParser):  # type: ignore[misc]  # mypy does not follow llama-index
    """Cuts `ArticleDocument`s into nodes of at most `words` words, none across sections.

    `start_char_idx` and `end_char_idx` of a node are offsets of the article's text.
    """

    words: int

    def _parse_nodes(
        self,
        nodes: Sequence[BaseNode],
        show_progress: bool = False,  # noqa: ARG002 llama-index's signature
        **kwargs: Any,  # noqa: ARG002 llama-index's signature
    ) -> list[BaseNode]:
        return [
            _node(document, section, units)
            for document in nodes
            for section in document.article.sections
            for units in _pack(list(_units(document.article, section)), self.words)
        ]

    def _postprocess_parsed_nodes(
        self, nodes: list[BaseNode], parent_doc_map: dict[str, Document]
    ) -> list[BaseNode]:
        """Keeps our offsets: llama-index would look the text up, and markup hides it."""
        spans = [(node.start_char_idx, node.end_char_idx) for node in nodes]
        done: list[BaseNode] = super()._postprocess_parsed_nodes(nodes, parent_doc_map)
        for node, (start, end) in zip(done, spans, strict=True):
            node.start_char_idx, node.end_char_idx = start, end
        return done


def split(article: Article, words: int) -> list[Passage]:
    """The article's passages in order, each of at most `words` words unless one sentence, item
    or table row alone is longer. A section with nothing under its heading gives none.
    """
    document = ArticleDocument(
        id_=article.id,
        text=article.text,
        metadata={"title": article.title, "path": article.path},
        article=article,
    )
    nodes = SectionParser(words=words, include_prev_next_rel=False)([document])
    repeats: Counter[str] = Counter()
    return [_identified(_passage(article, node), repeats) for node in nodes]


def _passage(article: Article, node: BaseNode) -> Passage:
    return Passage(
        id="",
        article_id=article.id,
        path=article.path,
        title=article.title,
        heading_path=tuple(node.metadata["heading_path"]),
        start=node.start_char_idx,
        end=node.end_char_idx,
        text=node.text,
        audience=article.audience,
        product=article.product,
        locale=article.locale,
        url=article.url,
    )


def _identified(passage: Passage, repeats: Counter[str]) -> Passage:
    content = f"{passage.article_id}\0{passage.embedded_text}"
    repeats[content] += 1
    return replace(passage, id=str(uuid5(_NAMESPACE, f"{content}\0{repeats[content]}")))


def _node(document: ArticleDocument, section: Section, units: Sequence[Unit]) -> TextNode:
    return TextNode(
        text="\n".join(_texts(units)),
        start_char_idx=units[0].start,
        end_char_idx=units[-1].end,
        metadata={"heading_path": list(section.path)},
        relationships={NodeRelationship.SOURCE: document.as_related_node_info()},
    )


def _texts(units: Sequence[Unit]) -> Iterator[str]:
    for _, block in groupby(units, key=lambda unit: unit.block):
        parts = list(block)
        glue = "\n" if parts[0].kind is BlockKind.CODE else " "
        yield glue.join(part.text for part in parts)


def _units(article: Article, section: Section) -> Iterator[Unit]:
    for number, block in enumerate(section.blocks):
        if block.kind is BlockKind.HEADING:
            continue
        for start, end, text in _pieces(article, block):
            if text.strip():
                yield Unit(start, end, text.strip(), len(text.split()), number, block.kind)


def _pieces(article: Article, block: Block) -> Iterator[tuple[int, int, str]]:
    """Start, end and text of what a block may be cut into."""
    if block.kind is BlockKind.TABLE_ROW:
        yield block.start, block.end, _row_text(block)
    elif block.kind is BlockKind.CODE and block.text in article.text[block.start : block.end]:
        start = article.text.index(block.text, block.start)
        for line in block.text.splitlines(keepends=True):
            yield start, start + len(line.rstrip()), line
            start += len(line)
    elif block.sentences:
        yield from ((item.start, item.end, item.text) for item in block.sentences)
    else:
        yield block.start, block.end, block.text


def _row_text(block: Block) -> str:
    """The row with its column headers, since a passage may hold it without the header row."""
    if not any(cell.column for cell in block.cells):
        return block.text
    named = (f"{cell.column}: {cell.text}" if cell.column else cell.text for cell in block.cells)
    return "; ".join(named)


def _pack(units: Sequence[Unit], words: int) -> Iterator[Sequence[Unit]]:
    """The cheapest way to cut a section: pieces near one length, cuts where a reader would."""
    if not units:
        return
    before = [0, *accumulate(unit.words for unit in units)]
    target = before[-1] / -(-before[-1] // words) if before[-1] else 1
    best = [0.0] + [float("inf")] * len(units)
    cut_from = [0] * (len(units) + 1)
    for end in range(1, len(units) + 1):
        for start in range(end - 1, -1, -1):
            length = before[end] - before[start]
            if length > words and end - start > 1:
                break
            cost = best[start] + (length / target - 1) ** 2 + _cut_cost(units, end)
            if cost < best[end]:
                best[end], cut_from[end] = cost, start
    ends = [len(units)]
    while cut_from[ends[-1]]:
        ends.append(cut_from[ends[-1]])
    for start, end in zip([0, *reversed(ends[1:])], reversed(ends), strict=True):
        yield units[start:end]


def _cut_cost(units: Sequence[Unit], end: int) -> float:
    if end == len(units):
        return 0.0
    inside_block = units[end - 1].block == units[end].block
    return _BAD_CUT if inside_block or units[end - 1].text.endswith(":") else 0.0
