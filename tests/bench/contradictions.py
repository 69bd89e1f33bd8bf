"""Precision and recall of contradictions on labelled pairs of statements.

    python -m tests.bench.contradictions FILE.jsonl [--half dev|held_out|all]

Each line of FILE is a pair: id, label (contradiction or consistent), strength (strong or weak),
kind, a_text, b_text. Each pair becomes two small articles in one folder, read and checked as any.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from kb.corpus import Corpus
from kb.detectors.contradiction import plugin
from kb.parse import Defaults, parse
from kb.settings import HygieneSettings
from kb.types import Document

STEPS = (0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True)
class Pair:
    """Two statements and whether a reader called them contradictory."""

    id: str
    contradicts: bool
    strong: bool
    kind: str
    a: str
    b: str


@dataclass(frozen=True)
class Outcome:
    """The highest confidence of a finding on a pair, 0 when there is none."""

    pair: Pair
    confidence: float


def read(path: Path, half: str) -> list[Pair]:
    """Pairs of a half: by the parity of the SHA-256 of the id, the same on every machine."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    found = [
        Pair(
            row["id"],
            row["label"] == "contradiction",
            row.get("strength") == "strong",
            row["kind"],
            row["a_text"],
            row["b_text"],
        )
        for row in rows
    ]
    return [pair for pair in found if half in ("all", half_of(pair.id))]


def half_of(pair_id: str) -> str:
    """`dev` to look at, `held_out` to measure on."""
    return "held_out" if int(sha256(pair_id.encode()).hexdigest(), 16) % 2 else "dev"


def check(pair: Pair) -> Outcome:
    """Through the parser and the detector, with nothing left out by confidence."""
    texts = {"one.md": pair.a, "two.md": pair.b}
    articles = [
        parse(
            Document(f"bench:{path}", "bench", path, "text/markdown", text.encode(), "1"),
            Defaults(),
        )
        for path, text in texts.items()
    ]
    corpus = Corpus(articles, date(2026, 1, 1), HygieneSettings(min_confidence=0.05))
    return Outcome(pair, max((f.confidence for f in plugin.detect(corpus)), default=0.0))


def report(outcomes: Sequence[Outcome], least: float) -> str:
    """Precision and recall of the strong ones against the consistent ones, by kind, with misses."""
    strong = [o for o in outcomes if o.pair.contradicts and o.pair.strong]
    weak = [o for o in outcomes if o.pair.contradicts and not o.pair.strong]
    consistent = [o for o in outcomes if not o.pair.contradicts]
    lines = [
        f"contradictions: {len(strong)} strong, {len(weak)} weak; consistent: {len(consistent)}",
        "",
        "confidence  precision  recall(strong)  recall(weak)  wrong",
    ]
    steps = (least, *(step for step in STEPS if step > least))
    lines += [_line(step, strong, weak, consistent) for step in steps]
    lines += ["", "by kind, found of all (strong and weak):"]
    total = Counter(o.pair.kind for o in (*strong, *weak))
    found = Counter(o.pair.kind for o in (*strong, *weak) if o.confidence >= least)
    lines += [f"  {kind}: {found[kind]} of {total[kind]}" for kind in sorted(total)]
    missed = [o for o in (*strong, *weak) if o.confidence < least]
    wrong = [o for o in consistent if o.confidence >= least]
    lines += ["", "missed:", *map(_show, missed), "", "wrongly reported:", *map(_show, wrong)]
    return "\n".join(lines)


def _line(
    step: float, strong: Sequence[Outcome], weak: Sequence[Outcome], others: Sequence[Outcome]
) -> str:
    hits, wrong = _reaching(strong, step), _reaching(others, step)
    precision = f"{hits / (hits + wrong):.2f}" if hits + wrong else "none"
    recall = f"{hits}/{len(strong)}"
    weakly = f"{_reaching(weak, step)}/{len(weak)}"
    return f"{step:10.2f}  {precision:>9}  {recall:>14}  {weakly:>12}  {wrong:>5}"


def _reaching(outcomes: Sequence[Outcome], step: float) -> int:
    return sum(1 for outcome in outcomes if outcome.confidence >= step)


def _show(outcome: Outcome) -> str:
    pair = outcome.pair
    strength = "strong" if pair.strong else "weak" if pair.contradicts else "consistent"
    return (
        f"  {pair.id} {strength} {pair.kind} {outcome.confidence:.2f}\n    {pair.a}\n    {pair.b}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("file", type=Path)
    parser.add_argument("--half", choices=("dev", "held_out", "all"), default="all")
    parser.add_argument("--least", type=float, default=HygieneSettings().min_confidence)
    arguments = parser.parse_args()
    outcomes = [check(pair) for pair in read(arguments.file, arguments.half)]
    print(report(outcomes, arguments.least))


if __name__ == "__main__":
    main()
