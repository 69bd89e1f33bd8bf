"""Tries forty changes to the sample and prints what the gate says of each: `make forty`."""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

from kb.environment import quiet_libraries
from tests.forty import breakage, conduct, damage, harmless, voices
from tests.forty.bases import Bases
from tests.forty.bringing import bring
from tests.forty.change import Change, Judged, Way, judge
from tests.forty.table import render

REGRESSIONS = (
    damage.ARTICLE_DELETED,
    damage.WRONG_NUMBER,
    damage.CONTRADICTION,
    breakage.CHUNKS,
    breakage.ENCODER,
    breakage.BM25,
    breakage.FILTERS,
    breakage.CITATIONS,
    breakage.GROUNDING,
    breakage.TOO_SHY,
    breakage.TOO_BOLD,
    voices.PROMPT_INVENTS,
    voices.PROMPT_REFUSES,
    conduct.STEP_REMOVED,
    conduct.LIMIT_LIFTED,
    breakage.LATENCY,
    voices.JUDGE_AGREES,
    voices.JUDGE_FAILS,
    breakage.NAN,
    damage.GOLDEN_EMPTIED,
    conduct.EDITED,
)
CHANGES = (*REGRESSIONS, *harmless.HARMLESS)
# Of the sample, for trying out on this machine.
_SECRETS = {
    "LARKSPUR_SHOP_TOKEN": "larkspur-sample",
    "WELLKEPT_IDENTITY_SECRET": "sample-secret-for-trying-out-on-this-machine",
}


def main(argv: Sequence[str] | None = None) -> int:
    """0 when every row came out as expected."""
    options = _options(argv)
    prepare()
    with ExitStack() as stack:
        folder = options.work or Path(stack.enter_context(TemporaryDirectory(prefix="forty-")))
        bases = Bases(folder.resolve(), stack)
        tried = [
            _told(attempt(change, way, bases), quiet=options.json)
            for change, way in _chosen(options.only, every=options.all_ways)
        ]
    if options.json:
        print(json.dumps([item.to_json() for item in tried], indent=2))
    else:
        print("\n" + render(tried))
    return 0 if all(item.as_expected for item in tried) else 1


def prepare() -> None:
    """What the sample needs in the environment, and nothing that libraries tell or fetch."""
    quiet_libraries()
    os.environ.update(_SECRETS)


def attempt(change: Change, way: Way, bases: Bases) -> Judged:
    """The change made alone, in a copy of its base, and brought through the gate."""
    base, before = bases.get(change.base)
    place = change.ways.index(way)
    world = base.copy(base.folder.parent / f"row-{change.number}-{place}")
    way.make(world)
    judges = voices.JUDGES.get(change.number)
    voice = bases.judge.other(judges[place]) if judges and bases.judge else nullcontext()
    with voice:
        after = bring(world, conduct.MEANWHILE.get(way.told))
    return judge(change, way, before, after)


def _chosen(only: Sequence[str], *, every: bool) -> Iterator[tuple[Change, Way]]:
    for change in CHANGES:
        if not only or any(word in (change.number, change.name) for word in only):
            yield from ((change, way) for way in (change.ways if every else change.ways[:1]))


def _told(item: Judged, *, quiet: bool) -> Judged:
    """Said as soon as it is known."""
    mark = "ok" if item.as_expected else "NOT AS EXPECTED"
    text = f"{item.change.number:>3} {item.change.name} ({item.way.told}): {mark}"
    print(text, f"{item.seconds:.1f} s", file=sys.stderr, flush=True)
    if not (item.as_expected or quiet):
        print(f"    {item.why[:600]}", file=sys.stderr, flush=True)
    return item


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.forty", description=__doc__)
    parser.add_argument(
        "--only", action="append", default=[], help="number or name of a row; may be repeated"
    )
    parser.add_argument("--all-ways", action="store_true", help="each change in every way it knows")
    parser.add_argument("--json", action="store_true", help="the rows as JSON")
    parser.add_argument("--work", type=Path, help="folder that is kept, empty at first")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
