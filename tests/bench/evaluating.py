"""How long an evaluation of 500 cases takes without a judge, how much of that is ragas itself, and
how much of it a change to one article makes necessary again. On the sample, as it is released."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain, islice, zip_longest
from os import environ
from pathlib import Path
from statistics import fmean, median
from time import process_time

import numpy as np
from ragas.metrics.result import MetricResult

from agent.types import Decision
from eval.drafting.sections import may_read
from eval.golden.case import Case
from eval.golden.file import read
from eval.playing.player import open_player
from eval.runs.remembering import open_reuse
from eval.runs.run import evaluate
from eval.scoring.evaluation import CaseResult, Evaluation, Outcome, Score
from eval.scoring.metric import OpenMetric
from eval.scoring.score import run_apart, score
from eval.scoring.suite import Suite, open_suite
from flows.ingestion import index_release
from kb.build import Workspace
from kb.configuration import load
from kb.pinned import SETTINGS
from kb.ports import Encoder, Matrix, Progress, Vector
from kb.releases import begin, finish
from kb.types import Article, BlockKind, Document, Release
from tests.bench.centers import SAMPLE
from tests.bench.measure import p50_p95, run, show, timed
from tests.bench.plain_scores import PLAIN

CASES = 500
_EDITS = 12
_NUMBER = re.compile(r"\b\d+\b")
_SECRETS = {
    "LARKSPUR_SHOP_TOKEN": "larkspur-sample",
    "WELLKEPT_IDENTITY_SECRET": "sample-secret-for-trying-out-on-this-machine",
}


class Timed:
    """An `Encoder` that counts the seconds it works, and remembers what it made."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.fingerprint = encoder.fingerprint
        self.dimension = encoder.dimension
        self.seconds = 0.0
        self.vectors: dict[str, Vector] = {}

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Matrix:
        took, vectors = timed(lambda: self._encoder.encode_passages(texts, progress))
        self.seconds += took
        self.vectors |= dict(zip(texts, vectors, strict=True))
        return vectors

    def encode_query(self, text: str) -> Vector:
        return self._encoder.encode_query(text)


@dataclass(frozen=True)
class Bench:
    """The released sample and the cases that are put to it."""

    work: Workspace
    release: Release
    articles: list[Article]
    cases: list[Case]


def measure(work: Path) -> None:
    """Prints three tables."""
    bench = _open(work / "evaluated")
    load_s, _ = timed(lambda: bench.work.encoder.encode_queries(["hello"]))
    encoder = Timed(bench.work.encoder)
    import_s, suite = timed(lambda: open_suite(bench.work.settings, encoder))
    busy_s = process_time()
    evaluation = _evaluate(bench, suite, fresh=True)
    busy_s = process_time() - busy_s
    _show_time(evaluation, encoder, busy_s, load_s, import_s)
    _show_ragas(evaluation, suite, encoder)
    again = _evaluate(bench, suite)
    _show_again(bench, evaluation, again, list(_edited(bench, suite)))


def _open(home: Path) -> Bench:
    """Released as its readers are told to."""
    settings = SAMPLE.parent / "wellkept.toml"
    for name, value in _SECRETS.items():
        environ.setdefault(name, value)
    ran = run(["release", "--config", str(settings), "--home", str(home)], SAMPLE.parent)
    if ran.code not in (0, 1):
        raise SystemExit(ran.err[-2000:])
    work = Workspace(load(settings, home))
    release = work.releases.all()[0]
    articles = work.articles.of_release(release.id)
    golden = read(SAMPLE.parent / "golden.jsonl")
    readable = [it for it in articles if may_read(it, work.settings.agent.audience)]
    return Bench(work, release, articles, list(islice(chain(golden, _asked(readable)), CASES)))


