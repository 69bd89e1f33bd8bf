"""What finding contradictions costs: how pairs and time grow with the articles, and how many of the
contradictions that comparing all pairs would give the candidate stage keeps."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from math import log
from pathlib import Path
from time import process_time

from kb.claims.candidates import pairs
from kb.claims.claim import Claim
from kb.claims.compare import judge
from kb.contradictions.comparison import compared
from kb.contradictions.readings import read_claims
from kb.corpus import Corpus
from kb.settings import HygieneSettings
from kb.sync import read
from kb.types import Article
from tests.bench.blowup import blow_up
from tests.bench.centers import Center, workspace
from tests.bench.measure import show

SIZES = (1_000, 2_000, 4_000, 10_000)
TODAY = date(2026, 1, 1)
# Below the default of the settings, so that there is more to count.
LEAST = 0.3


def measure(centers: Sequence[Center], work: Path, most: int) -> None:
    """Prints recall for each center, then growth up to `most` articles."""
    rows = [_recall(center, work) for center in centers]
    header = ["center", "articles", "claims", "all pairs", "candidates", "contradictions", "kept"]
    show(f"candidates against all pairs, confidence {LEAST} and above", header, rows)
    folders = [center.folder for center in centers]
    sizes = [size for size in SIZES if size <= most]
    _growth(folders, work, sizes)


def _recall(center: Center, work: Path) -> tuple[object, ...]:
    articles = _read(center.folder, work / "home")
    claims, weights = read_claims(Corpus(articles, TODAY, HygieneSettings()))
    near = set(pairs(claims))
    compared_pairs = hits = kept = 0
    for i, j in _every(claims):
        compared_pairs += 1
        judgement = judge(claims[i], claims[j], weights)
        if judgement and judgement.confidence >= LEAST:
            hits += 1
            kept += (i, j) in near
    share = f"{kept} ({kept / hits:.1%})" if hits else "none"
    return center.name, len(articles), len(claims), compared_pairs, len(near), hits, share


def _every(claims: Sequence[Claim]) -> Iterator[tuple[int, int]]:
    """All pairs of one key; two plain statements that something is so contradict nothing."""
    groups: dict[str, list[int]] = defaultdict(list)
    for number, claim in enumerate(claims):
        groups[claim.key].append(number)
    for members in groups.values():
        for i, j in combinations(members, 2):
            if _tells(claims[i]) or _tells(claims[j]):
                yield i, j


def _tells(claim: Claim) -> bool:
    return claim.value is not None or claim.sign < 0 or bool(claim.sides)


def _growth(folders: Sequence[Path], work: Path, sizes: Sequence[int]) -> None:
    """Seconds are those of the processor: others may use the machine, too."""
    rows: list[tuple[object, ...]] = []
    before: tuple[int, int, float] | None = None
    for size in sizes:
        folder = blow_up(folders, work / "articles" / f"generated-{size}", size)
        articles = _read(folder, work / "home")
        started = process_time()
        found = compared(Corpus(articles, TODAY, HygieneSettings()), LEAST)
        seconds = process_time() - started
        grown = ["", ""]
        if before:
            wider = log(size / before[0])
            grown = [f"{log(found.judged / before[1]) / wider:.2f}"]
            grown += [f"{log(seconds / before[2]) / wider:.2f}"]
        before = size, found.judged, seconds
        rows.append((size, found.claims, found.judged, f"{seconds:.1f}", *grown))
    header = ["articles", "claims", "pairs compared", "s", "exponent of pairs", "of time"]
    show("growth of a check for contradictions, parsing apart", header, rows)


def _read(folder: Path, home: Path) -> list[Article]:
    work = workspace(home)
    articles, _ = read(work.sources([folder]), work.parse, _silent, work.cache)
    return articles


def _silent(step: str, done: int, total: int | None) -> None:
    """Tells nobody."""
