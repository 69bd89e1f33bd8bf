"""Help centers with questions that their articles answer, in memory, with the product's own search.

DIR/retrieval/*/{corpus,queries}.jsonl hold such questions already. A help center below
DIR/helpcenters that has none is asked what its own headings say: the headings that are asked are
taken out of the articles first, so that nothing repeats the question.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from eval.drafting.headings import ask
from kb.build import Workspace
from kb.errors import Permanent
from kb.findings import Finding
from kb.indexing import build_index
from kb.passages import split
from kb.ports import Compare, Resemblance
from kb.retrieve import Retriever
from kb.types import Article, Document, Filters, Hit, Release, ReleaseStatus
from tests.bench.centers import Center, fetch, find_centers

# Sets whose questions are no customer's of a help center.
_NO_CENTER = ("stackexchange_nlu",)
# Every so many of the foreign questions are put to each center.
_STEP = {"oos": 45, "stackexchange": 4}
_HEADINGS_AN_ARTICLE = 2
_LEAST_BELOW = 120
# Articles that are asked for again are looked up among so many hits.
_DEEP = 40


@dataclass(frozen=True, slots=True)
class Put:
    """A question and the paths of the articles that answer it, any of them."""

    text: str
    relevant: frozenset[str]


@dataclass(frozen=True)
class Exam:
    """A help center and its questions."""

    name: str
    documents: Sequence[Document]
    questions: Sequence[Put]


class BenchKnowledge:
    """A `KnowledgeBase` over an index of its own. `without` hides articles from everything."""

    def __init__(
        self,
        name: str,
        articles: Sequence[Article],
        search: Retriever,
        compare: Compare,
        hidden: Collection[str] = (),
    ) -> None:
        self.release = Release(name, name, ReleaseStatus.LIVE, datetime(2026, 1, 1, tzinfo=UTC))
        self._articles = {item.id: item for item in articles if item.path not in hidden}
        self._search = search
        self._compare = compare
        self._every = articles

    def without(self, paths: Collection[str]) -> "BenchKnowledge":
        return BenchKnowledge(self.release.id, self._every, self._search, self._compare, paths)

    def articles(self) -> list[Article]:
        return list(self._articles.values())

    def article(self, article_id: str) -> Article | None:
        return self._articles.get(article_id)

    def resemblance(self, question: str, texts: Sequence[str]) -> Resemblance | None:
        return self._compare(question, texts)

    def open_findings(self, article_id: str) -> list[Finding]:
        del article_id
        return []

    def trusts(self, article: Article) -> bool:
        del article
        return False

    def search(
        self, text: str, top: int, filters: Filters, *, per_article: bool = True
    ) -> list[Hit]:
        deep = top if len(self._articles) == len(self._every) else max(top, _DEEP)
        hits = self._search.search(text, deep, filters, per_article=per_article)
        return [hit for hit in hits if hit.passage.article_id in self._articles][:top]


def find_exams(data: Path, space: Workspace) -> list[Exam]:
    """Every question set of the folder, then the help centers that have none, by name."""
    exams = [
        _from_sets(folder)
        for folder in sorted((data / "retrieval").glob("*/"))
        if folder.name not in _NO_CENTER
    ]
    known = {exam.name for exam in exams}
    unasked = [center for center in find_centers(data)[1:] if center.name not in known]
    return [*exams, *(from_headings(center, space) for center in unasked)]


def foreign_questions(data: Path) -> list[str]:
    """Questions that are no help center's: some of CLINC150's and Stack Exchange's."""
    out = _texts(data / "oos" / "clinc150_test.jsonl", "text")[:: _STEP["oos"]]
    folder = data / "retrieval" / _NO_CENTER[0]
    return out + _texts(folder / "queries.jsonl", "query")[:: _STEP["stackexchange"]]


def _texts(file: Path, key: str) -> list[str]:
    return [record[key] for record in _records(file)] if file.exists() else []


def open_exam(exam: Exam, space: Workspace) -> BenchKnowledge:
    """Its articles, parsed and indexed; an index of an earlier run is filled up, not made anew."""
    articles = [article for it in exam.documents if (article := _parsed(it, space))]
    words = space.settings.search.passage_words
    passages = [passage for article in articles for passage in split(article, words)]
    name = f"exam-{exam.name}"
    index = space.backend.create(name, space.encoder.dimension)
    build_index(passages, space.encoder, index, [], None)
    retriever = Retriever(index, space.encoder, space.settings.search)
    return BenchKnowledge(exam.name, articles, retriever, space.compare)


def _parsed(document: Document, space: Workspace) -> Article | None:
    try:
        return space.parse(document)
    except Permanent as error:
        print(f"{document.path}: {error}")
        return None


def _from_sets(folder: Path) -> Exam:
    documents = [_document(record) for record in _records(folder / "corpus.jsonl")]
    questions = [
        Put(record["query"], frozenset(record["relevant"]))
        for record in _records(folder / "queries.jsonl")
    ]
    return Exam(folder.name, documents, questions)


def _document(record: Mapping[str, Any]) -> Document:
    """The title comes from the corpus, the way a front matter gives it."""
    head = f"---\ntitle: {json.dumps(record['title'])}\n---\n" if record["title"] else ""
    data = (head + record["text"]).encode()
    return Document(record["id"], "bench", record["id"], "text/markdown", data, "")


def from_headings(center: Center, space: Workspace) -> Exam:
    """The same for a folder of articles: at most two headings of an article, which are taken out
    of its text."""
    documents, questions = [], []
    for document in fetch(space, center):
        if document.media_type != "text/markdown":
            continue
        text, asked = _without_headings(document.data.decode("utf-8", "replace"))
        documents.append(replace(document, data=text.encode()))
        questions += [Put(question, frozenset({document.path})) for question in asked]
    return Exam(center.name, documents, questions)


def _without_headings(text: str) -> tuple[str, list[str]]:
    lines = text.splitlines()
    asked: list[str] = []
    for number, line in enumerate(lines):
        heading = line.lstrip("#").strip() if line.startswith("##") else ""
        wording = ask(heading, "") if heading else None
        below = sum(len(text) for text in _below(lines, number))
        if wording and wording.rank == 0 and below >= _LEAST_BELOW:
            asked.append(wording.question)
            lines[number] = ""
        if len(asked) == _HEADINGS_AN_ARTICLE:
            break
    return "\n".join(lines), asked


def _below(lines: Sequence[str], number: int) -> Iterator[str]:
    for line in lines[number + 1 :]:
        if line.startswith("#"):
            return
        yield line


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
