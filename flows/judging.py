"""The judge put to labelled cases, and cases for people to label: wiring of `eval.judging`."""

from pathlib import Path

from eval.judging.calibrate import calibrate
from eval.judging.calibration import JudgeCalibration
from eval.judging.drawing import draw
from eval.judging.labels import read_labels
from eval.runs.store import Evaluations
from eval.scoring.suite import open_suite
from kb.build import Workspace
from kb.errors import ConfigError
from kb.ports import Progress


def calibrated(
    work: Workspace, labels: Path, threshold: float, progress: Progress
) -> JudgeCalibration:
    """How far the configured judge agrees with the labels. Raises `ConfigError` for labels that
    can't be read and where no judge is configured, `Transient` for a judge that fails."""
    live = work.releases.live()
    articles = work.articles.of_release(live.id) if live else []
    suite = open_suite(work.settings, work.encoder, articles, work.cache)
    if suite.judge is None:
        raise ConfigError("no judge is configured: set [evaluation] judge_url and judge_model")
    return calibrate(
        read_labels(labels, suite.metrics), suite, suite.judge.pin, threshold, progress
    )


def drawn(work: Workspace, count: int) -> list[dict[str, object]]:
    """Cases of the last evaluation, to be labelled. Raises `ConfigError` where there is none."""
    kept = Evaluations(work.database).all(limit=1)
    if not kept:
        raise ConfigError("nothing was evaluated yet; `wellkept eval` evaluates the live release")
    return draw(kept[0].cases, count)
