"""Names from the articles and from the settings scope claims; two names of one thing are one."""

from kb.claims.scope import Meeting, Scope, Vocabulary, meet
from kb.claims.vocabulary import vocabulary
from kb.settings import VocabularySettings
from tests.kb.articles import article


def together(names: Vocabulary, first: str, second: str) -> Meeting:
    return meet(Scope(names.names(first), {}), Scope(names.names(second), {}))[0]


def test_plans_of_the_settings_exclude_each_other() -> None:
    names = vocabulary([], VocabularySettings(plans=["Seed", "Grove"]))
    assert together(names, "Seed allows three boards.", "Grove allows ten.") == Meeting.APART


def test_roles_written_in_small_letters_are_found_in_any_case() -> None:
    names = vocabulary([], VocabularySettings(roles=["gardener", "visitor"]))
    assert together(names, "Gardeners may prune.", "A visitor may not.") == Meeting.APART


def test_an_alias_of_the_settings_is_the_same_name() -> None:
    settings = VocabularySettings(plans=["Seed", "Grove"], aliases={"Grove": ["Forest"]})
    names = vocabulary([], settings)
    assert together(names, "Forest has ten boards.", "Grove has twelve boards.") == Meeting.SAME
    assert together(names, "Forest has ten boards.", "Seed has three boards.") == Meeting.APART


def test_a_former_name_found_in_an_article_is_the_same_name() -> None:
    texts = ["The Grove plan (formerly Forest) has ten boards, the Seed plan has three."] * 2
    names = vocabulary([article(f"{n}.md", text) for n, text in enumerate(texts)])
    assert together(names, "Forest has ten boards.", "Grove has twelve boards.") == Meeting.SAME
    assert together(names, "Forest has ten boards.", "Seed has three boards.") == Meeting.APART


def test_a_renamed_plan_keeps_its_claims() -> None:
    texts = ["The Forest plan was renamed to Grove.", "The Grove plan and the Forest plan."] * 2
    names = vocabulary([article(f"{n}.md", text) for n, text in enumerate(texts)])
    assert together(names, "Forest has ten boards.", "Grove has twelve boards.") == Meeting.SAME


def test_a_plan_is_one_with_and_without_the_word_plan() -> None:
    texts = ["On the Pro plan you get ten boards.", "Choose the Pro plan."]
    names = vocabulary([article(f"{n}.md", text) for n, text in enumerate(texts)])
    assert together(names, "Pro has ten boards.", "the Pro plan has twelve boards") == Meeting.SAME


def test_the_order_of_the_articles_changes_nothing() -> None:
    texts = ["The Grove plan (formerly Forest) is new.", "The Grove plan and the Seed plan."]
    one = [article(f"{n}.md", text) for n, text in enumerate(texts)]
    assert vocabulary(one).families == vocabulary(one[::-1]).families
