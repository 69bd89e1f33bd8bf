"""What finding candidates needs of one article's claims, in a few kilobytes, and the claims
themselves, each readable without the others."""

import zlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from pydantic import TypeAdapter, ValidationError

from kb.claims.candidates import Packed, entries
from kb.claims.claim import Claim
from kb.claims.weights import Hashes, stems_of, uses_of

_LEVEL = 1
_PARTS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """Of one article: how many claims it makes, their entries for `Candidates`, the hashes of all
    their stems, and what `Weights` counts of its claims."""

    size: int
    entries: Packed
    stems: Hashes
    uses: Hashes

    @classmethod
    def of(cls, claims: Sequence[Claim]) -> "Sheet":
        said = {word for claim in claims for word in _words(claim)}
        return cls(
            len(claims),
            entries(claims),
            stems_of(said),
            uses_of((claim.kind.value, claim.own) for claim in claims),
        )

    def pack(self) -> bytes:
        """What `unpack` reads, on a machine of the same byte order."""
        parts = (self.entries, self.stems, self.uses)
        head = np.array([self.size, *(len(part) for part in parts)], np.uint64)
        return b"".join(part.tobytes() for part in (head, *parts))

    @classmethod
    def unpack(cls, payload: bytes) -> "Sheet":
        """Raises `ValueError` for bytes that are no sheet."""
        numbers = np.frombuffer(payload, np.uint64)
        if len(numbers) < _PARTS or len(numbers) - _PARTS != int(numbers[1:_PARTS].sum()):
            raise ValueError("not a sheet of claims")
        ends = np.cumsum(numbers[1:_PARTS]).astype(int) + _PARTS
        return cls(
            int(numbers[0]),
            numbers[_PARTS : ends[0]],
            numbers[ends[0] : ends[1]],
            numbers[ends[1] : ends[2]],
        )


def pack_claims(claims: Iterable[Claim]) -> bytes:
    """A line of JSON for each claim, compressed."""
    return zlib.compress(b"\n".join(_line(claim) for claim in claims), _LEVEL)


def unpack_claims(payload: bytes, numbers: Collection[int]) -> dict[int, Claim]:
    """Those with these numbers. Raises `ValueError` when they can't be read."""
    try:
        lines = zlib.decompress(payload).split(b"\n")
        return {number: _claims().validate_json(lines[number]) for number in numbers}
    except (zlib.error, ValidationError, IndexError) as error:
        raise ValueError("not a row of claims") from error


def _words(claim: Claim) -> Iterable[str]:
    """Every stem by whose weight a claim may be judged."""
    yield from claim.profile
    for words in (claim.near, claim.own, claim.ordered, claim.subject, claim.predicate):
        yield from words
    yield from (
        claim.spot.topic | claim.spot.heads | claim.anchor | claim.target | claim.sides.keys()
    )
    yield from claim.scope.condition


def _line(claim: Claim) -> bytes:
    return _claims().dump_json(replace(claim, sides=dict(claim.sides)))


@cache
def _claims() -> TypeAdapter[Claim]:
    return TypeAdapter(Claim)
