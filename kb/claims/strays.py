"""Numbers that no type of value carries: "a random 32-character key", "pick “Last 30 days”".

They mean something only inside their sentence, so two are compared only when the sentences are the
same but for them: one wording and another of it.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from kb.claims.claim import Claim
from kb.claims.values import Value, ValueKind
from kb.claims.words import is_content, tokens

_NUMBER = re.compile(r"(?<![\w./#:$€£@%=+-])v?(\d{1,9}(?:[.,]\d+)*)(?![\w/:=@]|[.,]\d)")
# "step 2", "figure 3", "(1)": they count what is told, and not what it is about.
_COUNTING = re.compile(
    r"(?i)(?:\b(?:steps?|figures?|fig|sections?|chapters?|pages?|parts?|lines?|rows?|columns?|"
    r"examples?|options?|methods?|notes?|levels?|phases?|days?|weeks?|tables?|no|number|question|"
    r"version|item|tip|rule|appendix|say|e\.g|i\.e|about)\.?|[(\[])\W*$"
)
_EXAMPLE = re.compile(r"(?i)\b(?:for example|for instance|e\.g\.|such as|let['’]s say|imagine)")
# Names in one wording are mostly two things: "To use X you have to …".
_NUMERIC = frozenset(ValueKind) - {
    ValueKind.PLACE,
    ValueKind.CONTACT,
    ValueKind.LIST,
    ValueKind.NAMED,
    ValueKind.FILE,
    ValueKind.POLARITY,
    ValueKind.HOLDERS,
}
_LEAST_WORDS = 5
_LEAST_ALIKE = 0.88


def strays(text: str, values: Sequence[Value]) -> Iterator[Value]:
    """Numbers of a statement outside its values, in order; none in a short one, in one that gives
    an example, or in one with several, which mostly are a sum or a scale."""
    if _EXAMPLE.search(text) or sum(map(is_content, tokens(text))) < _LEAST_WORDS:
        return
    found = [
        match
        for match in _NUMBER.finditer(text)
        if not any(value.start < match.end() and match.start() < value.end for value in values)
        and not _COUNTING.search(text[: match.start()])
    ]
    if len(found) == 1:
        (match,) = found
        number = match[1].replace(",", "")
        low = float(number) if number.count(".") < 2 else 0.0
        yield Value(
            match.start(),
            match.end(),
            ValueKind.STRAY,
            "",
            low,
            low,
            match[0],
            symbols=(number.rstrip("0").rstrip(".") if "." in number else number,),
        )


def of_one_wording(a: Claim, b: Claim) -> float | None:
    """Confidence that two sentences differ in nothing but their numbers; None for short ones and
    cells, and when a word of each is not in the other, or too much is added. Symmetric."""
    one, other = sorted((_mould(a), _mould(b)))
    told = min(len(a.ordered), len(b.ordered))
    if a.kind not in _NUMERIC or b.kind not in _NUMERIC:
        return None
    if a.spot.labels or b.spot.labels or told < _LEAST_WORDS:
        return None
    if set(one) - set(other) and set(other) - set(one):
        return None
    alike = SequenceMatcher(None, one, other, autojunk=False).ratio()
    if alike < _LEAST_ALIKE:
        return None
    return 0.55 + 0.3 * (alike - _LEAST_ALIKE) / (1 - _LEAST_ALIKE)


def _mould(claim: Claim) -> list[str]:
    """The words of the sentence, with one sign for the value."""
    text, value = claim.spot.text, claim.value
    if value is None:
        return []
    words = f"{text[: value.start]} 0 {text[value.end :]}"
    return [token.stem for token in tokens(words)]
