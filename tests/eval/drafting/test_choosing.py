"""Of many proposals a person is asked about few: useful ones, of every sort, and none twice."""

from agent.types import Decision
from eval.drafting.choosing import choose
from eval.drafting.proposal import Origin, Proposal, proposed
from eval.golden.case import Asker, Case
from kb.findings import Usage


def case(question: str, path: str = "a.md", earlier: tuple[str, ...] = ()) -> Case:
    return Case("", question, Decision.ANSWER, articles=(path,), earlier=earlier)


def item(
    question: str,
    path: str = "a.md",
    kind: str = "faq",
    worth: float = 1.0,
    origin: Origin = Origin.ARTICLES,
) -> Proposal:
    return proposed(case(question, path), origin, kind, "because", worth=worth)


def questions(found: list[Proposal]) -> list[str]:
    return [it.case.question for it in found]


def test_what_was_asked_before_is_not_proposed() -> None:
    golden = [case("Can I pause my plan?")]
    known = [case("How many sensors does the hub take?")]
    items = [
        item("can i pause the plan"),
        item("How many sensors does a hub take?"),
        item("How do I export readings?"),
        item("Export readings, how?"),
    ]
    assert questions(choose(items, golden, known, {}, {}, 9)) == ["How do I export readings?"]


def test_the_same_words_after_others_or_by_somebody_else_ask_something_else() -> None:
    golden = [
        case("What about the hub price?", earlier=("What does the sensor cost?",)),
        Case("", "Which hub price holds?", Decision.ANSWER, who=Asker(plan="Pro"), reference="a"),
    ]
    items = [item("What about the hub price?"), item("Which one hub price holds?", "b.md")]
    assert len(choose(items[:1], golden, [], {}, {}, 9)) == 1
    assert len(choose(items[1:], golden, [], {}, {}, 9)) == 1


def test_long_questions_that_differ_in_a_number_are_two() -> None:
    items = [
        item("What happens to the readings of my plants after 30 days on the Free plan?"),
        item("What happens to the readings of my plants after 90 days on the Free plan?", "b.md"),
    ]
    assert len(choose(items, [], [], {}, {}, 9)) == 2


def test_articles_without_a_case_and_much_used_ones_come_first() -> None:
    items = [item("How is a sensor paired?", "a.md"), item("How is a refund paid?", "b.md")]
    golden = [case("Anything on shipping times?", "a.md")]
    assert choose(items, golden, [], {}, {}, 1)[0].case.articles == ("b.md",)
    used = {"a.md": Usage(retrieved=50, cited=((0, 4),) * 20)}
    assert choose(items, [], [], {}, used, 1)[0].case.articles == ("a.md",)


def test_a_few_of_each_article_and_of_different_kinds() -> None:
    words = ("hub", "sensor", "alert", "plan", "refund", "order", "chart", "export")
    items = [item(f"How does the {word} work?", "big.md") for word in words]
    items += [item(f"Where is the {word} shown?", f"{word}.md", "table", 0.9) for word in words]
    found = choose(items, [], [], {}, {}, 6)
    paths = [it.case.articles[0] for it in found]
    assert len(found) == 6
    assert paths.count("big.md") == 1
    every = choose(items, [], [], {}, {}, 99)
    assert [it.case.articles[0] for it in every].count("big.md") == 3


def test_what_customers_asked_often_is_worth_more() -> None:
    often = [
        item(text, kind="missed", origin=Origin.CONVERSATIONS)
        for text in ("Can I gift a plan?", "can i gift the plan", "gift plan?")
    ]
    once = item("How is data kept?", "b.md", kind="missed", origin=Origin.CONVERSATIONS)
    found = choose([once, *often], [], [], {}, {}, 9)
    assert len(found) == 2
    assert "gift" in found[0].case.question
    assert found[0].worth > found[1].worth
