"""Hygiene: wiring of the use cases of `kb`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from agent.store import Conversations
from agent.usage import usage
from flows.ingestion import fill_index, linked_files, sources_of
from flows.links import try_links
from kb.build import Workspace
from kb.check import CheckReport, check, fingerprint
from kb.corpus import Corpus
from kb.environment import collect_seldom
from kb.findings import Fetched, Finding, FindingKind, Reach, Unseen, Usage
from kb.harm import rank, weighed
from kb.knowledge import Knowledge
from kb.ports import Progress, Search, SecondJudge, Source
from kb.questions import read_questions
from kb.registry import discover
from kb.retrieve import Retriever
from kb.sync import read
from kb.types import Article, Filters, Question, ReadError, Release

# As far back as it is asked what conversations made of an article.
REMEMBERED = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, and what came of it. `unread` are documents that could not be read;
    `changed` are ids of the articles that a change touched, where one is checked."""

    corpus: Corpus
    report: CheckReport
    unread: tuple[ReadError, ...]
    changed: frozenset[str] = frozenset()


def check_paths(
    work: Workspace, paths: Sequence[Path] | None, today: date | None, progress: Progress
) -> Checked:
    """Checks folders as they are now; nothing is stored and no index of the home is touched."""
    sources = sources_of(work, paths)
    return check_sources(work, sources, asked(work), today, progress, work.second_judge)


def check_sources(
    work: Workspace,
    sources: Sequence[Source],
    questions: Sequence[Question],
    today: date | None,
    progress: Progress,
    judge: SecondJudge | None,
    fetched: Mapping[str, Fetched] | None = None,
) -> Checked:
    """The same for sources, with these questions and a second judge. `fetched` is what came of
    external links; None: those that the settings ask for are tried."""
    collect_seldom()
    articles, errors = read(sources, work.parse, progress, work.cache)
    tried = try_links(work, articles, progress) if fetched is None else fetched
    with _search(work, articles, questions, progress) as search:
        corpus = _corpus(work, articles, questions, search, linked_files(sources), today)
        corpus = replace(corpus, fetched=tried)
        report = check(corpus, discover("kb.detectors"), progress, judge)
        return Checked(corpus, report, errors)


def check_release(
    work: Workspace,
    release: Release,
    paths: Sequence[Path],
    progress: Progress,
    unreadable: Sequence[ReadError] = (),
) -> CheckReport:
    """Checks the articles of a release, synced from `paths`, and records the findings. What was
    checked before and would be found again is taken from the record. Findings of what can't be
    looked at now, such as articles that are `unreadable`, stay as they are."""
    collect_seldom()
    assets = linked_files(sources_of(work, paths))
    search = for_customers(work, work.knowledge(release.id))
    articles = work.articles.of_release(release.id)
    corpus = _corpus(work, articles, asked(work), search, assets)
    corpus = replace(corpus, fetched=try_links(work, articles, progress))
    unseen = _unseen(work, unreadable, corpus.fetched)
    looked_at = fingerprint(corpus, release.fingerprint, work.second_judge, unseen)
    if work.home.checked == looked_at:
        return CheckReport(_active(work.findings.all()))
    report = check(corpus, discover("kb.detectors"), progress, work.second_judge)
    _record(work, report, corpus, unseen)
    if not report.errors:
        work.home.checked = looked_at
    return CheckReport(_active(work.findings.all()), report.errors, report.unseen)


def _unseen(
    work: Workspace, unreadable: Iterable[ReadError], fetched: Mapping[str, Fetched]
) -> Unseen:
    """What a run with these settings does not look at, or got no answer about."""
    settings = work.settings
    silent = [url for url, answer in fetched.items() if answer.reach not in (Reach.OK, Reach.GONE)]
    return Unseen(
        kinds=frozenset() if settings.sources.questions else frozenset({FindingKind.GAP}),
        paths=frozenset(error.path for error in unreadable),
        links=frozenset(silent) | {url.removeprefix("https:") for url in silent},
        external_links=not settings.links.external,
    )


def _record(work: Workspace, report: CheckReport, corpus: Corpus, unseen: Unseen) -> None:
    """Keeps the findings, weighed with the day when each was first seen."""
    first = {item.id: item.first_seen_at for item in work.findings.all()}
    known = [replace(item, first_seen_at=first.get(item.id)) for item in report.findings]
    found = weighed(known, corpus.usage, corpus.today)
    blind = replace(unseen, kinds=unseen.kinds | report.unseen)
    work.findings.record(found, datetime.now(UTC), blind)


def _used(work: Workspace, articles: Sequence[Article]) -> Mapping[str, Usage]:
    """By path; nothing where no conversation can have been kept yet."""
    if work.is_new:
        return {}
    since = datetime.now(UTC) - REMEMBERED
    return usage(Conversations(work.database).uses(since), articles)


def _active(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return rank(finding for finding in findings if finding.status.is_active)


def for_customers(work: Workspace, knowledge: Knowledge | Retriever) -> Search:
    """Search as the agent does it: what is not for customers does not answer them."""
    return partial(knowledge.search, filters=Filters(tuple(work.settings.agent.audience)))


def asked(work: Workspace) -> list[Question]:
    """The configured conversation log."""
    path = work.settings.sources.questions
    return read_questions(path) if path else []


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
        usage=_used(work, articles),
        cache=work.cache,
        vocabulary=work.settings.vocabulary,
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
