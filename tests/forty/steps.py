"""The steps of a release, as the release flow takes them, without Prefect around them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from time import perf_counter
from typing import TypeAlias

from eval.gate.verdict import Verdict
from flows import release as flow
from flows.evaluation import assess_release
from flows.ingestion import sync_sources
from kb.build import Workspace
from kb.configuration import load
from kb.encoder import SentenceEncoder
from kb.errors import Permanent
from kb.releases import Beginning
from kb.settings import EncoderSettings
from kb.types import Release
from tests.forty.bringing import Brought
from tests.forty.world import World

Meanwhile: TypeAlias = Callable[[Workspace, Release], None]


@dataclass(frozen=True)
class Bench(Workspace):
    """The product's; all that take the default model share one, as loading it takes seconds."""

    @cached_property
    def encoder(self) -> SentenceEncoder:
        return _encoder(self.settings.encoder)


@lru_cache(maxsize=1)
def _default() -> SentenceEncoder:
    return SentenceEncoder(EncoderSettings())


def _encoder(settings: EncoderSettings) -> SentenceEncoder:
    return _default() if settings == EncoderSettings() else SentenceEncoder(settings)


class _Clock:
    def __init__(self) -> None:
        self.timings_s: dict[str, float] = {}
        self._last = perf_counter()

    def lap(self, step: str) -> None:
        now = perf_counter()
        self.timings_s[step], self._last = now - self._last, now


def silent(step: str, done: int, total: int | None) -> None:
    """Progress that nobody sees."""


def run(world: World, meanwhile: Meanwhile | None = None) -> Brought:
    """Raises what the steps raise."""
    work = Bench(load(world.config, world.home))
    try:
        with work.home.lock():
            return _run(work, meanwhile)
    finally:
        work.database.close()


def _run(work: Workspace, meanwhile: Meanwhile | None) -> Brought:
    clock = _Clock()
    synced = sync_sources(work, [], silent)
    begun = flow.start.fn(work)
    clock.lap("sync")
    built, how = begun.release, "eval"
    if begun.beginning is not Beginning.UNCHANGED:
        built, how = flow.index.fn(work, built, silent), "release"
        clock.lap("index")
    flow.check.fn(work, built, [], synced.errors, silent)
    clock.lap("check")
    assessed = assess_release(work, built, None, silent, trigger=how)
    clock.lap("evaluate")
    error = _concluded(work, built, assessed.verdict, meanwhile) if how == "release" else ""
    clock.lap("promote")
    live = work.releases.live()
    return Brought(
        how=how,
        passed=assessed.verdict.passed and not error,
        verdict=assessed.verdict.to_json(),
        rows=tuple(assessed.evaluation.rows()),
        error=error,
        live=live.id if live else "",
        timings_s=clock.timings_s,
    )


def _concluded(
    work: Workspace, built: Release, verdict: Verdict, meanwhile: Meanwhile | None
) -> str:
    """Why it could not be promoted, or nothing."""
    if meanwhile:
        meanwhile(work, built)
    try:
        flow.conclude.fn(work, built, verdict, promoting=True)
    except Permanent as error:
        return str(error)
    return ""
