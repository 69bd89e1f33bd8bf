"""Steps that nothing leads to, rounds without an end, and values used too early."""

from agent.procedure import AnyStep, Call, Check, End, HandOver, StepId
from agent.procedures.flow import cycle, forward, reachable, shown, waits, way
from agent.procedures.rules.subject import Subject
from agent.procedures.uses import made_known, needed_by, root_of


def unreachable(subject: Subject) -> None:
    """Steps that no way leads to."""
    procedure = subject.procedure
    reached = reachable(procedure.steps, procedure.start)
    told: set[int] = set()
    for name, step in procedure.steps.items():
        if name in reached or step.line in told or not step.text:
            continue
        told.add(step.line)
        subject.faults.error(
            step.line,
            "unreachable",
            f'no way leads to step {name} ("{_short(step.text)}")',
            "what stands before it stops, hands over or goes elsewhere on every way; move it up, "
            "or take it out",
        )


def endless(subject: Subject) -> None:
    """Rounds in which the customer is never asked, and steps after which there is no end."""
    procedure = subject.procedure
    steps = procedure.steps
    reached = reachable(steps, procedure.start)
    silent = [name for name in reached if not waits(steps[name])]
    if path := cycle(steps, silent):
        line = max(steps[name].line for name in path)
        subject.faults.error(
            line,
            "endless",
            f"the steps {shown([*path, path[0]])} go round without asking the customer anything",
            "ask or wait for something in between, or leave with `stop` or `hand over`",
        )
        return
    for name in procedure.steps:
        if name in reached and not _ends(subject, name):
            subject.faults.error(
                steps[name].line,
                "endless",
                f"after step {name} the procedure goes round for ever",
                "add a way out: an `If … stop`, or `hand over`",
            )
            return


def _ends(subject: Subject, name: StepId) -> bool:
    steps = subject.procedure.steps
    return any(isinstance(steps[to], End | HandOver) for to in reachable(steps, name))


def too_early(subject: Subject) -> None:
    """Values that are not known on every way to the step that uses them."""
    procedure = subject.procedure
    steps = procedure.steps
    nothing: frozenset[str] = frozenset()
    always = forward(
        steps, procedure.start, nothing, lambda s, e, known: _after(s, e, known), lambda a, b: a & b
    )
    ever = forward(
        steps,
        procedure.start,
        nothing,
        lambda s, e, known: known | made_known(s, e),
        lambda a, b: a | b,
    )
    for name, step in steps.items():
        if name not in always:
            continue
        told: set[str] = set()
        for path in needed_by(step):
            root = root_of(path)
            if root == "identity" or root in always[name] or root in told:
                continue
            told.add(root)
            _report(subject, name, step, path, never=root not in ever[name])


def _after(step: AnyStep, edge: str, known: frozenset[str]) -> frozenset[str]:
    """Whoever can't say a value leaves it unknown."""
    lost = {step.slot} if edge == "not known" and hasattr(step, "slot") else set()
    return (known - lost) | made_known(step, edge)


def _report(subject: Subject, name: StepId, step: AnyStep, path: str, *, never: bool) -> None:
    procedure = subject.procedure
    root = root_of(path)
    if isinstance(step, Call) and not never and _optional(subject, step, root):
        return
    get = (
        f"ask for the {procedure.slots[root].label or root}"
        if root in procedure.slots
        else f"look up the {root.replace('_', ' ')}"
    )
    if never:
        subject.faults.error(
            step.line,
            "used-too-early",
            f"step {name} uses {path} before it is known",
            f"{get} first",
        )
        return
    there = way(
        procedure.steps, procedure.start, name, lambda item, edge: root in made_known(item, edge)
    )
    message = f"step {name} uses {path}, which is not known on the way {shown(there)}"
    if isinstance(step, Check):
        subject.faults.warn(
            step.line,
            "used-too-early",
            f"{message}; there its condition does not hold",
            f"{get} on that way, too, or go elsewhere",
        )
    else:
        subject.faults.error(step.line, "used-too-early", message, f"{get} on that way, too")


def _optional(subject: Subject, step: Call, root: str) -> bool:
    """Whether only inputs that may be left out are filled from it."""
    inputs = {item.name: item for item in subject.spec(step.action).inputs}
    return all(
        not inputs[name].required
        for name, value in step.arguments.items()
        if root_of(getattr(value, "path", "")) == root
    )


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
