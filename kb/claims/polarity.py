"""Yes and no: what is allowed, able, required, on or off, and what is not."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from kb.claims.opposites import SOFT, is_predicative, sides_of_words
from kb.claims.phrases import has_verb, is_command, subject
from kb.claims.reading import NUMBER_WORD, values
from kb.claims.statements import Statement
from kb.claims.values import ValueKind
from kb.claims.words import content, is_content, stem, tokens
from kb.types import BlockKind

_NEGATION = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|do|does|can|could|will|would|must|should|may|has|have|"
    r"need) )(?:\w+ly |still |yet )?not\b(?! (?:only|just|"
    r"sure|necessarily|all|every|always|yet)\b)|\b(?:cannot|never|no longer|nor|neither|none|"
    r"nothing|nobody|unable to)\b|"
    r"n[’']t\b(?! (?:all|every|always|yet|necessarily)\b)|\bno(?= \w)(?! (?:more|less|later|"
    r"longer|matter|doubt|need)\b)|\bno need\b",
    re.IGNORECASE,
)
_ABLE = re.compile(
    r"\b(?:can|could|may|able|possible|allow(?:s|ed)?|permit(?:s|ted)?|let(?:s)?|cannot|can[’']t|"
    r"unable|available|supported|supports?)\b",
    re.IGNORECASE,
)
_MUST = re.compile(
    r"\b(?:must|(?<!your )(?<!their )(?<!our )need(?:s|ed)?|required?|requires|ha(?:ve|s) to|"
    r"mandatory|optional|obligatory|necessary|should)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:if|unless|whenever|when|in case|provided that|as long as|while|until|once|whether|"
    r"before|after|so that|because|since|without|during|within|in order to|to avoid|to make sure|"
    r"make sure)\b[^,;:.()]*",
    re.IGNORECASE,
)
_CLAUSES = re.compile(
    r"[;:()–—]|,\s(?=(?:and|but|or|so|then|which|who|while|although|it|you|we|they|this|that|"
    r"there|please|"
    r"however|instead|no|not)\b)|\.\s|\bbut\b|\bhowever\b|\bso\b(?! that)|"
    r"\band (?=(?:you|it|they|we|is|are|do|does|can|cannot|will|must|has|have|don[’']t|"
    r"doesn[’']t|isn[’']t|aren[’']t|can[’']t|won[’']t)\b)",
    re.IGNORECASE,
)
_YES = re.compile(r"^\W*(?:yes|✓|✔|✅|included|available|supported|enabled|on)\W*$", re.IGNORECASE)
_NO = re.compile(
    r"^\W*(?:no|✗|✘|❌|not (?:included|available|supported)|disabled|off)\W*$|^\s*[-–—]\s*$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]|(?<=\w )Not?\b(?= [A-Z])")
_SWITCH = re.compile(r"\b(is|are|be|turned|set to|stays?|remains?) (on|off)\b", re.IGNORECASE)
_FORBIDS = re.compile(
    r"\b(?:(?:must|should|may|shall) not|mustn[’']t|shouldn[’']t)\b", re.IGNORECASE
)
_GONE = re.compile(
    r"\b(?:(?:has|have) been|is|are|was|were) (?:removed|discontinued|dropped|retired|deprecated|"
    r"sunset)\b|"
    r"\b(?:is|are) (?:coming soon|planned|on (?:the|our) roadmap)\b|\bcoming soon\b",
    re.IGNORECASE,
)
_DONT = re.compile(r"^\W*(?:please )?(?:do not|don[’']t|never|avoid)\b", re.IGNORECASE)
_ON = "enabled"
_NEEDED = "required"
_SWITCHED_CELL = re.compile(r"^\W*(?:on|off|enabled|disabled)\W*$", re.IGNORECASE)
_SWITCHED = {"switchedon": 1, "switchedoff": -1}
_LEADING_IF = re.compile(
    r"^\W*(?:if|when|unless|whenever|in case|in the event)\b[^,]*,", re.IGNORECASE
)
_PARTIAL = re.compile(r"\bnot (?:all|every|each|always|necessarily)\b", re.IGNORECASE)
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
_HEDGED = re.compile(
    r"\b(?:may not|might|perhaps|maybe|sometimes|did not|didn[’']t|(?:could|has|have|had|was|"
    r"were)(?:n[’']t| not)|"
    r"only|otherwise|don[’']t (?:forget|hesitate|worry|want|know|"
    r"have time)|probably|hopefully|likely)\b",
    re.IGNORECASE,
)
_FILLER = frozenset(
    word
    for word in [
        "abl",
        "possibl",
        "guarante",
        "work",
        "allowed",
        "available",
        "supported",
        "possible",
        "thing",
        "way",
        "simpli",
        "use",
        "unabl",
        "offer",
        "allow",
        "support",
    ]
)


@dataclass(frozen=True, slots=True)
class Polarity:
    """A clause with its sign: `stems` are what it is about, without what makes the sign."""

    text: str
    condition: str
    stems: frozenset[str]
    ordered: tuple[str, ...]
    sign: int
    mode: str
    sides: Mapping[str, int]
    target: frozenset[str]
    vague: bool = False


def polarities(text: str, statement: Statement) -> Iterator[Polarity]:
    """Each clause of a statement that says yes or no to something, and yes and no table cells."""
    if statement.labels:
        yield from _of_cell(text, statement)
        return
    if statement.block == BlockKind.STEP or text.rstrip().endswith(":"):
        return
    if _PARTIAL.search(text):
        return
    leading = _LEADING_IF.match(text)
    supposed = leading[0] if leading else ""
    for clause in _clauses(" " * len(supposed) + text[len(supposed) :]):
        found = _of_clause(clause)
        if found:
            pointing = _POINTING.search(text) or _POINTING.search(clause)
            vague = bool(pointing) or not (has_verb(clause) or is_command(clause))
            condition = f"{supposed} {found.condition}".strip()
            yield replace(found, condition=condition, vague=vague)
    yield from _spared(text)
    yield from _bracketed(text)


_WITHOUT = re.compile(
    r"\bwithout (?:an? |any |your |the |having (?:an? )?|"
    r"entering (?:an? )?)?(?P<what>\w+(?:[- ]\w+){0,2})"
)


def _spared(text: str) -> Iterator[Polarity]:
    """What can be done without something does not need it."""
    match = _WITHOUT.search(text)
    if match is None or not _ABLE.search(text[: match.start()]) or _NEGATION.search(text):
        return
    ordered = tuple(t.stem for t in tokens(text) if is_content(t) and t.stem not in _FILLER)
    target = content(match["what"])
    if target:
        yield Polarity(text, "", frozenset(ordered), ordered, -1, "must", {_NEEDED: 1}, target)


_BRACKETED = re.compile(
    r"^\W*(?P<what>[\w`.-]+(?: \w+){0,2}) \((?P<word>optional|required|mandatory)\)", re.IGNORECASE
)


def _bracketed(text: str) -> Iterator[Polarity]:
    """A parameter that is marked: "name (optional)"."""
    match = _BRACKETED.match(text)
    if match is None:
        return
    pair, side = sides_of_words()[match["word"].lower()]
    ordered = tuple(t.stem for t in tokens(match["what"]) if is_content(t))
    stems = frozenset(ordered)
    yield Polarity(text, "", stems, ordered, 1, "must", {pair: side}, frozenset(), vague=True)


def _of_cell(text: str, statement: Statement) -> Iterator[Polarity]:
    sign = 1 if _YES.match(text) else -1 if _NO.match(text) else 0
    labels = " ".join(statement.labels)
    ordered = tuple(t.stem for t in tokens(labels) if is_content(t))
    if not sign or not ordered:
        return
    if _SWITCHED_CELL.match(text):
        yield Polarity(labels, "", frozenset(ordered), ordered, 1, "is", {_ON: sign}, frozenset())
    else:
        yield Polarity(labels, "", frozenset(ordered), ordered, sign, "can", {}, frozenset())


def _clauses(text: str) -> Iterator[str]:
    at = 0
    for match in _CLAUSES.finditer(text):
        yield text[at : match.start()]
        at = match.end()
    yield text[at:]


def _of_clause(clause: str) -> Polarity | None:
    clause = _NOTE.sub("", clause)
    dangling = _BARE_VERB.match(clause) and not _DONT.match(clause)
    if dangling or _WORDED.search(clause):
        return None
    command = is_command(clause)
    conditions: list[str] = []
    main = _CONDITION.sub(lambda match: _set_aside(match, conditions), _without_values(clause))
    gone = _GONE.search(main) is not None
    if _HEDGED.search(main) and not gone:
        return None
    negated = gone or bool(_DONT.match(main) if command else _negations(main))
    main = _GONE.sub(" ", main) if gone else main
    ordered, sides = _words(main)
    mode = "do" if command else "can" if gone else _mode(main)
    if mode == "must":
        sides.setdefault(_NEEDED, 1)
    if not (ordered or sides):
        return None
    bears = negated and not gone and not command
    return Polarity(
        text=clause,
        condition=" ".join(conditions),
        stems=frozenset(ordered),
        ordered=ordered,
        sign=-1 if negated else 1,
        mode=mode,
        sides=MappingProxyType(sides),
        target=_target(main, subject(clause)) if bears else frozenset(),
    )


def _set_aside(match: re.Match[str], conditions: list[str]) -> str:
    conditions.append(match[0])
    return " "


def _negations(text: str) -> list[re.Match[str]]:
    """Where a text denies, quotations left out."""
    return list(_NEGATION.finditer(_QUOTED.sub(lambda match: " " * len(match[0]), text)))


def _words(text: str) -> tuple[tuple[str, ...], dict[str, int]]:
    """Content in order, without the words of opposite pairs; and which side of each pair."""
    ordered: list[str] = []
    sides: dict[str, int] = {}
    for token in tokens(_SWITCH.sub(r"\1 switched\2", text)):
        if token.word in _SWITCHED:
            sides[_ON] = _SWITCHED[token.word]
        elif token.word in sides_of_words() and is_predicative(
            token.word, text[: token.start], text[token.end :]
        ):
            pair, side = sides_of_words()[token.word]
            sides[pair] = side
        elif is_content(token) and token.stem not in _FILLER:
            ordered.append(token.stem)
    return tuple(ordered), sides


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
    match = _negations(text)[-1]
    following = tokens(text[match.end() :])
    copula = re.search(r"(?i)\b(?:is|are|was|were|be)(?:n[’']t)?\s*$", text[: match.end()])
    if copula and about and not (following and is_content(following[0])):
        return about
    told: list[str] = []
    for token in following:
        if token.word in sides_of_words():
            pair = sides_of_words()[token.word][0]
            return frozenset(told) or (about if pair in SOFT else frozenset({stem(pair)}))
        if is_content(token) and token.stem not in _FILLER:
            told.append(token.stem)
        if told and (match[0].lower() != "no" or not is_content(token)):
            break
    return frozenset(told) or about


def _mode(text: str) -> str:
    if _FORBIDS.search(text):
        return "can"
    if _MUST.search(text):
        return "must"
    return "can" if _ABLE.search(text) else "is"
