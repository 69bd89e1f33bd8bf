"""What a turn says, and how the replies to several questions become one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from agent.types import Citation, Decision, HandoffReason

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Reply:
    """What a turn says and why. `evidence` is for a person who takes over; `said` answers those
    questions of a message that could be answered before the rest of it is handed over. `unsure`
    and `options` are what `State` keeps of it. `struck` was written and is supported by nothing;
    `writer` wrote what is left."""

    decision: Decision
    text: str
    confidence: float
    reason: str
    citations: tuple[Citation, ...] = ()
    handoff: HandoffReason | None = None
    retrieved: tuple[str, ...] = ()
    evidence: tuple[Citation, ...] = ()
    said: str = ""
    unsure: int = 0
    options: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()
    writer: str = ""


def joined(questions: Sequence[str], replies: Sequence[Reply]) -> Reply:
    """One reply to several questions: the answers in order, then what one of the others asks, or
    why the rest goes to a person. Without any answer the first handover, else the first question,
    stands for all."""
    answers = [reply for reply in replies if reply.decision is Decision.ANSWER]
    open_ones = [reply for reply in replies if reply.decision is not Decision.ANSWER]
    handed = [reply for reply in open_ones if reply.handoff]
    base = (handed or open_ones or answers)[0]
    said = "\n\n".join(dict.fromkeys(reply.text for reply in answers))
    text = "\n\n".join(part for part in (said, base.text) if part) if open_ones else said
    return replace(
        base,
        text=base.text if handed else text,
        said=said if handed else "",
        confidence=min(reply.confidence for reply in replies),
        reason=" | ".join(
            f"“{asked}”: {reply.reason}" for asked, reply in zip(questions, replies, strict=True)
        ),
        citations=_all(reply.citations for reply in answers),
        retrieved=_all(reply.retrieved for reply in replies),
        evidence=_all(reply.evidence for reply in open_ones),
        struck=_all(reply.struck for reply in replies),
        writer=next((reply.writer for reply in replies if reply.writer), ""),
        unsure=max(reply.unsure for reply in replies),
    )


def _all(groups: Iterable[Sequence[Item]]) -> tuple[Item, ...]:
    """Of every group in order, each once."""
    return tuple(dict.fromkeys(item for group in groups for item in group))
