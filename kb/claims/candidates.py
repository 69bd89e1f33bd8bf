"""Which claims are worth comparing: those that share a token. Never all pairs.

A token that too many claims share tells nothing and nominates nobody: the number of pairs grows
with the claims, not with their square.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from kb.claims.claim import Claim
from kb.claims.tokens import BOTH, LEFT, RIGHT, tokens

Numbers = npt.NDArray[np.int64]
Packed = npt.NDArray[np.uint64]
# Tokens and, beside each, a claim.
Side = tuple[Numbers, Numbers]
# A token nominates at most so many pairs: those of fifty claims against fifty.
MOST_PAIRS = 2_500
_SIDE_BITS, _CLAIM_BITS = 2, 32
_SIDE_MASK = (1 << _SIDE_BITS) - 1
_BUCKET_BITS = 20
_BUCKET_MASK = (1 << _BUCKET_BITS) - 1
_SLOTS = 1 << (_BUCKET_BITS + _SIDE_BITS)


def pairs(claims: Sequence[Claim]) -> Iterator[tuple[int, int]]:
    """Positions (i < j) of claims to compare, each pair once, in order."""
    found = Candidates(entries(claims)).pairs()
    yield from ((int(i), int(j)) for i, j in found)


def entries(claims: Sequence[Claim]) -> Packed:
    """Token, position of the claim and side, packed into 64 bits each: what `Candidates` takes.
    `shifted` moves the positions."""
    found = [
        token << _CLAIM_BITS | number << _SIDE_BITS | side
        for number, claim in enumerate(claims)
        for token, side in dict.fromkeys(tokens(claim))
    ]
    return np.array(found, np.uint64)


def shifted(packed: Packed, by: int) -> Packed:
    """The same entries of claims that stand `by` further on."""
    return packed + np.uint64(by << _SIDE_BITS)


@dataclass(frozen=True)
class Candidates:
    """Pairs among claims, from the entries of all of them in any order."""

    packed: Packed

    @cached_property
    def _buckets(self) -> Numbers:
        """Of each entry, its token's last bits: telling these apart first spares sorting all."""
        return (self.packed >> np.uint64(_CLAIM_BITS)).view(np.int64) & _BUCKET_MASK

    @cached_property
    def _crowded(self) -> Numbers:
        """Tokens that nominate nobody, in order."""
        sides = (self.packed & np.uint64(_SIDE_MASK)).view(np.int64)
        counted = np.bincount(self._buckets << _SIDE_BITS | sides, minlength=_SLOTS)
        by_side = counted.reshape(-1, 1 << _SIDE_BITS)
        left, right = (by_side[:, side] + by_side[:, BOTH] for side in (LEFT, RIGHT))
        (left_tokens, _), (right_tokens, _) = self._sides(left * right > MOST_PAIRS)
        (lefts, left_sizes), (rights, right_sizes) = _runs(left_tokens), _runs(right_tokens)
        both, met = _among(lefts, rights), _among(rights, lefts)
        return lefts[both][left_sizes[both] * right_sizes[met] > MOST_PAIRS]

    @cached_property
    def crowded(self) -> frozenset[int]:
        """Tokens that nominate nobody."""
        return frozenset(self._crowded.tolist())

    def pairs(self, fresh: Numbers | None = None, opened: Iterable[int] = ()) -> Numbers:
        """Rows (i < j) in order, each once. With `fresh` only those of which one is such a claim,
        and those under a token of `opened`."""
        if fresh is None:
            left, right = self._telling(np.ones(1 << _BUCKET_BITS, np.bool_))
            return _rows([_joined(left, right)])
        reopened = np.array(sorted(opened), np.int64)
        wanted = np.zeros(1 << _BUCKET_BITS, np.bool_)
        wanted[reopened & _BUCKET_MASK] = True
        wanted[self._buckets[_marked(_claims(self.packed), fresh)]] = True
        left, right = self._telling(wanted)
        some_left = _where(left, _marked(left[1], fresh) | _among(left[0], reopened))
        some_right = _where(right, _marked(right[1], fresh))
        return _rows([_joined(some_left, right), _joined(some_right, left)])

    def _telling(self, buckets: npt.NDArray[np.bool_]) -> tuple[Side, Side]:
        """The entries in these buckets but for those of crowded tokens."""
        left, right = self._sides(buckets)
        return (
            _where(left, ~_among(left[0], self._crowded)),
            _where(right, ~_among(right[0], self._crowded)),
        )

    def _sides(self, buckets: npt.NDArray[np.bool_]) -> tuple[Side, Side]:
        """Tokens and claims of the left, then of the right, each in order of the token: of the
        entries in these buckets."""
        ordered = np.sort(self.packed[buckets[self._buckets]])
        numbers = ordered.view(np.int64)
        left, right = (numbers[(numbers & side) != 0] for side in (LEFT, RIGHT))
        return (left >> _CLAIM_BITS, _claims(left)), (right >> _CLAIM_BITS, _claims(right))


def nominated(a: Claim, b: Claim, crowded: frozenset[int]) -> bool:
    """Whether two claims share a token that is not crowded: whether `Candidates` has them."""
    known: dict[int, int] = {}
    for token, side in tokens(a):
        known[token] = known.get(token, 0) | side
    return any(
        token not in crowded and _face(known.get(token, 0), side) for token, side in tokens(b)
    )


def _face(one: int, other: int) -> bool:
    return bool((one & LEFT and other & RIGHT) or (one & RIGHT and other & LEFT))


def _joined(some: Side, all_: Side) -> Numbers:
    """Every claim of `some` with every claim of `all_` under its token, the smaller position in
    the upper half of a number."""
    token, claim = some
    start = np.searchsorted(all_[0], token, "left")
    sizes = np.searchsorted(all_[0], token, "right") - start
    one = np.repeat(claim, sizes)
    ends = np.cumsum(sizes)
    place = np.arange(len(one)) + np.repeat(start - ends + sizes, sizes)
    other = all_[1][place]
    apart = one != other
    one, other = one[apart], other[apart]
    return np.unique(np.minimum(one, other) << _CLAIM_BITS | np.maximum(one, other))


def _rows(found: Sequence[Numbers]) -> Numbers:
    every = np.unique(np.concatenate(found))
    return np.stack([every >> _CLAIM_BITS, every & ((1 << _CLAIM_BITS) - 1)], axis=1)


def _runs(ordered: Numbers) -> tuple[Numbers, Numbers]:
    """Every value once, and how often it stands there."""
    starts = np.flatnonzero(np.diff(ordered, prepend=-1))
    return ordered[starts], np.diff(starts, append=len(ordered))


def _claims(entries: npt.NDArray[Any]) -> Numbers:
    """The positions of the claims of entries."""
    return (entries.view(np.int64) & ((1 << _CLAIM_BITS) - 1)) >> _SIDE_BITS


def _where(side: Side, chosen: npt.NDArray[np.bool_]) -> Side:
    return side[0][chosen], side[1][chosen]


def _marked(claims: Numbers, some: Numbers) -> npt.NDArray[np.bool_]:
    """Which of `claims` are some of these."""
    marks = np.zeros(max(claims.max(initial=0), some.max(initial=0)) + 1, np.bool_)
    marks[some] = True
    return np.asarray(marks[claims])


def _among(values: Numbers, ordered: Numbers) -> npt.NDArray[np.bool_]:
    """Which of `values` stand in `ordered`."""
    if not len(ordered):
        return np.zeros(len(values), np.bool_)
    place = np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)
    return np.asarray(ordered[place] == values)
