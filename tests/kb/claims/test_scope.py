"""Names of plans, platforms and products are found in the articles, and keep claims apart."""

from kb.claims.scope import Meeting, Scope, meet
from kb.claims.vocabulary import vocabulary
from tests.kb.articles import article

TABLE = "| | Sprout | Sprout Pro |\n|---|---|---|\n| Range | 30 m | 60 m |\n| Price | $39 | $69 |\n"


def scope(text: str) -> Scope:
    names = vocabulary([article("models.md", TABLE)])
    return Scope(names.names(text), {})


def test_columns_of_one_table_exclude_each_other() -> None:
    assert meet(scope("The Sprout reaches 30 m."), scope("The Sprout Pro reaches 60 m."))[0] == (
        Meeting.APART
    )


def test_a_name_is_found_by_the_word_that_tells_it_from_its_siblings() -> None:
    assert meet(scope("A Pro costs $69."), scope("The Sprout Pro costs $59."))[0] == Meeting.SAME


def test_a_company_name_written_as_a_plain_word_is_no_name() -> None:
    assert scope("seeds sprout within a week").stated == {}


def test_general_platforms_roles_and_regions_are_known() -> None:
    assert meet(scope("on iOS"), scope("on Android"))[0] == Meeting.APART
    assert meet(scope("on an iPhone"), scope("on iOS"))[0] == Meeting.SAME
    assert meet(scope("admins can"), scope("guests can"))[0] == Meeting.APART


def test_a_name_that_only_one_side_has_is_told() -> None:
    meeting, lone = meet(scope("on Android it takes a day"), scope("it takes a day"))
    assert meeting == Meeting.OPEN
    assert lone == [("android",)]


def test_a_free_trial_is_a_trial() -> None:
    assert meet(scope("the free trial"), scope("a trial"))[0] == Meeting.SAME


def test_plans_are_learned_from_prose() -> None:
    texts = ["Get the Orchid plan now.", "With the Orchid plan", "On the Fern plan", "a Fern plan"]
    names = vocabulary([article(f"{n}.md", text) for n, text in enumerate(texts)])
    orchid, fern = (Scope(names.names(f"{plan} has it"), {}) for plan in ("Orchid", "Fern"))
    assert meet(orchid, fern)[0] == Meeting.APART
