"""Precision and recall of contradictions on labelled pairs of statements.

    python -m tests.bench.contradictions [FILE.jsonl …] [--half dev|held_out|all] [--show]

Each pair becomes two small articles in one folder, read and checked as any. Without a file our own
pairs are measured. Statements are printed only with `--show`, so that a half that is kept aside
can be measured without being read.
"""

import argparse
import json
import os
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.interval import mean_interval
from kb.check import check
from kb.detectors.contradiction import plugin
from kb.settings import HygieneSettings
from tests.bench.labelled_pairs import HALVES, OWN, Pair, corpus_of, read_pairs, texts
from tests.bench.lacking import Lack, lack
from tests.bench.measure import run, show

STEPS = (0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True)
class Outcome:
    """What came of a pair: the highest confidence of a contradiction, 0 when there is none, its
    quotes, and what a missed one lacked."""

    pair: Pair
    confidence: float
    quotes: tuple[str, ...] = ()
    lack: Lack | None = None


def main(argv: Sequence[str] | None = None) -> None:
    """Prints the tables of each file."""
    options = _options(argv)
    for path in options.files or [OWN]:
        pairs = read_pairs(path, options.half)
        command, least = options.through_command, options.least
        outcomes = [try_command(p, least) for p in pairs] if command else try_all(pairs, least)
        print(f"\n{path.name}, {options.half}, {'the command' if command else 'check'}")
        report(outcomes, least, options.show)


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.bench.contradictions", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="JSONL; default: our own pairs")
    parser.add_argument("--half", choices=HALVES, default="all", help="by id (%(default)s)")
    parser.add_argument(
        "--least", type=float, default=HygieneSettings().min_confidence, help="(%(default)s)"
    )
    parser.add_argument("--show", action="store_true", help="print the statements, too")
    parser.add_argument(
        "--through-command", action="store_true", help="run wellkept for each pair: slow"
    )
    return parser.parse_args(argv)


def try_all(pairs: Sequence[Pair], least: float) -> list[Outcome]:
    """An outcome for each pair, in order."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(partial(try_pair, least=least), pairs, chunksize=8))


def try_pair(pair: Pair, least: float) -> Outcome:
    """Through the parser, the detector and `kb.check`."""
    corpus = corpus_of(pair)
    result = check(corpus, {"contradiction": plugin})
    if result.errors:
        raise RuntimeError(f"{pair.id}: {result.errors[0][1]}")
    best = max(result.findings, key=lambda finding: finding.confidence, default=None)
    if best is None:
        return _outcome(pair, 0.0, (), least)
    return _outcome(pair, best.confidence, tuple(item.quote for item in best.evidence), least)


def try_command(pair: Pair, least: float) -> Outcome:
    """Through `wellkept check`, as its users run it: what is below its threshold is not seen."""
    with TemporaryDirectory(prefix="wellkept-") as name:
        folder = Path(name) / "pair"
        folder.mkdir()
        for path, text in texts(pair).items():
            (folder / path).write_text(text, encoding="utf-8")
        ran = run(["check", "pair", "--json"], Path(name))
    if ran.code:
        raise RuntimeError(f"{pair.id}: {ran.err}")
    found = [f for f in json.loads(ran.out) if f["kind"] == plugin.kind.value]
    best = max(found, key=lambda finding: finding["confidence"], default=None)
    if best is None:
        return _outcome(pair, 0.0, (), least)
    quotes = tuple(item["quote"] for item in best["evidence"])
    return _outcome(pair, best["confidence"], quotes, least)


def _outcome(pair: Pair, confidence: float, quotes: tuple[str, ...], least: float) -> Outcome:
    missed = pair.contradicts and confidence < least
    return Outcome(pair, confidence, quotes, lack(corpus_of(pair), least) if missed else None)


def report(outcomes: Sequence[Outcome], least: float, texts_too: bool) -> None:
    """Prints precision and recall of the strong ones against the consistent ones, overall and by
    kind, and what each miss lacked."""
    strong, weak, consistent = (_of(outcomes, label) for label in ("strong", "weak", "consistent"))
    print(f"{len(strong)} strong, {len(weak)} weak contradictions; {len(consistent)} consistent")
    steps = (least, *(step for step in STEPS if step > least))
    header = ("confidence", "precision", "recall, strong", "F1", "recall, weak", "wrong")
    show("by threshold", header, [_line(step, strong, weak, consistent) for step in steps])
    _report_kinds(outcomes, steps)
    _report_misses([o for o in outcomes if o.pair.contradicts and o.confidence < least], texts_too)
    _report_wrong([o for o in consistent if o.confidence >= least], texts_too)


def _of(outcomes: Sequence[Outcome], label: str) -> list[Outcome]:
    return [outcome for outcome in outcomes if outcome.pair.label == label]


def _line(
    step: float, strong: Sequence[Outcome], weak: Sequence[Outcome], others: Sequence[Outcome]
) -> tuple[str, ...]:
    hits, wrong = _reaching(strong, step), _reaching(others, step)
    double = 2 * hits + wrong + len(strong) - hits
    return (
        f"{step:.2f}",
        _share(hits, hits + wrong),
        _share(hits, len(strong)),
        f"{2 * hits / double:.2f}" if double else "none",
        f"{_reaching(weak, step)}/{len(weak)}",
        f"{wrong}/{len(others)}",
    )


def _reaching(outcomes: Sequence[Outcome], step: float) -> int:
    return sum(1 for outcome in outcomes if outcome.confidence >= step)


def _share(part: int, whole: int) -> str:
    """With its counts and Wilson's 95 % interval."""
    if not whole:
        return "none"
    low, high = mean_interval([1.0] * part + [0.0] * (whole - part), [1.0] * whole)
    return f"{part / whole:.2f} ({part}/{whole}; {low:.2f}-{high:.2f})"