def _asked(articles: Sequence[Article]) -> Iterator[Case]:
    """A question from every sentence of every article: the first ones of all of them, then the
    second, and so on."""
    rows = zip_longest(*(list(_sentences(article)) for article in articles))
    found = (case for row in rows for case in row if case)
    seen: set[str] = set()
    for case in found:
        if case.question not in seen:
            seen.add(case.question)
            yield case


def _sentences(article: Article) -> Iterator[Case]:
    said = [
        sentence.text
        for section in article.sections
        for block in section.blocks
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.STEP)
        for sentence in block.sentences
        if len(sentence.text.split()) > 5
    ]
    for number, text in enumerate(said):
        yield Case(
            id=f"{article.path}-{number}",
            question=f"Is it so that {text[0].lower()}{text[1:].rstrip('.')}?",
            decision=Decision.ANSWER,
            reference=text,
            articles=(article.path,),
        )


def _evaluate(bench: Bench, suite: Suite, *, fresh: bool = False) -> Evaluation:
    work, release, articles = bench.work, bench.release, bench.articles
    kept = open_reuse(work, release.id, articles, fresh=fresh)
    with open_player(work, release.id, bench.cases, articles, kept.watcher) as player:
        return evaluate(player, bench.cases, suite, kept=kept)


def _show_time(
    evaluation: Evaluation, encoder: Timed, busy_s: float, load_s: float, import_s: float
) -> None:
    answering, scoring = (evaluation.timings_s[step] for step in ("answering", "scoring"))
    steps = (
        ("answering", answering),
        ("embedding answers and references", encoder.seconds),
        ("the metrics, ragas in them", scoring - encoder.seconds),
        ("all", answering + scoring),
    )
    asked_ms = [result.answer_ms for result in evaluation.results]
    show(
        f"Evaluation of {len(evaluation.results)} cases with {len(evaluation.aggregates)} metrics",
        ("", "s", "share"),
        [
            *((name, f"{took:.2f}", f"{took / (answering + scoring):.1%}") for name, took in steps),
            ("all, processor time (what a busy machine does not lengthen)", f"{busy_s:.2f}", ""),
            ("loading the model, once", f"{load_s:.2f}", ""),
            ("importing ragas, once", f"{import_s:.2f}", ""),
            ("an answer, ms p50 / p95", p50_p95(asked_ms), ""),
        ],
    )


def _show_ragas(evaluation: Evaluation, suite: Suite, encoder: Timed) -> None:
    """Its own metrics beside the same numbers computed plainly, which must be equal, and what
    its result objects take in all others."""
    rows, extra = [], 0.0
    for metric in suite.metrics:
        applies = [it for it in evaluation.results if _has_score(it, metric.name)]
        if metric.name not in PLAIN or not applies:
            continue
        with_s, _ = timed(lambda m=metric, a=applies: _scored(m, a))  # type: ignore[misc]  # mypy can't infer a lambda with a default
        plain_s, plain = timed(lambda n=metric.name, a=applies: _plain(n, a, encoder))  # type: ignore[misc]  # the same
        _require_equal(metric.name, applies, plain)
        extra += with_s - plain_s
        rows.append((metric.name, len(applies), f"{with_s * 1e3:.0f}", f"{plain_s * 1e3:.0f}"))
    scores = sum(len(it.outcomes) + len(it.measured) for it in evaluation.results)
    results_s, _ = timed(lambda: [MetricResult(value=1.0) for _ in range(scores)])
    rows.append(("result objects of all scores", scores, f"{results_s * 1e3:.0f}", "0"))
    whole = sum(evaluation.timings_s.values())
    show("ragas beside the same without it", ("", "scores", "ms with", "ms without"), rows)
    print(f"  ragas' own share of the evaluation: {(extra + results_s) / whole:.2%}")


def _has_score(result: CaseResult, metric: str) -> bool:
    return isinstance(result.outcomes.get(metric), Score)


def _scored(metric: OpenMetric, results: Sequence[CaseResult]) -> list[Outcome]:
    async def each() -> list[Outcome]:
        return [await score(metric, result) for result in results]

    return run_apart(each)


