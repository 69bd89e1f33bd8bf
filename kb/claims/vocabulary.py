"""The company's own names of plans, products, models and platforms, found in its articles."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kb.claims import lexicon
from kb.claims.aliases import aliases_found, aliases_set, renamings
from kb.claims.scope import Name, Vocabulary, general, name_of
from kb.claims.words import STOPWORDS
from kb.settings import VocabularySettings
from kb.types import Article, BlockKind

_PLAN = re.compile(
    r"(?<=[a-z,] )(?P<name>[A-Z][A-Za-z+]+(?: [A-Z][A-Za-z+]+)?) (?:plan|tier|edition|"
    r"subscription|licen[cs]e)s?\b"
)
# "Acme Pro" and "Acme Free" are plans of Acme.
_TIER = re.compile(
    r"\b[A-Z]\w+ (?P<name>Free|Starter|Basic|Plus|Pro|Premium|Ultimate|Business|"
    r"Enterprise|Essentials|Advanced|Unlimited)\b"
)
_NOT_PLANS = lexicon.words("no_plans")
_LONGEST_NAME = 3
# Of so few articles, one that names a plan is enough.
_FEW = 10


@dataclass(frozen=True, slots=True)
class Mentions:
    """What one article adds to the vocabulary: names of plans and products, the headers of its
    tables (side and names), and names that it calls one thing."""

    plans: frozenset[Name] = frozenset()
    products: frozenset[Name] = frozenset()
    tables: frozenset[tuple[str, frozenset[Name]]] = frozenset()
    renamed: tuple[tuple[str, str], ...] = ()


def mentions(article: Article) -> Mentions:
    """Of this article alone."""
    return Mentions(
        frozenset(_plans(article)),
        frozenset(name for product in article.product if (name := name_of(product))),
        frozenset(_table_families(article)),
        renamings(article),
    )


def vocabulary(
    articles: Iterable[Article], settings: VocabularySettings | None = None
) -> Vocabulary:
    """`gathered` from the articles."""
    return gathered(map(mentions, articles), settings)


def gathered(found: Iterable[Mentions], settings: VocabularySettings | None = None) -> Vocabulary:
    """Families of names that exclude each other: the general ones, plans by "X plan", products of
    the front matter, the columns and rows of each table, and those of the settings. Names that an
    article or the settings call one thing are one name. Independent of the articles' order."""
    found, settings = list(found), settings or VocabularySettings()
    plans = Counter(name for item in found for name in item.plans)
    own: dict[str, set[Name]] = {
        "plan": {name for name, times in plans.items() if times > 1 or len(found) < _FEW},
        "product": {name for item in found for name in item.products},
    }
    plain = general()
    for family, written in _configured(settings):
        for text in written:
            (own if text[:1].isupper() else plain).setdefault(family, set()).add(name_of(text))
    renamed = (pair for item in found for pair in item.renamed)
    aliases = _join(aliases_found(renamed, {**plain, **own}), own)
    aliases |= _join(_by_family(aliases_set(settings.aliases), plain, own), own)
    tables = {table for item in found for table in item.tables}
    own["plan"] -= {name[-1:] for _, headers in tables for name in _models(headers)}
    for side, headers in tables:
        own[f"{side} " + " / ".join(sorted(" ".join(name) for name in headers))] = set(headers)
    return Vocabulary.of(plain, own, aliases)


def _models(headers: frozenset[Name]) -> set[Name]:
    """Names of several words that begin with another: the Pro of "Sprout" and "Sprout Pro" is a
    model, no plan."""
    return {name for name in headers if name[:-1] in headers}


def _configured(settings: VocabularySettings) -> tuple[tuple[str, list[str]], ...]:
    return (
        ("plan", settings.plans),
        ("product", settings.products),
        ("platform", settings.platforms),
        ("role", settings.roles),
    )


def _by_family(
    aliases: Mapping[Name, Name], *families: Mapping[str, set[Name]]
) -> dict[str, dict[Name, Name]]:
    """Aliases by the family of either name; those of neither are products."""
    known = {name: key for group in families for key, names in group.items() for name in names}
    found: dict[str, dict[Name, Name]] = {}
    for other, name in aliases.items():
        family = known.get(name) or known.get(other) or "product"
        found.setdefault(family, {})[other] = name
    return found


def _join(
    aliases: Mapping[str, Mapping[Name, Name]], own: dict[str, set[Name]]
) -> dict[Name, Name]:
    """All aliases; both of their names join the family."""
    for family, names in aliases.items():
        own.setdefault(family, set()).update(names.keys(), names.values())
    return {other: name for names in aliases.values() for other, name in names.items()}


def _plans(article: Article) -> set[Name]:
    written = {match["name"] for match in _PLAN.finditer(article.text)}
    names = {name_of(name) for name in written if name.split()[0].lower() not in _NOT_PLANS}
    names |= {name_of(match["name"]) for match in _TIER.finditer(article.text)}
    return names - {()}


def _table_families(article: Article) -> Iterator[tuple[str, frozenset[Name]]]:
    """Headers of tables that are names: the columns together, and the rows together."""
    for rows in _tables(article):
        columns = [cell for cell, _ in rows[0]][1:]
        first = [row for _, row in (line[-1] for line in rows)]
        for side, headers in (("column", columns), ("row", first)):
            family = frozenset(_headers(headers))
            if len(family) > 1:
                yield side, family


def _tables(article: Article) -> list[list[list[tuple[str, str]]]]:
    """Each table as rows of (column, row) headers."""
    tables: list[list[list[tuple[str, str]]]] = []
    header: tuple[str, ...] = ()
    for section in article.sections:
        for block in section.blocks:
            if block.kind != BlockKind.TABLE_ROW or len(block.cells) < 2:
                header = ()
                continue
            columns = tuple(cell.column for cell in block.cells)
            if columns != header:
                tables.append([])
                header = columns
            tables[-1].append([(cell.column, cell.row) for cell in block.cells])
    return tables


def _headers(headers: Iterable[str]) -> Iterable[Name]:
    for header in headers:
        plain = re.sub(r"\([^)]*\)", "", header)
        name = name_of(plain)
        short = 1 <= len(name) <= _LONGEST_NAME and not set(plain.lower().split()) <= STOPWORDS
        if short and plain[:1].isupper() and not any(char.isdigit() for char in plain):
            yield name
