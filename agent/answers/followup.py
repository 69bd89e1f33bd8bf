"""Follow-up questions made self-contained."""

import re
from collections.abc import Sequence

from agent.answers.words import terms
from agent.types import Decision, Turn

_CONTINUES = re.compile(
    r"^\W*(?:(?:and|but|or|also|then|so|ok(?:ay)?|what about|how about|same for|what if)\b[\s,]*)+"
)
_POINTS_BACK = re.compile(
    r"\b(?:it|that|this|those|these|them|they|there|one|ones|same|instead|afterwards?)\b"
)
# A question with more subject words than this stands on its own.
_FEW = 3


def self_contained(text: str, earlier: Sequence[Turn]) -> str:
    """The message with the question it continues put before it; as it is when it stands alone.

    An answer to a clarifying question always continues the question that was asked."""
    if not earlier:
        return text
    last = earlier[-1]
    if last.decision is Decision.CLARIFY or (_depends(text) and last.citations):
        return f"{_root(earlier)} {text}"
    return text


def _depends(text: str) -> bool:
    lower = " ".join(text.lower().split())
    count = len(set(terms(lower)))
    if _CONTINUES.search(lower):
        return count <= _FEW
    return count <= 1 or (count <= _FEW and bool(_POINTS_BACK.search(lower)))


def _root(earlier: Sequence[Turn]) -> str:
    """The latest question that stood on its own."""
    for turn in reversed(earlier):
        if turn.decision is not Decision.CLARIFY and not _depends(turn.question):
            return turn.question
        if turn.decision is Decision.CLARIFY and len(set(terms(turn.question))) > 1:
            return turn.question
    return earlier[0].question
