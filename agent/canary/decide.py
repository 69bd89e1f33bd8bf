"""Canaries begun, looked at, decided by their rule, and ended."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any

from agent.canary.canary import Action, Canary, CanaryStatus, Reading
from agent.canary.rule import compared, decide_on
from agent.canary.signals import read_signals
from agent.canary.store import Canaries, in_canary
from kb.build import Workspace
from kb.errors import Permanent
from kb.releases import is_whole, promote, prune, reinstate, withdraw
from kb.types import Release, ReleaseStatus

_log = logging.getLogger("wellkept.canary")


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of the running canary, and why. Without one: `none`. `turn_ms` is the
    median time of a turn by release, for information."""

    action: Action
    reason: str
    canary: Canary | None = None
    readings: Sequence[Reading] = ()
    turn_ms: Mapping[str, float] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "action": self.action.value,
            "reason": self.reason,
            "canary": canary_to_json(self.canary) if self.canary else None,
            "signals": [_reading_to_json(item) for item in self.readings],
            "turn_ms": dict(self.turn_ms),
        }


def canary_to_json(canary: Canary) -> dict[str, Any]:
    """Plain values."""
    return {
        "id": canary.id,
        "release": canary.release_id,
        "live": canary.live_id,
        "status": canary.status.value,
        "share": canary.rules.share,
        "rules": canary.rules.model_dump(mode="json"),
        "started_at": canary.started_at.isoformat(),
        "ended_at": canary.ended_at.isoformat() if canary.ended_at else None,
        "reason": canary.reason,
        "signals": list(canary.readings),
    }


def start(work: Workspace, release_id: str | None = None, *, again: bool = False) -> Canary:
    """Tries a candidate that has passed its evaluation on a share of the customers: this one, or
    the newest. `again`: also one that was withdrawn. Raises `Permanent` when there is none, when
    it was changed after its evaluation, and while another is tried."""
    with work.home.lock():
        live = work.release()
        chosen = _candidate(work, release_id, again=again)
        if not is_whole(work.releases, work.backend, chosen):
            raise Permanent(
                f"release {chosen.id} was changed after it was evaluated: "
                "`wellkept release --hold` builds and evaluates it anew"
            )
        canary = Canary(token_hex(8), chosen.id, live.id, work.settings.canary, datetime.now(UTC))
        Canaries(work.database).start(canary)
    _log.info("canary %s: release %s beside %s", canary.id, chosen.id, live.id)
    return canary


def look(work: Workspace) -> Decision:
    """What `decide` would do now."""
    canary = Canaries(work.database).running()
    if canary is None:
        return Decision(Action.NONE, "no canary is running")
    live = work.releases.live()
    signals = read_signals(work.database, canary)
    readings = compared(signals.readings, canary.rules)
    crashes = (signals.failures[canary.live_id], signals.failures[canary.release_id])
    action, reason = decide_on(readings, canary.rules, crashes)
    if live is None or live.id not in (canary.live_id, canary.release_id):
        action, reason = Action.STOP, f"release {live.id if live else 'none'} is live meanwhile"
    elif live.id == canary.release_id:
        action, reason = Action.PROMOTE, "it is live"
    return Decision(action, reason, canary, readings, signals.turn_ms)


def decide(work: Workspace) -> Decision:
    """Looks at the running canary and does what its rule says: promotes the candidate, withdraws
    it, or lets it go on. Looking as often as one likes does no harm. Raises `Transient` when there
    is something to be done and another run holds the home."""
    found = look(work)
    if found.canary is None or found.action in (Action.NONE, Action.GO_ON, Action.READY):
        return found
    with work.home.lock():
        found = look(work)
        if found.canary is None:
            return found
        return _carry_out(work, found, found.canary)


def stop(work: Workspace, reason: str = "ended by hand") -> Canary:
    """Ends the running canary; everybody gets the live release, and the candidate stays one.
    Raises `Permanent` when none is running."""
    canary = _running(work)
    _end(work, Decision(Action.STOP, reason, canary), canary, CanaryStatus.STOPPED)
    return canary


def promote_now(work: Workspace) -> Release:
    """Makes the candidate of the running canary live, because a person says so. Raises
    `Permanent` when none is running, and as `kb.releases.promote` does."""
    with work.home.lock():
        canary = _running(work)
        found = Decision(Action.PROMOTE, "promoted by hand", canary, look(work).readings)
        live = promote(work.releases, work.backend, canary.release_id)
        _end(work, found, canary, CanaryStatus.PROMOTED)
        _prune(work)
    return live


def _carry_out(work: Workspace, found: Decision, canary: Canary) -> Decision:
    if found.action is Action.PROMOTE:
        try:
            promote(work.releases, work.backend, canary.release_id)
        except Permanent as error:
            found = Decision(Action.WITHDRAW, str(error), canary, found.readings, found.turn_ms)
    if found.action is Action.PROMOTE:
        _end(work, found, canary, CanaryStatus.PROMOTED)
        _prune(work)
    elif found.action is Action.WITHDRAW:
        withdraw(work.releases, canary.release_id, found.reason)
        _end(work, found, canary, CanaryStatus.WITHDRAWN)
    elif found.action is Action.STOP:
        _end(work, found, canary, CanaryStatus.STOPPED)
    return found


def _end(work: Workspace, found: Decision, canary: Canary, status: CanaryStatus) -> None:
    readings = [_reading_to_json(item) for item in found.readings]
    now = datetime.now(UTC)
    if Canaries(work.database).end(canary.id, status, found.reason, now, readings):
        _log.warning(
            "canary %s ended: release %s %s: %s", canary.id, canary.release_id, status, found.reason
        )


def _prune(work: Workspace) -> None:
    kept = in_canary(work.database)
    prune(work.releases, work.backend, work.settings.releases.keep, kept)


def _running(work: Workspace) -> Canary:
    canary = Canaries(work.database).running()
    if canary is None:
        raise Permanent("no canary is running; `wellkept canary start` begins one")
    return canary


def _candidate(work: Workspace, release_id: str | None, *, again: bool) -> Release:
    """Raises `Permanent` without one that may be tried."""
    if release_id is None:
        waiting = [item for item in work.releases.all() if _may_be_tried(item)]
        if not waiting:
            raise Permanent(
                "no candidate is waiting; `wellkept release --hold` builds and evaluates one "
                "without promoting it"
            )
        return waiting[0]
    found = work.release(release_id)
    if again:
        found = reinstate(work.releases, found.id)
    if not _may_be_tried(found):
        raise Permanent(
            f"release {found.id} is {found.status}; only a candidate that has passed its "
            "evaluation can be tried"
        )
    return found


def _may_be_tried(release: Release) -> bool:
    passed = (release.verdict or {}).get("passed") is True
    return release.status is ReleaseStatus.CANDIDATE and passed


def _reading_to_json(item: Reading) -> dict[str, Any]:
    return {
        "signal": item.signal,
        "live": {"shown": item.live.k, "conversations": item.live.n, "share": item.live.share},
        "candidate": {
            "shown": item.candidate.k,
            "conversations": item.candidate.n,
            "share": item.candidate.share,
        },
        "difference": asdict(item.difference) if item.difference else None,
    }
