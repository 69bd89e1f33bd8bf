"""Turns made of what became of a procedure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from agent.action import ActionSpec
from agent.dialogue import phrases
from agent.dialogue.move import Move, Talk
from agent.dialogue.outcome import Outcome, Passing, Standing
from agent.procedure import Ask, Call, Confirm, Procedure, Wait
from agent.state import Awaiting, Progress, State
from agent.types import Decision


def told(talk: Talk, procedure: Procedure, outcome: Outcome, said: tuple[str, ...]) -> Move:
    """What an outcome says, and how it goes on."""
    if outcome.passing:
        kept = replace(talk, state=replace(talk.state, progress=outcome.progress))
        return passed(kept, procedure, said, outcome.passing, outcome)
    asks = outcome.standing is Standing.ASKS
    state = replace(
        talk.state,
        progress=outcome.progress if asks else None,
        suspended=talk.state.suspended if asks else (),
        unsure=0,
    )
    return Move(
        Decision.CLARIFY if asks else Decision.ACTION,
        said or (phrases.ENDED,),
        state,
        f"step {outcome.step} of {procedure.name}",
        procedure,
        outcome.step,
        outcome.attempts,
        identity=outcome.identity,
    )


def passed(
    talk: Talk,
    procedure: Procedure | None,
    said: tuple[str, ...],
    passing: Passing,
    outcome: Outcome | None = None,
) -> Move:
    """A person takes over."""
    progress = talk.state.progress
    return Move(
        Decision.HANDOFF,
        said,
        talk.state,
        passing.why,
        procedure,
        progress.step if progress else "",
        outcome.attempts if outcome else (),
        passing,
        outcome.identity if outcome else None,
    )


def stopped(talk: Talk, procedure: Procedure, specs: Mapping[str, ActionSpec]) -> Move:
    """The customer has given it up; what had been done by then is said."""
    progress = talk.state.progress
    done = _done(procedure, progress, specs) if progress else ""
    text = phrases.STOPPED_AFTER.format(done=done) if done else phrases.STOPPED
    state = replace(talk.state, progress=None, suspended=(), candidates=(), wish="", unsure=0)
    step = progress.step if progress else ""
    return Move(Decision.ACTION, (text,), state, "the customer gave it up", procedure, step)


def _done(procedure: Procedure, progress: Progress, specs: Mapping[str, ActionSpec]) -> str:
    names = []
    for name in progress.acted:
        step = procedure.steps[name]
        if isinstance(step, Call):
            names.append(specs[step.action].description or step.action.replace("_", " "))
    return "; ".join(dict.fromkeys(text.rstrip(".") for text in names))


def which(talk: Talk, found: Sequence[Procedure]) -> Move:
    """Several procedures are meant as likely: the customer chooses."""
    *most, last = (item.title for item in found)
    text = phrases.WHICH.format(choices=f"{', '.join(most)} or {last}")
    names = tuple(item.name for item in found)
    state = replace(talk.state, candidates=names, wish=talk.text)
    return Move(Decision.CLARIFY, (text,), state, f"one of {', '.join(names)}")


def joined(move: Move, said: tuple[str, ...], outcome: Outcome) -> Move:
    """The turn that goes on after another procedure's outcome."""
    return replace(
        move,
        said=(*said, *move.said),
        attempts=(*outcome.attempts, *move.attempts),
        identity=move.identity or outcome.identity,
    )


def here(state: State, procedure: Procedure, progress: Progress) -> State:
    """Waiting for the answer to the step's own question again."""
    match procedure.steps[progress.step]:
        case Ask():
            awaiting = Awaiting.SLOT
        case Confirm():
            awaiting = Awaiting.CONSENT
        case Wait():
            awaiting = Awaiting.REPLY
        case _:
            awaiting = Awaiting.NOTHING
    back = replace(progress, awaiting=awaiting)
    return replace(state, progress=back, candidates=(), wish="")
