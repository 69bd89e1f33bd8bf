"""Runs the measurements and prints them: `python -m tests.bench [--data DIR] [--only NAME]`."""

import argparse
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from kb.environment import quiet_libraries
from tests.bench.blowup import blow_up
from tests.bench.centers import SAMPLE, Center, find_centers

# Parts that measure quality on labelled data: modules of their own, what they are given, and the
# data below --data that they need.
LABELLED = {
    "retrieval": ("--data", "{data}", "retrieval"),
    "contradictions": ("{data}/contradictions.jsonl", "--half", "held_out", "contradictions.jsonl"),
    "staleness": ("--data", "{data}", "staleness.jsonl"),
    "gaps": ("--data", "{data}", "gaps"),
    "answering": ("--data", "{data}", "retrieval"),
}
# Those that are also measured on cases of our own, which need no data.
OWN = ("contradictions",)
LARGE = ("search", "serve")
PARTS = (
    *("parse", "embed", "release", "cost", "recheck", "overhead", "eval", "grounding", "canary"),
    *LARGE,
    *LABELLED,
)


def main(argv: Sequence[str] | None = None) -> None:
    """Prints a table for each part."""
    options = _options(argv)
    parts = options.only or PARTS
    with ExitStack() as stack:
        work = options.work or Path(stack.enter_context(TemporaryDirectory(prefix="wellkept-")))
        work.mkdir(parents=True, exist_ok=True)
        quiet_libraries()
        print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.platform()}")
        _measure(parts, options.data, work.resolve(), options.articles)


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.bench", description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with helpcenters/ and labelled data")
    parser.add_argument("--only", action="append", choices=PARTS, help="may be given repeatedly")
    parser.add_argument(
        "--articles", type=int, default=5_000, help="size of the generated center (%(default)s)"
    )
    parser.add_argument("--work", type=Path, help="folder that is kept between runs")
    return parser.parse_args(argv)


def _measure(parts: Sequence[str], data: Path | None, work: Path, articles: int) -> None:
    centers = find_centers(data)
    if "parse" in parts:
        from tests.bench import parsing

        parsing.measure(centers, work / "home")
    if "embed" in parts:
        from tests.bench import embedding

        embedding.measure(centers, work / "home")
    if "release" in parts:
        from tests.bench import releasing

        releasing.measure(centers, work)
    if "overhead" in parts:
        from tests.bench import overhead

        overhead.measure(work)
    if "eval" in parts:
        from tests.bench import evaluating

        evaluating.measure(work)
    if "grounding" in parts:
        _run("grounding")
    if "canary" in parts:
        _run("canary")
    if {"cost", "recheck"} & set(parts):
        _measure_checks(parts, centers, work, articles)
    if set(LARGE) & set(parts):
        _measure_large(parts, centers, work, articles)
    for name, (*given, needed) in LABELLED.items():
        if name in parts and name in OWN:
            _run(name)
        if name in parts and data and (data / needed).exists():
            _run(name, *(text.format(data=data) for text in given))


def _measure_checks(
    parts: Sequence[str], centers: Sequence[Center], work: Path, articles: int
) -> None:
    """Candidates, growth up to `articles`, and a second run over that many."""
    from tests.bench import cost, recheck

    if "cost" in parts:
        cost.measure(centers, work, articles)
    if "recheck" in parts:
        folders = [center.folder for center in centers if center.folder != SAMPLE] or [SAMPLE]
        name = f"checked-{articles}"
        recheck.measure(blow_up(folders, work / "articles" / name, articles), work)


def _run(name: str, *arguments: str) -> None:
    print(f"\n{name}", flush=True)
    subprocess.run([sys.executable, "-m", f"tests.bench.{name}", *arguments], check=False)


def _measure_large(
    parts: Sequence[str], centers: Sequence[Center], work: Path, articles: int
) -> None:
    """On a center blown up to `articles`; its home is made once for a kept `work`."""
    from tests.bench import releasing, searching, serving

    folders = [center.folder for center in centers if center.folder != SAMPLE] or [SAMPLE]
    name = f"generated-{articles}"
    center = Center(name, blow_up(folders, work / "articles" / name, articles))
    releasing.measure([center], work, open_gate=True)
    if "search" in parts:
        searching.measure(center, work)
    if "serve" in parts:
        serving.measure(center, work)


if __name__ == "__main__":
    main()
