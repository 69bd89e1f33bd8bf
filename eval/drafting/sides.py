"""What of a mended finding stands in the articles now, and what does not any more."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from eval.drafting.proposal import Quote, quote_from, quote_of
from eval.golden.facts import told
from kb.claims.reading import values
from kb.evidence import heading_at, place_of
from kb.findings import Evidence, Finding
from kb.types import Article, BlockKind

# A sentence with this share of another's words, in order, is that sentence with another value.
_SAME_STATEMENT = 0.5
_LONGEST_FACT = 12


@dataclass(frozen=True, slots=True)
class Mended:
    """`stands` is what the articles with these `paths` say now, `quotes` where; `gone` are the
    quotes that do not stand any more. `says` and `never_says` are their values, as far as they
    can be told."""

    stands: str
    paths: tuple[str, ...]
    quotes: tuple[Quote, ...]
    gone: tuple[Evidence, ...]
    says: tuple[str, ...]
    never_says: tuple[str, ...]


def mended(finding: Finding, articles: Mapping[str, Article]) -> Mended | None:
    """None where all that it quotes stands as it did, or where nothing says what holds now."""
    sides = finding.evidence[: int(finding.details.get("stale_quotes", len(finding.evidence)))]
    gone = [item for item in sides if not _stands(item, articles)]
    kept = [item for item in sides if _stands(item, articles)]
    if not gone or not any(item.marks for item in sides):
        return None
    now = _successors(gone, articles)
    texts = [item.quote for item in kept] + [quote.text for quote in now]
    if not texts:
        return None
    quotes = [*map(quote_from, kept), *now]
    wrong = [fact for item in gone for fact in _marked(item) or _statement(item)]
    typed = [fact for item in gone for fact in _marked(item)]
    says = [fact for item in kept for fact in _marked(item)] or _alike(typed, texts)
    return Mended(
        stands=" ".join(texts[0].split()),
        paths=tuple(dict.fromkeys(quote.path for quote in quotes)),
        quotes=tuple(quotes),
        gone=tuple(gone),
        says=tuple(dict.fromkeys(says))[:1],
        never_says=tuple(
            dict.fromkeys(fact for fact in wrong if not any(told(fact, text) for text in texts))
        ),
    )


def _stands(item: Evidence, articles: Mapping[str, Article]) -> bool:
    article = articles.get(item.path)
    return article is not None and place_of(item.quote, item.start, article.text) is not None


def _marked(item: Evidence) -> list[str]:
    """The values of a quote; none of one that says yes or no, which can be said in many ways."""
    facts = [" ".join(item.quote[a:b].split()) for a, b in item.marks]
    return [fact for fact in facts if values(fact)]


def _statement(item: Evidence) -> list[str]:
    """A short sentence, which can be looked for as it is; a row of a table can't."""
    whole = " ".join(item.quote.split())
    return [whole] if len(whole.split()) <= _LONGEST_FACT and "|" not in whole else []


def _successors(gone: Iterable[Evidence], articles: Mapping[str, Article]) -> list[Quote]:
    """For each quote what stands in its article in its place, where that can be told."""
    found: list[Quote] = []
    for item in gone:
        article = articles.get(item.path)
        best = max(_likened(item, article), default=None) if article else None
        if article and best and best[0] >= _SAME_STATEMENT:
            start, end = best[1:]
            found.append(quote_of(article, start, end, heading_at(article, start)))
    return found


def _likened(item: Evidence, article: Article) -> Iterable[tuple[float, int, int]]:
    """The statements of an article with their likeness to a quote, in [0, 1]."""
    wanted = item.quote.casefold().split()
    for section in article.sections:
        for block in section.blocks:
            for sentence in block.sentences if block.kind is not BlockKind.HEADING else ():
                words = sentence.text.casefold().split()
                likeness = SequenceMatcher(None, wanted, words, autojunk=False).ratio()
                yield likeness, sentence.start, sentence.end


def _alike(wrong: Sequence[str], texts: Sequence[str]) -> list[str]:
    """The value of the texts that is of the kind of a wrong one."""
    kinds = {value.kind for fact in wrong for value in values(fact)}
    return [value.text for text in texts for value in values(text) if value.kind in kinds]
