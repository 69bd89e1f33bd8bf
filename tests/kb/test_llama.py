"""Search as a llama-index retriever."""

from pathlib import Path

from llama_index.core.retrievers import BaseRetriever

from kb.index.edge import EdgeBackend
from kb.indexing import build_index
from kb.llama import ArticleRetriever
from kb.passages import split
from kb.retrieve import Retriever
from kb.settings import SearchSettings
from kb.types import Filters
from tests.kb.articles import article
from tests.kb.encoders import WordEncoder

ENTRY = article("print.md", "# Paper\nLoad the paper tray.\n", title="Printing", product=("pro",))


def test_other_peoples_pipelines_get_nodes_with_scores_and_spans(tmp_path: Path) -> None:
    index = EdgeBackend(tmp_path).create("r", WordEncoder.dimension)
    other = article("scan.md", "Scan a page to email.\n", title="Scanning")
    build_index([*split(ENTRY, 160), *split(other, 160)], WordEncoder(), index, [])
    search = Retriever(index, WordEncoder(), SearchSettings())
    adapter = ArticleRetriever(search, top=2)
    assert isinstance(adapter, BaseRetriever)
    found = adapter.retrieve("load the paper tray")
    assert len(found) == 2
    assert found[0].score is not None
    assert found[1].score is not None
    assert found[0].score > found[1].score
    node = found[0].node
    assert node.text == "Load the paper tray."
    assert ENTRY.text[node.start_char_idx : node.end_char_idx] == "Load the paper tray."
    assert node.metadata["path"] == "print.md"
    assert node.metadata["heading_path"] == ["Paper"]
    restricted = ArticleRetriever(search, top=2, filters=Filters(product="lite"))
    assert {item.node.metadata["path"] for item in restricted.retrieve("paper")} == {"scan.md"}
    index.close()
