"""Answers from reviewed articles alone."""

from agent.agent import Agent
from agent.types import Decision
from agent.verified import Verified
from kb.settings import AgentSettings
from kb.types import Article, Filters
from tests.agent.fakes import MemoryConversations, WordKnowledge, article
from tests.kb.findings import finding, side

OLD = [
    article(f"old/{n}.md", f"# Warranty {n}\n\nThe warranty lasts {n} years.\n")
    for n in range(2, 40)
]
FRESH = article("warranty.md", "# Guarantee\n\nThe warranty of a lamp lasts 24 months.\n")
CENTER = (*OLD, FRESH)
ASKED = "How long does the warranty of a lamp last?"


def is_fresh(item: Article) -> bool:
    return item.path == FRESH.path


def verified(*vouched: str) -> Verified:
    return Verified(WordKnowledge(CENTER), lambda item: item.path in vouched)


def test_search_looks_past_what_nobody_vouches_for() -> None:
    hits = verified("warranty.md", "old/30.md").search("the warranty lasts", 2, Filters())
    assert {hit.passage.path for hit in hits} == {"warranty.md", "old/30.md"}
    assert len(verified("warranty.md").search("the warranty lasts", 5, Filters())) == 1
    assert verified().search("the warranty lasts", 5, Filters()) == []


def test_what_nobody_vouches_for_can_not_be_read() -> None:
    knowledge = verified("warranty.md")
    assert knowledge.article(FRESH.id) == FRESH
    assert knowledge.article(OLD[0].id) is None
    assert knowledge.articles() == [FRESH]


def test_an_answer_cites_and_retrieves_reviewed_articles_alone() -> None:
    found = finding(
        "c", side(FRESH, "The warranty of a lamp lasts 24 months."), side(OLD[0], "2 years")
    )
    knowledge = Verified(WordKnowledge(CENTER, [found]), is_fresh)
    agent = Agent(knowledge, MemoryConversations(), AgentSettings())
    turn = agent.answer(ASKED)
    assert turn.decision is Decision.ANSWER
    assert turn.retrieved == ("warranty.md",)
    assert {item.path for item in turn.citations} == {"warranty.md"}
    assert "2 years" not in turn.text
    assert agent.article("old/2.md") is None


def test_without_any_reviewed_article_everything_is_handed_over() -> None:
    agent = Agent(verified(), MemoryConversations(), AgentSettings())
    turn = agent.answer(ASKED)
    assert (turn.decision, turn.retrieved) == (Decision.HANDOFF, ())


def test_an_article_leaves_on_the_day_its_cycle_ends() -> None:
    vouched = {FRESH.path}
    agent = Agent(
        Verified(WordKnowledge(CENTER), lambda item: item.path in vouched),
        MemoryConversations(),
        AgentSettings(),
    )
    assert agent.answer(ASKED).decision is Decision.ANSWER
    vouched.clear()
    assert agent.answer(ASKED).decision is Decision.HANDOFF
