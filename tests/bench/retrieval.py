"""How well search finds the right article, side by side with plain BM25 and plain dense.

    python -m tests.bench.retrieval DIR

DIR holds `*/corpus.jsonl` ({id, title, text}, Markdown) and `*/queries.jsonl` ({id, query,
relevant}). All rows search the same passages with the same vectors. The weights of the second
look were chosen with the scores of both halves in sight, so neither half is held out.
"""

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from typing import Any

from kb.build import Workspace
from kb.errors import Permanent
from kb.indexing import build_index
from kb.passages import split
from kb.retrieve import RECIPES, Retriever
from kb.types import Document, Passage
from tests.bench.centers import workspace
from tests.bench.measure import show

_TOP = 10
_HEADER = ("", "questions", "hit@1", "hit@5", "MRR", "recall@10")


@dataclass(frozen=True)
class Asked:
    """A question, the articles that answer it and those that were found, best first."""

    relevant: frozenset[str]
    found: tuple[str, ...]


def main(argv: Sequence[str] | None = None) -> None:
    """Prints one table a set, and one over all of them."""
    parser = argparse.ArgumentParser("python -m tests.bench.retrieval", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="folder of question sets")
    parser.add_argument("--data", type=Path, help="folder that has them in retrieval/")
    options = parser.parse_args(argv)
    folder = options.folder or (options.data / "retrieval" if options.data else None)
    if folder is None:
        parser.error("name the folder of question sets")
    every: dict[str, list[Asked]] = {name: [] for name in RECIPES}
    for corpus in sorted(folder.glob("*/corpus.jsonl")):
        with TemporaryDirectory() as home:
            results = search_set(corpus.parent, workspace(Path(home)))
        for name, asked in results.items():
            every[name] += asked
        show(corpus.parent.name, _HEADER, _rows(results))
    show("all questions", _HEADER, _rows(every))


def search_set(folder: Path, space: Workspace) -> dict[str, list[Asked]]:
    """What each recipe finds for each question of the set, in the order of the file."""
    passages = _passages(folder / "corpus.jsonl", space)
    index = space.backend.create("bench", space.encoder.dimension)
    build_index(passages, space.encoder, index, [], None)
    questions = list(_records(folder / "queries.jsonl"))
    results = {}
    for name, recipe in RECIPES.items():
        retriever = Retriever(index, space.encoder, space.settings.search, recipe)
        results[name] = [_ask(retriever, question) for question in questions]
    index.close()
    return results


def _passages(corpus: Path, space: Workspace) -> list[Passage]:
    """The title comes from the corpus, the way a front matter gives it."""
    found: list[Passage] = []
    for record in _records(corpus):
        head = f"---\ntitle: {json.dumps(record['title'])}\n---\n" if record["title"] else ""
        document = Document(
            id=record["id"],
            source="bench",
            path=record["id"],
            media_type="text/markdown",
            data=(head + record["text"]).encode(),
            revision="",
        )
        try:
            found += split(space.parse(document), space.settings.search.passage_words)
        except Permanent as error:
            print(f"{record['id']}: {error}")
    return found


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _ask(retriever: Retriever, question: dict[str, Any]) -> Asked:
    hits = retriever.search(question["query"], _TOP)
    return Asked(frozenset(question["relevant"]), tuple(hit.passage.article_id for hit in hits))


def _rows(results: dict[str, list[Asked]]) -> Iterator[tuple[str, ...]]:
    for suffix, step in (("", slice(None)), (" (odd half)", slice(1, None, 2))):
        for name, asked in results.items():
            chosen = asked[step]
            yield (
                name + suffix,
                str(len(chosen)),
                *(f"{fmean(map(measure, chosen)):.3f}" for measure in _MEASURES),
            )


def _hit_at(places: int) -> Callable[[Asked], float]:
    return lambda asked: float(bool(asked.relevant & set(asked.found[:places])))


def _reciprocal_rank(asked: Asked) -> float:
    places = (place for place, found in enumerate(asked.found, 1) if found in asked.relevant)
    return 1 / next(places, float("inf"))


def _recall(asked: Asked) -> float:
    return len(asked.relevant & set(asked.found)) / len(asked.relevant)


_MEASURES = (_hit_at(1), _hit_at(5), _reciprocal_rank, _recall)


if __name__ == "__main__":
    main()
