"""The contract of `Index.search`, on every adapter of `test_index`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from kb.ports import IndexBackend
from kb.settings import SearchSettings
from kb.types import Filters, Hit, Passage
from tests.contracts.indexes import (
    ALL,
    DIMENSION,
    INVOICE,
    REFUND,
    TOKEN,
    direction,
    directions,
    embedded,
    filled,
    passage,
    served,
)
from tests.contracts.qdrant_rest import QdrantRest

EVERYBODY = Filters()
FUSIONS: tuple[Literal["rrf", "dbsf"], ...] = ("rrf", "dbsf")


def test_words_find_inflected_forms_in_text_title_and_headings(backend: IndexBackend) -> None:
    titled = passage("a.md", "Nothing more to say.", title="Cancelling Überweisungen")
    index = backend.open(filled(backend, [*ALL, titled]))
    for question, expected in [
        ("invoices downloaded", INVOICE),
        ("cancellation of an uberweisungen", titled),
    ]:
        assert index.search(question, None, 1, EVERYBODY)[0].passage == expected
    index.close()


def test_a_rare_word_weighs_more_than_a_common_one(backend: IndexBackend) -> None:
    common = [passage(f"c{n}.md", "printer settings") for n in range(6)]
    rare = passage("rare.md", "scanner settings")
    index = backend.open(filled(backend, [*common, rare]))
    hits = index.search("printer scanner", None, 7, EVERYBODY)
    assert hits[0].passage == rare
    assert hits[0].lexical is not None
    assert hits[1].lexical is not None
    assert 1 > hits[0].lexical > hits[1].lexical > 0
    index.close()


def test_a_search_by_vector_alone_ranks_by_cosine(backend: IndexBackend) -> None:
    index = backend.open(filled(backend))
    hits = index.search("", direction(REFUND.text), 3, EVERYBODY)
    assert hits[0].passage == REFUND
    assert hits[0].similarity == pytest.approx(1, abs=1e-5)
    cosines = [float(direction(REFUND.text) @ direction(hit.passage.text)) for hit in hits]
    assert [hit.similarity for hit in hits] == pytest.approx(cosines, abs=1e-5)
    assert cosines == sorted(cosines, reverse=True)
    assert {hit.lexical for hit in hits} == {None}
    index.close()


def test_a_hybrid_search_finds_by_words_or_vector_and_scores_both(backend: IndexBackend) -> None:
    index = backend.open(filled(backend))
    question = direction(REFUND.text)
    hits = {hit.passage.id: hit for hit in index.search("token", question, 3, EVERYBODY)}
    assert set(hits) == {item.id for item in ALL}
    for item in ALL:
        cosine = float(question @ direction(item.text))
        assert hits[item.id].similarity == pytest.approx(cosine, abs=1e-5)
    assert hits[REFUND.id].lexical == 0
    assert (hits[TOKEN.id].lexical or 0) > 0.3
    index.close()


def test_a_passage_that_both_sides_find_comes_before_those_of_one(backend: IndexBackend) -> None:
    index = backend.open(filled(backend))
    hits = index.search("secret token", direction(TOKEN.text), 3, EVERYBODY)
    assert hits[0].passage == TOKEN
    assert hits[0].score > hits[1].score
    index.close()


@pytest.mark.parametrize("question", ["", "the of and", "!?"])
def test_a_question_without_words_finds_nothing_by_words(
    backend: IndexBackend, question: str
) -> None:
    index = backend.open(filled(backend))
    assert index.search(question, None, 5, EVERYBODY) == []
    assert len(index.search(question, direction("x"), 5, EVERYBODY)) == len(ALL)
    index.close()


def test_words_that_no_passage_has_lower_the_share_that_matches(backend: IndexBackend) -> None:
    index = backend.open(filled(backend))
    alone = index.search("invoice", None, 1, EVERYBODY)[0].lexical
    diluted = index.search("invoice zebra giraffe", None, 1, EVERYBODY)[0].lexical
    assert alone is not None
    assert diluted is not None
    assert diluted < alone / 2
    index.close()


PUBLIC = passage("p.md", "export data for everybody")
STAFF = passage("s.md", "export data for staff", audience=("staff",))
PARTNERS = passage("q.md", "export data for partners", audience=("staff", "partners"))
GERMAN = passage("d.md", "export auf Deutsch", locale="de")
MOBILE = passage("m.md", "export on the phone", product=("mobile",))


@pytest.mark.parametrize(
    ("filters", "hidden"),
    [
        (Filters(), {STAFF, PARTNERS}),
        (Filters(audience=("customers",)), {STAFF, PARTNERS}),
        (Filters(audience=("partners",)), {STAFF}),
        (Filters(audience=("customers", "staff")), set()),
        (Filters(locale="de"), {PUBLIC, STAFF, PARTNERS, MOBILE}),
        (Filters(locale="en"), {STAFF, PARTNERS, GERMAN}),
        (Filters(product="mobile"), {STAFF, PARTNERS}),
        (Filters(product="desktop"), {STAFF, PARTNERS, MOBILE}),
    ],
)
def test_filters_hide_what_is_not_for_the_asker(
    backend: IndexBackend, filters: Filters, hidden: set[Passage]
) -> None:
    everything = {PUBLIC, STAFF, PARTNERS, GERMAN, MOBILE}
    index = backend.open(filled(backend, sorted(everything, key=lambda item: item.path)))
    vector = direction("export")
    for text, asked in [("export", None), ("", vector), ("export", vector)]:
        found = {hit.passage for hit in index.search(text, asked, 10, filters)}
        assert found == everything - hidden
    index.close()


def test_at_most_limit_passages_are_found(backend: IndexBackend) -> None:
    index = backend.open(filled(backend))
    assert len(index.search("token invoice", direction("x"), 2, EVERYBODY)) == 2
    assert index.search("token invoice", direction("x"), 0, EVERYBODY) == []
    index.close()


def test_equal_scores_stand_in_order_of_path(backend: IndexBackend) -> None:
    twins = [passage(path, "the same words") for path in ("z.md", "a.md", "m.md")]
    index = backend.open(filled(backend, twins))
    hits = index.search("same words", None, 3, EVERYBODY)
    assert [hit.passage.path for hit in hits] == ["a.md", "m.md", "z.md"]
    index.close()


def test_both_adapters_rank_alike(rest: QdrantRest, tmp_path: Path) -> None:
    topics = ["invoice", "card", "token", "export", "team", "plan", "price", "login", "email"]
    draw = np.random.default_rng(3)
    passages = [
        passage(
            f"{n}.md",
            " ".join([*draw.choice(topics, size=int(draw.integers(1, 12))), *["filler"] * n]),
        )
        for n in range(100)
    ]
    for fusion in FUSIONS:
        search = SearchSettings(fusion=fusion, candidates=30)
        backends = embedded(tmp_path / fusion, search), served(rest.url, search)
        indexes = [backend.create("same", DIMENSION) for backend in backends]
        for index in indexes:
            index.upsert(passages, directions(passages))
        for question in ("export the invoices", "team plan price", "card"):
            edge, server = (
                index.search(question, direction(question), 10, EVERYBODY) for index in indexes
            )
            assert _scores(server) == pytest.approx(_scores(edge), abs=1e-4)
            assert _above_the_last(server) == _above_the_last(edge)
        for index in indexes:
            index.close()


def _scores(hits: Sequence[Hit]) -> list[float]:
    return [hit.score for hit in hits]


def _above_the_last(hits: Sequence[Hit]) -> list[tuple[str, float, float]]:
    """Without the last place's equals, of which either adapter may return any."""
    return [
        (hit.passage.path, round(hit.similarity or 0, 3), round(hit.lexical or 0, 3))
        for hit in hits
        if hit.score > hits[-1].score + 1e-4
    ]
