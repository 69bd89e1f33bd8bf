"""Wires settings to adapters: the one module that imports them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kb.cache import FileCache, NoCache
from kb.errors import ConfigError, Permanent, Transient
from kb.home import DATABASE, Home
from kb.knowledge import Knowledge
from kb.owners import Owners
from kb.pinned import as_released, differences
from kb.ports import (
    ArticleStore,
    Cache,
    Compare,
    FindingStore,
    Index,
    IndexBackend,
    LinkProbe,
    Notifier,
    Parser,
    ReleaseStore,
    SecondJudge,
    Source,
)
from kb.retrieve import Retriever
from kb.settings import Settings
from kb.store.articles import Articles
from kb.store.database import Database
from kb.store.findings import Findings
from kb.store.releases import Releases
from kb.types import Release

if TYPE_CHECKING:
    from kb.encoder import SentenceEncoder


# What does not depend on the settings that a release pins, and what depends on its model alone.
_SHARED = ("database", "articles", "releases", "findings", "cache")
_OF_ENCODER = ("encoder", "compare")


@dataclass(frozen=True)
class Workspace:
    """Everything that a run works with, each part opened when it is first used."""

    settings: Settings

    @cached_property
    def home(self) -> Home:
        return Home(self.settings.home)

    @cached_property
    def database(self) -> Database:
        url = self.settings.database.url
        database = Database(url.get_secret_value() if url else self.home.database_url)
        database.upgrade()
        return database

    @property
    def is_new(self) -> bool:
        """Whether no row was ever kept. Asking makes no home."""
        home = self.settings.home
        return not self.settings.database.url and not (home / DATABASE).exists()

    @cached_property
    def articles(self) -> ArticleStore:
        return Articles(self.database)

    @cached_property
    def releases(self) -> ReleaseStore:
        return Releases(self.database)

    @cached_property
    def findings(self) -> FindingStore:
        return Findings(self.database)

    @cached_property
    def cache(self) -> Cache:
        """In the home, which it makes; a run goes on without where there can be none."""
        try:
            return FileCache(self.home.cache)
        except (ConfigError, Transient):
            return NoCache()

    @cached_property
    def second_judge(self) -> SecondJudge | None:
        from kb.judges import open_second_judge

        return open_second_judge(self.settings.judge, self.settings.llm, self.cache)

    @cached_property
    def backend(self) -> IndexBackend:
        """Qdrant on its server where a url is set, else embedded in the home."""
        if self.settings.qdrant.url:
            from kb.index.server import ServerBackend

            return ServerBackend(self.settings.qdrant, self.settings.search)
        return self.embedded(self.home.releases)

    def embedded(self, folder: Path) -> IndexBackend:
        """The embedded index in a folder of its own."""
        from kb.index.edge import EdgeBackend

        return EdgeBackend(folder, self.settings.search)

    @cached_property
    def encoder(self) -> "SentenceEncoder":
        from kb.encoder import SentenceEncoder

        return SentenceEncoder(self.settings.encoder)

    @cached_property
    def parse(self) -> Parser:
        from kb.parse import Defaults, DocumentParser

        center = self.settings.center
        owners = Owners.of(self.settings.owners)
        return DocumentParser(Defaults(center.owner, center.locale, center.url, owners))

    @cached_property
    def probe(self) -> LinkProbe | None:
        """Tries external links; None where the settings do not ask for it."""
        if not self.settings.links.external:
            return None
        from kb.links.probe import HttpProbe

        return HttpProbe(self.settings.links, self.cache)

    @cached_property
    def notifier(self) -> Notifier:
        """Sends reports."""
        from kb.notify import AppriseNotifier

        return AppriseNotifier()

    def sources(self, roots: Sequence[Path]) -> list[Source]:
        """One source a root, named by its folder."""
        from kb.sources.folder import open_folders

        return open_folders(roots, self.settings.sources)

    def release(self, release_id: str | None = None) -> Release:
        """That release, or the live one. Raises `Permanent` without any."""
        found = self.releases.get(release_id) if release_id else self.releases.live()
        if found is None and release_id:
            raise Permanent(f"there is no release {release_id}; `wellkept releases` lists them")
        if found is None:
            raise Permanent("nothing is live yet; run `wellkept release PATH` first")
        return found

    def knowledge(self, release_id: str | None = None) -> Knowledge:
        """One release, readable; the live one when None. Raises `Permanent` without any."""
        release = self.release(release_id)
        retriever = Retriever(self.backend.open(release.id), self.encoder, self.settings.search)
        hygiene = self.settings.hygiene
        return Knowledge(release, self.articles, retriever, self.findings, hygiene, self.compare)

    @cached_property
    def compare(self) -> Compare:
        """Compares words in their sentences, by the encoder's model."""
        from kb.resemblance import Comparer

        return Comparer(self.encoder.encode_words, self.cache, self.encoder.fingerprint)

    def donor(self) -> Index | None:
        """The live release's index, for its vectors; None where there is none or another model
        made it. A home that is not there yet is not made."""
        if not self.settings.database.url and not (self.settings.home / "home.json").exists():
            return None
        live = self.releases.live()
        if live is None or live.encoder != self.encoder.fingerprint:
            return None
        return self.backend.open(live.id)

    def as_released(self, release_id: str) -> "Workspace":
        """The same on the settings that a release pins, as it was evaluated; what is open already
        is shared."""
        settings = as_released(self.settings, self.releases.assets(release_id))
        if settings == self.settings:
            return self
        other = type(self)(settings)
        same = settings.encoder == self.settings.encoder
        for name in (*_SHARED, *(_OF_ENCODER if same else ())):
            vars(other)[name] = getattr(self, name)
        return other

    def set_otherwise(self, release: Release) -> list[str]:
        """What is set otherwise now than when this release was evaluated, in words."""
        assets = self.releases.assets(release.id)
        return differences(assets, self.encoder.fingerprint, self.settings)
