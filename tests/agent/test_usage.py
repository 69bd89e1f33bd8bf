"""What conversations made of the articles."""

from dataclasses import replace
from datetime import date

from agent.types import Citation
from agent.usage import Use, usage
from kb.findings import Usage
from tests.kb.articles import article

GUIDE = article("guide.md", "Open the menu. Choose Export. Open the menu again.\n")
OTHER = article("other.md", "Nothing here.\n")
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


def cited(quote: str, start: int, path: str = "guide.md") -> Citation:
    return Citation(f"test:{path}", path, "Guide", None, quote, start, start + len(quote))


def test_retrievals_and_citations_are_counted_by_article() -> None:
    menu = cited("Open the menu.", 0)
    uses = [
        Use(TUESDAY, ("guide.md", "other.md"), (menu, menu)),
        Use(MONDAY, ("guide.md", "guide.md")),
    ]
    assert usage(uses, [GUIDE, OTHER]) == {
        "guide.md": Usage(2, ((0, 14), (0, 14)), MONDAY, TUESDAY),
        "other.md": Usage(1, (), TUESDAY, TUESDAY),
    }


def test_what_is_no_article_any_more_and_what_was_never_used_is_left_out() -> None:
    uses = [Use(MONDAY, ("gone.md",), (cited("gone", 0, "gone.md"),))]
    assert usage(uses, [GUIDE]) == {}


def test_a_citation_from_an_earlier_release_counts_where_its_words_stand_now() -> None:
    edited = replace(GUIDE, text=f"A new beginning. {GUIDE.text}")
    uses = [Use(MONDAY, (), (cited("Choose Export.", 15), cited("Choose Import.", 15)))]
    assert usage(uses, [edited]) == {"guide.md": Usage(0, ((32, 46),), MONDAY, MONDAY)}


def test_words_that_stand_twice_count_at_the_nearer_place() -> None:
    uses = [Use(MONDAY, (), (cited("Open the menu", 32),))]
    found = usage(uses, [GUIDE])["guide.md"].cited
    assert found == ((30, 43),)
    assert GUIDE.text[30:43] == "Open the menu"
