"""One question put to the help center: what was found, and what to do with it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.answers.calibration import Calibration
from agent.answers.confidence import is_open
from agent.answers.decide import Choice, decide
from agent.answers.evidence import Evidence, Question, weigh
from agent.answers.followup import is_new_subject
from agent.answers.likeness import look_closer
from agent.answers.telling import weigh_sentences
from agent.answers.vocabulary import Vocabulary
from agent.answers.words import terms
from agent.ports import KnowledgeBase
from agent.stopwatch import Stopwatch
from kb.types import Filters, Hit

SEARCHED = 12


@dataclass(frozen=True, slots=True)
class Found:
    """What search brought for a question, weighed."""

    evidence: Evidence
    hits: Sequence[Hit]


class Inquiry:
    """Asks one release. Holds nothing of a conversation."""

    def __init__(
        self,
        knowledge: KnowledgeBase,
        vocabulary: Vocabulary,
        calibration: Calibration,
        audience: Sequence[str],
    ) -> None:
        self._knowledge = knowledge
        self._vocabulary = vocabulary
        self._calibration = calibration
        self._audience = tuple(audience)

    def find(self, text: str, locale: str | None, watch: Stopwatch) -> Found:
        """What there is on a question that stands on its own, looked at closer where a glance
        leaves it open."""
        with watch.stage("retrieve"):
            filters = Filters(audience=self._audience, locale=locale)
            hits = self._knowledge.search(text, SEARCHED, filters, per_article=False)
        with watch.stage("decide"):
            question = Question.of(text, self._vocabulary)
            evidence = weigh(question, hits, self._knowledge.article)
            if is_open(evidence.features):
                evidence = look_closer(evidence, self._vocabulary, self._knowledge.resemblance)
        return Found(evidence, hits)

    def find_continued(
        self, text: str, continued: str, locale: str | None, watch: Stopwatch
    ) -> Found:
        """The same for a message that may continue a question: with it, or by itself where it is
        about something else."""
        joined = self.find(continued, locale, watch)
        alone = self.find(text, locale, watch)
        return alone if is_new_subject(text, joined.evidence, alone.evidence) else joined

    def weigh_sentences(self, evidence: Evidence) -> Evidence:
        """The evidence with how well its sentences tell what is asked, for who writes."""
        return weigh_sentences(evidence, self._vocabulary, self._knowledge.resemblance)

    def decide(self, found: Found, unsure: int, *, picked: bool = False) -> Choice:
        """What to do; `picked` says that the customer took one of the choices offered."""
        return decide(found.evidence, self._calibration, unsure, picked=picked)


def narrowed(evidence: Evidence, label: str) -> Evidence:
    """The evidence with the sections first that a choice names."""
    words = set(terms(label))
    chosen = [item for item in evidence.candidates if words <= set(terms(item.words))]
    rest = [item for item in evidence.candidates if item not in chosen]
    return replace(evidence, candidates=(*chosen, *rest))
