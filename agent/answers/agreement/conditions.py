"""Under what a sentence holds, where, for how long and for whom."""

import re
from itertools import pairwise

from agent.answers import markers
from agent.answers.agreement.unit import Unit
from agent.answers.sense import Key, Sense, canonical, key, sense
from agent.answers.words import STOP_WORDS
from kb.claims.values import ValueKind

_DROPPED = 0.5


_INSIDE = 0.6


def condition_lost(part: Sense, whole: Sense, unit: Unit) -> str:
    """A condition of the source is kept, and is not told as a fact."""
    told, said = unit.own.plain, whole.plain
    if markers.ONLY.search(told) and not markers.RESTRICTS.search(said):
        return "it leaves out “only”"
    supposed: set[Key] = set()
    rest = told
    for condition in conditions(told):
        found = sense(condition).keys
        kept = sum(whole.has(one) or unit.around.has(one) for one in found)
        if found and kept < _DROPPED * len(found) and not _numbers_kept(condition, whole):
            return f"it leaves out “{condition.strip()}”"
        if markers.SUPPOSED.match(condition):
            supposed.update(found)
            rest = rest.replace(condition, " ")
        if markers.EXCEPTS.match(condition) and not part.denies:
            outside = sense(told.replace(condition, " "))
            excepted = [one for one in found if part.has(one) and not outside.has(one)]
            if excepted and not markers.EXCEPTS.search(said):
                return "it tells of what the quote excepts"
    beside = sense(rest)
    only_there = [one for one in part.keys if one in supposed and not beside.has(one)]
    if part.keys and len(only_there) > _INSIDE * len(part.keys):
        return (
            "" if markers.CONDITIONAL.search(said) else "it tells as a fact what the quote supposes"
        )
    return ""


def conditions(plain: str) -> list[str]:
    """Clauses under which the rest of a sentence holds, each up to the next."""
    starts = [match.start() for match in markers.CONDITION.finditer(plain)]
    found = []
    for start, following in pairwise([*starts, len(plain)]):
        end = markers.CONDITION_ENDS.search(plain, start, following)
        found.append(plain[start : end.start() if end else following])
    return found


def _numbers_kept(text: str, whole: Sense) -> bool:
    found = sense(text).numbers
    return bool(found) and found <= whole.numbers


def scope_lost(_part: Sense, whole: Sense, unit: Unit) -> str:
    """The plan, the country, the amount above which it holds."""
    if unit.ordered:
        return ""
    for name in markers.SCOPE.findall(unit.own.text):
        lower = name.lower()
        if lower not in whole.plain and lower not in unit.around.plain:
            return f"it leaves out “{name}”"
    for number in markers.LIMITED_TO.findall(unit.own.plain):
        if canonical(number.rstrip(".,")) not in whole.numbers:
            return f"it leaves out the limit {number}"
    return ""


def duration_lost(_part: Sense, whole: Sense, unit: Unit) -> str:
    """How long it holds is not left out."""
    if any(value.kind is ValueKind.DURATION for value in whole.values) or whole.numbers:
        return ""
    for value in unit.own.values:
        before = unit.own.text[: value.start].lower()
        if value.kind is ValueKind.DURATION and markers.LASTS.search(before):
            return f"it leaves out “for {value.text}”"
    return ""


def party_lost(_part: Sense, whole: Sense, unit: Unit) -> str:
    """Where somebody has to be asked, the reader is not told to do it."""
    for party in markers.DELEGATED.findall(unit.own.plain):
        if key(party) in unit.own.keys and not whole.has(key(party)):
            return f"it leaves out that {party} has to be asked"
    return ""


def turned_round(part: Sense, _whole: Sense, unit: Unit) -> str:
    """From here to there, before and after: not the other way round."""
    told = _directed(unit.own.plain)
    for word, ends in _directed(part.plain).items():
        other = told.get(markers.TURNED[word], set())
        if ends & other and not ends & told.get(word, set()):
            return f"what stands after “{word}” is another in the quote"
    return ""


def _directed(plain: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for word, noun in markers.DIRECTED.findall(plain):
        if noun not in STOP_WORDS:
            found.setdefault(word, set()).add(key(noun)[0])
    return found


def doer_differs(part: Sense, _whole: Sense, unit: Unit) -> str:
    """Who can, must or may do it: not those to whom it is done."""
    if markers.PASSIVE.search(part.plain) or markers.PASSIVE.search(unit.own.plain):
        return ""
    mine, theirs = markers.MODAL.search(part.plain), markers.MODAL.search(unit.own.plain)
    if not (mine and theirs) or re.search(r"\b(?:you|we|they|it) *$", part.plain[: mine.start()]):
        return ""
    doer = set(sense(part.plain[: mine.start()]).keys)
    told = sense(unit.own.plain[: theirs.start()])
    done_to = sense(unit.own.plain[theirs.end() :])
    if not doer or not told.keys or any(told.has(one) or unit.around.has(one) for one in doer):
        return ""
    return "another does it in the quote" if all(done_to.has(one) for one in doer) else ""
