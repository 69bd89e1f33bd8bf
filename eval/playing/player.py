"""Plays golden cases: whoever asks says what they say to the agent, and what comes of it is kept.

A case that acts is played on sandboxed backends; every other leaves no trace and calls no action.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter
from typing import Protocol

from agent.build import Watch
from agent.types import Decision, Message, Turn
from eval.golden.case import Case
from eval.playing.acting import Say, Stage, open_stage
from eval.playing.asking import ASKED, asked_by
from eval.playing.audiences import Audience, agents_on
from eval.playing.customer import Customer
from eval.scoring.evaluation import CaseResult
from eval.scoring.score import describe
from kb.build import Workspace
from kb.errors import ConfigError
from kb.types import Article


class Player(Protocol):
    """Plays cases. Implementation: `CasePlayer`."""

    def play(self, case: Case) -> CaseResult:
        """What the case came to, without scores. A crash of the agent is recorded on it."""
        ...


class Conversing(Protocol):
    """Whoever holds a conversation. Implementation: `agent.aside.Aside`."""

    def say(self, text: str) -> Turn: ...


class Askable(Protocol):
    """Whoever can be asked without a trace. Implementation: `agent.agent.Agent`."""

    def aside(self, like: Message) -> Conversing: ...


class CasePlayer:
    """Plays from any number of threads; cases that act take turns."""

    def __init__(
        self,
        agent_for: Callable[[Audience], Askable],
        articles: Sequence[Article] = (),
        stage: Stage | None = None,
    ) -> None:
        """`agent_for` gives the agent that serves an audience, the settings' own for none;
        without a `stage` no case may act."""
        self._agent_for = agent_for
        self._customer = Customer(articles)
        self._stage = stage

    def play(self, case: Case) -> CaseResult:
        """What the case came to, without scores. A crash of the agent is recorded on it. Raises
        `ConfigError` and `Transient` where the sandboxed backends are at fault."""
        if not case.acts:
            agent = self._agent_for(case.who.audience)
            return self._converse(case, agent.aside(asked_by(case.who, ASKED)).say)
        if self._stage is None:
            raise ConfigError(_NO_STAGE.format(case=case.id))
        return self._stage.play(case, self._converse)

    def _converse(self, case: Case, say: Say) -> CaseResult:
        """Everything that is said, until a person has the conversation."""
        heard = _Heard(say)
        try:
            for text in (*case.earlier, case.question):
                turn = heard.say(text)
                if turn.decision is Decision.HANDOFF:
                    break
            chosen = self._customer.reply(case, turn)
            if chosen:
                turn = heard.say(chosen)
        except Exception as error:  # noqa: BLE001 whatever it is, it is what the case came to
            turns, why = tuple(heard.turns), describe(error)
            return CaseResult(case, None, heard.last_ms, error=why, turns=turns)
        return CaseResult(case, turn, heard.last_ms, turns=tuple(heard.turns))


class _Heard:
    """The turns of a conversation, and how long the customer waited for the last."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self.turns: list[Turn] = []
        self.last_ms = 0.0

    def say(self, text: str) -> Turn:
        began = perf_counter()
        try:
            turn = self._say(text)
        finally:
            self.last_ms = (perf_counter() - began) * 1000
        self.turns.append(turn)
        return turn


_NO_STAGE = (
    "case {case} acts, and there are no backends to act on: [simulation] path names the folder "
    "whose sandbox.yaml says how they are started"
)


@contextmanager
def open_player(
    work: Workspace,
    release_id: str,
    cases: Sequence[Case],
    articles: Sequence[Article] = (),
    watch: Watch | None = None,
) -> Iterator[CasePlayer]:
    """Plays on a release until the block ends. An agent is built for each audience that asks, when
    it first does, and the backends are started for the first case that acts. `articles` are the
    release's, `watch` sees what they are asked. Raises `ConfigError` at once for cases that act
    without `[simulation] path`, or with a `sandbox.yaml` that can't be read."""
    folder = work.settings.simulation.path
    acting = next((case for case in cases if case.acts), None)
    agents = agents_on(work, release_id, watch=watch)
    if acting is None:
        yield CasePlayer(agents, articles)
        return
    if folder is None:
        raise ConfigError(_NO_STAGE.format(case=acting.id))
    with open_stage(work, release_id, folder, watch) as stage:
        yield CasePlayer(agents, articles, stage)
