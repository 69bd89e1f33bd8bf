"""Questions for a help center without a golden set, drafted from its own headings."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from agent.answers.words import terms, words
from agent.types import Decision
from eval.case import Case
from eval.headings import Wording, ask
from eval.unrelated import unrelated
from kb.types import Article, BlockKind, Section

LIMIT = 100
# Of a drafted set this many in five are due an answer; the rest are none of the center's business.
_ANSWERS_IN_FIVE = 3
_FEWEST_UNRELATED = 5
# A section with less to say is not an answer; what is quoted of it is its beginning.
_LEAST_WORDS = 12
_REFERENCE_WORDS = 60
_LEFT_OUT = {BlockKind.HEADING, BlockKind.CODE}


@dataclass(frozen=True, slots=True)
class _Candidate:
    article: Article
    wording: Wording
    reference: str


def draft(
    articles: Sequence[Article], limit: int = LIMIT, audience: Collection[str] = ()
) -> list[Case]:
    """At most `limit` cases: questions from headings, due an answer from their own article, then
    about two for three of those that are due a handoff. The same articles give the same cases.

    Articles in another language than English, and those whose audience has nobody of
    `audience`, are left out. Without a usable heading only the handoffs are drafted.
    """
    readable = [it for it in articles if it.locale.startswith("en") and _may_read(it, audience)]
    chosen = _choose(readable, limit * _ANSWERS_IN_FIVE // 5)
    share = len(chosen) * (5 - _ANSWERS_IN_FIVE) // _ANSWERS_IN_FIVE
    strangers = unrelated(_subjects(articles), max(share, _FEWEST_UNRELATED))
    return [*map(_to_case, chosen), *map(_to_handoff, strangers)]


def _choose(articles: Sequence[Article], limit: int) -> list[_Candidate]:
    """The best headings of every article first, then the second best, and so on; articles stand
    in an order that does not change when others come or go."""
    order = {article.id: sha256(article.id.encode()).digest() for article in articles}
    ranked = []
    for article in articles:
        found = sorted(_candidates(article), key=lambda it: it.wording.rank)
        ranked += [(it.wording.rank, turn, order[article.id], it) for turn, it in enumerate(found)]
    candidates = [item[-1] for item in sorted(ranked, key=lambda item: item[:-1])]
    return _without_twins(candidates)[:limit]


def _without_twins(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """What two articles could be asked has no one right article."""
    kept = list(candidates)
    asked = Counter(_key(it) for it in kept)
    return [it for it in kept if asked[_key(it)] == 1]


def _key(candidate: _Candidate) -> tuple[str, ...]:
    return tuple(sorted(set(terms(candidate.wording.question))))


def _candidates(article: Article) -> Iterator[_Candidate]:
    for section in article.sections:
        reference = _beginning(section)
        heading = section.path[-1] if section.path else _written_title(article)
        wording = ask(heading, article.title) if reference else None
        if wording:
            yield _Candidate(article, wording, reference)


def _written_title(article: Article) -> str:
    """The title, unless it was made of the file's name: nobody asks for that."""
    return article.title if article.title.casefold() in article.text.casefold() else ""


def _beginning(section: Section) -> str:
    """The first sentences of a section, empty when it has too little prose to answer anything."""
    blocks = [block for block in section.blocks if block.kind not in _LEFT_OUT]
    sentences = [sentence.text.strip() for block in blocks for sentence in block.sentences]
    if sum(len(sentence.split()) for sentence in sentences) < _LEAST_WORDS:
        return ""
    taken: list[str] = []
    for sentence in sentences:
        if sum(len(text.split()) for text in taken) >= _REFERENCE_WORDS:
            break
        taken.append(sentence)
    return " ".join(taken)


def _may_read(article: Article, audience: Collection[str]) -> bool:
    return not article.audience or not set(audience).isdisjoint(article.audience)


def _subjects(articles: Iterable[Article]) -> set[str]:
    """Every word of a title or a heading."""
    return {
        word
        for article in articles
        for text in (article.title, *(name for it in article.sections for name in it.path))
        for word in words(text)
    }


def _to_case(candidate: _Candidate) -> Case:
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
