"""Whether a small judge, trained on language inference, helps to find contradictions.

    python -m tests.bench.nli_judge --nli DIR --pairs FILE.jsonl … [--held-out] [--cache FILE.npz]

DIR holds JSONL of premise, hypothesis and label (contradiction, entailment, neutral); FILE are
pairs as `tests.bench.contradictions` reads them. A classifier on the product's own encoder learns
contradiction or not from a sample of DIR, split by premise. It is measured on the rest of the
sample and on the pairs: alone, as a second look that may only drop what the rules found, and as an
aid that may add to it. The model is chosen on the pairs' dev half; `--held-out` measures it on the
other half, too.
"""

import argparse
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from kb.claims.words import content
from kb.encoder import SentenceEncoder
from kb.settings import EncoderSettings, HygieneSettings
from tests.bench.contradictions import try_all
from tests.bench.labelled_pairs import Pair, half_of, read_pairs
from tests.bench.measure import show

Values: TypeAlias = npt.NDArray[np.float64]
Truth: TypeAlias = npt.NDArray[np.bool_]

_SEED = 20_261_122
_RESAMPLES = 1_000
_NEGATION = re.compile(r"(?i)\b(?:not|no|never|none|nobody|nothing|without|cannot)\b|n['’]t\b")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_GRID = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)


@dataclass(frozen=True)
class Statements:
    """Two texts and whether they contradict each other."""

    a: str
    b: str
    contradicts: bool


@dataclass(frozen=True)
class Model:
    """A classifier and what it sees beside the overlap: of the two `vectors` and of their
    `distance` and product."""

    name: str
    make: Callable[[], Pipeline]
    vectors: bool = False
    distance: bool = False


MODELS = (
    Model("overlap, logistic", lambda: _logistic(1.0)),
    Model("distance, logistic", lambda: _logistic(0.001), distance=True),
    Model("vectors, logistic", lambda: _logistic(0.001), vectors=True, distance=True),
    Model("vectors, network", lambda: _network(), vectors=True, distance=True),
)


def main(argv: Sequence[str] | None = None) -> None:
    """Prints a table for each question."""
    options = _options(argv)
    pairs = [pair for path in options.pairs for pair in read_pairs(path)]
    pairs = [pair for pair in pairs if pair.label != "weak"]
    sample = _sample(options.nli, options.size)
    learnt, kept = _split(sample)
    spoken = [Statements(pair.a, pair.b, pair.contradicts) for pair in pairs]
    least = HygieneSettings().min_confidence
    rules = np.array([outcome.confidence for outcome in try_all(pairs, least)])
    vectors = _vectors([*sample, *spoken], options.cache)
    held = np.array([half_of(pair.id) == "held_out" for pair in pairs])
    halves = [("dev", ~held)] + ([("held out", held)] if options.held_out else [])
    _count(learnt, kept, pairs, halves)
    scores = {}
    for model in MODELS:
        fitted = model.make().fit(_features(learnt, vectors, model), _truth(learnt))
        scores[model.name] = _probability(fitted, model, spoken, vectors)
        kept_auroc = _auroc(_truth(kept), _probability(fitted, model, kept, vectors))
        truth = _truth(spoken)
        rows = [_auroc(truth[part], scores[model.name][part]) for _, part in halves]
        names = ", ".join(
            f"{name} pairs {row}" for (name, _), row in zip(halves, rows, strict=True)
        )
        print(f"AUROC, {model.name}: inference {kept_auroc}, {names}", flush=True)
    best = max(scores, key=lambda name: roc_auc_score(_truth(spoken)[~held], scores[name][~held]))
    _report_looks(best, scores[best], rules >= least, _truth(spoken), halves)


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.bench.nli_judge", description=__doc__)
    parser.add_argument("--nli", type=Path, required=True, help="folder of JSONL")
    parser.add_argument("--pairs", type=Path, nargs="+", required=True)
    parser.add_argument("--size", type=int, default=1_500, help="most of a file (%(default)s)")
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--cache", type=Path, help="keeps the vectors between runs")
    return parser.parse_args(argv)


def _sample(folder: Path, size: int) -> list[Statements]:
    """At most `size` rows of each file, drawn at random, the same on every run."""
    draw = np.random.default_rng(_SEED)
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for place in sorted(draw.permutation(len(rows))[:size]):
            row = rows[place]
            contradicts = row["label"] == "contradiction"
            found.append(Statements(row["premise"], row["hypothesis"], contradicts))
    return found


def _split(sample: Sequence[Statements]) -> tuple[list[Statements], list[Statements]]:
    """Four fifths to learn from; no premise is in both."""
    kept = [int(sha256(item.a.encode()).hexdigest(), 16) % 5 == 0 for item in sample]
    return (
        [item for item, keep in zip(sample, kept, strict=True) if not keep],
        [item for item, keep in zip(sample, kept, strict=True) if keep],
    )


