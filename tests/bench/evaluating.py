"""How long an evaluation takes, and how much of that is ragas itself."""

from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from agent.build import agent_on
from eval.build import open_cases, open_metrics
from eval.run import evaluate
from kb.ports import Encoder, Matrix, Progress, Vector
from tests.bench.centers import Center, workspace
from tests.bench.measure import show, timed
from tests.bench.releasing import home_of


class Timed:
    """An `Encoder` that counts the seconds it works."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.fingerprint = encoder.fingerprint
        self.dimension = encoder.dimension
        self.seconds = 0.0

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Matrix:
        started = perf_counter()
        vectors = self._encoder.encode_passages(texts, progress)
        self.seconds += perf_counter() - started
        return vectors

    def encode_query(self, text: str) -> Vector:
        return self._encoder.encode_query(text)


def measure(center: Center, work: Path) -> None:
    """The suite without a judge on a released center, with questions from its headings."""
    space = workspace(home_of(center, work))
    release = space.release()
    articles = space.articles.of_release(release.id)
    cases = open_cases(space.settings, articles)
    agent = agent_on(space, release.id)
    agent.answer(cases[0].question)
    encoder = Timed(space.encoder)
    import_s, suite = timed(lambda: open_metrics(space.settings, encoder))
    evaluation = evaluate(agent, cases, suite)
    answering, scoring = (evaluation.timings_s[step] for step in ("answering", "scoring"))
    own = scoring - encoder.seconds
    show(
        f"Evaluation on {center.name}: {len(cases)} cases, {len(suite.metrics)} metrics",
        ("", "s", "share"),
        [
            (name, f"{seconds:.2f}", f"{seconds / (answering + scoring):.1%}")
            for name, seconds in (
                ("answering", answering),
                ("embedding answers and references", encoder.seconds),
                ("ragas and our metrics", own),
            )
        ]
        + [("importing ragas, once", f"{import_s:.2f}", "")],
    )
