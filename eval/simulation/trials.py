"""Scenarios tried several times, and every call of them with every fault."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from eval.simulation.expectation import broken_promises, differences
from eval.simulation.passes import mean_pass_hat
from eval.simulation.play import Played
from eval.simulation.scenario import Failure, Scenario
from kb.ports import Progress

# Longer than a trial waits for any call.
STALL_S = 2.0
_KINDS = (
    "error_before",
    "error_after",
    "drop_before",
    "drop_after",
    "stall_before",
    "stall_after",
    "unavailable",
    "malformed",
)
# Those that may last: the backend is down, its answers get lost, it has too much to do.
_LASTING = ("drop_before", "drop_after", "unavailable")


class Stage(Protocol):
    """Where scenarios are played: a live agent and its backends."""

    @property
    def writes(self) -> frozenset[str]:
        """Names of the actions that change something."""
        ...

    def play(self, scenario: Scenario, seed: int, failures: Sequence[Failure] = ()) -> Played:
        """One run on fresh state; `failures` come beside the scenario's own."""
        ...

    def operations(self) -> list[str]:
        """What the last run called on the backends, in order."""
        ...


@dataclass(frozen=True)
class Trial:
    """One run of a scenario. `differences` is empty when it passed; `failures` was injected
    beside what the scenario has."""

    scenario: Scenario
    number: int
    played: Played
    differences: tuple[str, ...]
    failures: tuple[Failure, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.differences


@dataclass(frozen=True)
class Outcome:
    """All trials, in the order in which they were run."""

    trials: tuple[Trial, ...]

    @property
    def failed(self) -> tuple[Trial, ...]:
        return tuple(trial for trial in self.trials if not trial.passed)

    def counts(self) -> dict[str, tuple[int, int]]:
        """(passed, tried) by scenario."""
        tried = Counter(trial.scenario.id for trial in self.trials)
        passed = Counter(trial.scenario.id for trial in self.trials if trial.passed)
        return {name: (passed[name], times) for name, times in tried.items()}

    def pass_hat(self, k: int) -> float | None:
        """The mean over scenarios, each weighing the same; see `eval.simulation.passes`."""
        return mean_pass_hat(list(self.counts().values()), k)


def try_all(
    stage: Stage, scenarios: Sequence[Scenario], trials: int, progress: Progress
) -> Outcome:
    """Each scenario `trials` times, with seeds from 0: other wordings, other typing mistakes."""
    done: list[Trial] = []
    total = len(scenarios) * trials
    for scenario in scenarios:
        for number in range(trials):
            played = stage.play(scenario, number)
            wrong = differences(played, scenario.expect, stage.writes)
            done.append(Trial(scenario, number, played, tuple(wrong)))
            progress("trials", len(done), total)
    return Outcome(tuple(done))


def try_faults(stage: Stage, scenarios: Sequence[Scenario], progress: Progress) -> Outcome:
    """Each scenario once for every call that it makes and every way in which that call can fail:
    once, and for some ways whenever it is made. What must hold then is `broken_promises`.
    Scenarios with failures of their own say what is to come of those, and are left out."""
    done: list[Trial] = []
    sound = [scenario for scenario in scenarios if not scenario.failures]
    for place, scenario in enumerate(sound):
        progress("faults", place, len(sound))
        stage.play(scenario, 0)
        for failure in _failures(stage.operations()):
            played = stage.play(scenario, 0, (failure,))
            wrong = broken_promises(played, scenario.expect, stage.writes)
            done.append(Trial(scenario, 0, played, tuple(wrong), (failure,)))
    progress("faults", len(sound), len(sound))
    return Outcome(tuple(done))


def _failures(operations: Sequence[str]) -> Iterator[Failure]:
    for operation, times in Counter(operations).items():
        for kind in _KINDS:
            seconds = STALL_S if kind.startswith("stall") else None
            for call in (*range(1, times + 1), *(["*"] if kind in _LASTING else [])):
                yield Failure.model_validate(
                    {"operation": operation, "call": call, "kind": kind, "seconds": seconds}
                )
