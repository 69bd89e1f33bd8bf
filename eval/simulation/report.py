"""What a simulation found, for people and for machines."""

from collections.abc import Iterator, Sequence
from statistics import mean, median
from typing import Any

from eval.simulation.live import Called, Reply
from eval.simulation.trials import Outcome, Trial

_SHOWN = 10


def render_text(outcome: Outcome) -> str:
    """The figures, then the transcript of every failure (one a scenario) with what differed."""
    return "\n".join([*_figures(outcome), *_failures(outcome)])


def to_json(outcome: Outcome) -> dict[str, Any]:
    """Figures, scenarios and every failed trial, as plain values. Durations are in ms."""
    turns = [len(trial.played.replies) for trial in outcome.trials]
    return {
        "passed": not outcome.failed,
        "scenarios": len(outcome.counts()),
        "trials": len(outcome.trials),
        "failed_trials": len(outcome.failed),
        "pass_hat": {str(k): _rounded(outcome.pass_hat(k)) for k in _powers(outcome)},
        "turns": {"mean": round(mean(turns), 2), "total": sum(turns)} if turns else None,
        "actions": _actions(outcome),
        "turn_ms": _waits(outcome),
        "by_scenario": [
            {"id": name, "passed": passed, "trials": tried}
            for name, (passed, tried) in outcome.counts().items()
        ],
        "failures": [_trial(trial) for trial in outcome.failed],
    }


def _figures(outcome: Outcome) -> Iterator[str]:
    scenarios, trials = len(outcome.counts()), len(outcome.trials)
    passed = sum(passed == tried for passed, tried in outcome.counts().values())
    tried = "runs with a fault" if _with_faults(outcome) else "trials"
    yield f"{passed} of {scenarios} scenarios passed in every one of {trials} {tried}"
    for k in _powers(outcome):
        yield f"  pass^{k}  {outcome.pass_hat(k):.3f}"
    turns = [len(trial.played.replies) for trial in outcome.trials]
    waits = _waits(outcome)
    if turns and waits:
        yield f"  turns   {mean(turns):.1f} a conversation, {sum(turns)} in all"
        yield f"  waits   median {waits['median']:.0f} ms, longest {waits['longest']:.0f} ms"
    actions = ", ".join(f"{name} {times}" for name, times in _actions(outcome).items())
    yield f"  actions {actions or 'none'}"


def _failures(outcome: Outcome) -> Iterator[str]:
    """The first failed trial of each scenario; with faults, each is a story of its own."""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for trial in outcome.failed:
        key = (trial.scenario.id, trial.differences if trial.failures else ())
        if key in seen:
            continue
        seen.add(key)
        yield ""
        yield f"FAILED {trial.scenario.id} (trial {trial.number}): {trial.scenario.title}"
        for failure in trial.failures:
            yield f"  with {failure.kind} at call {failure.call} of {failure.operation}"
        yield from (f"  - {line}" for line in trial.differences[:_SHOWN])
        yield from (f"    {line}" for line in _transcript(trial))


def _transcript(trial: Trial) -> Iterator[str]:
    for said, reply in trial.played.exchanges:
        yield f"customer: {said}"
        yield from (f"  [{_call(call)}]" for call in reply.calls)
        yield f"agent ({reply.decision}): {reply.text}"


def _call(call: Called) -> str:
    arguments = ", ".join(f"{name} = {value}" for name, value in call.arguments.items())
    return f"{call.action}({arguments}): {call.status} {call.result}".rstrip()


def _trial(trial: Trial) -> dict[str, Any]:
    return {
        "scenario": trial.scenario.id,
        "trial": trial.number,
        "failures": [item.model_dump(exclude_none=True) for item in trial.failures],
        "differences": list(trial.differences),
        "transcript": [
            {"customer": said, **_said(reply)} for said, reply in trial.played.exchanges
        ],
        "duration_s": round(trial.played.duration_s, 3),
    }


def _said(reply: Reply) -> dict[str, Any]:
    return {
        "decision": reply.decision.value,
        "agent": reply.text,
        "why": reply.why,
        "calls": [_call(call) for call in reply.calls],
        "reason": reply.case.reason.value if reply.case else None,
    }


def _powers(outcome: Outcome) -> Sequence[int]:
    """1 and 4, as far as there are trials for them. Runs with faults are no trials of one thing:
    none."""
    if _with_faults(outcome):
        return []
    return [k for k in (1, 4) if outcome.pass_hat(k) is not None]


def _with_faults(outcome: Outcome) -> bool:
    return any(trial.failures for trial in outcome.trials)


def _actions(outcome: Outcome) -> dict[str, int]:
    """How often each action was called, by name."""
    counts: dict[str, int] = {}
    for trial in outcome.trials:
        for call in trial.played.calls:
            counts[call.action] = counts.get(call.action, 0) + 1
    return dict(sorted(counts.items()))


def _waits(outcome: Outcome) -> dict[str, float] | None:
    waits = [reply.ms for trial in outcome.trials for reply in trial.played.replies]
    return {"median": round(median(waits), 1), "longest": round(max(waits), 1)} if waits else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
