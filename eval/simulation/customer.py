"""Simulated customers: what they write next, given what the agent said."""

from random import Random
from typing import Protocol, TypeAlias

from agent.types import Decision
from eval.simulation.scenario import GiveBack, Line, Plays, Scenario
from eval.simulation.wording import found, mistyped


class Given:
    """A person gives the case back; the customer writes nothing."""


GIVEN_BACK = Given()
Move: TypeAlias = str | Given | None
_OVER = (Decision.HANDOFF, Decision.SILENT)


class Heard(Protocol):
    """What a customer sees of a turn. `agent.types.Turn` is one."""

    @property
    def text(self) -> str: ...

    @property
    def decision(self) -> Decision: ...


class Customer(Protocol):
    """Somebody who writes to the agent."""

    def move(self, heard: Heard | None) -> Move:
        """The next message after what the agent said last (None before the first), or None when
        they leave."""
        ...


def scripted(scenario: Scenario, seed: int) -> Customer:
    """The customer that a scenario writes down. The seed decides which wordings are drawn and
    where fingers slip."""
    voice = _Voice(scenario.typos, Random(f"{scenario.id}/{seed}"))
    if scenario.plays is None:
        return _Reciter(scenario.says, voice)
    return _Listener(scenario.plays, voice)


class _Voice:
    """Draws a wording and mistypes it. The first trial of a scenario, with seed 0, draws as any
    other: no wording is only ever tried in passing."""

    def __init__(self, typos: float, random: Random) -> None:
        self._typos = typos
        self._random = random

    def say(self, line: Line) -> str:
        return mistyped(self._random.choice(line), self._typos, self._random)


class _Reciter:
    """Says its lines, whatever it hears."""

    def __init__(self, lines: tuple[Line | GiveBack, ...], voice: _Voice) -> None:
        self._lines = iter(lines)
        self._voice = voice

    def move(self, heard: Heard | None) -> Move:  # noqa: ARG002 it does not listen
        line = next(self._lines, None)
        if line is None:
            return None
        return GIVEN_BACK if isinstance(line, GiveBack) else self._voice.say(line)


class _Listener:
    """Answers by its rules; leaves when a person has the case, or when there is nothing to say."""

    def __init__(self, plays: Plays, voice: _Voice) -> None:
        self._plays = plays
        self._voice = voice
        self._said = 0
        self._used = [0] * len(plays.answers)

    def move(self, heard: Heard | None) -> Move:
        line = self._plays.opens if heard is None else self._reaction(heard)
        if line is None:
            return None
        self._said += 1
        return self._voice.say(line)

    def _reaction(self, heard: Heard) -> Line | None:
        if heard.decision in _OVER or self._said > self._plays.patience:
            return None
        if self._said == self._plays.patience:
            return self._plays.gives_up
        interruption = self._plays.interrupts.get(self._said + 1)
        return interruption or self._answer(heard.text) or self._plays.otherwise

    def _answer(self, text: str) -> Line | None:
        for number, rule in enumerate(self._plays.answers):
            left = rule.times is None or self._used[number] < rule.times
            if left and found(rule.when, text):
                self._used[number] += 1
                return rule.says
        return None
