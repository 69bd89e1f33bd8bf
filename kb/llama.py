"""Wellkept's search as a llama-index retriever, for other people's pipelines."""

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from kb.retrieve import Retriever
from kb.types import Filters, Hit


class ArticleRetriever(BaseRetriever):  # type: ignore[misc]  # mypy does not follow llama-index
    """Finds passages, best first, as nodes whose metadata names article, headings and span."""

    def __init__(self, retriever: Retriever, top: int = 10, filters: Filters | None = None) -> None:
        super().__init__()
        self._retriever = retriever
        self._top = top
        self._filters = filters or Filters()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._retriever.search(
            query_bundle.query_str, self._top, self._filters, per_article=False
        )
        return [NodeWithScore(node=_node(hit), score=hit.score) for hit in hits]


def _node(hit: Hit) -> TextNode:
    passage = hit.passage
    return TextNode(
        id_=passage.id,
        text=passage.text,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        metadata={
            "article_id": passage.article_id,
            "path": passage.path,
            "title": passage.title,
            "heading_path": list(passage.heading_path),
            "url": passage.url,
            "similarity": hit.similarity,
        },
    )