def _vectors(items: Sequence[Statements], cache: Path | None) -> dict[str, Values]:
    known: dict[str, Values] = {}
    if cache and cache.exists():
        with np.load(cache) as stored:
            known = dict(zip(stored["texts"].tolist(), stored["vectors"], strict=True))
    missing = sorted({text for item in items for text in (item.a, item.b)} - set(known))
    if missing:
        encoded = SentenceEncoder(EncoderSettings()).encode_passages(missing)
        known.update(zip(missing, encoded.astype(np.float64), strict=True))
    if cache and missing:
        np.savez(cache, texts=np.array(list(known)), vectors=np.array(list(known.values())))
    return known


def _features(
    items: Sequence[Statements], vectors: dict[str, Values], model: Model
) -> npt.NDArray[np.float64]:
    """A row for each: what the model sees of the vectors, their cosine, how the words overlap."""
    rows = []
    for item in items:
        u, v = vectors[item.a], vectors[item.b]
        seen = [u, v] if model.vectors else []
        seen += [np.abs(u - v), u * v] if model.distance else []
        rows.append(np.concatenate([*seen, [float(u @ v)], _overlap(item.a, item.b)]))
    return np.array(rows)


def _overlap(a: str, b: str) -> list[float]:
    left, right = content(a), content(b)
    both = len(left & right)
    numbers = set(_NUMBER.findall(a)), set(_NUMBER.findall(b))
    denied = bool(_NEGATION.search(a)), bool(_NEGATION.search(b))
    return [
        both / max(1, len(left | right)),
        both / max(1, len(left)),
        both / max(1, len(right)),
        float(denied[0] != denied[1]),
        float(all(denied)),
        float(bool(numbers[0] and numbers[1]) and not numbers[0] & numbers[1]),
        float(bool(numbers[0] & numbers[1])),
        abs(len(left) - len(right)) / max(1, len(left) + len(right)),
    ]


def _logistic(strength: float) -> Pipeline:
    return make_pipeline(StandardScaler(), LogisticRegression(C=strength, max_iter=2_000))


def _network() -> Pipeline:
    network = MLPClassifier((64,), alpha=1.0, early_stopping=True, random_state=_SEED)
    return make_pipeline(StandardScaler(), network)


def _probability(
    fitted: Pipeline, model: Model, items: Sequence[Statements], vectors: dict[str, Values]
) -> Values:
    """Of a contradiction; the mean of both orders, since it has none."""
    turned = [Statements(item.b, item.a, item.contradicts) for item in items]
    both = [fitted.predict_proba(_features(part, vectors, model)) for part in (items, turned)]
    mean: Values = (both[0][:, 1] + both[1][:, 1]) / 2
    return mean


def _truth(items: Sequence[Statements]) -> Truth:
    return np.array([item.contradicts for item in items])


def _auroc(truth: Truth, scores: Values) -> str:
    """With its 95 % interval, by the bootstrap over cases."""
    draw = np.random.default_rng(_SEED)
    drawn = (draw.integers(len(truth), size=len(truth)) for _ in range(_RESAMPLES))
    values = [roc_auc_score(truth[d], scores[d]) for d in drawn if 0 < truth[d].sum() < len(truth)]
    low, high = np.percentile(values, [2.5, 97.5])
    return f"{roc_auc_score(truth, scores):.3f} ({low:.3f}-{high:.3f})"


def _count(
    learnt: Sequence[Statements],
    kept: Sequence[Statements],
    pairs: Sequence[Pair],
    halves: Sequence[tuple[str, Truth]],
) -> None:
    print(f"inference pairs: {len(learnt)} learnt from, {len(kept)} kept")
    truth = np.array([pair.contradicts for pair in pairs])
    for name, part in halves:
        print(
            f"{name} pairs: {truth[part].sum()} contradictions, {(~truth[part]).sum()} consistent"
        )


def _report_looks(
    name: str, judge: Values, found: Truth, truth: Truth, halves: Sequence[tuple[str, Truth]]
) -> None:
    """Precision and recall at each threshold of the judge: of the rules' findings that reach it,
    and of those with all else that reaches it."""
    for half, part in halves:
        said, right = found[part], truth[part]
        rows = [("rules alone", *_measures(said, right), "", "")]
        for step in _GRID:
            sure = judge[part] >= step
            row = (*_measures(said & sure, right), *_measures(said | sure, right))
            rows.append((f"{step:.1f}", *row))
        header = ("", "dropped below: precision", "recall", "added from: precision", "recall")
        show(f"{half} pairs, {name}", header, rows)


def _measures(said: Truth, truth: Truth) -> tuple[str, str]:
    hits = int((said & truth).sum())
    precision = f"{hits / said.sum():.2f} ({hits}/{said.sum()})" if said.any() else "none"
    return precision, f"{hits / truth.sum():.2f}"


if __name__ == "__main__":
    main()
