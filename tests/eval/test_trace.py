"""What a case asked of its release is noted, and held against another release."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from agent.answers.vocabulary import Vocabulary
from agent.ports import KnowledgeBase
from eval.golden.file import read
from eval.playing.player import open_player
from eval.runs.trace import Trace
from eval.runs.watching import Watcher, ground_of
from kb.findings import Finding
from kb.types import Article, Filters, Hit, Passage
from tests.eval.center import Bench
from tests.eval.turns import answer_case
from tests.kb.articles import article

REFUNDS = article("refunds.md", "# Refunds\n\nThe money is back within 14 days.\n")
PLANS = article("plans.md", "# Plans\n\nA plan is paid by the month.\n")
PASSAGE = Passage("p1", REFUNDS.id, "refunds.md", "Refunds", (), 11, 45, "The money is back")
HIT = Hit(PASSAGE, 1.25, similarity=0.5, lexical=0.75)


class OnePassage:
    """A `KnowledgeBase` that finds this passage, whatever is asked."""

    release = None

    def __init__(self, hit: Hit = HIT, articles: Sequence[Article] = (REFUNDS, PLANS)) -> None:
        self._hit = hit
        self._articles = {item.id: item for item in articles}

    def articles(self) -> list[Article]:
        return list(self._articles.values())

    def search(
        self, text: str, top: int, filters: Filters, *, per_article: bool = True
    ) -> list[Hit]:
        return [self._hit]

    def article(self, article_id: str) -> Article | None:
        return self._articles.get(article_id)

    def open_findings(self, article_id: str) -> list[Finding]:
        return []

    def trusts(self, article: Article) -> bool:
        return article.path == "refunds.md"


def knowing(hit: Hit = HIT, articles: Sequence[Article] = (REFUNDS, PLANS)) -> KnowledgeBase:
    return OnePassage(hit, articles)  # type: ignore[return-value]  # no model compares here


def traced() -> Trace:
    """Of everything that an agent may ask."""
    watcher = Watcher([REFUNDS, PLANS])
    knowledge = watcher.knowledge(knowing())
    vocabulary = watcher.vocabulary(Vocabulary.of([REFUNDS, PLANS]))
    with watcher.watching(answer_case("a")) as trace:
        knowledge.search("money back?", 12, Filters(), per_article=False)
        knowledge.article(REFUNDS.id)
        knowledge.article("test:gone.md")
        knowledge.open_findings(REFUNDS.id)
        knowledge.trusts(REFUNDS)
        vocabulary.weight("money")
        vocabulary.terms("monye paidd by the month")
        vocabulary.known("colour")
    return trace


def test_a_release_that_says_the_same_confirms_a_trace_also_from_its_row() -> None:
    assert ground_of(knowing()).confirms(traced())
    assert ground_of(knowing()).confirms(Trace.from_json(traced().to_json()))


OTHERS: dict[str, Callable[[], KnowledgeBase]] = {
    "moved": lambda: knowing(replace(HIT, passage=replace(PASSAGE, start=12, end=46))),
    "other words": lambda: knowing(replace(HIT, passage=replace(PASSAGE, text="The cash"))),
    "under another heading": lambda: knowing(
        replace(HIT, passage=replace(PASSAGE, heading_path=("Money",)))
    ),
    "nearer": lambda: knowing(replace(HIT, similarity=0.5002)),
    "an edited article": lambda: knowing(
        articles=[article("refunds.md", REFUNDS.text.replace("14", "41")), PLANS]
    ),
    "an article whose row was edited": lambda: knowing(
        articles=[replace(REFUNDS, text=REFUNDS.text.replace("14", "41")), PLANS]
    ),
    "a word in another article too": lambda: knowing(
        articles=[REFUNDS, article("plans.md", f"{PLANS.text}It is money well spent.\n")]
    ),
    "an article more": lambda: knowing(articles=[REFUNDS, PLANS, article("a.md", "# A\n")]),
    "an article that was not there": lambda: knowing(
        articles=[REFUNDS, PLANS, article("gone.md", "# Gone\n")]
    ),
    "another language": lambda: knowing(articles=[REFUNDS, replace(PLANS, locale="fr")]),
}


@pytest.mark.parametrize("other", OTHERS)
def test_a_release_that_says_anything_else_does_not(other: str) -> None:
    assert not ground_of(OTHERS[other]()).confirms(traced())


SAME: dict[str, Callable[[], KnowledgeBase]] = {
    "a score that moved": lambda: knowing(replace(HIT, score=1.5, lexical=0.7)),
    "a cosine of another batch": lambda: knowing(replace(HIT, similarity=0.5 + 1e-7)),
    "an article that was not read, without a word that was asked": lambda: knowing(
        articles=[REFUNDS, article("plans.md", PLANS.text.replace("A plan", "Every plan"))]
    ),
}


@pytest.mark.parametrize("other", SAME)
def test_what_no_case_reads_may_change(other: str) -> None:
    assert ground_of(SAME[other]()).confirms(traced())


def test_what_is_asked_outside_of_a_case_is_in_no_trace() -> None:
    watcher = Watcher([REFUNDS])
    knowledge = watcher.knowledge(knowing())
    with watcher.watching(answer_case("a")) as trace:
        pass
    knowledge.article(REFUNDS.id)
    assert trace.articles == {}


class Blind:
    """Watches an agent that gets no scores from search, only the order."""

    def knowledge(self, knowledge: KnowledgeBase) -> KnowledgeBase:
        search = knowledge.search

        def unscored(
            text: str, top: int, filters: Filters, *, per_article: bool = True
        ) -> list[Hit]:
            found = search(text, top, filters, per_article=per_article)
            return [replace(hit, score=float("nan"), lexical=None) for hit in found]

        vars(knowledge)["search"] = unscored
        return knowledge

    def vocabulary(self, vocabulary: Vocabulary) -> Vocabulary:
        return vocabulary


def test_an_agent_reads_no_scores_of_a_search(tmp_path: Path) -> None:
    """So that a trace need not hold them: they move with every passage that comes or goes."""
    bench = Bench.of(tmp_path)
    release = bench.go_live(bench.build())
    articles = bench.work.articles.of_release(release.id)
    cases = read(tmp_path / "golden.jsonl")
    said = []
    for watch in (None, Blind()):
        with open_player(bench.work, release.id, cases, articles, watch) as player:
            results = [player.play(case) for case in cases]
        said.append([(it.error, it.turn and (it.turn.text, it.turn.reason)) for it in results])
    assert said[0] == said[1]
    assert any("confidence" in str(turn) for _, turn in said[0])
    bench.work.database.close()
