"""How customers mark what they mean and what they do not."""
# ruff: noqa: E501  a pattern is easier to read on one line

import re

# "not LH-1", "instead of LH-1": what follows is not meant.
_REJECTS = re.compile(
    r"(?:\bnot|n't|\binstead of|\brather than|\bno longer|\bforget|\bisn'?t|\bwasn'?t|\bdidn'?t mean|\bas opposed to|\bexcept)"
    r"(?:\W+(?:about|for|the|my|an?|order|number|one|it|is|was|because|really|actually|of|being|all)){0,4}\W*$",
    re.IGNORECASE,
)
# "LH-1 is wrong": what goes before is not meant.
_REJECTED = re.compile(
    r"^\W*(?:(?:is|was|'s)\s+(?:the\s+)?(?:wrong|not right|incorrect|a (?:mistake|typo))|(?:is|was)n'?t (?:it|right))\b",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"\b(?:i meant?|i mean|actually|sorry|oops|correction|wait|rather|instead|should (?:be|have been)|make (?:it|that)|change (?:it|that|my|the)"
    r"|typo|mistake|wrong|not right|my bad|no[,.]? it'?s|i was wrong|scratch that|let'?s (?:do|take|use)|better (?:do|take|use)|correct (?:one|number|order|address) is)\b",
    re.IGNORECASE,
)
_MEANT = re.compile(
    r"\b(?:i meant?|i mean|actually(?: it'?s)?|correction|should (?:be|have been)|make (?:it|that)|it'?s|but|to|is|rather|sorry)\W*(?:(?:the|my|an?|order|number|one|for)\W+){0,3}$",
    re.IGNORECASE,
)


def rejected(message: str, start: int, end: int) -> bool:
    """Whether what stands at [start, end) is named only to say that it is not meant."""
    return bool(
        _REJECTS.search(message[max(0, start - 60) : start])
        or _REJECTED.match(message[end : end + 40])
    )


def meant(message: str, start: int) -> bool:
    """Whether what begins at `start` is put forward as the right one."""
    return bool(_MEANT.search(message[max(0, start - 60) : start]))


def corrects(message: str) -> bool:
    """Whether the message takes back something said before."""
    return bool(_CORRECTS.search(message))


def pick(message: str, spans: dict[tuple[int, int], str]) -> str | None:
    """The one value that is meant of those at these places; None when that is not clear."""
    kept = {span: value for span, value in spans.items() if not rejected(message, *span)}
    if len(set(kept.values())) > 1 and corrects(message):
        put = {span: value for span, value in kept.items() if meant(message, span[0])}
        kept = dict([max((put or kept).items())])
    values = set(kept.values())
    return values.pop() if len(values) == 1 else None
