"""Where sentences begin and end.

Rules only: a model would cost more than it brings on the short, plain sentences of help
articles. What is hard there are abbreviations, versions, file names and quoted interface text.
"""

import re

_ABBREVIATIONS_WORDS = (
    "e.g i.e eg ie vs cf approx ca resp incl excl esp viz al fig figs eq sec ch vol pp pg mr "
    "mrs ms dr prof st sr jr inc ltd co corp dept est ext tel min max avg misc a.m p.m"
)
ABBREVIATIONS = frozenset(_ABBREVIATIONS_WORDS.split())
"""Never the end of a sentence, whatever follows."""

_BEFORE_NUMBERS_WORDS = "no nos nr art ver v approx p pp"
BEFORE_NUMBERS = frozenset(_BEFORE_NUMBERS_WORDS.split())
"""The end of a sentence, unless a number follows."""

_OPEN_ENDED_WORDS = "etc u.s u.k e.u a.m p.m inc ltd co corp"
OPEN_ENDED = frozenset(_OPEN_ENDED_WORDS.split())
"""The end of a sentence when a capital follows."""

_STARTERS_WORDS = (
    "a all an and any as at but by click do each every for from he here how if in it its next no"
    " not now on once only open or our press select she so some tap that the then there these they"
    " this to use we what when where which who with yes you your"
)
STARTERS = frozenset(_STARTERS_WORDS.split())
"""Words that begin sentences and are no family names."""

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|[。！？]+[」』”]*|\n")
_WORD_BEFORE = re.compile(r"[\w.&-]*$")
_OPENERS = "\"'“‘«([{¿¡*"


def split(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of `text`, in order, trimmed of whitespace and never empty.

    A newline always ends a sentence. Everything but whitespace lies in exactly one span.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if match.group() == "\n" or _ends(text, start, match):
            _keep(text, start, match.end(), spans)
            start = match.end()
    _keep(text, start, len(text), spans)
    return spans


def _keep(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    stretch = text[start:end]
    stripped = stretch.strip()
    if stripped:
        start += len(stretch) - len(stretch.lstrip())
        spans.append((start, start + len(stripped)))


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    mark = match.group()
    if mark[0] in "。！？":
        return True
    following = text[match.end() : match.end() + 60].lstrip(" \t\u00a0")
    if not following or following[0] == "\n":
        return True
    if not _may_begin(following):
        return False
    return mark != "." or _period_ends(text[start : match.start()], following)


def _may_begin(following: str) -> bool:
    """Whether a sentence can begin so: not in lower case, but with names such as iOS."""
    word = following.lstrip(_OPENERS)[:20].split(maxsplit=1)
    if not word:
        return False
    first = word[0]
    return not first[0].islower() or any(char.isupper() for char in first[1:])


def _period_ends(before: str, following: str) -> bool:
    found = _WORD_BEFORE.search(before)
    word = found.group() if found else ""
    lowered = word.lower().lstrip("(")
    if lowered in OPEN_ENDED:
        return following[0].isupper() and lowered not in {"a.m", "p.m"}
    if lowered in BEFORE_NUMBERS and following[0].isdigit():
        return False
    if lowered in ABBREVIATIONS:
        return False
    if word.isdigit() and not before[: -len(word)].strip():
        return False
    return not (len(word) == 1 and word.isupper() and word != "I" and _is_name(following))


def _is_name(following: str) -> bool:
    """An initial stands before a name: "J. Smith", but not "plan B. The rest"."""
    first = following.split(maxsplit=1)[0].strip(_OPENERS + ",.;:")
    return first.istitle() and first.lower() not in STARTERS
