"""The live release, tried again: did anything drift since it was promoted, or since last time?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from eval.runs.drift import Moved, changed_models, drift
from eval.runs.store import EvaluationRecord, Evaluations
from flows.evaluation import assess_release
from flows.models import models_of
from kb.build import Workspace
from kb.errors import Transient
from kb.ports import Progress
from kb.types import Message, Release

if TYPE_CHECKING:
    from agent.canary.decide import Decision

NIGHTLY, MODEL = "nightly", "model"
_AGAIN = frozenset({NIGHTLY, MODEL})
_NAMED_CASES = 10


@dataclass(frozen=True)
class Drifted:
    """What moved since an evaluation, which is named by what it was."""

    since: str
    run: str
    moved: tuple[Moved, ...]


@dataclass(frozen=True)
class Night:
    """The live release tried again. `against` are the evaluations that it was compared with, the
    one that it was promoted on first; `told` says by service whether the alert arrived (None) or
    why not; `canary` is what was decided of a canary, None where none is under way."""

    release: Release
    record: EvaluationRecord
    against: tuple[Drifted, ...]
    told: tuple[tuple[str, str | None], ...] = ()
    canary: "Decision | None" = None

    @property
    def has_drifted(self) -> bool:
        return any(item.moved for item in self.against)

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "release": self.release.id,
            "run": self.record.id,
            "trigger": self.record.details.get("trigger", ""),
            "passed": bool(self.record.verdict.get("passed")),
            "drifted": self.has_drifted,
            "against": [
                {
                    "since": item.since,
                    "run": item.run,
                    "moved": [
                        {"kind": one.kind, "text": one.text, "cases": list(one.cases)}
                        for one in item.moved
                    ],
                }
                for item in self.against
            ],
            "told": [{"service": service, "failure": why} for service, why in self.told],
            "canary": self.canary.to_json() if self.canary else None,
        }


def models_changed(work: Workspace) -> list[str]:
    """What is another model than when the live release was tried last, a sentence each: the judge
    by the settings of today, and all by what their endpoints tell. The writer's name is one of the
    settings that a release holds, and so another one only with another release. Raises `Permanent`
    when nothing is live."""
    live = work.release()
    tried = Evaluations(work.database).of_release(live.id)
    was = tried[0].details.get("models") if tried else None
    then = work.as_released(live.id)
    return changed_models(was or {}, models_of(then.settings, then.encoder.fingerprint))


def reevaluate(work: Workspace, progress: Progress, trigger: str = NIGHTLY) -> Night:
    """Tries the live release from the beginning, nothing reused, keeps the run under `trigger`,
    and tells the addresses of `[notify] urls` what drifted. Raises `Permanent` when nothing is
    live. What is live stays live: whether to roll back is for a person to say."""
    release = work.release()
    kept = Evaluations(work.database).of_release(release.id)
    assessed = assess_release(work, release, None, progress, fresh=True, trigger=trigger)
    against = tuple(_compared(work, release, kept, assessed.record))
    night = Night(release, assessed.record, against)
    told = tuple(_alert(work, night)) if night.has_drifted else ()
    return Night(release, assessed.record, against, told, _decide(work))


def _compared(
    work: Workspace, release: Release, kept: Sequence[EvaluationRecord], now: EvaluationRecord
) -> Iterator[Drifted]:
    for since, before in _befores(release, kept):
        yield Drifted(since, before.id, drift(before, now, work.settings.gate))


def _befores(
    release: Release, kept: Sequence[EvaluationRecord]
) -> Iterator[tuple[str, EvaluationRecord]]:
    """`kept` is newest first. Partial runs tell nothing of the whole."""
    whole = [item for item in kept if not item.details.get("part")]
    again = [item for item in whole if item.details.get("trigger") in _AGAIN]
    live_at = release.promoted_at
    promoted = [
        item
        for item in whole
        if item not in again and (live_at is None or item.created_at <= live_at)
    ]
    if promoted:
        yield "it was promoted", promoted[0]
    if again:
        yield "the last re-evaluation", again[0]


def _alert(work: Workspace, night: Night) -> Iterator[tuple[str, str | None]]:
    message = letter(night, work.settings.center.name)
    for url in work.settings.notify.urls:
        address = url.get_secret_value()
        (failure,) = work.notifier(message, [address])
        yield work.notifier.name(address) or "an unknown service", failure


def letter(night: Night, center: str) -> Message:
    """What drifted, for people."""
    return Message(f"{center}: the live release {night.release.id} has drifted", describe(night))


def describe(night: Night) -> str:
    """The same as Markdown, with what did not drift."""
    return "\n".join(_lines(night))


def _lines(night: Night) -> Iterator[str]:
    cases = night.record.verdict.get("cases", len(night.record.cases))
    verdict = "passes" if night.record.verdict.get("passed") else "does not pass"
    yield f"The live release {night.release.id} {verdict} the gate on {cases} cases."
    yield ""
    yield "Its articles, procedures and settings are those that it was released with."
    if not night.against:
        yield ""
        yield "There is no earlier evaluation to compare with."
    for item in night.against:
        yield ""
        yield f"Since {item.since} (run {item.run}): {'' if item.moved else 'nothing moved.'}"
        yield from (f"- {_moved(one)}" for one in item.moved)
    yield ""
    yield f"Look closer: `wellkept eval show {night.record.id}`."


def _moved(item: Moved) -> str:
    if not item.cases:
        return item.text
    more = len(item.cases) - _NAMED_CASES
    named = ", ".join(item.cases[:_NAMED_CASES]) + (f" and {more} more" if more > 0 else "")
    return f"{item.text}. Cases: {named}"


def _decide(work: Workspace) -> "Decision | None":
    """A canary under way is looked at next time where another run holds the home."""
    from agent.canary.decide import decide

    try:
        return decide(work)
    except Transient:
        return None
