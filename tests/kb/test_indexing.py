"""Filling a release's index: what is known is copied, the rest is embedded."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kb.errors import Transient
from kb.index.edge import EdgeBackend
from kb.indexing import IndexReport, build_index
from kb.passages import split
from kb.ports import Index
from kb.types import Filters, Passage
from tests.kb.articles import article
from tests.kb.encoders import WordEncoder


@pytest.fixture
def backend(tmp_path: Path) -> EdgeBackend:
    return EdgeBackend(tmp_path)


@pytest.fixture
def target(backend: EdgeBackend) -> Iterator[Index]:
    index = backend.create("new", WordEncoder.dimension)
    yield index
    index.close()


def passages(count: int, word: str = "topic") -> list[Passage]:
    return [
        item
        for n in range(count)
        for item in split(article(f"{word}{n}.md", f"{word} number {n}."), 160)
    ]


def test_every_passage_is_embedded_with_its_title_and_headings(target: Index) -> None:
    encoder = WordEncoder()
    made = split(article("a.md", "# Setup\nPlug it in.\n", title="Printer"), 160)
    report = build_index(made, encoder, target, [])
    assert encoder.encoded == ["Printer > Setup\nPlug it in."]
    assert report == IndexReport(total=1, resumed=0, copied=0, embedded=1, deleted=0)
    assert target.ids() == {made[0].id}


def test_each_passage_gets_its_own_vector(target: Index) -> None:
    encoder, made = WordEncoder(), passages(300)
    build_index(made, encoder, target, [])
    vectors = target.vectors([item.id for item in made])
    for item in made:
        expected = encoder.encode_query(item.embedded_text)
        np.testing.assert_allclose(vectors[item.id], expected, atol=1e-6)


def test_vectors_of_unchanged_passages_are_copied_from_the_live_release(
    backend: EdgeBackend, target: Index
) -> None:
    live = backend.create("live", WordEncoder.dimension)
    build_index(passages(5), WordEncoder(), live, [])
    encoder = WordEncoder()
    report = build_index([*passages(5), *passages(2, "news")], encoder, target, [live])
    assert report == IndexReport(total=7, resumed=0, copied=5, embedded=2, deleted=0)
    assert len(encoder.encoded) == 2
    assert target.vectors([passages(1)[0].id]).keys() == {passages(1)[0].id}
    live.close()


def test_a_copied_passage_takes_what_is_new_about_its_article(
    backend: EdgeBackend, target: Index
) -> None:
    live = backend.create("live", WordEncoder.dimension)
    (before,) = passages(1)
    build_index([before], WordEncoder(), live, [])
    after = replace(before, audience=("staff",), start=7, end=30)
    build_index([after], WordEncoder(), target, [live])
    hits = target.search("topic", None, 1, Filters(audience=("staff",)))
    assert [hit.passage for hit in hits] == [after]
    live.close()


def test_a_killed_run_goes_on_where_it_stopped(backend: EdgeBackend) -> None:
    index = backend.create("new", WordEncoder.dimension)
    with pytest.raises(KeyboardInterrupt):
        build_index(passages(400), WordEncoder(fail_after=300), index, [])
    index.close()
    again = backend.create("new", WordEncoder.dimension)
    encoder = WordEncoder()
    report = build_index(passages(400), encoder, again, [])
    assert report.resumed >= 200
    assert report.embedded == len(encoder.encoded) == 400 - report.resumed
    assert again.ids() == {item.id for item in passages(400)}
    again.close()


def test_passages_that_are_gone_leave_the_index(target: Index) -> None:
    build_index(passages(5), WordEncoder(), target, [])
    report = build_index(passages(3), WordEncoder(), target, [])
    assert report == IndexReport(total=3, resumed=3, copied=0, embedded=0, deleted=2)
    assert target.ids() == {item.id for item in passages(3)}


def test_nothing_to_index_is_an_empty_index(target: Index) -> None:
    assert build_index([], WordEncoder(), target, []).total == 0
    assert target.ids() == set()


def test_progress_counts_what_is_embedded(target: Index) -> None:
    told: list[tuple[str, int, int | None]] = []
    build_index(
        passages(300),
        WordEncoder(),
        target,
        [],
        lambda step, done, total: told.append((step, done, total)),
    )
    assert told[-1] == ("embed", 300, 300)
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)
    assert len(told) > 1


def test_an_index_that_loses_passages_is_not_accepted(target: Index) -> None:
    class Forgetful:
        """Writes nothing, as an index that another process drops while it is filled."""

        def __getattr__(self, name: str) -> object:
            return getattr(target, name)

        def upsert(self, *_: object) -> None:
            return

    with pytest.raises(Transient, match="run the release again"):
        build_index(passages(2), WordEncoder(), Forgetful(), [])  # type: ignore[arg-type]  # delegates the rest
