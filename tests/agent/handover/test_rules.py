"""Each rule on messages that must fire it and on look-alikes that must not."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from agent.handover.rules import SHIPPED, Rulebook, said_since_handover
from agent.handover.sentiment import is_angry
from agent.screening.access import needs_account
from agent.screening.danger import danger, threatens
from agent.screening.disputes import contests_payment
from agent.screening.distress import distress
from agent.screening.legal import is_legal
from agent.screening.wishes import wants_person
from agent.types import Decision, HandoffReason, Turn
from kb.errors import ConfigError
from kb.settings import HandoverSettings
from tests.agent.fakes import NOW
from tests.agent.handover.wordings import messages, rules

FIRES: dict[str, Callable[[str], object]] = {
    "asked_for_person": wants_person,
    "safety": danger,
    "threat": threatens,
    "legal": is_legal,
    "vulnerable": distress,
    "payment_dispute": contests_payment,
    "anger": is_angry,
    "account_access": needs_account,
}
CASES = [(rule, text, fires) for rule in rules() for text, fires in messages(rule)]


def turns(*said: str, decision: Decision = Decision.ANSWER) -> list[Turn]:
    return [Turn(str(i), "c", text, decision, "…", 1.0, "", NOW) for i, text in enumerate(said)]


def fired(text: str, earlier: Sequence[Turn] = (), **settings: object) -> str:
    found = Rulebook(HandoverSettings.model_validate(settings)).before(text, earlier)
    return found.rule if found else ""


@pytest.mark.parametrize(("rule", "text", "fires"), CASES)
def test_a_rule_fires_on_what_it_is_for_and_on_nothing_that_looks_like_it(
    rule: str, text: str, fires: bool
) -> None:
    assert bool(FIRES[rule](text)) is fires


def test_every_rule_on_words_has_a_table_of_25_each() -> None:
    assert set(rules()) == set(FIRES)
    for rule in rules():
        labels = [fires for _, fires in messages(rule)]
        assert labels.count(True) >= 25
        assert labels.count(False) >= 25


@pytest.mark.parametrize(
    "text", [text for rule in rules() for text, fires in messages(rule) if not fires]
)
def test_no_look_alike_of_one_rule_fires_another_but_for_account_access(text: str) -> None:
    assert fired(text) == ""


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("I'm furious, my charger caught fire!", "safety"),
        ("My late husband's card was charged twice", "vulnerable"),
        ("You charged me twice, my lawyer will contact you", "legal"),
        ("you fucking idiots, let me talk to a human", "asked_for_person"),
    ],
)
def test_the_gravest_rule_decides(text: str, rule: str) -> None:
    assert fired(text) == rule


def test_anger_that_goes_on_fires_and_a_single_sharp_word_does_not() -> None:
    assert fired("This is ridiculous") == ""
    assert fired("Where is the export? Useless.", turns("This is ridiculous")) == "anger"
    assert fired("Thanks, that helped", turns("This is ridiculous")) == ""


def test_anger_that_a_person_has_settled_is_not_held_against_the_customer() -> None:
    before = [*turns("This is ridiculous", decision=Decision.HANDOFF), *turns("ok, thanks")]
    assert fired("Where is the export? Useless.", before) == ""


def test_what_a_person_wrote_is_not_read_as_the_customers() -> None:
    person = replace(turns("")[0], by="person", text="This is ridiculous")
    assert said_since_handover([*turns("hello"), person]) == ["hello"]


def test_operators_switch_rules_off() -> None:
    assert fired("I'm furious, you are idiots", off=["anger"]) == ""
    book = Rulebook(HandoverSettings(off=["account_access"]))
    assert book.after("Please cancel my subscription") is None
    asked = Rulebook(HandoverSettings()).after("Please cancel my subscription")
    assert asked is not None
    assert asked.reason is HandoffReason.ACCOUNT_ACCESS


def test_operators_add_rules_of_their_own() -> None:
    own = {
        "name": "press",
        "words": ["journalist", "press inquiry"],
        "team": "pr",
        "reply": "Our press team takes this.",
    }
    book = Rulebook(HandoverSettings.model_validate({"rules": [own]}))
    found = book.before("I am a Journalist at a paper", ())
    assert found is not None
    assert (found.rule, found.team, found.reply) == ("press", "pr", "Our press team takes this.")
    assert found.reason is HandoffReason.RULE
    assert "journalist" in found.why
    assert book.before("I keep a journalistic archive", ()) is None
    switched = Rulebook(HandoverSettings.model_validate({"rules": [own], "off": ["press"]}))
    assert switched.before("I am a journalist", ()) is None


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"off": ["angry"]}, "did you mean 'anger'"),
        ({"rules": [{"name": "anger", "words": ["x"]}]}, "there is a rule 'anger' already"),
    ],
)
def test_a_name_that_does_not_fit_is_refused(settings: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        Rulebook(HandoverSettings.model_validate(settings))


def test_every_reason_has_a_rule_of_its_name() -> None:
    assert set(SHIPPED) == {str(reason) for reason in HandoffReason} - {"rule"}
