"""Whether two cases ask the same."""

import re
from collections.abc import Iterable

from agent.answers.words import terms, words
from eval.golden.case import Case

# Questions whose words are alike to this share, of rapidfuzz's ratio, ask the same.
_SAME = 0.93
# So many of them are looked at, since those that differ in a number are others.
_NEAREST = 5
# What is asked for; whether and how something is done counts as the same.
_FORMS = [
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("meaning", r"\bmeans?\b"),
        ("amount", r"\bhow (?:much|many)\b|\bcosts?\b"),
        ("time", r"\bhow (?:long|soon|often|quickly|fast)\b|\bwhen\b"),
        ("place", r"\bwhere\b"),
        ("reason", r"\bwhy\b"),
        ("person", r"\bwho\b"),
    )
]


class Asked:
    """What has been asked already."""

    def __init__(self, cases: Iterable[Case] = ()) -> None:
        self._told: dict[tuple[str, ...], list[str]] = {}
        self._terms: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
        for case in cases:
            self.add(case)

    def add(self, case: Case) -> None:
        self._told.setdefault(_place(case), []).append(_told(case))
        self._terms.add((_place(case), about(case)))

    def holds(self, case: Case) -> bool:
        """Whether somebody asked it, by the same customer and after the same words: in nearly
        the same words, or about exactly the same things."""
        from rapidfuzz.fuzz import ratio
        from rapidfuzz.process import extract

        place, told = _place(case), _told(case)
        if (place, about(case)) in self._terms:
            return True
        known = self._told.get(place, ())
        near = extract(told, known, scorer=ratio, score_cutoff=100 * _SAME, limit=_NEAREST)
        return any(_same_values(told, other) for other, *_ in near)


def about(case: Case) -> tuple[str, ...]:
    """What a question asks for, then what it is about: its stems without stop words, in
    alphabetical order. A question of stop words alone is about its own words."""
    asks = next((name for name, form in _FORMS if form.search(case.question)), "")
    return (asks, *(sorted(set(terms(case.question))) or (_told(case),)))


def _place(case: Case) -> tuple[str, ...]:
    return (*case.earlier, "|", *case.who.audience, case.who.plan, case.who.locale)


def _told(case: Case) -> str:
    """Its words in alphabetical order."""
    return " ".join(sorted(words(case.question)))


def _same_values(told: str, other: str) -> bool:
    """Two long questions that differ in a number are two."""
    one, two = set(told.split()), set(other.split())
    return not any(word.isdigit() for word in one ^ two)
