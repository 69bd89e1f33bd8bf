"""Steps taken apart: sentences, clauses, and conditions with what follows under them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agent.procedures.shield import QUOTE, Shield
from agent.procedures.verbs import begins, read_clause

_SENTENCE = re.compile(
    rf"(?<=[.!?])\s+(?=[A-Z\ue000-\uf8ff])|(?<={QUOTE})\s+(?=[A-Z][a-z])|"
    rf"[,.]?\s+(?=otherwise\b)|,\s+(?=(?:if\s+not|else)\b)|\s+(?=Otherwise\b)",
)
# For people: the agent does only what steps say.
_NOTE = re.compile(r"(?:note|nb|n\.b\.|important|remember|hint|tip|reminder)\s*:\s", re.I)
_JOINT = re.compile(r"\s*,?\s+(?:and\s+then|and\s+also|and|then)\s+|\s*,\s+", re.I)
_OTHERWISE = re.compile(
    r"^(?:(?:otherwise|or\s+else|else)(?:\s*[,:]\s*|\s+|$)|"
    r"(?:if\s+not|if\s+(?:it|that|this)\s+is\s+not(?:\s+(?:the\s+case|so|true))?|"
    r"if\s+(?:none|neither)(?:\s+of\s+(?:these|those|the\s+above|them)(?:\s+\w+)?|\s+appl(?:y|ies))|"
    r"in\s+(?:all|any|every)\s+other\s+cases?|in\s+all\s+others|anything\s+else|"
    r"any\s+other\s+(?:case|reason|answer))\s*(?:[,:]\s*|$))(?:then\s+)?(?P<body>.*)$",
    re.I,
)
_CONDITIONAL = re.compile(
    r"^(?:(?:and|but|then|also|next|now)\s*,?\s+)?(?P<word>if|when|whenever|in\s+case|unless|should|provided(?:\s+that)?|as\s+long\s+as|(?:only|but)\s+if|in\s+the\s+event\s+that|on)\s+(?P<rest>.+)$",
    re.I,
)
_TRAILING = re.compile(
    r"^(?P<body>.+?),?\s+(?P<word>only\s+if|but\s+only\s+if|if|unless|when|in\s+case|provided(?:\s+that)?|as\s+long\s+as)\s+(?P<when>.+)$",
    re.I,
)
_LABEL = re.compile(rf"^(?P<when>[^,:.{QUOTE[1:-1]}]{{1,60}}|{QUOTE})\s*:\s*(?P<body>.*)$")
_ASKS = re.compile(
    r"(?:ask|check|find\s+out|confirm|see|verify|make\s+sure|continue|proceed|go\s+on|enquire|inquire|wait|ensure|only)\b",
    re.I,
)
_SURE = ("PassOn", "GoTo", "Stop", "UseAction", "GoOn")


@dataclass(frozen=True, slots=True)
class Plain:
    """A clause without a condition. One that goes `on` (`Then stop.`) belongs to the condition
    of the sentence before."""

    text: str
    on: bool = False


@dataclass(frozen=True, slots=True)
class Under:
    """What follows under a condition; `when` is None for otherwise. `chained`: only where the
    conditions before it did not hold."""

    when: str | None
    body: str
    negated: bool = False
    chained: bool = False


def take_apart(text: str, shield: Shield, *, bullet: bool = False) -> list[Plain | Under]:
    """The parts of one step in order. A bullet such as `Yes: …` is a condition."""
    if bullet and (labelled := _labelled(text)):
        return [labelled]
    parts: list[Plain | Under] = []
    for sentence in _sentences(text):
        parts += _sentence(sentence, shield)
    return parts


def clauses(text: str) -> list[str]:
    """`tell them … and go to step 1` in two, where the second begins with a verb of its own."""
    found: list[str] = []
    rest = text.strip()
    start = 0
    while joint := _JOINT.search(rest, start):
        if joint.start() and begins(rest[joint.end() :]):
            found.append(rest[: joint.start()])
            rest, start = rest[joint.end() :], 0
        else:
            start = joint.end()
    return [item for item in (*found, rest) if item.strip(" .,;")]


def _sentences(text: str) -> Iterator[str]:
    for sentence in _SENTENCE.split(text):
        start = 0
        for mark in re.finditer(r";\s+", sentence):
            rest = sentence[mark.end() :]
            if begins(rest) or _CONDITIONAL.match(rest) or _OTHERWISE.match(rest):
                yield sentence[start : mark.start()].strip()
                start = mark.end()
        if sentence[start:].strip(" .,;:") and not _NOTE.match(sentence[start:].strip()):
            yield sentence[start:].strip()


def _sentence(text: str, shield: Shield) -> list[Plain | Under]:
    if found := _OTHERWISE.match(text):
        body = found["body"]
        if inner := _under(body, shield):
            return [Under(inner.when, inner.body, inner.negated, chained=True)]
        return [Under(None, body)]
    if under := _under(text, shield):
        return [under]
    if trailing := _trailing(text, shield):
        return [trailing]
    pieces = clauses(_without_title(text, shield))
    on = bool(re.match(r"(?:then|after that|afterwards?)\b", text, re.I))
    return [Plain(clause, on) for clause in pieces]


def _without_title(text: str, shield: Shield) -> str:
    """`Identify the order: ask for the order number` begins with a title."""
    found = re.match(rf"^(?P<title>[^:{QUOTE[1:-1]}]{{1,60}}):\s+(?P<rest>\S.*)$", text)
    if not found or not begins(found["rest"]) or re.search("[\uf000-\uf8ff]", found["title"]):
        return text
    title = read_clause(found["title"], shield)
    return found["rest"] if title is None or type(title).__name__ == "AskFor" else text


def _under(text: str, shield: Shield) -> Under | None:
    found = _CONDITIONAL.match(text)
    if not found:
        return None
    word = found["word"].lower()
    if word == "on" and ":" not in found["rest"] and "," not in found["rest"]:
        return None
    when, body = _divided(found["rest"], shield)
    if word == "should":
        when = _should(when)
    return Under(when, body, negated=word == "unless")


def _should(when: str) -> str:
    """`should the order be late` is `the order is late`."""
    return re.sub(r"\bbe\b", "is", when, count=1)


def _divided(text: str, shield: Shield) -> tuple[str, str]:
    """The condition and what follows under it: at the first comma, colon or `then` after which a
    clause begins."""
    marks = list(re.finditer(r"\s*[,:]\s*(?:then\s+)?|\s+then\s+", text, re.I))
    for mark in marks:
        if begins(text[mark.end() :]):
            return text[: mark.start()], text[mark.end() :]
    if text.rstrip().endswith(":"):
        return text.rstrip().rstrip(":"), ""
    for gap in re.finditer(r"\s+", text):
        if gap.start() and begins(text[gap.end() :]):
            return text[: gap.start()], text[gap.end() :]
    for mark in reversed(marks):
        if mark.end() < len(text) and read_clause(text[mark.end() :], shield):
            return text[: mark.start()], text[mark.end() :]
    if marks:
        return text[: marks[-1].start()], text[marks[-1].end() :]
    return text, ""


def _trailing(text: str, shield: Shield) -> Under | None:
    """`hand over to billing if the total is more than 100`."""
    found = _TRAILING.match(text)
    if not found or _ASKS.match(text):
        return None
    last = clauses(found["body"])[-1:]
    clause = read_clause(last[0], shield) if last else None
    sure = clause is not None and (
        type(clause).__name__ in _SURE or bool(re.search(rf"{QUOTE}\W*$", found["body"]))
    )
    if not sure or re.search(r"\bbecause\b", found["body"]):
        return None
    return Under(found["when"], found["body"], negated=found["word"].lower() == "unless")


def _labelled(text: str) -> Under | None:
    """`Yes: …`, `Not found: …`, `Damaged: …`."""
    found = _LABEL.match(text)
    if not found or _CONDITIONAL.match(text) or _OTHERWISE.match(text):
        return None
    if begins(found["when"]) or re.match(
        r"(?:ask|tell|say|look|check|confirm|reply|do)\b", text, re.I
    ):
        return None
    return Under(found["when"], found["body"])
