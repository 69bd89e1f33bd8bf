"""A message as the screening reads it: in lower case, with straight quotes, and with the words
that matter spelled right."""

import re
from collections import Counter

_WORD = re.compile(r"[a-z']+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"'})
_WITH = re.compile(r"\bw/?(?= (?:an?|the|some|your)\b)")
# Words that carry a wish or a danger; a slip in one of them must not hide it.
_MATTER = (
    "human person people someone somebody agent operator representative manager supervisor"
    " support customer speak talk connect transfer lawyer attorney solicitor suicide suicidal"
    " chargeback charged unauthorized fraudulent passed hospital ombudsman regulator battery"
    " swallowed"
)
# Words of their own, a slip away from one above.
_SPELLED = (
    "persona parson prison humane manage managed manages mange peak steak sneak speaker talc tall"
    " talks agency argent charge charger chargers charges changed charted connects supports"
    " sports supported customs custom custody costumer costumes transfers parsed based"
    " paused passes possed based pass passe regular regulate regulates operate operates"
    " battery batter batteries peoples purple agents reagent lawyers attorneys charming"
    " parted posted hospitals personal persons humans humanist somebodies consumer"
)
_OTHERS = frozenset(_SPELLED.split())
_BY_FIRST: dict[str, list[str]] = {}
for _keyword in _MATTER.split():
    _BY_FIRST.setdefault(_keyword[0], []).append(_keyword)


def plain(text: str) -> str:
    """The text in lower case, on one line, with straight quotes."""
    return _WITH.sub("with", " ".join(text.lower().translate(_QUOTES).split()))


def mended(text: str) -> str:
    """`plain`, with slips in the words that matter put right: two letters swapped, or in words
    of five letters and more one missing, doubled or wrong."""
    return _WORD.sub(lambda match: _mend(match[0]), plain(text))


def _mend(word: str) -> str:
    if len(word) < 4 or word in _OTHERS:
        return word
    near = _BY_FIRST.get(word[0], ())
    return next((keyword for keyword in near if _is_slip(word, keyword)), word)


def _is_slip(word: str, keyword: str) -> bool:
    if word == keyword or abs(len(word) - len(keyword)) > 1:
        return False
    if len(word) == len(keyword):
        wrong = [i for i, pair in enumerate(zip(word, keyword, strict=True)) if pair[0] != pair[1]]
        swapped = len(wrong) == 2 and Counter(word) == Counter(keyword) and wrong[1] - wrong[0] == 1
        return swapped or (len(wrong) == 1 and len(keyword) > 5)
    longer, shorter = (word, keyword) if len(word) > len(keyword) else (keyword, word)
    return (
        len(keyword) > 4
        and word != f"{keyword}s"
        and any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
    )
