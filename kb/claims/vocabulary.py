"""The company's own names of plans, products, models and platforms, found in its articles."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from kb.claims import lexicon
from kb.claims.scope import Name, Vocabulary, general, name_of
from kb.claims.words import STOPWORDS
from kb.types import Article, BlockKind

_PLAN = re.compile(
    r"(?<=[a-z,] )(?P<name>[A-Z][A-Za-z+]+(?: [A-Z][A-Za-z+]+)?) (?:plan|tier|edition|"
    r"subscription|licen[cs]e)s?\b"
)
_NOT_PLANS = lexicon.words("no_plans")
_LONGEST_NAME = 3


def vocabulary(articles: Sequence[Article]) -> Vocabulary:
    """Families of names that exclude each other: the general ones, plans by "X plan", products of
    the front matter, and the columns and rows of each table. Independent of the articles' order."""
    own: dict[str, set[Name]] = {
        "plan": _plans(articles),
        "product": {name for a in articles for p in a.product if (name := name_of(p))},
    }
    for side, family in _table_families(articles):
        own[f"{side} " + " / ".join(sorted(" ".join(name) for name in family))] = set(family)
    return Vocabulary.of(general(), own)


def _plans(articles: Iterable[Article]) -> set[Name]:
    seen: Counter[Name] = Counter()
    for article in articles:
        names = {match["name"] for match in _PLAN.finditer(article.text)}
        seen.update(name_of(n) for n in names if n.split()[0].lower() not in _NOT_PLANS)
    return {name for name, times in seen.items() if name and times > 1}


def _table_families(articles: Iterable[Article]) -> set[tuple[str, frozenset[Name]]]:
    """Headers of tables that are names: the columns together, and the rows together."""
    found: set[tuple[str, frozenset[Name]]] = set()
    for article in articles:
        for rows in _tables(article):
            columns = [cell for cell, _ in rows[0]][1:]
            first = [row for _, row in (line[-1] for line in rows)]
            for side, headers in (("column", columns), ("row", first)):
                family = frozenset(_headers(headers))
                if len(family) > 1:
                    found.add((side, family))
    return found


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
