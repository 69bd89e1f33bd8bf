"""What a help center is about."""

from dataclasses import replace

from eval.judging.topics import topics
from kb.types import Article
from tests.kb.articles import article


def titled(path: str, title: str, audience: tuple[str, ...] = ()) -> Article:
    return replace(article(path, "# A\n"), title=title, audience=audience)


def test_the_names_of_the_folders_are_the_topics_and_outlast_articles() -> None:
    first = [titled(f"{folder}/a.md", "A") for folder in ("plans-and-billing", "app", "teams")]
    more = [*first, titled("app/b.md", "B"), titled("plans-and-billing/yearly/c.md", "C")]
    assert topics(first) == topics(more) == ["app", "plans and billing", "teams"]


def test_a_help_center_without_folders_is_about_its_titles() -> None:
    flat = [titled("b.md", "Refunds"), titled("a.md", "Shipping"), titled("faq/c.md", "Payment")]
    assert topics(flat) == ["Payment", "Refunds", "Shipping"]


def test_what_customers_may_not_see_is_no_topic() -> None:
    folders = [titled(f"{name}/a.md", name) for name in ("app", "plans", "teams")]
    inside = titled("internal/a.md", "Inside", ("agents",))
    assert topics([*folders, inside], ["customers"]) == ["app", "plans", "teams"]
    assert "internal" in topics([*folders, inside], ["agents"])


def test_there_are_never_too_many() -> None:
    assert len(topics([titled(f"{number}.md", f"Title {number}") for number in range(200)])) == 60
