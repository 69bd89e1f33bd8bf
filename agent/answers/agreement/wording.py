"""Links, names, labels, paths, and words that claim more than the source does."""

import re
from itertools import pairwise

from agent.answers import markers
from agent.answers.agreement.unit import Unit
from agent.answers.sense import Sense, key
from agent.answers.words import STOP_WORDS, words

_PARTICLES = STOP_WORDS | {"back"}


def links_differ(part: Sense, _whole: Sense, unit: Unit) -> str:
    for link in part.links:
        if link not in unit.own.text and link not in unit.around.text:
            return f"link {link} is not in the quote"
    return ""


def names_differ(part: Sense, _whole: Sense, unit: Unit) -> str:
    plain = f"{unit.own.plain} {unit.around.plain} {unit.before.plain}"
    for name in part.names:
        if name.lower() not in plain and name.lower() not in STOP_WORDS:
            return f"name {name} is not in the quote"
    return ""


def labels_differ(part: Sense, _whole: Sense, unit: Unit) -> str:
    squeezed = _squeezed(f"{unit.own.plain} {unit.around.plain}")
    for label in part.labels:
        if _squeezed(label) not in squeezed:
            return f"{label} is not in the quote"
    return ""


def paths_differ(part: Sense, _whole: Sense, unit: Unit) -> str:
    known = {(a.lower(), b.lower()) for a, b in (*unit.own.steps, *unit.around.steps)}
    for before, after in part.steps:
        if (before.lower(), after.lower()) not in known:
            return f"path {before} > {after} is not in the quote"
    return ""


def claims_more(part: Sense, _whole: Sense, unit: Unit) -> str:
    """ "All", "always", "automatically", "free": never added."""
    told = f" {_worded(unit.own.plain)} {_worded(unit.around.plain)} "
    said = f" {_worded(part.plain)} "
    for group in markers.STRONG:
        mine = next((word for word in group if f" {word} " in said), None)
        if mine and not any(f" {word} " in told for word in group) and not _weak(mine, part, unit):
            return f"“{mine}” is not in the quote"
    return ""


def _weak(word: str, part: Sense, unit: Unit) -> bool:
    """ "At any time" for "whenever"; "only" for "must be", "unless" and the like."""
    if word in ("any", "anyone", "each", "both", "all", "every"):
        denied = unit.own.denies and part.denies
        return denied or bool(
            re.search(r"\b(?:an?|whenever|every\w*|the|no|none)\b", unit.own.plain)
        )
    if word in ("only", "just", "solely", "exclusively"):
        return bool(markers.RESTRICTS.search(unit.own.plain))
    return word in ("least", "most", "minimum", "maximum")


def narrowed_otherwise(part: Sense, whole: Sense, unit: Unit) -> str:
    """An adjective that narrows the noun that is spoken of is kept."""
    told = words(unit.own.plain)
    for word in words(part.plain):
        if word in markers.NARROWING and not (unit.has(key(word)) or word in told):
            return f"“{word}” is not in the quote"
    for narrow, noun in pairwise(told):
        if narrow not in markers.NARROWING or noun in _PARTICLES or not part.has(key(noun)):
            continue
        kept = narrow in whole.plain or whole.has(key(narrow)) or unit.around.has(key(narrow))
        if not kept and not _elsewhere(noun, narrow, told):
            return f"it leaves out “{narrow}”"
    return ""


def _elsewhere(noun: str, narrow: str, told: list[str]) -> bool:
    """Whether the noun stands in the source without the adjective, too."""
    pairs = list(zip(["", *told], told, strict=False))
    return any(word == noun and before != narrow for before, word in pairs)


def objects_differ(part: Sense, _whole: Sense, unit: Unit) -> str:
    """For whom, with what, on what: it is in the source."""
    for noun in markers.OBJECT.findall(part.plain):
        if key(noun) in part.keys and not unit.has(key(noun)):
            return f"“{noun}” is not in the quote"
    return ""


def subject_differs(part: Sense, whole: Sense, unit: Unit) -> str:
    """What stands before the verb is what a statement is about: that is not exchanged."""
    verb = markers.VERBS.search(part.plain)
    if part is not whole or verb is None:
        return ""
    for word in words(part.plain[: verb.start()]):
        if key(word) in part.keys and not unit.has(key(word)) and not word.endswith("ly"):
            return f"“{word}” is not in the quote"
    return ""


def _worded(plain: str) -> str:
    return " ".join(re.findall(r"[a-z][a-z'-]*", plain))


def _squeezed(text: str) -> str:
    return "".join(re.findall(r"[^\W_]+", text.lower()))
