"""Questions for a help center without a golden set, drafted from its own headings."""

from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256

from agent.answers.words import terms, words
from agent.types import Decision
from eval.drafting.sections import Candidate, candidates, may_read, without_twins
from eval.drafting.unrelated import unrelated
from eval.golden.case import Case
from kb.types import Article

LIMIT = 100
# Of a drafted set this many in five are due an answer; the rest are none of the center's business.
_ANSWERS_IN_FIVE = 3
_FEWEST_UNRELATED = 5


def draft(
    articles: Sequence[Article], limit: int = LIMIT, audience: Collection[str] = ()
) -> list[Case]:
    """At most `limit` cases: questions from headings, due an answer from their own article, then
    about two for three of those that are due a handoff. The same articles give the same cases.

    Articles in another language than English, and those whose audience has nobody of
    `audience`, are left out. Without a usable heading only the handoffs are drafted.
    """
    readable = [it for it in articles if it.locale.startswith("en") and may_read(it, audience)]
    chosen = _choose(readable, limit * _ANSWERS_IN_FIVE // 5)
    share = len(chosen) * (5 - _ANSWERS_IN_FIVE) // _ANSWERS_IN_FIVE
    strangers = unrelated(_subjects(articles), max(share, _FEWEST_UNRELATED))
    return [*map(_to_case, chosen), *map(_to_handoff, strangers)]


def _choose(articles: Sequence[Article], limit: int) -> list[Candidate]:
    """The best headings of every article first, then the second best, and so on; articles stand
    in an order that does not change when others come or go."""
    order = {article.id: sha256(article.id.encode()).digest() for article in articles}
    ranked = []
    for article in articles:
        found = sorted(candidates(article), key=lambda it: it.wording.rank)
        ranked += [(it.wording.rank, turn, order[article.id], it) for turn, it in enumerate(found)]
    best = [item[-1] for item in sorted(ranked, key=lambda item: item[:-1])]
    return without_twins(best, lambda it: tuple(sorted(set(terms(it.wording.question)))))[:limit]


def _subjects(articles: Iterable[Article]) -> set[str]:
    """Every word of a title or a heading."""
    return {
        word
        for article in articles
        for text in (article.title, *(name for it in article.sections for name in it.path))
        for word in words(text)
    }


def _to_case(candidate: Candidate) -> Case:
    question = candidate.wording.question
    return Case(
        id=_id(question),
        question=question,
        decision=Decision.ANSWER,
        reference=candidate.reference,
        articles=(candidate.article.path,),
        drafted=True,
    )


def _to_handoff(question: str) -> Case:
    return Case(
        id=_id(question),
        question=question,
        decision=Decision.HANDOFF,
        reason="out_of_scope",
        drafted=True,
    )


def _id(question: str) -> str:
    return f"draft-{sha256(question.encode()).hexdigest()[:8]}"
