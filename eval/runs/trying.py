"""Single cases tried on a release, one after the other, with what no model judges."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from eval.gate.comparison import Row
from eval.gate.rules.right import HARD
from eval.golden.case import Case
from eval.playing.player import Player, open_player
from eval.runs.run import score_all
from eval.scoring.suite import Suite, open_suite
from kb.build import Workspace
from kb.environment import quiet_libraries
from kb.settings import Settings


@dataclass(frozen=True)
class Trying:
    """A release that can be tried."""

    player: Player
    suite: Suite

    def row(self, case: Case) -> Row:
        """What the case came to, with its hard scores. A crash of the agent is part of it."""
        (scored,) = score_all([self.player.play(case)], self.suite)
        return scored.to_json()


@contextmanager
def open_trying(
    settings: Settings, release_id: str | None, cases: Sequence[Case]
) -> Iterator[Trying]:
    """On that release, or the live one, as it was released; `cases` are those that may be tried.
    Nothing is kept of them. Raises `Permanent` without a release, and `ConfigError` where cases
    act and there is nothing to act on."""
    quiet_libraries()
    work = Workspace(settings)
    release = work.release(release_id)
    then = work.as_released(release.id)
    articles = then.articles.of_release(release.id)
    try:
        suite = open_suite(then.settings, then.encoder, articles)
        hard = [metric for metric in suite.metrics if metric.name in HARD]
        with open_player(then, release.id, cases, articles) as player:
            yield Trying(player, replace(suite, metrics=hard))
    finally:
        work.database.close()