def _report_kinds(outcomes: Sequence[Outcome], steps: Sequence[float]) -> None:
    """A row for each kind: at each threshold precision and recall of the strong ones, with the
    numbers of right and wrong reports."""
    kinds = sorted({outcome.pair.kind for outcome in outcomes})
    rows = [_kind(kind, [o for o in outcomes if o.pair.kind == kind], steps) for kind in kinds]
    header = ("kind", "strong", "weak found", "consistent", *(f"at {step:.2f}" for step in steps))
    show("by kind: precision, recall (right + wrong)", header, rows)


def _kind(kind: str, own: Sequence[Outcome], steps: Sequence[float]) -> tuple[str, ...]:
    strong, weak, others = (_of(own, label) for label in ("strong", "weak", "consistent"))
    cells = (_cell(_reaching(strong, s), _reaching(others, s), len(strong)) for s in steps)
    found = f"{_reaching(weak, steps[0])}/{len(weak)}"
    return kind, str(len(strong)), found, str(len(others)), *cells


def _cell(hits: int, wrong: int, strong: int) -> str:
    precision = f"{hits / (hits + wrong):.2f}" if hits + wrong else "-"
    return f"{precision} {f'{hits / strong:.2f}' if strong else '-'} ({hits}+{wrong})"


def _report_misses(missed: Sequence[Outcome], texts_too: bool) -> None:
    total = Counter(_reason(outcome) for outcome in missed)
    strong = Counter(_reason(outcome) for outcome in _of(missed, "strong"))
    rows = [(name, strong[name], count - strong[name]) for name, count in total.most_common()]
    show("what the missed ones lacked", ("", "strong", "weak"), rows)
    for outcome in missed:
        _show_one(outcome, _reason(outcome), outcome.lack.detail if outcome.lack else "", texts_too)


def _reason(outcome: Outcome) -> str:
    return outcome.lack.reason if outcome.lack else "not told"


def _report_wrong(wrong: Sequence[Outcome], texts_too: bool) -> None:
    print(f"\nwrongly reported: {len(wrong)}")
    for outcome in wrong:
        _show_one(outcome, outcome.pair.reason, " | ".join(outcome.quotes), texts_too)


def _show_one(outcome: Outcome, why: str, detail: str, texts_too: bool) -> None:
    pair = outcome.pair
    print(f"  {pair.id} {pair.label} {pair.kind} {outcome.confidence:.2f} {why}")
    if texts_too:
        for line in (pair.a, pair.b, detail):
            print(f"      {line.replace(chr(10), ' / ')}")


if __name__ == "__main__":
    main()
