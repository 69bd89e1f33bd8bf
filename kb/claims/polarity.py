"""Yes and no: what is allowed, able, required, on or off, and what is not."""

import re
from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

from kb.claims.implied import bracketed, enabled, spared
from kb.claims.opposites import coded, pair_of, sides_of_words, soft, spelled
from kb.claims.phrases import has_verb, is_command, subject
from kb.claims.polar import Polarity, stem_of, words
from kb.claims.reading import NUMBER_WORD, values
from kb.claims.signs import (
    CONDITION,
    DONT,
    GONE,
    HEDGED,
    OBLIGED,
    PURPOSE,
    WISHED,
    is_modal,
    mode_of,
    negations,
    sides_of,
    undone,
)
from kb.claims.statements import Statement
from kb.claims.states import states
from kb.claims.values import ValueKind
from kb.claims.words import content, is_content, tokens
from kb.types import BlockKind

_CLAUSES = re.compile(
    r"[;:()–—]|,\s(?=(?:and|but|or|so|then|which|who|while|although|it|you|we|they|this|that|"
    r"there|please|"
    r"however|instead|no|not)\b)|\.\s|"
    r"\bbut\b(?! (?:is |are )?not (?:required|mandatory|necessary|recommended)\b)|"
    r"\bhowever\b|\bso\b(?! that)|"
    r"\band (?=(?:you|it|they|we|is|are|do|does|can|cannot|will|must|has|have|don[’']t|"
    r"doesn[’']t|isn[’']t|aren[’']t|can[’']t|won[’']t)\b)",
    re.IGNORECASE,
)
_YES = re.compile(r"^\W*(?:yes|✓|✔|✅|included|available|supported|enabled|on)\W*$", re.IGNORECASE)
_NO = re.compile(
    r"^\W*(?:no|✗|✘|❌|not (?:included|available|supported)|disabled|off)\W*$|^\s*[-–—]\s*$",
    re.IGNORECASE,
)
_SWITCHED_CELL = re.compile(r"^\W*(?:on|off|enabled|disabled)\W*$", re.IGNORECASE)
_LEADING_IF = re.compile(
    r"^\W*(?:if|when|unless|whenever|in case|in the event|without)\b[^,]*,|"
    r"^\W*with\b[^,]*?(?:,|(?= (?:you|we|they)\b))",
    re.IGNORECASE,
)
_PARTIAL = re.compile(
    r"\bnot (?:all|every|each|always|necessarily)\b|^\W*(?:most|some|many|certain|a few) (?!of\b)",
    re.IGNORECASE,
)
_POINTING = re.compile(r"^\W*(?:it|this|that|these|those|they|them|he|she)\b", re.IGNORECASE)
# A second verb without its subject: "that can be ordered but aren't there".
_WORDED = re.compile(
    r"^\W*(?:what|how|why|which|where|who|whose|otherwise)\b|, not\b", re.IGNORECASE
)
_BARE_VERB = re.compile(
    r"^\W*(?:is|are|do|does|can|will|was|were|has|have)(?:n[’']t| not)\b", re.IGNORECASE
)
_NOTE = re.compile(
    r"^\W*(?:please )?(?:note|keep in mind|remember|be aware)(?: that)?\b[:,]?", re.IGNORECASE
)


def polarities(text: str, statement: Statement) -> Iterator[Polarity]:
    """Each clause of a statement that says yes or no to something, and yes and no table cells."""
    if statement.labels:
        yield from _of_cell(text, statement)
        return
    if statement.block == BlockKind.STEP or text.rstrip().endswith(":"):
        return
    if _PARTIAL.search(text):
        return
    text = WISHED.sub(lambda match: " " * len(match[0]), text)
    leading = _LEADING_IF.match(text)
    supposed = leading[0] if leading else ""
    for clause in _clauses(" " * len(supposed) + text[len(supposed) :]):
        found = _of_clause(clause, supposed)
        fragment = has_verb(text) and not has_verb(clause) and not is_command(clause)
        if found and not (fragment and found.sign > 0 and not found.sides):
            pointing = _POINTING.search(text) or _POINTING.search(clause)
            vague = bool(pointing) or not (has_verb(clause) or is_command(clause))
            yield replace(found, vague=vague)
        pointed = text[: max(0, text.find(clause))] if _POINTING.search(clause) else ""
        for state in states(clause, supposed, pointed):
            yield replace(state, vague=bool(_POINTING.search(clause)))
    yield from spared(text)
    yield from bracketed(text)
    yield from enabled(text)


def _of_cell(text: str, statement: Statement) -> Iterator[Polarity]:
    sign = 1 if _YES.match(text) else -1 if _NO.match(text) else 0
    labels = " ".join(statement.labels)
    ordered = tuple(t.stem for t in tokens(labels) if is_content(t))
    if not sign or not ordered:
        return
    if _SWITCHED_CELL.match(text):
        sides = {pair_of("enabled"): sign}
        yield Polarity(labels, "", frozenset(ordered), ordered, 1, "is", sides, frozenset())
    else:
        yield Polarity(labels, "", frozenset(ordered), ordered, sign, "can", {}, frozenset())


