"""What conversations made of the articles."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from agent.types import Citation
from kb.evidence import Span, place_of
from kb.findings import Usage
from kb.types import Article


@dataclass(frozen=True, slots=True)
class Use:
    """What one turn retrieved, as paths, and what it cited."""

    on: date
    retrieved: tuple[str, ...] = ()
    cited: tuple[Citation, ...] = ()


def usage(uses: Iterable[Use], articles: Sequence[Article]) -> dict[str, Usage]:
    """By path, of those of the articles that were used at all.

    A citation counts at the place where its words stand now, whatever release it was made from;
    of words that nobody finds in the article any more only the day is kept.
    """
    texts = {article.path: article.text for article in articles}
    retrieved: Counter[str] = Counter()
    cited: defaultdict[str, list[Span]] = defaultdict(list)
    days: defaultdict[str, set[date]] = defaultdict(set)
    for use in uses:
        paths = set(use.retrieved) & texts.keys()
        retrieved.update(paths)
        for citation in use.cited:
            if citation.path in texts:
                paths.add(citation.path)
                cited[citation.path] += _span(citation, texts[citation.path])
        for path in paths:
            days[path].add(use.on)
    return {
        path: Usage(retrieved[path], tuple(sorted(cited[path])), min(days[path]), max(days[path]))
        for path in sorted(days)
    }


def _span(citation: Citation, text: str) -> list[Span]:
    found = place_of(citation.quote, citation.start, text) if citation.quote else None
    return [found] if found else []
