"""Reads customers' words by rules, without a language model."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from agent.action import Value
from agent.dialogue.consent import consents
from agent.dialogue.entry import Encode, Entries
from agent.dialogue.slots.read import read
from agent.procedure import Procedure, Slot
from agent.types import Turn

# "Can you do that for me?" asks to carry out what was just asked about.
_DO_THAT = re.compile(
    r"\W*(?:(?:yes|ok(?:ay)?|great|good|thanks|then|and|so|please|can you|could you|would you"
    r"|will you|i want you to|i'd like you to|just|go ahead(?: and)?)\W+)*"
    r"(?:do|start|arrange|make|handle|sort|take care of) (?:it|that|this|one)(?: out)?"
    r"(?: (?:for me|please|now|then))*\W*",
    re.IGNORECASE,
)
_HOW_DO_I = re.compile(r"^\W*(?:how|where|when) (?:do|can|could|should|would) i\b", re.IGNORECASE)


def _in_full(message: str, earlier: Sequence[Turn]) -> str:
    """What was asked before, put as a wish, where the message only points back to it."""
    if not earlier or not _DO_THAT.fullmatch(message.replace("’", "'")):
        return message
    question = earlier[-1].question
    asked = _HOW_DO_I.sub("", question)
    return f"Please{asked.rstrip('?')}" if asked != question else message


class Rules:
    """The `Understanding` that needs no language model. `encode` turns texts into unit vectors,
    one row each; without it words alone decide."""

    def __init__(
        self,
        encode: Encode | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._entries = Entries(encode)
        self._now = now

    def entry(
        self, message: str, procedures: Sequence[Procedure], earlier: Sequence[Turn]
    ) -> Sequence[Procedure]:
        """The procedure whose case this message is; none when it is nobody's; several, best
        first, when they lie too close together to tell."""
        return self._entries.of(_in_full(message, earlier), procedures)

    def values(
        self, message: str, slots: Sequence[Slot], asked: Slot | None
    ) -> Mapping[str, Value]:
        """Values that stand in the message, by the name of their slot."""
        return read(message, slots, asked, self._now().date())

    def consent(self, message: str, question: str) -> bool | None:
        """Whether the customer clearly agrees or clearly does not."""
        return consents(message, question)
