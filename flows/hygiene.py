"""Hygiene: wiring of the use cases of `kb`."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from flows.ingestion import fill_index, linked_files, sources_of
from kb.build import Workspace
from kb.check import CheckReport, check, fingerprint, rank
from kb.corpus import Corpus
from kb.knowledge import Knowledge
from kb.ports import Progress, Search
from kb.questions import read_questions
from kb.registry import discover
from kb.report import render, write
from kb.retrieve import Retriever
from kb.sync import read
from kb.types import Article, Filters, Finding, Question, ReadError, Release


def check_paths(
    work: Workspace, paths: Sequence[Path] | None, today: date | None, progress: Progress
) -> tuple[CheckReport, tuple[ReadError, ...]]:
    """Checks folders as they are now; nothing is stored and no index of the home is touched."""
    sources = sources_of(work, paths)
    articles, errors = read(sources, work.parse, progress)
    questions = asked(work)
    with _search(work, articles, questions, progress) as search:
        corpus = _corpus(work, articles, questions, search, linked_files(sources), today)
        return check(corpus, discover("kb.detectors"), progress, work.second_judge), errors


def check_release(
    work: Workspace, release: Release, paths: Sequence[Path], progress: Progress
) -> CheckReport:
    """Checks the articles of a release, synced from `paths`, and records the findings. What was
    checked before and would be found again is taken from the record."""
    assets = linked_files(sources_of(work, paths))
    search = for_customers(work, work.knowledge(release.id))
    articles = work.articles.of_release(release.id)
    corpus = _corpus(work, articles, asked(work), search, assets)
    looked_at = fingerprint(corpus, release.fingerprint, work.second_judge)
    if work.home.checked == looked_at:
        return CheckReport(_active(work.findings.all()))
    report = check(corpus, discover("kb.detectors"), progress, work.second_judge)
    kept = work.findings.record(report.findings, datetime.now(UTC))
    if not report.errors:
        work.home.checked = looked_at
    return CheckReport(_active(kept), report.errors)


def _active(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return rank(finding for finding in findings if finding.status.is_active)


def for_customers(work: Workspace, knowledge: Knowledge | Retriever) -> Search:
    """Search as the agent does it: what is not for customers does not answer them."""
    return partial(knowledge.search, filters=Filters(tuple(work.settings.agent.audience)))


def asked(work: Workspace) -> list[Question]:
    """The configured conversation log."""
    path = work.settings.sources.questions
    return read_questions(path) if path else []


def write_reports(work: Workspace, owner: str | None, form: str, folder: Path | None) -> list[Path]:
    """The owners' reports of the recorded findings, the overview first."""
    return write(
        work.findings.all(),
        folder or work.home.reports,
        form,
        center=work.settings.center.name,
        owner=owner,
        generated_at=datetime.now(UTC),
    )


def render_overview(work: Workspace) -> str:
    """All findings as Markdown."""
    return render(
        work.findings.all(),
        "md",
        center=work.settings.center.name,
        generated_at=datetime.now(UTC),
    )


def _corpus(
    work: Workspace,
    articles: Sequence[Article],
    questions: Sequence[Question],
    search: Search | None,
    assets: frozenset[str] | None,
    today: date | None = None,
) -> Corpus:
    hygiene = work.settings.hygiene
    return Corpus(
        articles=sorted(articles, key=lambda article: article.id),
        today=today or hygiene.today or datetime.now(UTC).date(),
        settings=hygiene,
        questions=questions,
        search=search,
        encoder=work.encoder if search else None,
        assets=assets,
    )


@contextmanager
def _search(
    work: Workspace,
    articles: Sequence[Article],
    questions: Sequence[Question],
    progress: Progress,
) -> Iterator[Search | None]:
    """A search over these articles in an index that is gone afterwards; None without questions,
    since nothing else needs it."""
    if not questions:
        yield None
        return
    with TemporaryDirectory(prefix="wellkept-") as folder:
        index = work.embedded(Path(folder)).create("check", work.encoder.dimension)
        try:
            fill_index(work, articles, index, progress)
            yield for_customers(work, Retriever(index, work.encoder, work.settings.search))
        finally:
            index.close()
