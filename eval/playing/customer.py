"""What the author of a case would say to a clarifying question.

A question asked back is not the end of a conversation: whether a case was handed over rightly shows
only once it is answered. The author knows which articles answer the case, and nothing of the agent
but what it says.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.types import Decision, Turn
from eval.golden.case import Case
from kb.types import Article

NONE_OF_THESE = "none of these"
_CHOICE = re.compile(r"^(\d+)\. (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Customer:
    """Carries a case on by one message where the agent asked which of several things is meant."""

    articles: Sequence[Article]

    def reply(self, case: Case, turn: Turn) -> str | None:
        """What they say to the turn: the number of a choice, or that none fits. None where nothing
        was to be chosen, or the case is due a clarifying question."""
        offered = _CHOICE.findall(turn.text)
        due = case.decision in (Decision.ANSWER, Decision.HANDOFF)
        if turn.decision is not Decision.CLARIFY or turn.procedure or not (due and offered):
            return None
        return self._chosen(case, offered)

    def _chosen(self, case: Case, offered: Sequence[tuple[str, str]]) -> str:
        """The number of the first choice that is about one of the case's articles, or that its
        reference speaks of."""
        known = [article for article in self.articles if article.path in case.articles]
        names = {name for article in known for name in _names(article)}
        reference = case.reference.lower() if case.decision is Decision.ANSWER else ""
        fitting = (
            number for number, label in offered if label in names or label.lower() in reference
        )
        return next(fitting, NONE_OF_THESE)


def _names(article: Article) -> set[str]:
    headings = {section.path[-1] for section in article.sections if section.path}
    return {article.title, *headings, *(f"{article.title}: {heading}" for heading in headings)}
