"""The contract of `Index` and `IndexBackend`: what is kept. `test_index_search` is its other half.

Adapters: embedded Qdrant; Qdrant's server over HTTP, as qdrant-client's in-memory engine behind a
thin REST server, and a real one too where `WELLKEPT_QDRANT_URL` is set.
"""

from dataclasses import replace
from uuid import uuid4

import numpy as np
import pytest

from kb.errors import Permanent
from kb.ports import IndexBackend
from kb.types import Filters
from tests.contracts.indexes import (
    ALL,
    DIMENSION,
    INVOICE,
    REFUND,
    TOKEN,
    direction,
    directions,
    filled,
    passage,
)

EVERYBODY = Filters()


def test_an_index_starts_empty(backend: IndexBackend) -> None:
    index = backend.create("r1", DIMENSION)
    assert index.ids() == set()
    assert index.search("anything", direction("anything"), 5, EVERYBODY) == []
    index.close()


def test_passages_come_back_as_they_were_put_in(backend: IndexBackend) -> None:
    index = backend.open(filled(backend))
    hits = index.search("token", None, 5, EVERYBODY)
    assert [hit.passage for hit in hits] == [TOKEN]
    index.close()


def test_the_ids_are_those_of_every_passage(backend: IndexBackend) -> None:
    index = backend.open(filled(backend))
    assert index.ids() == {item.id for item in ALL}
    index.close()


def test_more_passages_than_a_page_are_kept_and_listed(backend: IndexBackend) -> None:
    many = [passage(f"a/{number}.md", f"number {number}") for number in range(1_203)]
    index = backend.open(filled(backend, many))
    assert index.ids() == {item.id for item in many}
    assert len(index.vectors([item.id for item in many])) == len(many)
    index.close()


def test_vectors_come_back_for_known_ids_alone(backend: IndexBackend) -> None:
    index = backend.open(filled(backend))
    vectors = index.vectors([INVOICE.id, str(uuid4())])
    assert list(vectors) == [INVOICE.id]
    assert vectors[INVOICE.id].dtype == np.float32
    np.testing.assert_allclose(vectors[INVOICE.id], direction(INVOICE.text), atol=1e-6)
    index.close()


def test_the_same_id_again_replaces_the_passage(backend: IndexBackend) -> None:
    index = backend.create(filled(backend), DIMENSION)
    moved = replace(INVOICE, start=90, end=139)
    index.upsert([moved], directions([moved]))
    assert [hit.passage for hit in index.search("invoice", None, 5, EVERYBODY)] == [moved]
    assert len(index.ids()) == len(ALL)
    index.close()


def test_the_digest_is_that_of_the_content_whatever_the_order(backend: IndexBackend) -> None:
    name = filled(backend)
    before = backend.digest(name)
    again = filled(backend, list(reversed(ALL)), "again")
    assert backend.digest(again) == before


def test_the_digest_tells_what_was_added_removed_and_changed(backend: IndexBackend) -> None:
    edited = replace(INVOICE, text="We refund everything.")
    added = passage("a/new.md", "new")
    found = {backend.digest(filled(backend, ALL, "as-it-was"))}
    for number, passages in enumerate(
        ([*ALL, added], ALL[:-1], [edited, *ALL[1:]], [replace(INVOICE, start=1), *ALL[1:]])
    ):
        found.add(backend.digest(filled(backend, passages, f"other-{number}")))
    turned = backend.create(filled(backend, ALL, "turned"), DIMENSION)
    turned.upsert([INVOICE], directions([TOKEN]))
    turned.flush()
    turned.close()
    found.add(backend.digest("turned"))
    assert len(found) == 6


def test_without_an_index_there_is_no_digest(backend: IndexBackend) -> None:
    with pytest.raises(Permanent):
        backend.digest("nothing")


def test_deleted_passages_are_found_no_more(backend: IndexBackend) -> None:
    index = backend.create(filled(backend), DIMENSION)
    index.delete([REFUND.id, str(uuid4())])
    assert index.ids() == {INVOICE.id, TOKEN.id}
    assert index.search("refunds", None, 5, EVERYBODY) == []
    index.close()


def test_an_interrupted_run_finds_what_it_left(backend: IndexBackend) -> None:
    filled(backend, [INVOICE])
    again = backend.create("r1", DIMENSION)
    assert again.ids() == {INVOICE.id}
    again.upsert([REFUND], directions([REFUND]))
    again.flush()
    again.close()
    reader = backend.open("r1")
    assert reader.ids() == {INVOICE.id, REFUND.id}
    reader.close()


def test_releases_are_kept_apart_and_listed(backend: IndexBackend) -> None:
    for name, item in [("r1", INVOICE), ("r2", REFUND)]:
        index = backend.create(name, DIMENSION)
        index.upsert([item], directions([item]))
        index.flush()
        index.close()
    assert backend.names() == {"r1", "r2"}
    second = backend.open("r2")
    assert second.ids() == {REFUND.id}
    second.close()


def test_a_dropped_release_is_gone_and_dropping_it_again_does_nothing(
    backend: IndexBackend,
) -> None:
    filled(backend)
    backend.drop("r1")
    backend.drop("r1")
    assert backend.names() == set()
    with pytest.raises(Permanent, match="r1"):
        backend.open("r1")
