"""Cases from what articles say: headings, questions and answers, tables, statements."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from agent.types import Decision
from eval.drafting.asked import about
from eval.drafting.faqs import pairs
from eval.drafting.proposal import Origin, Proposal, Quote, proposed, quote_of
from eval.drafting.sections import Candidate, candidates, first, may_read, without_twins
from eval.drafting.statements import names, turned
from eval.drafting.tables import questions
from eval.drafting.values import values_asked
from eval.golden.case import Asker, Case
from kb.types import Article, BlockKind, Section, Sentence

_HOW_TO = re.compile(r"(?:.+: )?how (?:do|can) i\b", re.IGNORECASE)
_REFERENCE_WORDS = 60
# How often a kind makes a question that a customer would ask, as read from help centers: higher
# is proposed first.
WORTH = {"faq": 1.0, "heading": 0.8, "table": 0.7, "statement": 0.2}


def from_articles(articles: Sequence[Article], audience: Collection[str] = ()) -> list[Proposal]:
    """All that the articles suggest, in their order. A question that two articles answer alike
    well is left out. Of articles in another language than English only the questions that they
    ask themselves; nothing of articles that nobody of `audience` may read."""
    readable = [article for article in articles if may_read(article, audience)]
    english = [article for article in readable if article.locale.startswith("en")]
    known = names(english)
    found: list[Proposal] = []
    for article in readable:
        found += _asked(article)
        if article.locale.startswith("en"):
            found += _of_tables(article)
            found += _of_statements(article, known)
    return without_twins(_once(found), lambda it: about(it.case))


def _once(found: Sequence[Proposal]) -> list[Proposal]:
    """Without what the same article was asked before."""
    kept = {(it.case.articles, about(it.case)): it for it in reversed(found)}
    return list(reversed(kept.values()))


def _asked(article: Article) -> Iterator[Proposal]:
    english = article.locale.startswith("en")
    for candidate in candidates(article):
        asks = candidate.wording.question.endswith("?") and candidate.wording.rank == 0
        if asks and (english or candidate.section.path[-1:] == (candidate.wording.question,)):
            yield _of_heading(candidate)
    for pair in pairs(article):
        quote = quote_of(article, pair.start, pair.end, _heading(pair.section))
        said = [it.text for it in pair.sentences]
        case = _case(article, pair.question, pair.reference, values_asked(pair.question, said))
        yield _proposed(case, "faq", "the article asks and answers it", quote)


def _of_heading(candidate: Candidate) -> Proposal:
    article, question = candidate.article, candidate.wording.question
    sentences = _steps(candidate.section) if _HOW_TO.match(question) else ()
    sentences = sentences or candidate.sentences
    said = [it.text.strip() for it in sentences]
    quote = quote_of(article, sentences[0].start, sentences[-1].end, _heading(candidate.section))
    case = _case(article, question, " ".join(said), values_asked(question, said))
    asks = _heading(candidate.section).rstrip().endswith("?")
    why = "a heading asks it" if asks else "a heading says what its section answers"
    return _proposed(case, "faq" if asks else "heading", why, quote)


def _steps(section: Section) -> tuple[Sentence, ...]:
    """The first steps of a section that has several: they answer how, and not what leads up to
    them."""
    steps = [block for block in section.blocks if block.kind is BlockKind.STEP]
    found = [sentence for block in steps for sentence in block.sentences]
    return first(found, _REFERENCE_WORDS) if len(steps) > 1 else ()


def _of_tables(article: Article) -> Iterator[Proposal]:
    for asked in questions(article):
        quote = quote_of(article, asked.row.start, asked.row.end, _heading(asked.section))
        quote = replace(quote, text=asked.row.text or quote.text)
        case = _case(article, asked.question, asked.answer, (asked.fact,) if asked.fact else ())
        yield _proposed(case, "table", "a cell of a table answers it", quote)


def _of_statements(article: Article, known: frozenset[str]) -> Iterator[Proposal]:
    for item in turned(article, known):
        sentence = item.sentence
        quote = quote_of(article, sentence.start, sentence.end, _heading(item.section))
        case = _case(article, item.question, sentence.text, ())
        yield _proposed(case, "statement", "a sentence answers it with yes or no", quote)


def _case(article: Article, question: str, reference: str, says: tuple[str, ...]) -> Case:
    english = article.locale.startswith("en")
    return Case(
        id="",
        question=question,
        decision=Decision.ANSWER,
        reference=reference,
        articles=(article.path,),
        says=says,
        who=Asker() if english else Asker(locale=article.locale),
        source=f"article:{article.path}",
    )


def _proposed(case: Case, kind: str, why: str, quote: Quote) -> Proposal:
    return proposed(case, Origin.ARTICLES, kind, why, (quote,), WORTH[kind])


def _heading(section: Section) -> str:
    return section.path[-1] if section.path else ""
