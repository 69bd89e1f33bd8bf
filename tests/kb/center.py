"""A help center on the real store, for tests of its releases."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import rmtree

from kb.releases import Beginning, begin, finish, promote, record_verdict
from kb.settings import Settings
from kb.store.articles import Articles
from kb.store.database import Database
from kb.store.releases import Releases
from kb.types import Article, Release

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
PASSED = {"passed": True}
A1, A2, B1 = (
    Article(f"h:{name}", "h", name, name, name, (), content_hash)
    for name, content_hash in (("a", "1"), ("a", "2"), ("b", "1"))
)


class Folders:
    """Indexes as empty folders; the live one is named in a file."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def create(self, release_id: str) -> None:
        (self._root / release_id).mkdir(parents=True)

    def names(self) -> set[str]:
        return {item.name for item in self._root.glob("r*")}

    def digest(self, release_id: str) -> str:
        return " ".join(sorted(item.name for item in (self._root / release_id).iterdir()))

    def write(self, release_id: str, passage: str) -> None:
        (self._root / release_id / passage).touch()

    def drop(self, release_id: str) -> None:
        if release_id in self.names():
            rmtree(self._root / release_id)

    def point_live(self, release_id: str) -> None:
        (self._root / "live").write_text(release_id)

    def live(self) -> str:
        return (self._root / "live").read_text()


class Center:
    """A help center whose releases are built, evaluated and promoted."""

    def __init__(self, folder: Path) -> None:
        self.database = Database(f"sqlite:///{folder / 'wellkept.db'}")
        self.database.upgrade()
        self.articles = Articles(self.database)
        self.releases = Releases(self.database)
        self.indexes = Folders(folder / "indexes")
        self.now = NOON

    def begin(self, *articles: Article) -> tuple[Release, Beginning]:
        for article in articles:
            self.articles.put(article, "r")
        self.now += timedelta(minutes=1)
        begun = begin(self.releases, self.indexes, articles, Settings(), "encoder", self.now)
        return begun.release, begun.beginning

    def build(self, *articles: Article) -> Release:
        release, beginning = self.begin(*articles)
        if beginning == Beginning.NEW:
            self.indexes.create(release.id)
        return finish(self.releases, self.indexes, release, passage_count=5)

    def go_live(self, *articles: Article) -> str:
        release = record_verdict(self.releases, self.build(*articles), PASSED)
        return promote(self.releases, self.indexes, release.id).id

    @property
    def live(self) -> str | None:
        release = self.releases.live()
        return release.id if release else None