def _plain(metric: str, results: Sequence[CaseResult], encoder: Timed) -> list[float]:
    return [PLAIN[metric](result, encoder.vectors) for result in results]


def _require_equal(metric: str, results: Sequence[CaseResult], plain: Sequence[float]) -> None:
    scores = [getattr(result.outcomes[metric], "value", None) for result in results]
    np.testing.assert_allclose(np.array(scores, dtype=float), plain, atol=1e-4, err_msg=metric)


def _show_again(
    bench: Bench, whole: Evaluation, again: Evaluation, edited: Sequence[tuple[str, Evaluation]]
) -> None:
    took = [sum(it.timings_s.values()) for _, it in edited]
    asked = [_asked_in(it) for _, it in edited]
    show(
        f"Asked again of {len(bench.cases)} cases",
        ("", "cases", "s", "of the whole run"),
        [
            _row("the whole run", _asked_in(whole), sum(whole.timings_s.values()), whole),
            _row("nothing changed", _asked_in(again), sum(again.timings_s.values()), whole),
            _row(f"one article of {len(edited)}, median", median(asked), median(took), whole),
            _row("the most of them", max(asked), max(took), whole),
        ],
    )
    print(f"  share of the cases, mean over the articles: {fmean(asked) / len(bench.cases):.1%}")


def _row(name: str, asked: float, took: float, whole: Evaluation) -> tuple[object, ...]:
    return name, f"{asked:.0f}", f"{took:.1f}", f"{took / sum(whole.timings_s.values()):.0%}"


def _asked_in(evaluation: Evaluation) -> int:
    return sum(not result.reused for result in evaluation.results)


def _edited(bench: Bench, suite: Suite) -> Iterator[tuple[str, Evaluation]]:
    """The evaluation after a number, or a word, of one article was changed; of articles spread
    over the help center."""
    files = [it for it in bench.articles if (SAMPLE / it.path).suffix in (".md", ".html", ".txt")]
    for article in files[:: max(1, len(files) // _EDITS)][:_EDITS]:
        changed = _changed(bench.work, article)
        articles = [changed if it.id == article.id else it for it in bench.articles]
        with _candidate(bench.work, articles) as release:
            other = replace(bench, release=release, articles=articles)
            yield article.path, _evaluate(other, suite)


def _changed(work: Workspace, article: Article) -> Article:
    """With another number in its last third, where it has one, else with a sentence more."""
    text = (SAMPLE / article.path).read_text(encoding="utf-8")
    numbers = [it for it in _NUMBER.finditer(text) if it.start() > len(text) * 2 // 3]
    place = numbers[0] if numbers else None
    end = text.rfind(".") + 1
    edited = (
        f"{text[: place.start()]}{int(place[0]) + 3}{text[place.end() :]}"
        if place
        else f"{text[:end]} We are glad to help.{text[end:]}"
    )
    document = Document(
        id=article.id,
        source=article.source,
        path=article.path,
        media_type=article.media_type,
        data=edited.encode(),
        revision="edited",
        created_at=article.created_at,
        updated_at=article.updated_at,
    )
    return work.parse(document)


@contextmanager
def _candidate(work: Workspace, articles: Sequence[Article]) -> Iterator[Release]:
    """A release of these articles until the block ends."""
    for article in articles:
        work.articles.put(article, article.content_hash)
    held = [it for it in work.releases.assets(work.releases.all()[0].id) if it.kind != SETTINGS]
    now, encoder = datetime.now(UTC), work.encoder.fingerprint
    begun = begin(work.releases, work.backend, articles, work.settings, encoder, now, held)
    passages = index_release(work, begun.release, _silent)
    yield finish(work.releases, work.backend, begun.release, passages)
    work.backend.drop(begun.release.id)
    work.releases.drop(begun.release.id)


def _silent(step: str, done: int, total: int | None) -> None:
    """Progress that nobody sees."""
