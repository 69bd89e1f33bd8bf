"""Stand-ins for what the agent needs from the world, kept in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from math import sqrt

import numpy as np

from agent.answers.words import term, terms, words
from agent.ports import Overtaken, UnknownTurn
from agent.state import State
from agent.types import AGENT, PERSON, Conversation, Decision, Handoff, Message, Rating, Turn
from kb.errors import Permanent
from kb.findings import Finding
from kb.parse import Defaults, parse
from kb.ports import Resemblance
from kb.types import Article, Document, Filters, Hit, Passage, Release, ReleaseStatus

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)


def article(path: str, text: str) -> Article:
    """A Markdown article as the product reads it."""
    document = Document(f"docs:{path}", "docs", path, "text/markdown", text.encode(), "1")
    return parse(document, Defaults())


class WordKnowledge:
    """A `KnowledgeBase` that finds sections by their words; similarity is the cosine of the sets
    of words."""

    def __init__(
        self,
        articles: Sequence[Article],
        findings: Sequence[Finding] = (),
        release: str = "r1",
        trusted: Sequence[str] = (),
    ) -> None:
        self.release = Release(release, release, ReleaseStatus.LIVE, NOW)
        self.searched: list[str] = []
        self._articles = {item.id: item for item in articles}
        self._findings = findings
        self._trusted = trusted
        self._passages = [
            (passage, set(terms(passage.embedded_text)))
            for item in articles
            for passage in _passages(item)
        ]

    def articles(self) -> list[Article]:
        return list(self._articles.values())

    def article(self, article_id: str) -> Article | None:
        return self._articles.get(article_id)

    def resemblance(self, question: str, texts: Sequence[str]) -> Resemblance | None:
        """The same word is 1, any other 0.2."""
        asked = list(words(question))
        close = np.array(
            [[1.0 if term(word) in terms(text) else 0.2 for text in texts] for word in asked],
            dtype=np.float32,
        ).reshape(len(asked), len(texts))
        return Resemblance(tuple(asked), close, close.mean(axis=0) if asked else close.sum(axis=0))

    def open_findings(self, article_id: str) -> list[Finding]:
        return [
            finding
            for finding in self._findings
            if any(item.article_id == article_id for item in finding.evidence)
        ]

    def trusts(self, article: Article) -> bool:
        return article.path in self._trusted

    def search(
        self, text: str, top: int, filters: Filters, *, per_article: bool = True
    ) -> list[Hit]:
        self.searched.append(text)
        asked = set(terms(text))
        hits = []
        for passage, found in self._passages:
            if passage.audience and not set(passage.audience) & set(filters.audience):
                continue
            shared = len(asked & found)
            cosine = shared / sqrt(max(1, len(asked)) * max(1, min(len(found), 4)))
            hits.append(Hit(passage, cosine, min(0.9, cosine)))
        hits.sort(key=lambda hit: (-hit.score, hit.passage.id))
        return hits[:top]


def _passages(item: Article) -> list[Passage]:
    return [
        Passage(
            f"{item.id}#{number}",
            item.id,
            item.path,
            item.title,
            section.path,
            section.start,
            section.end,
            " ".join(block.text for block in section.blocks),
            item.audience,
        )
        for number, section in enumerate(item.sections)
    ]


class MemoryConversations:
    """A `ConversationStore` that forgets with the process."""

    def __init__(self) -> None:
        self._conversations: dict[str, Conversation] = {}
        self._cases: dict[str, Handoff] = {}

    def record(
        self,
        message: Message,
        turn: Turn,
        state: State | None = None,
        expected: int | None = None,
    ) -> None:
        known = self._conversations.get(turn.conversation_id) or Conversation(
            turn.conversation_id, message.channel, turn.created_at, customer=message.customer
        )
        if expected is not None and expected != known.revision:
            raise Overtaken("another message came in between")
        self._keep(turn)
        self._conversations[known.id] = replace(
            known,
            turns=(*known.turns, turn),
            state=known.state if state is None else state.to_json(),
            identity=max(known.identity, message.identity, key=lambda item: item.level),
            revision=known.revision + 1,
        )

    def get(self, conversation_id: str) -> Conversation | None:
        return self._conversations.get(conversation_id)

    def turns(self) -> list[Turn]:
        """Of all conversations."""
        return [turn for item in self._conversations.values() for turn in item.turns]

    def began_with(self, conversation_id: str) -> str | None:
        found = self._conversations.get(conversation_id)
        return found.turns[0].release_id if found else None

    def rate(self, conversation_id: str, turn_id: str, rating: Rating) -> None:
        found = self._conversations.get(conversation_id)
        if not found or turn_id not in {turn.id for turn in found.turns}:
            raise UnknownTurn(f"there is no turn {turn_id} in conversation {conversation_id}")
        turns = [
            replace(turn, rating=rating) if turn.id == turn_id else turn for turn in found.turns
        ]
        self._conversations[conversation_id] = replace(found, turns=tuple(turns))

    def handed_over(self, conversation_id: str) -> Handoff | None:
        mine = (item for item in self.handoffs() if item.conversation_id == conversation_id)
        return next((item for item in mine if item.closed_at is None), None)

    def give_back(self, handoff_id: str, at: datetime) -> None:
        case = self._known(handoff_id)
        self._cases[handoff_id] = replace(case, closed_at=case.closed_at or at)

    def say(self, handoff_id: str, text: str, by: str, at: datetime) -> Turn:
        case = self._known(handoff_id)
        turn = Turn(
            f"by-{by}", case.conversation_id, "", Decision.ANSWER, text, 1.0, "", at, by=PERSON
        )
        self._join(case, (PERSON, text))
        self.record(Message(text), turn)
        return turn

    def handoff(self, handoff_id: str) -> Handoff | None:
        return self._cases.get(handoff_id)

    def handoffs(
        self,
        limit: int = 50,
        offset: int = 0,
        *,
        closed: bool | None = None,
        team: str | None = None,
    ) -> list[Handoff]:
        found = [
            item
            for item in self._cases.values()
            if closed in (None, item.closed_at is not None) and team in (None, item.team)
        ]
        found.sort(key=lambda item: (item.created_at, item.id), reverse=True)
        return found[offset : offset + limit]

    def _known(self, handoff_id: str) -> Handoff:
        if handoff_id not in self._cases:
            raise Permanent(f"there is no handoff {handoff_id}")
        return self._cases[handoff_id]

    def _keep(self, turn: Turn) -> None:
        case = turn.handoff
        if case is not None and case.id not in self._cases:
            self._cases[case.id] = case
            return
        if case is None and turn.decision is Decision.SILENT:
            case = self.handed_over(turn.conversation_id)
        if case is not None:
            kept = replace(self._cases[case.id], email=case.email)
            self._join(kept, ("customer", turn.question), (AGENT, turn.text))

    def _join(self, case: Handoff, *lines: tuple[str, str]) -> None:
        said = tuple(line for line in lines if line[1])
        self._cases[case.id] = replace(case, transcript=(*case.transcript, *said))
