"""Two names of one thing, as articles and settings tell: "Team plan (formerly Business)"."""

import re
from collections.abc import Iterable, Mapping, Sequence

from kb.claims.scope import Name, name_of
from kb.types import Article

_NAME = r"(?!(?:The|Our|Your|An?|On|In|This) )[A-Z][\w+]*(?: [A-Z][\w+]*){0,2}"
_KIND = r"(?: (?:plan|tier|edition|subscription|app|product))?"
_CALLED = (
    r"(?:(?:formerly|previously|now)(?: known as| called| named)?|"
    r"(?:also|once) (?:known as|called|named)|a\.?k\.?a\.?|aka)(?: the)?"
)
_OTHERWISE = re.compile(
    rf"(?P<name>{_NAME}){_KIND}(?: is|,)? ?\(?{_CALLED} [\"“*_`]*(?P<other>{_NAME}){_KIND}"
)
_RENAMED = re.compile(
    rf"(?P<other>{_NAME}){_KIND} (?:has been|was|is being|is) renamed(?: to)? "
    rf"[\"“*_`]*(?:the )?(?P<name>{_NAME}){_KIND}"
)


def renamings(article: Article) -> tuple[tuple[str, str], ...]:
    """Pairs of names, as written, of which an article says that they are one thing; the name that
    counts first."""
    return tuple(
        (match["name"], match["other"])
        for pattern in (_OTHERWISE, _RENAMED)
        for match in pattern.finditer(article.text)
    )


def aliases_found(
    renamed: Iterable[tuple[str, str]], families: Mapping[str, Iterable[Name]]
) -> dict[str, dict[Name, Name]]:
    """By family, other names with the name that counts: those of `renamings` of which one is a
    name of that family. Independent of their order."""
    found: dict[str, dict[Name, Name]] = {}
    known = {name: key for key, names in families.items() for name in names}
    for written, otherwise in sorted(set(renamed)):
        name, other = name_of(written), name_of(otherwise)
        family = known.get(name) or known.get(other)
        if family and name != other:
            found.setdefault(family, {})[other] = name
    return {family: _settled(names) for family, names in found.items()}


def aliases_set(aliases: Mapping[str, Sequence[str]]) -> dict[Name, Name]:
    """The aliases of the settings, each with the name that counts."""
    return {name_of(other): name_of(name) for name, others in aliases.items() for other in others}


def _settled(names: dict[Name, Name]) -> dict[Name, Name]:
    """Without pairs that lead both ways, as where two articles disagree on the newer name; the
    one that comes first in the alphabet counts then."""
    return {
        other: name for other, name in names.items() if names.get(name) != other or name < other
    }
