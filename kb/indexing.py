"""Fills the index of a release: known vectors are copied, only new passages are embedded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from kb.errors import Transient
from kb.ports import Encoder, Index, Progress, Vector
from kb.types import Passage

Item = TypeVar("Item")
_CHUNK = 128


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What was done, in passages. `resumed` were in the target already, `copied` came from
    another release, `deleted` were in the target and are wanted no more."""

    total: int
    resumed: int
    copied: int
    embedded: int
    deleted: int


def build_index(
    passages: Sequence[Passage],
    encoder: Encoder,
    target: Index,
    donors: Sequence[Index],
    progress: Progress | None = None,
) -> IndexReport:
    """Makes `target` hold exactly `passages`, flushed after each chunk, so that a run that is
    killed goes on where it stopped. Donors must have been made with the same encoder. Raises
    `Transient` when the target does not hold the passages in the end.
    """
    wanted = {passage.id: passage for passage in passages}
    unwanted = target.ids() - wanted.keys()
    target.delete(unwanted)
    resumed = _copy(wanted, target, target)
    copied: set[str] = set()
    for donor in donors:
        missing = {id_: item for id_, item in wanted.items() if id_ not in resumed | copied}
        copied |= _copy(missing, donor, target)
    new = [item for id_, item in wanted.items() if id_ not in resumed and id_ not in copied]
    _embed(new, encoder, target, progress)
    target.flush()
    if target.ids() != wanted.keys():
        raise Transient("the index does not hold every passage; run the release again")
    return IndexReport(len(wanted), len(resumed), len(copied), len(new), len(unwanted))


def _copy(wanted: Mapping[str, Passage], donor: Index, target: Index) -> set[str]:
    """Also from the target to itself: the payload may have changed where the text has not."""
    known = sorted(donor.ids() & wanted.keys())
    for ids in _chunks(known):
        vectors = donor.vectors(ids)
        _put([wanted[id_] for id_ in ids], [vectors[id_] for id_ in ids], target)
    return set(known)


def _embed(
    passages: Sequence[Passage], encoder: Encoder, target: Index, progress: Progress | None
) -> None:
    """Passages of like length together, longest first, so that no batch waits for one text."""
    ordered = sorted(passages, key=lambda passage: (-len(passage.embedded_text), passage.id))
    done = 0
    for chunk in _chunks(ordered):
        vectors = encoder.encode_passages([passage.embedded_text for passage in chunk])
        _put(chunk, list(vectors), target)
        done += len(chunk)
        if progress:
            progress("embed", done, len(ordered))


def _put(passages: Sequence[Passage], vectors: Sequence[Vector], target: Index) -> None:
    target.upsert(passages, np.stack(vectors))
    target.flush()


def _chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
