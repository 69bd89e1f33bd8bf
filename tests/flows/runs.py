"""Runs of a help center in this process, with an encoder that needs no model."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from flows.hygiene import check_release
from flows.ingestion import index_release, sync_sources
from kb.build import Workspace
from kb.check import CheckReport
from kb.findings import Finding, FindingKind, StatusChange
from kb.releases import Beginning, begin, finish, promote, record_verdict
from kb.settings import Settings
from tests.flows.conftest import write
from tests.kb.encoders import WordEncoder


def silent(step: str, done: int, total: int | None) -> None:
    """Progress that nobody sees."""


class SmallWorkspace(Workspace):
    """The product's, with vectors of words."""

    @cached_property
    def encoder(self) -> WordEncoder:  # type: ignore[override]  # any encoder will do
        return WordEncoder()


@dataclass(frozen=True)
class Center:
    """A folder of articles and its home."""

    docs: Path
    work: Workspace

    @classmethod
    def of(cls, folder: Path, files: dict[str, str | bytes], **sections: object) -> "Center":
        settings = Settings.model_validate({"home": folder / "home", **sections})
        return cls(write(folder / "docs", files), SmallWorkspace(settings))

    def run(self, **files: str | bytes | None) -> CheckReport:
        """Syncs, indexes, promotes and checks, after writing `files`, that are named without `.md`;
        None deletes."""
        for name, content in files.items():
            if content is None:
                (self.docs / f"{name}.md").unlink()
            else:
                write(self.docs, {f"{name}.md": content})
        work = self.work
        synced = sync_sources(work, [self.docs], silent)
        articles = work.articles.head()
        now = datetime.now(UTC)
        begun = begin(work.releases, work.backend, articles, work.settings, "words", now)
        release = begun.release
        if begun.beginning is not Beginning.UNCHANGED:
            passages = index_release(work, release, silent)
            built = finish(work.releases, work.backend, release, passages)
            record_verdict(work.releases, built, {"passed": True})
            release = promote(work.releases, work.backend, built.id)
        return check_release(work, release, [self.docs], silent, synced.errors)

    def findings(self, kind: FindingKind = FindingKind.CONTRADICTION) -> list[Finding]:
        """All of this kind, whatever their status."""
        return [item for item in self.work.findings.all() if item.kind is kind]

    def history(self, finding: Finding) -> Sequence[StatusChange]:
        return self.work.findings.history(finding.id)
