"""Candidates of a small help center, what customers make of them, and edits behind their back."""

from contextlib import closing
from datetime import UTC, datetime

from sqlalchemy import delete, update

from agent.canary.store import in_canary
from agent.store import Conversations
from agent.types import Decision, Handoff, HandoffReason, Message, Turn
from flows.ingestion import index_release, sync_sources
from kb.build import Workspace
from kb.releases import begin, finish, record_verdict
from kb.store.tables import PinRow, ReleaseRow
from kb.types import Release
from tests.flows.conftest import write
from tests.flows.runs import Center, silent

ARTICLES: dict[str, str | bytes] = {
    f"{name}.md": f"# {name.title()}\n\nTo clean the {name}, rinse it with warm water each week.\n"
    for name in ("kettle", "grinder", "scale")
}
RULES = {"share": 0.5, "least": 20, "most": 400, "margin": 0.2}


def held(center: Center, work: Workspace | None = None, **files: str) -> Release:
    """A candidate that has passed, after writing `files`."""
    work = work or center.work
    write(center.docs, {f"{name}.md": text for name, text in files.items()})
    sync_sources(work, [center.docs], silent)
    begun = begin(
        work.releases,
        work.backend,
        work.articles.head(),
        work.settings,
        "words",
        datetime.now(UTC),
        tried=in_canary(work.database),
    )
    passages = index_release(work, begun.release, silent)
    built = finish(work.releases, work.backend, begun.release, passages)
    return record_verdict(work.releases, built, {"passed": True})


def hold_talks(center: Center, release: str, conversations: int, handed_over: int) -> None:
    """Conversations with a release, of which so many are handed over."""
    store = Conversations(center.work.database)
    for number in range(conversations):
        at = datetime.now(UTC)
        name = f"{release}-{number}-{at.timestamp()}"
        handed = number < handed_over
        case = Handoff(f"h{name}", name, HandoffReason.NO_EVIDENCE, "", at, "Wine?")
        turn = Turn(
            f"t{name}",
            name,
            "Wine?",
            Decision.HANDOFF if handed else Decision.ANSWER,
            "So.",
            1.0,
            "",
            at,
            handoff=case if handed else None,
            release_id=release,
        )
        store.record(Message("Wine?"), turn)


def live(center: Center) -> str:
    return center.work.release().id


def edit_rows(work: Workspace, release: str) -> None:
    with work.database.write("knowledge") as session:
        article = work.articles.of_release(release)[0].id
        session.execute(
            delete(PinRow).where(PinRow.release_id == release, PinRow.article_id == article)
        )


def edit_index(work: Workspace, release: str) -> None:
    with closing(work.backend.create(release, work.encoder.dimension)) as index:
        index.delete(sorted(index.ids())[:1])
        index.flush()


def edit_verdict(work: Workspace, release: str) -> None:
    with work.database.write("knowledge") as session:
        kept = update(ReleaseRow).where(ReleaseRow.id == release)
        session.execute(kept.values(verdict={"passed": True, "by": "hand"}))
