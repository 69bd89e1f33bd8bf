"""A reply for the person to begin with. It quotes; it promises nothing and claims nothing."""

import re
from collections.abc import Iterator

from agent.types import Citation, Handoff, HandoffReason

_OPENING = {
    HandoffReason.ANGER: "I'm sorry about the trouble that you have had.",
    HandoffReason.VULNERABLE: "thank you for telling us. I'm sorry that things are hard right now.",
    HandoffReason.SAFETY: "first of all: is everybody safe?",
    HandoffReason.PAYMENT_DISPUTE: "I understand that this payment isn't right for you.",
    HandoffReason.LEGAL: "thank you for your message, which I have received.",
    HandoffReason.THREAT: "I have received your message.",
    HandoffReason.ACTION_FAILED: "I'm sorry that this didn't go through as it should.",
}
_READ = "I have read your conversation with our assistant, so you don't have to explain it again."
_QUOTES = "This is what our articles say on it:"
_NEAREST = "The closest that our articles say is this:"
# The agent itself did not take what it found for an answer.
_UNSURE = frozenset(
    (
        HandoffReason.NO_EVIDENCE,
        HandoffReason.LOW_CONFIDENCE,
        HandoffReason.NOT_GROUNDED,
        HandoffReason.ASKED_FOR_PERSON,
    )
)
_EMPHASIS = re.compile(r"\*\*|__|`")
# Where what the search found near has nothing to do with why a person is needed.
_NO_QUOTES = frozenset(
    (
        HandoffReason.SAFETY,
        HandoffReason.THREAT,
        HandoffReason.LEGAL,
        HandoffReason.VULNERABLE,
        HandoffReason.OUT_OF_SCOPE,
        HandoffReason.ANGER,
    )
)
_MOST_QUOTES = 2
_LONGEST_QUOTE = 400


def draft(handoff: Handoff, name: str) -> str:
    """Greeting, what fits the situation, and word for word what the nearest articles say, each
    with its link."""
    return "\n\n".join(_parts(handoff, name))


def _parts(handoff: Handoff, name: str) -> Iterator[str]:
    yield f"Hello {name}," if name else "Hello,"
    opening = _OPENING.get(handoff.reason)
    yield f"{opening} {_READ}" if opening else _READ
    quotes = [] if handoff.reason in _NO_QUOTES else list(handoff.evidence[:_MOST_QUOTES])
    if quotes:
        yield _NEAREST if handoff.reason in _UNSURE else _QUOTES
        yield from (_quoted(item) for item in quotes)


def _quoted(citation: Citation) -> str:
    flat = " ".join(_EMPHASIS.sub("", citation.quote).split())
    whole = len(flat) <= _LONGEST_QUOTE
    quote = flat if whole else f"{flat[:_LONGEST_QUOTE].rsplit(' ', 1)[0]} …"
    return f"“{quote}”\n({citation.title}, {citation.url or citation.path})"
