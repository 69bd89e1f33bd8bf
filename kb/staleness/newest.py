"""The newest version of each product that the help center names."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kb.changelog import VERSION_HEADING
from kb.evidence import quote
from kb.findings import Evidence
from kb.shingles import words
from kb.staleness.mentions import is_calendar, numbers, versions
from kb.staleness.signal import Statement
from kb.types import Article

PROMISED = re.compile(
    r"\b(?:(?:up)?coming|hopefully|planned|scheduled|expected|due|future|forthcoming"
    r"|(?:will|to) (?:also |then |soon )?(?:come|arrive|ship|land|launch|drop"
    r"|(?:be|get) (?:available|added|supported|released|removed|dropped|deprecated|discontinued"
    r"|replaced|introduced|fixed|renamed|gone)))\b[^.;:]{0,40}$",
    re.IGNORECASE,
)
CALENDAR_MONTHS = 18


@dataclass(frozen=True, slots=True)
class Named:
    """The highest finished version of a product that one article names, and the sentence."""

    product: str
    number: tuple[int, ...]
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest version of a product that any article names, and where."""

    number: tuple[int, ...]
    text: str
    article: Article
    start: int
    end: int

    @property
    def evidence(self) -> Evidence:
        """The sentence or heading that names it, with the version marked."""
        at = self.article.text.find(self.text, self.start, self.end)
        marks = [(at, at + len(self.text))] if at >= 0 else []
        return quote(self.article, self.start, self.end, marks)

    @property
    def said(self) -> str:
        return f"'{self.article.title}' names {self.text}"


def named(statements: Iterable[Statement]) -> tuple[Named, ...]:
    """Of one article, by product; of equal versions the first. Neither pre-releases nor what is
    promised count."""
    best: dict[str, Named] = {}
    for statement in statements:
        for version in versions(statement.text):
            promised = PROMISED.search(statement.text[: version.start])
            if not version.product or version.pre or promised:
                continue
            known = best.get(version.product)
            if known is None or version.number > known.number:
                span = statement.start, statement.end
                best[version.product] = Named(version.product, version.number, version.text, *span)
    return tuple(best[product] for product in sorted(best))


def newest_versions(
    articles: Iterable[tuple[Article, Sequence[Named]]], notes: Sequence[Article]
) -> dict[str, Newest]:
    """By product. Versions that release notes have for headings count for the notes' products,
    and for the nameless product when they are the only ones. Ties go to the first article id."""
    found: dict[str, Newest] = {}
    for article, own in articles:
        for item in own:
            newest = Newest(item.number, item.text, article, item.start, item.end)
            _raise(found, item.product, newest)
    for article in notes:
        names = {name.casefold() for name in article.product} or set(words(article.title))
        for newest in _headed(article):
            for name in names | ({""} if len(notes) == 1 else set()):
                _raise(found, name, newest)
    return found


def _headed(article: Article) -> Iterable[Newest]:
    for section in article.sections:
        match = VERSION_HEADING.match(section.path[-1]) if section.path else None
        if match and section.blocks:
            number = numbers(match.group().split()[-1].lstrip("vV"))
            head = section.blocks[0]
            yield Newest(number, match.group().strip(), article, head.start, head.end)


def _raise(found: dict[str, Newest], product: str, newest: Newest) -> None:
    known = found.get(product)
    if (
        known is None
        or newest.number > known.number
        or (newest.number == known.number and newest.article.id < known.article.id)
    ):
        found[product] = newest


def far_behind(number: tuple[int, ...], newest: tuple[int, ...]) -> bool:
    """Whether the first part is lower; for years and months, such as 25.09, whether 18 months
    lie between."""
    if is_calendar(number) and is_calendar(newest):
        months = (newest[0] - number[0]) * 12 + newest[1] - number[1]
        return months >= CALENDAR_MONTHS
    return newest[0] > number[0]


def newest_for(product: str, article: Article, newest: Mapping[str, Newest]) -> Newest | None:
    """Of the product; where the text names none, of the product that the article is about, else
    of the one that the only release notes are about."""
    if product:
        return newest.get(product)
    own = [newest[name.casefold()] for name in article.product if name.casefold() in newest]
    return own[0] if own else newest.get("")
