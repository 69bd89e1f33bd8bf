"""What a message is, before anything is looked up."""

from collections.abc import Callable
from dataclasses import dataclass

from agent.screening.access import needs_account
from agent.screening.danger import is_dangerous
from agent.screening.smalltalk import SmallTalk, small_talk
from agent.screening.wishes import wants_person
from agent.types import HandoffReason


@dataclass(frozen=True, slots=True)
class Screening:
    """At most one of the two is set; neither: the message is a question for the articles."""

    handoff: HandoffReason | None = None
    small_talk: SmallTalk | None = None


# In order: the first that holds decides.
_RULES: tuple[tuple[HandoffReason, Callable[[str], bool]], ...] = (
    (HandoffReason.SAFETY, is_dangerous),
    (HandoffReason.ASKED_FOR_PERSON, wants_person),
    (HandoffReason.ACCOUNT_ACCESS, needs_account),
)


def screen(text: str) -> Screening:
    """Whether a message goes straight to a person, or is small talk, or is a question."""
    for reason, holds in _RULES:
        if holds(text):
            return Screening(handoff=reason)
    return Screening(small_talk=small_talk(text))
