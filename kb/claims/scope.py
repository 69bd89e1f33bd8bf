"""Where a claim holds: names of plans, platforms, roles, products and regions, and conditions.

Names that stand beside each other exclude each other: the columns of one table, the plans of one
company. Two claims under different names of one family speak of different things.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache

from kb.claims import lexicon
from kb.claims.words import TOKEN

Name = tuple[str, ...]
Names = dict[str, frozenset[Name]]
Families = Mapping[str, Iterable[Name]]
# Words as written, the name they stand for, its family, whether they begin with a capital.
_Written = tuple[Name, Name, str, bool]


@dataclass(frozen=True)
class Vocabulary:
    """Names that scope a claim: `families` by id, each a set of names that exclude each other."""

    families: Mapping[str, frozenset[Name]]
    index: Mapping[str, tuple[_Written, ...]] = field(default_factory=dict)
    _read: dict[str, Names] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(
        cls, general: Families, own: Families, aliases: Mapping[Name, Name] | None = None
    ) -> "Vocabulary":
        """Names of `general` are found however they are written, those of `own`, which are the
        company's, only where they begin with a capital. `aliases` lead to the name that counts."""
        other = {**alias_names(), **(aliases or {})}
        families: dict[str, set[Name]] = {}
        index: dict[str, set[_Written]] = {}
        for source, capital in ((general, False), (own, True)):
            for key, names in source.items():
                for name in names:
                    one = _canonical(name, key, other)
                    families.setdefault(key, set()).add(one)
                    for written in _written(name, names) if capital else {name}:
                        item = (written, one, key, capital or key == "region")
                        index.setdefault(written[0], set()).add(item)
        ordered = {first: tuple(sorted(items, key=_longest)) for first, items in index.items()}
        return cls({key: frozenset(names) for key, names in families.items()}, ordered)

    def names(self, text: str) -> Names:
        """Names in `text`, by family; a longer name hides a shorter one inside it."""
        if text not in self._read:
            self._read[text] = self._find(text)
        return self._read[text]

    def _find(self, text: str) -> Names:
        words = [(form(match[0]), match[0][0].isupper()) for match in TOKEN.finditer(text)]
        found: dict[str, set[Name]] = {}
        at = 0
        while at < len(words):
            longest = 0
            for written, name, family, capital in self.index.get(words[at][0], ()):
                size = len(written)
                if size < longest or (capital and not words[at][1]):
                    continue
                if tuple(word for word, _ in words[at : at + size]) == written:
                    longest = size
                    found.setdefault(family, set()).add(name)
            at += longest or 1
        return {family: frozenset(names) for family, names in found.items()}


def _longest(item: _Written) -> tuple[int, _Written]:
    return -len(item[0]), item


def _canonical(name: Name, family: str, aliases: Mapping[Name, Name]) -> Name:
    """The name that counts: "Pro plan" and "Pro" are one plan."""
    name = aliases.get(name, name)
    bare = name[:-1] if family == "plan" and name[-1] in _PLAN_WORDS and name[:-1] else name
    return aliases.get(bare, bare)


def _written(name: Name, family: Iterable[Name]) -> set[Name]:
    """How a name is written: whole, and by its last word where that tells it from the others."""
    last = name[-1:]
    others = [other for other in family if other != name]
    if len(name) == 2 and name[:1] in others and all(last[0] not in other for other in others):
        return {name, last}
    return {name}


_PLAN_WORDS = frozenset({"plan", "tier", "edition", "subscription"})


class Meeting(StrEnum):
    """How two scopes stand to each other."""

    SAME = "same"
    OPEN = "open"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a claim holds. `stated` comes from the sentence or the table cell, `around` from the
    headings, the title and the front matter. `condition` holds the stems of an if-clause,
    `versions` the versions (name, number) that are spoken of, `sizes` the numbers of the condition:
    "at most 3600"."""

    stated: Mapping[str, frozenset[Name]]
    around: Mapping[str, frozenset[Name]]
    condition: frozenset[str] = frozenset()
    versions: frozenset[tuple[str, float]] = frozenset()
    sizes: frozenset[str] = frozenset()


@lru_cache(maxsize=50_000)
def form(word: str) -> str:
    """A word as names are compared: lower case, without the plural or possessive s."""
    word = re.sub(r"[’']s?$", "", word.lower())
    return re.sub(r"(?<=\w{3})(?<![suio])s$", "", word)


def name_of(text: str) -> Name:
    """A name as it is compared: its words in order."""
    return tuple(form(match[0]) for match in TOKEN.finditer(text))


@cache
def alias_names() -> dict[Name, Name]:
    """The built-in aliases, each with the name that counts."""
    return {name_of(alias): name_of(name) for alias, name in lexicon.table("aliases").items()}


def general() -> dict[str, set[Name]]:
    """The built-in families."""
    return {
        family: {name_of(name) for name in names}
        for family, names in lexicon.table("families").items()
    }


def meet(a: Scope, b: Scope) -> tuple[Meeting, list[Name]]:
    """`APART` when a family names different things on both sides; `OPEN` with the names that only
    one side has; `SAME` otherwise."""
    lone: list[Name] = []
    if a.versions and b.versions and not _share_version(a.versions, b.versions):
        return Meeting.APART, []
    for family in sorted({*a.stated, *b.stated} - {"neutral", "level"}):
        left, right = a.stated.get(family), b.stated.get(family)
        if left and right:
            if not _share(left, right):
                return Meeting.APART, []
            continue
        named, other = (left, b) if left else (right, a)
        around = other.around.get(family)
        if around and named and not _share(named, around):
            if family not in _LOOSE:
                return Meeting.APART, []
            lone += sorted(named) if narrows(family) else []
        elif named and not around and narrows(family):
            lone += sorted(named)
    for family in sorted({*a.around} & {*b.around}):
        if family in a.stated or family in b.stated or family in _LOOSE:
            continue
        if not _share(a.around[family], b.around[family]):
            return Meeting.APART, []
    lone = sorted(set(lone))
    return (Meeting.OPEN, lone) if lone else (Meeting.SAME, [])


def _share_version(a: frozenset[tuple[str, float]], b: frozenset[tuple[str, float]]) -> bool:
    """A version in common; one without a name may be of anything."""
    return any(x[1] == y[1] and (x[0] == y[0] or not (x[0] and y[0])) for x in a for y in b)


def _share(a: frozenset[Name], b: frozenset[Name]) -> bool:
    """A name in common; a free trial is a trial, but a Sprout Pro is no Sprout."""
    return any(x[-len(y) :] == y or y[-len(x) :] == x for x in a for y in b)


# Families whose words are too common in headings to exclude anything from there.
_LOOSE = frozenset(
    {"product", "state", "ordinal", "way", "secret", "period", "transport", "role", "payment"}
)


_NARROWING = frozenset({"plan", "platform", "region", "hosting", "product", "payment"})


def narrows(family: str) -> bool:
    """Whether a name that only one side has makes it a special case of the other."""
    return family in _NARROWING or family.startswith("column ")
