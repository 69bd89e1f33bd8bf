"""What surrounds a statement: its headings, its list, and what its pronouns point at."""

import re

from kb.claims.claim import Spot
from kb.claims.phrases import is_command, is_universal, opening
from kb.claims.scope import Names, Vocabulary, narrows
from kb.claims.statements import Statement
from kb.claims.words import content
from kb.types import Article, BlockKind

_PRONOUN = re.compile(r"\b(?:it|its|they|them|this|that|these|those)\b", re.IGNORECASE)
_POINTING = re.compile(
    r"^\W*(?:or |and |but |so |then |also )?(?:it|its|they|their|them|this|these|that|those|"
    r"after (?:that|this)|then|the same|he|she)\b",
    re.IGNORECASE,
)
_LITERAL = re.compile(
    r"[^\s\"“”]*[A-Za-z*][._*/@#=][A-Za-z*{<\[][^\s\"“”]*|\*\S+|\S+\*|--?\w[\w-]+(?=\s|$)|"
    r"\b\w+_\w+\b|"
    r"\b(?:[Ss]tep|[Ll]evel|[Pp]hase|[Oo]ption|[Ss]ection|[Cc]hapter|[Tt]ier|[Ss]tage) \d+"
)
# Of how much a statement is about a word, by where the word stands.
_NEAR, OWN_ZONE, _POINTED, _LEAD, _HEADING, _TITLE = 1.0, 0.6, 0.7, 0.6, 0.5, 0.4
_FEW_WORDS = 3


def spot_of(article: Article, statement: Statement) -> Spot:
    """The surroundings that all claims of a statement share."""
    section = "\n".join((article.id, *statement.headings))
    topic = content(" ".join((statement.title, *statement.headings)))
    return Spot(
        article_id=article.id,
        start=statement.start,
        end=statement.end,
        text=statement.text,
        heading=" > ".join(statement.headings),
        section=section,
        listing=f"{section}\n{statement.block.value}" if statement.listed else "",
        labels=statement.labels,
        topic=topic,
        heads=content(" ".join(statement.headings[-1:])) or content(statement.title),
        audience=frozenset(article.audience),
        command=statement.block == BlockKind.STEP and is_command(statement.text),
        universal=is_universal(statement.text),
        literals=literals(statement.text),
    )


def profile(
    statement: Statement,
    near: frozenset[str],
    own: frozenset[str],
    said_by_value: frozenset[str] = frozenset(),
    condition: frozenset[str] = frozenset(),
) -> dict[str, float]:
    """Every stem with the weight of the nearest place where it stands. `said_by_value` are stems
    that tell nothing: a clause of these alone means what stands around it."""
    zones = [
        (near, _NEAR),
        (_pointed(statement, near - said_by_value, own), _POINTED),
        (own, OWN_ZONE),
        (content(statement.lead), _LEAD),
        (condition, _LEAD),
        (content(" ".join(statement.headings[-1:])), _HEADING),
        (content(" ".join((statement.title, *statement.headings[:-1]))), _TITLE),
    ]
    found: dict[str, float] = {}
    for words, weight in zones:
        for word in words - (said_by_value - own):
            found[word] = max(found.get(word, 0.0), weight)
    return found


def _pointed(statement: Statement, near: frozenset[str], own: frozenset[str]) -> frozenset[str]:
    """What a pronoun points at: the sentence before, and the heading."""
    pronoun = len(own) < _FEW_WORDS and _PRONOUN.search(statement.text)
    if near and not pronoun and not _POINTING.search(statement.text):
        return frozenset()
    return content(" ".join((statement.before, *statement.headings[-1:])))


def names_around(statement: Statement, vocabulary: Vocabulary) -> Names:
    """Names of the nearest sentence of the paragraph that is about one, for each family; else of
    the nearest heading that has one, of the title last."""
    found: Names = {}
    for text in (statement.title, *statement.headings, statement.lead):
        found.update(vocabulary.names(text))
    for sentence in statement.told.splitlines():
        names = vocabulary.names(opening(sentence))
        found.update({key: said for key, said in names.items() if narrows(key) or key == "access"})
    return found


def literals(text: str) -> frozenset[str]:
    """Words that are code, addresses or patterns: they differ wholly or not at all."""
    return frozenset(match[0].strip(".,:;()\"'").lower() for match in _LITERAL.finditer(text))
