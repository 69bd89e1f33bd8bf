"""How many stale passages are found, and how many mended articles are still flagged for them.

    python -m tests.bench.staleness --data DIR

DIR holds staleness.jsonl and staleness_articles/. Each article is checked alone in a folder, as of
2026-11-20 and as of the day on which it was mended; a passage without an article stands alone in
one. A passage counts as found when a stale finding quotes it, a part of it, or the sentence around.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kb.corpus import Corpus
from kb.detectors.stale import plugin
from kb.parse import Defaults, parse
from kb.settings import HygieneSettings
from kb.types import Document
from tests.bench.measure import show

_TODAY = date(2026, 11, 20)
_HEADER = ("", "with a signal", "found", "without", "found", "mended", "still flagged")


@dataclass(frozen=True)
class Tried:
    """One labelled passage; `mended` is None where there is no mended article."""

    id: str
    signal: bool
    found: bool
    mended: bool | None


def main(argv: Sequence[str] | None = None) -> None:
    """Prints a table by date, halves of the set, and the passages that were missed."""
    parser = argparse.ArgumentParser("python -m tests.bench.staleness", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    folder: Path = parser.parse_args(argv).data
    lines = (folder / "staleness.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    tables = {
        "as of 2026-11-20": [try_one(row, folder, _TODAY) for row in rows],
        "as of the mending": [try_one(row, folder, _mended_on(row)) for row in rows],
    }
    tables["first half, 2026-11-20"] = tables["as of 2026-11-20"][::2]
    tables["other half, 2026-11-20"] = tables["as of 2026-11-20"][1::2]
    show("stale passages", _HEADER, [_row(name, tried) for name, tried in tables.items()])
    missed = [t.id for t in tables["as of 2026-11-20"] if t.signal and not t.found]
    print(f"missed: {', '.join(missed) or 'none'}")


def try_one(row: dict[str, Any], folder: Path, today: date) -> Tried:
    """What the detector says of the stale article and of the mended one."""
    if not row.get("article_stale"):
        found = _quotes(f"# Article\n\n{row['doc_text']}\n".encode(), today)
        return Tried(row["id"], row["signal_in_text"], bool(found), None)
    stale, mended = (
        (folder / "staleness_articles" / Path(row[key]).name).read_bytes()
        for key in ("article_stale", "article_fixed")
    )
    after = row["fixed_text"] or row["doc_text"]
    return Tried(
        row["id"],
        row["signal_in_text"],
        _about(row["doc_text"], _quotes(stale, today)),
        _about(after, _quotes(mended, today)),
    )


def _quotes(data: bytes, today: date) -> list[str]:
    article = parse(Document("b:a", "b", "a.md", "text/markdown", data, "1"), Defaults())
    corpus = Corpus([article], today, HygieneSettings())
    return [" ".join(finding.evidence[0].quote.split()) for finding in plugin.detect(corpus)]


def _about(passage: str, quotes: Sequence[str]) -> bool:
    said = " ".join(passage.split())
    return any(quote in said or said in quote or said[:30] in quote for quote in quotes)


def _mended_on(row: dict[str, Any]) -> date:
    return date.fromisoformat(row["fixed_at"]) if row.get("fixed_at") else _TODAY


def _row(name: str, tried: Sequence[Tried]) -> Sequence[str]:
    with_signal = [t for t in tried if t.signal]
    without = [t for t in tried if not t.signal]
    mended = [t for t in tried if t.mended is not None]
    return (
        name,
        str(len(with_signal)),
        str(sum(t.found for t in with_signal)),
        str(len(without)),
        str(sum(t.found for t in without)),
        str(len(mended)),
        str(sum(bool(t.mended) for t in mended)),
    )


if __name__ == "__main__":
    main()
