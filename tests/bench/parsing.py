"""How fast articles are parsed."""

from collections.abc import Sequence
from pathlib import Path

from kb.build import Workspace
from kb.errors import Permanent
from tests.bench.centers import Center, fetch, workspace
from tests.bench.measure import show, timed


def measure(centers: Sequence[Center], home: Path) -> None:
    """Articles a second, reading from disk apart; the first parse, which loads the tagger, too."""
    work = workspace(home)
    show(
        "Parsing",
        ("help center", "articles", "words", "first ms", "articles/s", "unreadable"),
        (_row(work, center) for center in centers),
    )


def _row(work: Workspace, center: Center) -> tuple[object, ...]:
    documents = fetch(work, center)
    first, _ = timed(lambda: work.parse(documents[0]))
    words = unreadable = 0

    def parse_all() -> None:
        nonlocal words, unreadable
        for document in documents:
            try:
                words += len(work.parse(document).text.split())
            except Permanent:
                unreadable += 1

    seconds, _ = timed(parse_all)
    rate = len(documents) / seconds
    return center.name, len(documents), words, f"{first * 1000:.0f}", f"{rate:.1f}", unreadable
