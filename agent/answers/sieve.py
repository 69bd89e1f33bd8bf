"""Holds back what a writer writes until it is known to be supported."""

from collections.abc import Callable
from dataclasses import dataclass

from agent.answers.evidence import Evidence
from agent.answers.quoting import Read
from agent.answers.steps import left_out, out_of_order
from agent.answers.write import Line, join
from agent.answers.writers import NothingFound, Writer
from kb.errors import Transient
from kb.types import BlockKind

_LISTED = frozenset({BlockKind.STEP, BlockKind.LIST_ITEM})


@dataclass(frozen=True, slots=True)
class Sieved:
    """What passed, in order, and what did not. `failed` says why the writer's text can't stand
    even so: it broke off, most of it was struck, or its steps are not all there."""

    kept: list[Line]
    struck: tuple[str, ...] = ()
    failed: str = ""
    nothing_found: bool = False


def sieve(
    writer: Writer, evidence: Evidence, read: Read, say: Callable[[str], None] | None
) -> Sieved:
    """Everything that the writer writes, each part told through `say` once it has passed. A list
    passes whole or not at all."""
    kept: list[Line] = []
    struck: list[str] = []
    told = ""
    failed = ""
    try:
        for part in writer.write(evidence):
            good = [line for line in part if line.grounded]
            struck += [line.text for line in part if line not in good and not _leads(line)]
            if part and part[0].kind in _LISTED and _gapped(good, len(part), read):
                return Sieved(kept, tuple(struck), "its steps are not all supported")
            kept += good
            told = _told(kept, told, say)
    except Transient as error:
        failed = str(error)
    except NothingFound:
        return Sieved(kept, tuple(struck), nothing_found=not kept)
    if struck and len(struck) >= len(kept):
        failed = failed or "half of it or more is not supported"
    if not failed and left_out(kept, read):
        failed = "it leaves out a step"
    return Sieved(kept, tuple(struck), failed)


def _gapped(good: list[Line], written: int, read: Read) -> bool:
    return len(good) < written or out_of_order(good) or bool(left_out(good, read))


def _leads(line: Line) -> bool:
    """Words that only introduce what follows are no claim."""
    return line.text.rstrip().endswith(":")


def _told(kept: list[Line], told: str, say: Callable[[str], None] | None) -> str:
    """Says what is new. A line that leads into a list waits for it."""
    whole = list(kept)
    while whole and _leads(whole[-1]):
        whole.pop()
    text = join(whole)
    if say is None or not text.startswith(told) or text == told:
        return told
    say(text[len(told) :])
    return text
