"""Fits and tries the coefficients of `agent/answers/confidence.py`.

    python -m tests.bench.fit_confidence --center HOME=QUESTIONS.jsonl --center … --foreign FILE

Each home holds a live release; its questions are JSONL with `query`, which its articles answer.
Every question of the other centers, and every `text` or `query` of the foreign files, is put to it
as one that must not be answered. Prints the AUROC on each center when fitted on the others, the
share answered and handed over at each point, and the coefficients fitted on everything.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from agent.answers.confidence import WEIGHTS
from agent.answers.evidence import Question, weigh
from agent.answers.respond import SEARCHED
from agent.answers.vocabulary import Vocabulary
from kb.build import Workspace
from kb.configuration import load
from kb.types import Filters

POINTS = (0.4, 0.5, 0.6)
Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Cases:
    """Questions put to one center: a row of features each. `kin` are other centers' questions."""

    name: str
    features: Values
    answerable: npt.NDArray[np.bool_]
    kin: npt.NDArray[np.bool_]


def main() -> None:
    options = _options()
    questions = {home: _texts(Path(file)) for home, file in map(_pair, options.center)}
    foreign = [text for file in options.foreign for text in _texts(file)]
    cases = [_put(home, questions, foreign) for home in questions]
    for held_out in cases:
        _report(_fit([item for item in cases if item is not held_out]), held_out)
    model = _fit(cases)
    weights = dict(zip(WEIGHTS, model.coef_[0].round(2).tolist(), strict=True))
    print(f"INTERCEPT = {model.intercept_[0]:.2f}\nWEIGHTS = {weights}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--center", action="append", required=True, help="HOME=QUESTIONS.jsonl")
    parser.add_argument("--foreign", action="append", default=[], type=Path)
    return parser.parse_args()


def _pair(text: str) -> tuple[str, str]:
    home, _, file = text.partition("=")
    return home, file


def _texts(file: Path) -> list[str]:
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [row.get("query") or row["text"] for row in rows]


def _put(home: str, questions: dict[str, list[str]], foreign: Sequence[str]) -> Cases:
    settings = load(home=Path(home))
    knowledge = Workspace(settings).knowledge()
    vocabulary = Vocabulary.of(knowledge.articles())
    filters = Filters(audience=tuple(settings.agent.audience))
    asked = [
        (text, other == home, other != home) for other in questions for text in questions[other]
    ]
    asked += [(text, False, False) for text in foreign]
    rows = []
    for text, _, _ in asked:
        hits = knowledge.search(text, SEARCHED, filters, per_article=False)
        features = weigh(Question.of(text, vocabulary), hits, knowledge.article).features
        rows.append([float(getattr(features, name)) for name in WEIGHTS])
    own, kin = np.array([(own, kin) for _, own, kin in asked], dtype=np.bool_).T
    return Cases(home, np.array(rows), own, kin)


def _fit(cases: Sequence[Cases]) -> LogisticRegression:
    """Answerable questions weigh half, other centers' and foreign ones a quarter each."""
    features = np.concatenate([item.features for item in cases])
    answerable = np.concatenate([item.answerable for item in cases])
    kin = np.concatenate([item.kin for item in cases])
    weights = np.zeros(len(answerable))
    for group, share in ((answerable, 0.5), (kin, 0.25), (~answerable & ~kin, 0.25)):
        weights[group] = share * len(answerable) / max(1, group.sum())
    return LogisticRegression(max_iter=3000).fit(features, answerable, sample_weight=weights)


def _report(model: LogisticRegression, cases: Cases) -> None:
    sure = model.predict_proba(cases.features)[:, 1]
    near = cases.answerable | cases.kin
    print(
        f"{cases.name}: AUROC {roc_auc_score(cases.answerable, sure):.3f}, on other centers' "
        f"questions alone {roc_auc_score(cases.answerable[near], sure[near]):.3f}"
    )
    for point in POINTS:
        answered = np.mean(sure[cases.answerable] >= point)
        kin = np.mean(sure[cases.kin] < point)
        rest = np.mean(sure[~near] < point) if (~near).any() else float("nan")
        print(
            f"  at {point}: answered {answered:.3f}, handed over {kin:.3f} of other centers', "
            f"{rest:.3f} of foreign questions"
        )


if __name__ == "__main__":
    main()
