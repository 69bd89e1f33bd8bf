"""Under which tokens a claim is looked up: claims that share one are worth comparing.

A token is a group of claims that can be compared at all (a kind of value and its unit, yes against
no, one word of a pair of opposites against the other) with one stem, or with two stems of the
statement: two common words together are as telling as a rare one. Tokens depend on their claim
alone, so that claims which are unrelated change nothing.
"""

from collections.abc import Iterator
from itertools import combinations
from zlib import crc32

from kb.claims import lexicon
from kb.claims.claim import Claim
from kb.claims.clauses import implied
from kb.claims.spots import OWN_ZONE
from kb.claims.states import STATE
from kb.claims.values import Value, ValueKind
from kb.claims.words import stem

# On which side of a comparison a claim stands; claims of a group without sides stand on both.
LEFT, RIGHT, BOTH = 1, 2, 3
# Pairs are made of this many stems of the statement.
_PAIRED = 6
# A plain number may be a length of time, a size or a count whose unit is left out.
_BARE = frozenset({ValueKind.DURATION, ValueKind.SIZE, ValueKind.PERCENT, ValueKind.COUNT})
_GENERIC = frozenset(stem(word) for word in lexicon.words("generic"))
_PRIME, _MASK = 0x01000193, 0x7FFFFFFF


def tokens(claim: Claim) -> Iterator[tuple[int, int]]:
    """Each token (31 bits) and the side on which the claim stands under it. Tokens of different
    words may be equal, which costs a comparison and nothing else."""
    said = {word for word, zone in claim.profile.items() if zone >= OWN_ZONE}
    # What stands in headings alone makes two values comparable, never a yes and a no.
    looked_up = claim.profile if claim.value else said
    stems = {crc32(word.encode()) for word in looked_up}
    paired = list(combinations(sorted(crc32(word.encode()) for word in said)[:_PAIRED], 2))
    for group, side in _groups(claim):
        seed = crc32(group.encode())
        for one in stems:
            yield _mixed(seed, one), side
        for one, other in paired:
            yield _mixed(_mixed(seed, one), other), side
        if claim.value is not None:
            yield seed & _MASK, BOTH if _is_fragment(claim, claim.value) else RIGHT


def _is_fragment(claim: Claim, value: Value) -> bool:
    """Whether a claim says nothing but its value: it shares a stem with nothing ("Min. 8")."""
    return not claim.near - implied(claim.kind) - _GENERIC - {value.unit}


def _groups(claim: Claim) -> Iterator[tuple[str, int]]:
    if claim.value is None:
        if claim.mode != STATE:
            yield claim.key, LEFT if claim.sign < 0 else RIGHT
        for pair, side in claim.sides.items():
            yield f"{claim.key} {pair}", LEFT if side > 0 else RIGHT
        return
    yield claim.key, BOTH
    if claim.kind == ValueKind.NUMBER:
        yield "bare", LEFT
    elif claim.kind in _BARE:
        yield "bare", RIGHT


def _mixed(seed: int, stem: int) -> int:
    """A hash of both, of which order matters; FNV's prime spreads the bits."""
    return ((seed ^ stem) * _PRIME + (seed >> 15)) & _MASK
