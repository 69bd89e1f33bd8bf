"""How well the check of what is said against what is cited tells faithful from wrong.

    python -m tests.bench.grounding [--half dev|held_out] [--show]

`grounding.jsonl` holds statements of our own, one source a line: faithful paraphrases, and ones
that are wrong in one place (number, unit, date, negation, name, condition dropped, told as a fact,
merged from two sentences, invented step, link, label, reason, deed). Sources alternate between the
halves; the rules were tuned on `dev` alone. What is right is striking: precision is the share of
what was struck that is wrong, recall the share of what is wrong that was struck.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from agent.answers.ground import support
from eval.interval import mean_interval
from tests.bench.measure import show

PAIRS = Path(__file__).with_suffix(".jsonl")


@dataclass(frozen=True)
class Pair:
    """A statement and its source. `kind` says what is wrong with it; empty: it is faithful."""

    half: str
    source: str
    heading: str
    said: str
    kind: str


def pairs() -> Iterator[Pair]:
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        for said in item["faithful"]:
            yield Pair(item["half"], item["source"], item["heading"], said, "")
        for wrong in item["wrong"]:
            yield Pair(item["half"], item["source"], item["heading"], wrong["said"], wrong["kind"])


def judged(found: Sequence[Pair]) -> list[tuple[Pair, str]]:
    """Each pair with why it was struck; empty for those that passed."""
    verdicts = [(pair, support(pair.said, pair.source, pair.heading)) for pair in found]
    return [(pair, "" if found.supported else found.why) for pair, found in verdicts]


def main(argv: Sequence[str] | None = None) -> None:
    """Prints precision and recall of each half, recall by kind, and what was judged wrongly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("dev", "held_out"))
    parser.add_argument("--show", action="store_true", help="print every error")
    options = parser.parse_args(argv)
    rows = []
    for half in [options.half] if options.half else ["dev", "held_out"]:
        found = judged([pair for pair in pairs() if pair.half == half])
        rows.append((half, *_row(found)))
        if options.show:
            _print_errors(found)
    header = ("half", "pairs", "faithful passed", "wrong struck", "precision", "recall")
    show("grounding", header, rows)
    missed = Counter(pair.kind for pair, why in judged(list(pairs())) if pair.kind and not why)
    kinds = Counter(pair.kind for pair in pairs() if pair.kind)
    if not options.half:
        table = [(kind, count, missed[kind]) for kind, count in sorted(kinds.items())]
        show("by kind", ("kind", "wrong", "passed"), table)


def _row(found: Sequence[tuple[Pair, str]]) -> tuple[object, ...]:
    faithful = [why for pair, why in found if not pair.kind]
    wrong = [why for pair, why in found if pair.kind]
    passed, struck = sum(not why for why in faithful), sum(bool(why) for why in wrong)
    all_struck = struck + len(faithful) - passed
    return (
        len(found),
        f"{passed}/{len(faithful)} ({passed / len(faithful):.0%})",
        f"{struck}/{len(wrong)} ({struck / len(wrong):.0%})",
        f"{struck / all_struck:.3f} {_between(struck, all_struck)}",
        f"{struck / len(wrong):.3f} {_between(struck, len(wrong))}",
    )


def _between(hits: int, total: int) -> str:
    low, high = mean_interval([1.0] * hits + [0.0] * (total - hits), [1.0] * total)
    return f"[{low:.2f}, {high:.2f}]"


def _print_errors(found: Sequence[tuple[Pair, str]]) -> None:
    for pair, why in found:
        if bool(why) is not bool(pair.kind):
            print(f"\n  {pair.source}\n  -> {pair.said}")
            print(f"     {pair.kind + ' passed' if pair.kind else 'struck: ' + why}")


if __name__ == "__main__":
    main()
