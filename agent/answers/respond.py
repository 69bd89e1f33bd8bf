"""One message to one reply: the stages of a turn in order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agent.answers.compose import check, draft
from agent.answers.decide import Choice, decide
from agent.answers.evidence import Evidence, Question, weigh
from agent.answers.followup import self_contained
from agent.answers.vocabulary import Vocabulary
from agent.answers.write import cite
from agent.ports import KnowledgeBase
from agent.replies import CLARIFY, HANDOFF, NOT_A_QUESTION, SMALL_TALK
from agent.screening.screen import screen
from agent.stopwatch import Stopwatch
from agent.types import Citation, Decision, HandoffReason, Turn
from kb.settings import AgentSettings
from kb.types import Filters, Hit

SEARCHED = 12
HANDED_OVER_EVIDENCE = 3


@dataclass(frozen=True, slots=True)
class Reply:
    """What a turn says and why. `evidence` is for a person who takes over."""

    decision: Decision
    text: str
    confidence: float
    reason: str
    citations: tuple[Citation, ...] = ()
    handoff: HandoffReason | None = None
    retrieved: tuple[str, ...] = ()
    evidence: tuple[Citation, ...] = ()


class Responder:
    """Replies from one release. Holds nothing of a conversation. `paths` leads from the path of
    an article to its id."""

    def __init__(self, knowledge: KnowledgeBase, settings: AgentSettings) -> None:
        self._knowledge = knowledge
        self._settings = settings
        articles = knowledge.articles()
        self._vocabulary = Vocabulary.of(articles)
        self._locales = {article.locale for article in articles}
        self.paths = {article.path: article.id for article in articles}

    def reply(
        self, text: str, earlier: Sequence[Turn], locale: str | None, watch: Stopwatch
    ) -> Reply:
        """The reply to a message after these turns."""
        with watch.stage("screen"):
            screening = screen(text)
        if screening.small_talk:
            said = SMALL_TALK[screening.small_talk]
            return Reply(Decision.ANSWER, said, 1.0, f"small talk: {screening.small_talk}")
        with watch.stage("retrieve"):
            asked = self_contained(text, earlier)
            hits = self._search(asked, locale)
        with watch.stage("decide"):
            question = Question.of(asked, self._vocabulary)
            evidence = weigh(question, hits, self._knowledge.article)
            choice = _overruled(screening.handoff) or decide(evidence, self._settings)
        return self._carried_out(choice, evidence, hits, watch)

    def _search(self, text: str, locale: str | None) -> list[Hit]:
        filters = Filters(
            audience=tuple(self._settings.audience),
            locale=locale if locale in self._locales else None,
        )
        return self._knowledge.search(text, SEARCHED, filters, per_article=False)

    def _carried_out(
        self, choice: Choice, evidence: Evidence, hits: Sequence[Hit], watch: Stopwatch
    ) -> Reply:
        retrieved = tuple(dict.fromkeys(hit.passage.path for hit in hits))
        if choice.decision is Decision.CLARIFY:
            text = _clarifying(choice.options)
            return Reply(
                choice.decision, text, choice.confidence, choice.reason, retrieved=retrieved
            )
        near = tuple(self._nearest(hits))
        if choice.handoff:
            return _handed_over(choice.handoff, choice.confidence, choice.reason, retrieved, near)
        with watch.stage("write"):
            drafted = draft(evidence, self._settings)
        with watch.stage("check"):
            checked = check(drafted, self._knowledge, self._settings)
        if checked.handoff:
            return _handed_over(checked.handoff, choice.confidence, checked.why, retrieved, near)
        return Reply(
            Decision.ANSWER,
            checked.text,
            choice.confidence,
            choice.reason,
            checked.citations,
            retrieved=retrieved,
        )

    def _nearest(self, hits: Sequence[Hit]) -> Iterable[Citation]:
        for hit in hits[:HANDED_OVER_EVIDENCE]:
            article = self._knowledge.article(hit.passage.article_id)
            if article:
                heading = " > ".join(hit.passage.heading_path)
                yield cite(article, hit.passage.start, hit.passage.end, heading)


def _overruled(reason: HandoffReason | None) -> Choice | None:
    """A screening that hands over leaves nothing for the evidence to decide."""
    if reason is None:
        return None
    return Choice(Decision.HANDOFF, 1.0, f"screening: {reason}", handoff=reason)


def _handed_over(
    reason: HandoffReason,
    confidence: float,
    why: str,
    retrieved: tuple[str, ...],
    near: tuple[Citation, ...],
) -> Reply:
    return Reply(
        Decision.HANDOFF,
        HANDOFF[reason],
        confidence,
        why,
        handoff=reason,
        retrieved=retrieved,
        evidence=near,
    )


def _clarifying(options: Sequence[str]) -> str:
    if not options:
        return NOT_A_QUESTION
    *most, last = options
    return CLARIFY.format(choices=f"{', '.join(most)} or {last}")
