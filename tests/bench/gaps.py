"""How well questions are put in topics, and which uncovered topics of the sample are found.

    python -m tests.bench.gaps --data DIR

DIR holds gaps/*.jsonl, questions with their `corpus` and `intent`. A topic found counts as the one
that most of its questions have.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from kb.gaps import COVERED_CUT, centred, cluster, linked
from kb.indexing import build_index
from kb.passages import split
from kb.ports import Encoder
from kb.questions import read_questions
from kb.retrieve import Retriever
from kb.types import Filters, Hit
from tests.bench.centers import SAMPLE, Center, fetch, workspace
from tests.bench.measure import show


def main(argv: Sequence[str] | None = None) -> None:
    """Prints a table of intents and one of the sample's uncovered topics."""
    parser = argparse.ArgumentParser("python -m tests.bench.gaps", description=__doc__)
    parser.add_argument("--data", type=Path)
    data: Path | None = parser.parse_args(argv).data
    with TemporaryDirectory() as home:
        space = workspace(Path(home))
        if data:
            rows = [_intents(path, space.encoder) for path in sorted(data.glob("gaps/*.jsonl"))]
            header = ("corpus", "questions", "intents", "topics", "V-measure", "adjusted Rand")
            show("topics by intent", header, [row for found in rows for row in found])
        show("uncovered topics of the sample", ("topic", "questions", "found"), _sample(home))


def _intents(path: Path, encoder: Encoder) -> list[Sequence[str]]:
    from sklearn.metrics import adjusted_rand_score, v_measure_score

    by_corpus: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        by_corpus[row["corpus"]].append((row["text"], row["intent"]))
    found: list[Sequence[str]] = []
    for name, questions in by_corpus.items():
        rows = centred(np.stack([encoder.encode_query(text) for text, _ in questions]))
        groups = linked(range(len(rows)), rows @ rows.T, COVERED_CUT)
        topic = {member: n for n, group in enumerate(groups) for member in group}
        topics = [topic[i] for i in range(len(rows))]
        intents = [intent for _, intent in questions]
        scores = (v_measure_score(intents, topics), adjusted_rand_score(intents, topics))
        counts = (len(questions), len(set(intents)), len(groups))
        found.append((name, *map(str, counts), *(f"{score:.2f}" for score in scores)))
    return found


def _sample(home: str) -> list[Sequence[str]]:
    """Every topic of the truth file with the size of its cluster, then what is beyond it."""
    space = workspace(Path(home))
    truth = json.loads((SAMPLE.parent / "truth.json").read_text(encoding="utf-8"))["gaps"]
    topic = {question: gap["topic"] for gap in truth for question in gap["question_ids"]}
    articles = [space.parse(document) for document in fetch(space, Center("sample", SAMPLE))]
    words = space.settings.search.passage_words
    index = space.backend.create("bench", space.encoder.dimension)
    passages = [passage for article in articles for passage in split(article, words)]
    build_index(passages, space.encoder, index, [], None)
    retriever = Retriever(index, space.encoder, space.settings.search)
    everybody = Filters(audience=tuple({name for a in articles for name in a.audience}))

    def search(text: str, top: int) -> Sequence[Hit]:
        return retriever.search(text, top, everybody)

    questions = read_questions(SAMPLE.parent / "conversations.jsonl")
    found = cluster(questions, space.encoder, search, space.settings.hygiene)
    index.close()
    sizes = {gap["topic"]: (len(gap["question_ids"]), "") for gap in truth}
    beyond = []
    for item in found:
        if item.verdict:
            ((name, count),) = Counter(topic.get(q, "") for q in item.question_ids).most_common(1)
            size = f"{count} of {len(item.question_ids)} in a cluster"
            if name:
                sizes[name] = (sizes[name][0], f"{sizes[name][1]} {size}".strip())
            else:
                beyond.append((f"beyond: {item.label}", str(len(item.question_ids)), "extra"))
    rows = [(name, str(size), said or "missed") for name, (size, said) in sizes.items()]
    return [*rows, *beyond]


if __name__ == "__main__":
    main()
