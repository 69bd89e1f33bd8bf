"""Everything that is doubtful or wrong about a procedure whose steps are understood."""

from collections.abc import Callable, Sequence

from agent.procedures.rules import access, branches, consent, order
from agent.procedures.rules.subject import Subject

RULES: Sequence[Callable[[Subject], None]] = (
    order.unreachable,
    order.endless,
    order.too_early,
    consent.unconfirmed,
    access.not_identified,
    branches.not_found,
    branches.unused,
    branches.beginning,
)


def lint(subject: Subject) -> None:
    """Adds the faults of every rule to those of the subject."""
    for rule in RULES:
        rule(subject)
