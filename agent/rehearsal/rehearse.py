"""Plays conversations against a procedure and tells where they went otherwise than written."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, time

from agent.action import ActionSpec, CallRequest
from agent.dialogue.conditions import same
from agent.ports import Understanding
from agent.procedure import Ask, Procedure
from agent.rehearsal.pretended import Pretended, in_order
from agent.rehearsal.script import Beat, Difference, Expectation, Must, Script
from agent.rehearsal.stage import Stage
from agent.state import Awaiting
from agent.types import Turn

_NOON = time(12)
_CONSENT = ("confirmation", "a confirmation", "yes or no", "a yes or no", "consent")


def rehearse(
    procedure: Procedure,
    scripts: Sequence[Script],
    specs: Mapping[str, ActionSpec],
    others: Sequence[Procedure] = (),
    understanding: Understanding | None = None,
) -> list[Difference]:
    """Differences in the order of the file; empty when all went as written. `others` are the
    procedures beside it, which a conversation may switch to."""
    found: list[Difference] = []
    for script in scripts:
        found += _Rehearsal(procedure, script, specs, others, understanding).differences()
    return found


class _Rehearsal:
    def __init__(
        self,
        procedure: Procedure,
        script: Script,
        specs: Mapping[str, ActionSpec],
        others: Sequence[Procedure],
        understanding: Understanding | None,
    ) -> None:
        self._procedures = {item.name: item for item in (*others, procedure)}
        self._script = script
        self._actions = Pretended(specs, in_order(script.given))
        now = datetime.combine(script.today, _NOON, UTC) if script.today else datetime.now(UTC)
        self._stage = Stage(
            list(self._procedures.values()), self._actions, script.identity, now, understanding
        )

    def differences(self) -> list[Difference]:
        """Of the first turn that went wrong: what comes after it tells nothing more."""
        for beat in self._script.beats:
            before = len(self._actions.requests)
            turn = self._stage.say(beat.message)
            calls = self._actions.requests[before:]
            found = [
                Difference(self._script.title, line, message, turn.text)
                for line, message in self._beat(beat, turn, calls)
            ]
            if found:
                return found
        return []

    def _beat(
        self, beat: Beat, turn: Turn, calls: Sequence[CallRequest]
    ) -> Iterator[tuple[int, str]]:
        for action in self._actions.unanswered:
            yield (
                self._script.line,
                f"`{action}` is called, and nothing says what it returns; "
                f"add: Given `{action}` returns {{…}}",
            )
            return
        for expected in beat.expected:
            message = self._wrong(expected, turn, calls)
            if message:
                yield expected.line, message
        listed = {item.about for item in beat.expected if item.must is Must.CALL}
        for request in calls:
            if self._actions.specs()[request.action].writes and request.action not in listed:
                yield beat.line, f"called {_call(request)}, which is not expected here"

    def _wrong(self, expected: Expectation, turn: Turn, calls: Sequence[CallRequest]) -> str:
        match expected.must:
            case Must.SAY:
                missing = [p for p in expected.phrases if not _said(p, turn.text)]
                return f"does not say {_quoted(missing)}" if missing else ""
            case Must.NOT_SAY:
                said = [p for p in expected.phrases if _said(p, turn.text)]
                return f"says {_quoted(said)}" if said else ""
            case Must.ASK:
                return self._not_asked(expected.about)
            case Must.CALL:
                return _not_called(expected, calls)
            case Must.NOT_CALL:
                made = [item for item in calls if item.action == expected.about]
                return f"called {_call(made[0])}" if made else ""
            case Must.HAND_OVER:
                return _not_handed_over(expected, turn)
            case Must.END:
                return self._not_ended(turn)

    def _not_asked(self, about: str) -> str:
        progress = self._stage.state.progress
        if progress is None:
            return f"does not ask for {about}: no procedure is under way"
        if about.lower() in _CONSENT:
            waits = progress.awaiting is Awaiting.CONSENT
            return "" if waits else f"does not ask for a yes or no, but waits at {progress.step}"
        procedure = self._procedures[progress.procedure]
        step = procedure.steps[progress.step]
        if not isinstance(step, Ask):
            return f"does not ask for {about}, but waits at step {progress.step}"
        slot = procedure.slots[step.slot]
        names = {slot.name, slot.label, slot.name.replace("_", " ")}
        asks = about.lower().removeprefix("the ") in {name.lower() for name in names}
        return "" if asks else f"asks for {slot.label or slot.name}, not for {about}"

    def _not_ended(self, turn: Turn) -> str:
        if turn.handoff:
            return f"does not end, but hands over to {turn.handoff.team}: {turn.reason}"
        progress = self._stage.state.progress
        return f"does not end, but waits at step {progress.step}" if progress else ""


def _not_called(expected: Expectation, calls: Sequence[CallRequest]) -> str:
    made = [item for item in calls if item.action == expected.about]
    if not made:
        others = ", ".join(_call(item) for item in calls)
        return f"does not call `{expected.about}`" + (f", but {others}" if others else "")
    for request in made:
        if all(
            name in request.arguments and same(request.arguments[name], value)
            for name, value in expected.arguments.items()
        ):
            return ""
    return f"called {_call(made[0])}"


def _not_handed_over(expected: Expectation, turn: Turn) -> str:
    if turn.handoff is None:
        return "does not hand over"
    if expected.about and turn.handoff.team.lower() != expected.about.lower():
        return f"hands over to {turn.handoff.team or 'nobody'}, not to {expected.about}"
    why = f"{turn.handoff.reason} {turn.handoff.reason} {turn.reason}".replace("_", " ").lower()
    if expected.why and expected.why.replace("_", " ").strip('"“”').lower() not in why:
        return f"hands over because {turn.handoff.reason} ({turn.reason}), not {expected.why}"
    return ""


def _said(phrase: str, text: str) -> bool:
    return " ".join(phrase.lower().split()) in " ".join(text.lower().split())


def _quoted(phrases: Sequence[str]) -> str:
    return ", ".join(f"“{phrase}”" for phrase in phrases)


def _call(request: CallRequest) -> str:
    given = ", ".join(f"{name} = {value}" for name, value in request.arguments.items())
    return f"`{request.action}`" + (f" with {given}" if given else "")
