"""Whether a conversation went as its scenario says."""

from collections.abc import Iterator, Sequence

from agent.types import Decision
from eval.golden.case import ExpectedCall
from eval.playing.calls import DONE, unlike
from eval.simulation.differences import compare
from eval.simulation.live import Called
from eval.simulation.play import Played
from eval.simulation.scenario import Expected, Pattern
from eval.simulation.wording import found


def differences(played: Played, expected: Expected, writes: frozenset[str]) -> list[str]:
    """What was otherwise than expected, a line each; empty when all went right. `writes` names
    the actions that change something."""
    if played.error:
        return [played.error]
    return [
        *_decisions(played, expected),
        *_case(played, expected),
        *_calls(played.calls, expected, writes),
        *(item.text for item in compare(played.before, played.after, expected.changes)),
        *_words(played, expected),
    ]


def broken_promises(played: Played, expected: Expected, writes: frozenset[str]) -> list[str]:
    """What must hold whatever fails on the way, a line each where it does not: nothing is done
    twice or beyond what was asked, nothing is claimed that did not take place, and every message
    gets a reply and the conversation an end."""
    if played.error:
        return [played.error]
    compared = compare(played.before, played.after, expected.changes)
    missing = any(item.lacking for item in compared)
    lines = [item.text for item in compared if not item.lacking]
    done = [call for call in played.calls if call.action in writes and call.status == DONE]
    lines += [
        f"{call.action} took place {times} times" for call, times in _repeated(done, expected)
    ]
    if missing and expected.claim:
        # Of several changes some may have taken place: so many claims are true.
        true = len(done) if played.before != played.after else 0
        claims = [it.text for it in played.replies if found(expected.claim, it.text)]
        lines += [f"claimed what did not take place: {text!r}" for text in claims[true:]]
    lines += [
        f"no reply to {said!r}"
        for said, reply in played.exchanges
        if not reply.text and reply.decision is not Decision.SILENT
    ]
    if missing and not _is_honest_end(played):
        last = played.last.decision if played.last else "nothing"
        lines.append(f"ended with {last} although it did not take place")
    return lines


def _is_honest_end(played: Played) -> bool:
    """Handed over, or told the customer so."""
    return played.case is not None or (
        played.last is not None and played.last.decision in (Decision.ACTION, Decision.ANSWER)
    )


def _repeated(done: Sequence[Called], expected: Expected) -> Iterator[tuple[Called, int]]:
    allowed = [name for call in expected.calls for name in call]
    for action in dict.fromkeys(call.action for call in done):
        calls = [call for call in done if call.action == action]
        if len(calls) > max(1, allowed.count(action)):
            yield calls[0], len(calls)


def _decisions(played: Played, expected: Expected) -> Iterator[str]:
    last = played.last
    if expected.decision and (last is None or last.decision not in expected.decision):
        shown = f"{last.decision} ({last.why})" if last else "none"
        yield f"the decision is {shown}, not {_or(expected.decision)}"
    if expected.decisions:
        taken = [reply.decision for reply in played.replies]
        if len(taken) != len(expected.decisions):
            yield f"{len(taken)} turns, not {len(expected.decisions)}: {', '.join(taken)}"
        for number, (is_, due) in enumerate(zip(taken, expected.decisions, strict=False), 1):
            if is_ not in due:
                yield f"the decision of turn {number} is {is_}, not {_or(due)}"
    if expected.turns and len(played.replies) > expected.turns:
        yield f"{len(played.replies)} turns, more than {expected.turns}"


def _case(played: Played, expected: Expected) -> Iterator[str]:
    case = played.case
    wanted = expected.reason or expected.rule or expected.team or expected.case
    if not wanted:
        return
    if case is None:
        yield "nothing was handed over"
        return
    if expected.reason and case.reason not in expected.reason:
        yield f"handed over because of {case.reason}, not {_or(expected.reason)}"
    if expected.rule and case.rule != expected.rule:
        yield f"handed over by rule {case.rule or 'none'}, not {expected.rule}"
    if expected.team and case.team != expected.team:
        yield f"handed over to {case.team or 'nobody'}, not {expected.team}"
    for part, pattern in expected.case.items():
        if not found(pattern, case.texts.get(part, "")):
            yield f"the case's {part} is {case.texts.get(part, '')!r}; /{pattern}/ is not in it"


def _calls(calls: Sequence[Called], expected: Expected, writes: frozenset[str]) -> Iterator[str]:
    done = [call for call in calls if call.action in writes and call.status == DONE]
    wanted = [ExpectedCall(*item) for call in expected.calls for item in call.items()]
    yield from unlike(done, wanted)
    looked_up = {call.action for call in calls}
    for name in expected.lookups:
        if name not in looked_up:
            yield f"{name} was not called"


def _words(played: Played, expected: Expected) -> Iterator[str]:
    texts = [reply.text for reply in played.replies]
    for pattern in expected.says:
        if not any(found(pattern, text) for text in texts):
            yield f"never said /{pattern}/"
    yield from _forbidden(texts, expected.never)
    final = played.last.text if played.last else ""
    for pattern in expected.final:
        if not found(pattern, final):
            yield f"the last reply does not say /{pattern}/"
    if expected.claim and expected.calls and not any(found(expected.claim, it) for it in texts):
        yield f"never said that it took place: /{expected.claim}/"
    cited = {path for reply in played.replies for path in reply.cites}
    for path in expected.cites:
        if path not in cited:
            yield f"{path} was not cited"


def _forbidden(texts: Sequence[str], never: Sequence[Pattern]) -> Iterator[str]:
    for pattern in never:
        for text in texts:
            if found(pattern, text):
                yield f"said /{pattern}/: {text!r}"


def _or(values: Sequence[object]) -> str:
    return " or ".join(str(value) for value in values)