_BUT_NOT = re.compile(
    r"^(?P<who>.*?\b(?:can|may|must|should|will|are able to|is able to|is|are)) "
    r"(?P<yes>[^,;.]*?),? "
    r"(?:but|and) (?P<not>(?:can)?not|never) "
    r"(?P<no>(?!only|required|mandatory|necessary)[a-z]+\b.*)$"
)


def _clauses(text: str) -> Iterator[str]:
    if both := _BUT_NOT.match(text):
        yield f"{both['who']} {both['yes']}"
        yield f"{both['who']} {both['not'].removeprefix('can')} {both['no']}"
        return
    at = 0
    for match in _CLAUSES.finditer(text):
        yield text[at : match.start()]
        at = match.end()
    yield text[at:]


def _of_clause(clause: str, supposed: str) -> Polarity | None:
    clause = _NOTE.sub("", clause)
    dangling = _BARE_VERB.match(clause) and not DONT.match(clause)
    if dangling or _WORDED.search(clause):
        return None
    command = is_command(clause)
    conditions = [supposed.strip()] if supposed else []
    plain = coded(_UNCHANGED.sub(" by default", clause))
    main = CONDITION.sub(lambda match: _set_aside(match, conditions), _without_values(plain))
    gone = GONE.search(main) is not None
    if HEDGED.search(main) and not gone:
        return None
    negated = gone or bool(DONT.match(main) if command else negations(main))
    if mode_of(main) == "must" and not OBLIGED.search(main):
        main = PURPOSE.sub(lambda match: _set_aside(match, conditions), main)
    main, turned = undone(GONE.sub(" ", main) if gone else main)
    ordered, sides, said = words(main)
    mode = "do" if command else "can" if gone else mode_of(main)
    if mode == "must":
        sides.setdefault(pair_of("required"), -1 if "optionally" in main.lower() else 1)
    elif pair_of("required") in sides and mode != "do":
        mode = "must"
    if not is_modal(main):
        turned += _softened(sides)
    if not (ordered or sides) or (pair_of("kept") in sides and _is_timed(plain)):
        return None
    bears = negated and not gone and not command
    return Polarity(
        text=clause,
        condition=" ".join(conditions),
        stems=frozenset(ordered),
        ordered=ordered,
        sign=-1 if (negated + turned) % 2 else 1,
        mode=mode,
        sides=MappingProxyType(sides | sides_of(conditions)),
        target=_target(main, subject(main)) if bears else frozenset(),
        said=said,
    )


def _is_timed(clause: str) -> bool:
    """Whether a length of time tells more: "kept for 30 days" and "deleted after 30 days"."""
    return any(value.kind == ValueKind.DURATION for value in values(clause))


_UNCHANGED = re.compile(
    r"(?i)\b(?:unless|until) (?:you|it is|they are|otherwise) "
    r"(?:(?:turn|switch) (?:it|them) (?:on|off)|(?:enable|disable|activate|deactivate|change|"
    r"share|publish)(?:d)?(?: it| them| this)?|configured|specified|set)\b[^,;:.()]*"
)


def _softened(sides: dict[str, int]) -> int:
    """Turns the no of pairs that say no more than can and can't into a yes; how many there were."""
    denied = [pair for pair in soft() & sides.keys() if sides[pair] < 0]
    sides.update(dict.fromkeys(denied, 1))
    return len(denied)


def _set_aside(match: re.Match[str], conditions: list[str]) -> str:
    conditions.append(match[0].strip())
    return " "


def _without_values(clause: str) -> str:
    if not any(char.isdigit() for char in clause) and not NUMBER_WORD.search(clause):
        return clause
    for value in values(clause):
        if value.kind != ValueKind.PLACE and value.high:
            clause = clause[: value.start] + " " * (value.end - value.start) + clause[value.end :]
    return clause


def _target(text: str, about: frozenset[str]) -> frozenset[str]:
    """The word that a negation bears on: the first content word after it; what the sentence is
    about where that follows no such word ("a break isn't something we offer")."""
    found = negations(text)
    if not found:
        return about
    match = found[-1]
    following = tokens(text[match.end() :])
    copula = re.search(r"(?i)\b(?:is|are|was|were|be)(?:n[’']t)?\s*$", text[: match.end()])
    if copula and about and not (following and is_content(following[0])):
        return about
    told: list[str] = []
    for token in following:
        if token.word in sides_of_words():
            pair = sides_of_words()[token.word][0]
            return frozenset(told) or (about if pair in soft() else content(spelled(token.word)))
        if said := stem_of(token):
            told.append(said)
        if told and (match[0].lower() != "no" or not is_content(token)):
            break
    return frozenset(told) or about
