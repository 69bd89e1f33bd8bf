"""A default, and how far it can be changed: both hold."""

import re

from kb.claims.claim import Claim
from kb.claims.values import Bound

_DEFAULT = re.compile(r"\bdefaults?\b", re.IGNORECASE)
_SETTABLE = re.compile(
    r"\b(?:can|may|could) (?:\w+ )?(?:be )?(?:set|chang|choos|adjust|increas|configur|reduc|lower|"
    r"rais|extend|shorten)",
    re.IGNORECASE,
)


def keeps_default(a: Claim, b: Claim) -> bool:
    """Whether one tells a default and the other a limit that the default keeps."""
    for claim, other in ((a, b), (b, a)):
        if claim.value is None or other.value is None or _DEFAULT.search(other.spot.text):
            continue
        if _is_default(claim) and _SETTABLE.search(other.spot.text):
            return True
        most = other.value.bound == Bound.AT_MOST and claim.value.high <= other.value.high
        least = other.value.bound == Bound.AT_LEAST and claim.value.low >= other.value.low
        if (most or least) and claim.value.bound == Bound.EXACT and _is_default(claim):
            return True
    return False


def _is_default(claim: Claim) -> bool:
    return bool(_DEFAULT.search(" ".join((*claim.spot.labels, claim.spot.text))))
