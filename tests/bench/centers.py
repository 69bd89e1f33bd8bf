"""The help centers that are measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.build import Workspace
from kb.passages import split
from kb.ports import Source
from kb.settings import Settings
from kb.types import Document, Passage

SAMPLE = Path(__file__).parents[2] / "sample" / "articles"


@dataclass(frozen=True)
class Center:
    """A help center on disk."""

    name: str
    folder: Path


def find_centers(data: Path | None) -> list[Center]:
    """The bundled sample, and every `helpcenters/NAME/files` (or `helpcenters/NAME`) of `data`."""
    centers = [Center("sample", SAMPLE)]
    for folder in sorted((data / "helpcenters").glob("*/")) if data else []:
        files = folder / "files"
        centers.append(Center(folder.name, files if files.is_dir() else folder))
    return centers


def workspace(home: Path) -> Workspace:
    """A workspace with default settings in a home of its own."""
    return Workspace(Settings(home=home))


def fetch(work: Workspace, center: Center) -> list[Document]:
    """Every document of the center, as its source hands it over."""
    sources: Sequence[Source] = work.sources([center.folder])
    return [source.fetch(item) for source in sources for item in sorted(source.revisions())]


def passages_of(work: Workspace, center: Center, limit: int) -> list[Passage]:
    """At most `limit` passages, spread evenly over the center."""
    found: list[Passage] = []
    for document in fetch(work, center):
        found += split(work.parse(document), work.settings.search.passage_words)
    step = max(1, len(found) // limit)
    return found[::step][:limit]
