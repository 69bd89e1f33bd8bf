"""Fits and tries the coefficients of `agent/answers/confidence.py`.

    python -m tests.bench.fit_confidence --data DIR [--work DIR]

The help centers are those of DIR (`tests/bench/exam.py`) and the bundled sample with its log of
questions, where those that its truth lists as gaps have no answer. Each is also asked the other
centers' questions and foreign ones (CLINC150's out-of-scope test, Stack Exchange), which must not
be answered. Prints, for each center and the coefficients that were fitted on the others alone, the
AUROC; then the coefficients fitted on everything.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from agent.answers.confidence import GLANCE, LOOK, values
from agent.answers.evidence import Question, weigh
from agent.answers.likeness import look_closer
from agent.answers.respond import SEARCHED
from agent.answers.vocabulary import Vocabulary
from kb.build import Workspace
from kb.environment import quiet_libraries
from kb.types import Filters
from tests.bench.centers import SAMPLE, Center, fetch, workspace
from tests.bench.exam import BenchKnowledge, Exam, find_exams, foreign_questions, open_exam

# What each kind of question weighs in the fit, whatever their number.
_SHARES = {"own": 0.5, "gap": 0.2, "other": 0.15, "foreign": 0.15}
# Inverse strength of the ridge penalty: weak, but enough to keep twins of features together.
_PENALTY = 3.0
Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Cases:
    """Questions put to one center: a row of values a question, and the kind of each."""

    name: str
    rows: Sequence[Mapping[str, float]]
    kinds: Sequence[str]

    def features(self, names: Sequence[str]) -> Values:
        return np.array([[row[name] for name in names] for row in self.rows])

    @property
    def answerable(self) -> npt.NDArray[np.bool_]:
        return np.array([kind == "own" for kind in self.kinds])


def main() -> None:
    parser = argparse.ArgumentParser("python -m tests.bench.fit_confidence", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, help="folder that is kept between runs")
    options = parser.parse_args()
    quiet_libraries()
    with ExitStack() as stack:
        work = options.work or Path(stack.enter_context(TemporaryDirectory()))
        cases = list(put_all(options.data, workspace(work)))
    for model, name in ((GLANCE, "GLANCE"), (LOOK, "LOOK")):
        names = list(model.weights)
        for held_out in cases:
            _report(name, names, _fit([it for it in cases if it is not held_out], names), held_out)
        fitted = _fit(cases, names)
        weights = dict(zip(names, fitted.coef_[0].round(2).tolist(), strict=True))
        print(f"{name} = Model({fitted.intercept_[0]:.2f}, {weights})", flush=True)


def put_all(data: Path, space: Workspace) -> Iterator[Cases]:
    """Every center with every question that it is asked."""
    exams = find_exams(data, space)
    foreign = foreign_questions(data)
    for exam in exams:
        own = [(put.text, "own") for put in exam.questions]
        others = [
            (put.text, "other") for other in exams if other is not exam for put in other.questions
        ]
        yield _put(
            open_exam(exam, space), [*own, *others, *((text, "foreign") for text in foreign)], space
        )
    sample = Exam("sample", fetch(space, Center("sample", SAMPLE)), [])
    yield _put(open_exam(sample, space), list(_log()), space)


def _log() -> Iterator[tuple[str, str]]:
    """The sample's own customers."""
    folder = SAMPLE.parent
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    gaps = {question for gap in truth["gaps"] for question in gap["question_ids"]}
    for line in (folder / "conversations.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row["text"], "gap" if row["id"] in gaps else "own"


def _put(knowledge: BenchKnowledge, asked: Sequence[tuple[str, str]], space: Workspace) -> Cases:
    vocabulary = Vocabulary.of(knowledge.articles())
    filters = Filters(audience=tuple(space.settings.agent.audience))
    rows, kinds = [], []
    for text, kind in asked:
        hits = knowledge.search(text, SEARCHED, filters, per_article=False)
        evidence = weigh(Question.of(text, vocabulary), hits, knowledge.article)
        looked = look_closer(evidence, vocabulary, knowledge.resemblance)
        if looked.features.likeness:
            rows.append(values(looked.features))
            kinds.append(kind)
    return Cases(knowledge.release.id, rows, kinds)


def _fit(cases: Sequence[Cases], names: Sequence[str]) -> LogisticRegression:
    features = np.concatenate([item.features(names) for item in cases])
    answerable = np.concatenate([item.answerable for item in cases])
    kinds = np.array([kind for item in cases for kind in item.kinds])
    weights = np.zeros(len(kinds))
    for kind, share in _SHARES.items():
        weights[kinds == kind] = share * len(kinds) / max(1, (kinds == kind).sum())
    return LogisticRegression(C=_PENALTY, max_iter=5000).fit(
        features, answerable, sample_weight=weights
    )


def _report(model: str, names: Sequence[str], fitted: LogisticRegression, cases: Cases) -> None:
    sure = fitted.predict_proba(cases.features(names))[:, 1]
    kinds = np.array(cases.kinds)
    said = []
    for kind in sorted(set(cases.kinds) - {"own"}):
        which = (kinds == "own") | (kinds == kind)
        area = roc_auc_score(cases.answerable[which], sure[which])
        said.append(f"{kind} {area:.3f} ({(kinds == kind).sum()})")
    print(f"{model} {cases.name}, {(kinds == 'own').sum()} answerable: AUROC {', '.join(said)}")


if __name__ == "__main__":
    main()
