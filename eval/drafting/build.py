"""Wires a release, its conversations and its findings to proposals."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from agent.dialogue.offer import verifying
from agent.execution.catalog import open_catalog
from agent.identity import IdentityLevel
from agent.models.chat import open_models
from agent.models.prompts import Prompts
from agent.procedures.library import Library
from agent.store import Conversations
from agent.tables import ConversationRow
from agent.types import Conversation
from agent.usage import usage
from eval.drafting.articles import from_articles
from eval.drafting.choosing import choose, times_used
from eval.drafting.conversations import from_conversations
from eval.drafting.findings import from_findings, undoubted
from eval.drafting.procedures import Ways, from_procedures
from eval.drafting.proposal import Origin, Proposal
from eval.drafting.search import Searching
from eval.drafting.sections import may_read
from eval.drafting.store import Drafts
from eval.drafting.wording import Worded, passages, worded
from eval.golden.case import Case
from kb.build import Workspace
from kb.findings import FindingStatus, Usage
from kb.ports import Progress
from kb.types import Article

LIMIT = 40
# Conversations older than this tell little of what customers ask now.
_DAYS = 180
# The newest of them, so that a run ends in minutes.
_MOST_CONVERSATIONS = 2_000
_DOUBTED = (FindingStatus.OPEN, FindingStatus.ACCEPTED, FindingStatus.SNOOZED)
_FINDINGS = (FindingStatus.FIXED, FindingStatus.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a run proposed: `added` are kept now, best first. `found` counts, by kind, all that
    there was to choose from; `renewed` proposals that were waiting have newer words. `dropped`
    cases of a language model did not stand on their article, and `failed` passages got no reply
    of it."""

    added: tuple[Proposal, ...]
    found: Mapping[str, int]
    renewed: int
    dropped: int
    failed: int


def propose(
    work: Workspace,
    origins: Collection[Origin],
    golden: Sequence[Case],
    limit: int,
    progress: Progress,
) -> Drafted:
    """Keeps at most `limit` new proposals from the live release. Raises `Permanent` without one."""
    articles = work.articles.of_release(work.release().id)
    search = Searching(work, articles)
    used = _usage(work, articles)
    found: list[Proposal] = []
    written = Worded()
    if Origin.ARTICLES in origins:
        progress("read articles", 0, None)
        found += from_articles(articles, work.settings.agent.audience)
        found += _of_procedures(work, search)
        written = _worded(work, articles, found, used, search, limit, progress)
        found += written.proposals
        found = undoubted(found, work.findings.all(_DOUBTED))
    if Origin.CONVERSATIONS in origins:
        progress("read conversations", 0, None)
        paths = [article.path for article in articles]
        found += from_conversations(_conversations(work), paths, search.articles)
    if Origin.FINDINGS in origins:
        progress("read findings", 0, None)
        found += from_findings(work.findings.all(_FINDINGS), articles, search.path)
    drafts = Drafts(work.database)
    renewed = drafts.renew(found)
    owners = {article.path: article.owner for article in articles}
    known = {draft.id: draft.case for draft in drafts.all()}
    fresh = [item for item in found if item.id not in known]
    chosen = choose(fresh, golden, list(known.values()), owners, used, limit)
    added = drafts.propose(chosen, datetime.now(UTC))
    kinds = Counter(item.kind for item in found)
    return Drafted(tuple(added), kinds, renewed, written.dropped, written.failed)


def _of_procedures(work: Workspace, search: Searching) -> list[Proposal]:
    assets = work.releases.assets(work.release().id)
    with closing(open_catalog(assets)) as catalog:
        procedures = Library(assets, work.releases, catalog.specs).all()
        way = verifying(procedures, catalog.specs, IdentityLevel.ANONYMOUS)
    asks = way is not None or work.settings.identity.secret is not None
    ways = Ways(asks, work.settings.simulation.path is not None)
    return from_procedures(procedures, ways, search.cited)


def _worded(
    work: Workspace,
    articles: Sequence[Article],
    found: Sequence[Proposal],
    used: Mapping[str, Usage],
    search: Searching,
    limit: int,
    progress: Progress,
) -> Worded:
    """Nothing without a language model."""
    models = open_models(work.settings.llm, Prompts.shipped())
    if models is None:
        return Worded()
    asked: dict[str, list[str]] = {}
    for item in found:
        for path in item.case.articles:
            asked.setdefault(path, []).append(item.case.question)
    audience = work.settings.agent.audience
    readable = [article for article in articles if may_read(article, audience)]
    # Of each passage come two or three cases that can be kept.
    chosen = passages(readable, lambda it: times_used(used.get(it.path)), -(-limit // 2))
    return worded(chosen, asked, lambda: models.begin().model, search.path, progress)


def _conversations(work: Workspace) -> Iterator[Conversation]:
    """Newest first."""
    store = Conversations(work.database)
    query = (
        select(ConversationRow.id)
        .where(ConversationRow.created_at >= datetime.now(UTC) - timedelta(days=_DAYS))
        .order_by(ConversationRow.created_at.desc(), ConversationRow.id)
        .limit(_MOST_CONVERSATIONS)
    )
    with work.database.read() as session:
        ids = list(session.scalars(query))
    for name in ids:
        conversation = store.get(name)
        if conversation is not None:
            yield conversation


def _usage(work: Workspace, articles: Sequence[Article]) -> Mapping[str, Usage]:
    since = datetime.now(UTC) - timedelta(days=_DAYS)
    return usage(Conversations(work.database).uses(since), articles)
