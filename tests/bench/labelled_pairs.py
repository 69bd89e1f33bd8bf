"""Pairs of statements that a reader labelled, each read as two small articles of one folder."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from kb.corpus import Corpus
from kb.parse import Defaults, parse
from kb.settings import HygieneSettings
from kb.types import Article, Document

# Our own pairs, about products that do not exist.
OWN = Path(__file__).with_name("pairs.jsonl")
HALVES = ("dev", "held_out", "all")
# Low enough that the confidence of whatever is found can be seen.
_LEAST = 0.01


@dataclass(frozen=True)
class Pair:
    """Two statements and whether a reader called them contradictory. `strong` ones are about one
    thing in one scope, as these two texts alone tell. `kind` is what they are about; `reason` is
    why consistent ones are, empty where that is not told."""

    id: str
    contradicts: bool
    strong: bool
    kind: str
    reason: str
    a: str
    b: str

    @property
    def label(self) -> str:
        if not self.contradicts:
            return "consistent"
        return "strong" if self.strong else "weak"


def read_pairs(path: Path, half: str = "all") -> list[Pair]:
    """Pairs of one half, or of both, in the order of the file."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line)
    return [pair for pair in map(_pair, rows) if half in ("all", half_of(pair.id))]


def _pair(row: dict[str, Any]) -> Pair:
    """A row: id, label (contradiction or consistent), strength (strong or weak), kind, a_text,
    b_text. Of a consistent one `kind` is the reason where it has a `topic` or none."""
    contradicts = row["label"] == "contradiction"
    topic = row["kind"] if contradicts else row.get("topic", "")
    return Pair(
        id=row["id"],
        contradicts=contradicts,
        strong=row.get("strength") == "strong",
        kind=topic or row["kind"],
        reason="" if contradicts else row["kind"],
        a=row["a_text"],
        b=row["b_text"],
    )


def half_of(pair_id: str) -> str:
    """`dev` to look at, `held_out` to measure on: by the parity of the SHA-256 of the id, the
    same on every machine."""
    return "held_out" if int(sha256(pair_id.encode()).hexdigest(), 16) % 2 else "dev"


def texts(pair: Pair) -> dict[str, str]:
    """The two articles by path."""
    return {"one.md": f"{pair.a}\n", "two.md": f"{pair.b}\n"}


def corpus_of(pair: Pair) -> Corpus:
    """The two articles as a check sees them, with nothing left out by confidence."""
    settings = HygieneSettings(min_confidence=_LEAST)
    return Corpus(list(_articles(texts(pair).items())), date(2026, 1, 1), settings)


def _articles(files: Iterable[tuple[str, str]]) -> Iterator[Article]:
    for path, text in files:
        document = Document(f"bench:{path}", "bench", path, "text/markdown", text.encode(), "1")
        yield parse(document, Defaults())
