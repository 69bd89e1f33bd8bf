"""The suite: every metric of `eval/metrics`, ready to score, and the judge that some ask."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from eval.judging.calibration import JudgeCalibration
from eval.judging.endpoint import JudgeEndpoint, endpoint_of
from eval.judging.pin import JudgePin
from eval.judging.standing import Standing, standing
from eval.judging.topics import topics
from eval.scoring.metric import Metric, Models, OpenMetric
from kb.errors import ConfigError
from kb.ports import Cache, Encoder
from kb.registry import discover
from kb.settings import EvaluationSettings, Settings
from kb.types import Article

if TYPE_CHECKING:
    from eval.scoring.judge import EncoderEmbedding, Judge

_NO_JUDGE = "no language model is configured"
_LEFT_OUT = "[evaluation] judge_metrics leaves it out"
_SAME_MODEL = (
    "The judge is the model that writes the answers ({model}); models favour their own words. "
    "[evaluation] judge_model names another."
)


@dataclass(frozen=True)
class Suite:
    """Metrics that are ready to score, and name to reason of those that are not tried. `judge` is
    asked by the judged ones among them, whose `standings` say whether they may refuse; `notes`
    are for the reader of the verdict. `embeddings` may `learn` texts in one go before they are
    scored; None where no metric asks it. So many cases may be scored `at_once`."""

    metrics: Sequence[OpenMetric]
    skipped: Mapping[str, str] = field(default_factory=dict)
    embeddings: "EncoderEmbedding | None" = None
    at_once: int = 1
    judge: "Judge | None" = None
    standings: Mapping[str, Standing] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def informs(self) -> dict[str, str]:
        """Judged metric to why it informs only. A judged metric that is not in it may refuse."""
        return {name: it.why for name, it in self.standings.items() if not it.blocks}

    def details(self) -> dict[str, Any] | None:
        """Which judge it was, how far its metrics are believed, and how often it was asked and
        its replies were known; None without a judge."""
        if self.judge is None:
            return None
        return {
            **self.judge.pin.to_json(),
            "metrics": {name: it.to_json() for name, it in self.standings.items()},
            "asked": self.judge.replies.asked,
            "recalled": self.judge.replies.recalled,
        }

    def without(self, broken: Mapping[str, str]) -> "Suite":
        """The same without some metrics, for these reasons."""
        return replace(
            self,
            metrics=[metric for metric in self.metrics if metric.name not in broken],
            skipped={**self.skipped, **broken},
        )

    def anew(self) -> AbstractContextManager[None]:
        """Within, the judge recalls nothing from before."""
        return self.judge.replies.set_apart() if self.judge else nullcontext()


def open_suite(
    settings: Settings,
    encoder: Encoder,
    articles: Sequence[Article] = (),
    cache: Cache | None = None,
) -> Suite:
    """Every plug-in of `eval/metrics`. Judged ones are skipped without a judge, and where
    `[evaluation] judge_metrics` leaves them out.

    `articles` say what the help center is about; `cache` keeps what the judge says and how
    answers are embedded. Raises
    `ConfigError` for a judge that is configured by half, an unknown name among `judge_metrics`
    and a calibration that can't be read.
    """
    from eval.scoring.judge import EncoderEmbedding, open_judge

    plugins: dict[str, Metric] = discover("eval.metrics")
    skipped = _skipped(plugins, settings.evaluation, endpoint_of(settings))
    tried = {name: it for name, it in plugins.items() if name not in skipped}
    judged = [name for name, it in tried.items() if it.judged]
    endpoint = endpoint_of(settings) if judged else None
    judge = open_judge(endpoint, cache) if endpoint else None
    about = topics(articles, settings.agent.audience) or [settings.center.name]
    embeddings = EncoderEmbedding(encoder, cache)
    models = Models(embeddings, judge, about)
    return Suite(
        metrics=[OpenMetric(name, it, it.build(models)) for name, it in tried.items()],
        skipped=skipped,
        embeddings=embeddings,
        at_once=settings.evaluation.judge_at_once,
        judge=judge,
        standings=_standings(judged, judge.pin, settings.evaluation) if judge else {},
        notes=_notes(endpoint),
    )


def _skipped(
    plugins: Mapping[str, Metric], settings: EvaluationSettings, endpoint: JudgeEndpoint | None
) -> dict[str, str]:
    judged = [name for name, plugin in plugins.items() if plugin.judged]
    chosen = settings.judge_metrics
    _refuse_unknown(chosen or (), judged)
    if endpoint is None:
        return dict.fromkeys(judged, _NO_JUDGE)
    return {name: _LEFT_OUT for name in judged if chosen is not None and name not in chosen}


def _refuse_unknown(chosen: Iterable[str], judged: Sequence[str]) -> None:
    for name in chosen:
        if name not in judged:
            near = get_close_matches(name, judged, n=1, cutoff=0.5)
            hint = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(judged)}"
            raise ConfigError(f"[evaluation] judge_metrics: no judged metric '{name}'; {hint}")


def _standings(
    judged: Iterable[str], pin: JudgePin, settings: EvaluationSettings
) -> dict[str, Standing]:
    path = settings.judge_calibration
    known = JudgeCalibration.read(path) if path else None
    return {name: standing(name, pin, known, settings.judge_kappa) for name in judged}


def _notes(endpoint: JudgeEndpoint | None) -> tuple[str, ...]:
    return (_SAME_MODEL.format(model=endpoint.model),) if endpoint and endpoint.writes else ()
