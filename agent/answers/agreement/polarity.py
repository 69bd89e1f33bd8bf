"""What is denied, allowed, demanded, unsure, done or explained."""

import re
from collections.abc import Iterable
from functools import cache

from agent.answers import markers
from agent.answers.agreement.unit import Unit
from agent.answers.sense import Sense, key
from agent.answers.words import words


def denied_otherwise(part: Sense, _whole: Sense, unit: Unit) -> str:
    """Words of opposite meaning, and whether both deny. "Not enabled" is "disabled"."""
    turned = False
    for one, other in _opposed(part, unit.own):
        if part.denies is unit.own.denies or "without" in (one, other):
            return f"it says {one}, the quote says {other}"
        turned = True
    if part.denies and unit.own.denies and _twice(part) is not _twice(unit.own):
        return "it denies what the quote affirms, or the reverse"
    if part.denies is not unit.own.denies and not turned and not _spared(part, unit):
        return "it denies what the quote affirms, or the reverse"
    return ""


def _twice(said: Sense) -> bool:
    """Whether it denies something of what is without something."""
    plain = said.plain
    return bool(markers.WITHOUT.search(plain) and markers.DENIED_VERB.search(plain))


def _spared(part: Sense, unit: Unit) -> bool:
    """Where only one of the two denies and both say the same: "need not" is "optional", "only
    owners can" is "others cannot"."""
    said, told = part.plain, unit.own.plain
    if markers.NEED_NOT.search(said) and markers.NEED_NOT.search(told):
        return True
    if markers.ONLY.search(told) and re.search(r"\b(?:unless|except|without|other|not)\b", said):
        return bool(re.search(r"\bunless|except|other than|not? .*\bother|without\b", said))
    restricted = re.search(r"\b(?:unless|except|until|no one else|nobody)\b", told)
    return bool(markers.ONLY.search(said) and restricted)


def _opposed(part: Sense, own: Sense) -> Iterable[tuple[str, str]]:
    said, told = set(words(part.plain)), set(words(own.plain))
    said_keys, told_keys = _folded(said), _folded(told)
    for one, other in _pairs():
        for mine, theirs in ((one, other), (other, one)):
            if not (_in(mine, said, said_keys) and _in(theirs, told, told_keys)):
                continue
            if not _in(mine, told, told_keys) and not _in(theirs, said, said_keys):
                yield mine, theirs
    mine_of, theirs_of = _predicates(part), _predicates(own)
    for one, other in _pairs():
        for mine, theirs in ((one, other), (other, one)):
            if key(mine)[0] in mine_of - theirs_of and key(theirs)[0] in theirs_of - mine_of:
                yield mine, theirs


def _predicates(said: Sense) -> set[str]:
    return {key(word)[0] for word in markers.PREDICATE.findall(said.plain)}


def _folded(spelled: set[str]) -> set[str]:
    return {folded for word in spelled for folded in key(word)}


def _in(word: str, spelled: set[str], folded: set[str]) -> bool:
    return word in spelled or not folded.isdisjoint(key(word))


@cache
def _pairs() -> tuple[tuple[str, str], ...]:
    """Those that folding synonyms has not made one."""
    return tuple((a, b) for a, b in markers.OPPOSITES if key(a)[0] != key(b)[0])


def modes_differ(part: Sense, _whole: Sense, unit: Unit) -> str:
    """Must, need not, can: as the source has it."""
    said, told = part.plain, unit.own.plain
    free = markers.NEED_NOT.search(told)
    if markers.NEED_NOT.search(said):
        return "" if free else "it says what is not needed, the quote does not"
    if markers.MUST.search(said):
        obliged = markers.MUST.search(told) or markers.ONLY.search(told) or unit.ordered
        if free or not (obliged or re.search(r"\b(?:if|unless|as long as|until)\b", told)):
            return "it says what must be, the quote does not"
        return ""
    if markers.SHOULD.search(said) and not (
        markers.SHOULD.search(told) or markers.MUST.search(told) or unit.ordered
    ):
        return "it recommends what the quote does not"
    must = markers.MUST.search(told)
    if must and not free and markers.FREE_WILL.search(said) and not markers.CAN.search(told):
        return "it leaves free what the quote says must be"
    return ""


def too_sure(part: Sense, _whole: Sense, unit: Unit) -> str:
    if markers.HEDGED.search(unit.own.plain) and not markers.HEDGE.search(part.plain):
        return "it says for sure what the quote does not"
    return ""


def cause_added(part: Sense, _whole: Sense, unit: Unit) -> str:
    if markers.CAUSE.search(part.plain) and not markers.ANY_CAUSE.search(unit.own.plain):
        return "it gives a reason that the quote does not"
    return ""


def deed_claimed(part: Sense, _whole: Sense, unit: Unit) -> str:
    """Nobody has done anything for this customer, unless the article says so of everybody."""
    told = unit.own.plain
    if markers.OURSELVES.search(part.plain) and not markers.OURSELVES.search(told):
        return "it speaks of the writer"
    for pattern in (markers.WE_DID, markers.DONE):
        deed = pattern.search(part.plain)
        if deed and not pattern.search(told):
            return f"“{deed[0]}” is not in the quote"
    return ""
