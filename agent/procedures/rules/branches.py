"""What may happen and is not provided for, and what is provided and never happens."""

from agent.action import CallStatus, Effect
from agent.procedure import Ask, Call
from agent.procedures.flow import reachable
from agent.procedures.rules.subject import Subject
from agent.procedures.uses import needed_by, root_of


def not_found(subject: Subject) -> None:
    """Look-ups by something that the customer gives, without a branch for finding nothing."""
    for name, step in subject.procedure.steps.items():
        if not isinstance(step, Call) or CallStatus.NOT_FOUND in step.on:
            continue
        spec = subject.spec(step.action)
        given = _slots_of(subject, step)
        if spec.effect is Effect.READ and given and not given & _proven(subject):
            subject.faults.warn(
                step.line,
                "missing-branch",
                f"step {name} does not say what happens when nothing is found; a person takes "
                "over then",
                'add below it: - If it is not found, tell the customer "…" and go to step …',
            )


def _slots_of(subject: Subject, step: Call) -> set[str]:
    paths = {getattr(value, "path", "") for value in step.arguments.values()}
    return paths & set(subject.procedure.slots)


def _proven(subject: Subject) -> set[str]:
    """Slots that another look-up has a branch for, when it finds nothing by them."""
    return {
        slot
        for step in subject.procedure.steps.values()
        if isinstance(step, Call) and CallStatus.NOT_FOUND in step.on
        for slot in _slots_of(subject, step)
    }


def unused(subject: Subject) -> None:
    """Actions that no step calls, and values that no step asks for."""
    procedure = subject.procedure
    steps = [procedure.steps[name] for name in reachable(procedure.steps, procedure.start)]
    called = {step.action for step in steps if isinstance(step, Call)}
    for action in procedure.actions:
        if action not in called:
            subject.faults.warn(
                subject.lines.get("actions", 1),
                "unused-action",
                f"`{action}` is in the actions list, and no step calls it",
                "take it off the list, so that the procedure may do no more than it must",
            )
    asked = {step.slot for step in steps if isinstance(step, Ask)}
    used = {root_of(path) for step in steps for path in needed_by(step)}
    for slot in procedure.slots:
        if slot not in asked:
            what = "no step asks for it" if slot in used else "no step asks for it or uses it"
            subject.faults.warn(
                subject.lines.get(f"needs.{slot}", 1),
                "unasked",
                f"`{slot}` is in `needs`, and {what}",
                f"add a step `Ask for the {procedure.slots[slot].label or slot}`, or take it out",
            )


def beginning(subject: Subject) -> None:
    """Without examples nothing tells when the procedure applies."""
    if not subject.procedure.examples:
        subject.faults.warn(
            1,
            "no-examples",
            "there are no examples of messages to which the procedure applies",
            "add `examples:` with three or more messages as customers write them",
        )
