"""Search over one release, as people and agents use it."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from kb.index.edge import EdgeBackend
from kb.indexing import build_index
from kb.passages import split
from kb.ports import Index
from kb.retrieve import BM25, DENSE, FUSED, HYBRID, RECIPES, Recipe, Retriever, Weights, rank
from kb.settings import SearchSettings
from kb.types import Filters, Hit, Passage
from tests.kb.articles import article
from tests.kb.encoders import WordEncoder

ARTICLES = [
    article(
        "billing.md",
        "# Invoices\nDownload an invoice from the billing page.\n\n"
        "# Copies\nAn invoice is sent by email as well.\n\n"
        "# Cards\nWe take cards of every kind.\n",
        title="Billing",
    ),
    article("login.md", "# Password\nReset the password by email.\n", title="Signing in"),
    article("export.md", "Export all data as a file.\n", title="Export", product=("mobile",)),
]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    made = EdgeBackend(tmp_path).create("r", WordEncoder.dimension)
    passages = [item for entry in ARTICLES for item in split(entry, 160)]
    build_index(passages, WordEncoder(), made, [])
    yield made
    made.close()


def retriever(index: Index, recipe: Recipe = HYBRID, candidates: int = 60) -> Retriever:
    return Retriever(index, WordEncoder(), SearchSettings(candidates=candidates), recipe)


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES.keys())
def test_every_recipe_finds_the_article_that_answers(index: Index, recipe: Recipe) -> None:
    hits = retriever(index, recipe).search("reset the password", 3)
    assert hits[0].passage.path == "login.md"


def test_an_article_is_found_once_by_its_best_passage(index: Index) -> None:
    hits = retriever(index).search("where is the invoice on the billing page", 10)
    assert len({hit.passage.article_id for hit in hits}) == len(hits) == len(ARTICLES)
    assert hits[0].passage.heading_path == ("Invoices",)


def test_every_passage_is_found_when_asked_for(index: Index) -> None:
    hits = retriever(index).search("invoice", 10, per_article=False)
    assert len(hits) == 5
    assert {hit.passage.heading_path for hit in hits[:2]} == {("Copies",), ("Invoices",)}


def test_at_most_top_hits_come_back_best_first(index: Index) -> None:
    hits = retriever(index).search("invoice by email", 2)
    assert len(hits) == 2
    assert hits[0].score >= hits[1].score
    assert retriever(index).search("invoice", 0) == []


def test_articles_behind_many_passages_of_one_article_are_still_found(tmp_path: Path) -> None:
    sections = "\n".join(f"# Part {n}\nExport data part {n}.\n" for n in range(80))
    entries = [article("long.md", sections), article("other.md", "About export and other things.")]
    made = EdgeBackend(tmp_path).create("many", WordEncoder.dimension)
    build_index([p for entry in entries for p in split(entry, 160)], WordEncoder(), made, [])
    hits = retriever(made, BM25, candidates=2).search("export data part", 2)
    assert {hit.passage.path for hit in hits} == {"long.md", "other.md"}
    made.close()


def test_filters_reach_the_index(index: Index) -> None:
    found = retriever(index).search("export data", 10, Filters(product="desktop"))
    assert "export.md" not in {hit.passage.path for hit in found}
    found = retriever(index).search("export data", 10, Filters(product="mobile"))
    assert found[0].passage.path == "export.md"


@pytest.mark.parametrize("question", ["", "   ", "\n"])
def test_an_empty_question_finds_nothing(index: Index, question: str) -> None:
    assert retriever(index).search(question, 5) == []


def test_the_same_question_gives_the_same_hits(index: Index) -> None:
    asked = [retriever(index).search("email", 5, per_article=False) for _ in range(3)]
    assert asked[0] == asked[1] == asked[2]


def test_words_alone_need_no_encoder(index: Index) -> None:
    class Unloaded(WordEncoder):
        def encode_query(self, text: str) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
            raise AssertionError("the model must not be loaded")

    hits = Retriever(index, Unloaded(), SearchSettings(), BM25).search("password", 1)
    assert hits[0].passage.path == "login.md"
    assert hits[0].similarity is None


def test_plain_recipes_leave_the_engines_order(index: Index) -> None:
    for recipe, measure in ((DENSE, "similarity"), (BM25, "lexical")):
        hits = retriever(index, recipe).search("invoice by email", 9, per_article=False)
        measures = [getattr(hit, measure) for hit in hits]
        assert measures == sorted(measures, reverse=True)
    assert FUSED.weights is None


def hit(path: str, similarity: float, lexical: float, start: int = 0) -> Hit:
    passage = Passage(f"{path}{start}", path, path, "", (), start, start + 1, "x")
    return Hit(passage, 0.0, similarity, lexical)


def ranked(*hits: Hit, weights: Weights | None = None) -> list[str]:
    return [item.passage.path for item in rank(hits, weights or Weights())]


def test_a_better_cosine_wins_when_words_match_alike() -> None:
    assert ranked(hit("a", 0.4, 0.2), hit("b", 0.5, 0.2)) == ["b", "a"]


def test_a_better_match_of_words_wins_when_cosines_are_alike() -> None:
    assert ranked(hit("a", 0.5, 0.1), hit("b", 0.5, 0.4)) == ["b", "a"]


def test_an_article_that_fits_in_several_places_comes_first() -> None:
    hits = [hit("a", 0.5, 0.2), hit("a", 0.1, 0.0, 5), hit("b", 0.5, 0.2), hit("b", 0.5, 0.2, 5)]
    assert ranked(*hits)[:2] == ["b", "b"]


def test_equal_hits_stand_by_path_and_place() -> None:
    found = rank([hit("b", 0.5, 0.2), hit("a", 0.5, 0.2, 9), hit("a", 0.5, 0.2, 1)], Weights())
    assert [(item.passage.path, item.passage.start) for item in found] == [
        ("a", 1),
        ("a", 9),
        ("b", 0),
    ]
