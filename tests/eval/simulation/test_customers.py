"""Simulated customers say what their scenario has them say, the same for the same seed."""

from collections.abc import Iterator
from random import Random
from typing import Any

from agent.types import Decision
from eval.simulation.customer import GIVEN_BACK, scripted
from eval.simulation.modelled import ModelledCustomer
from eval.simulation.scenario import Modelled
from eval.simulation.wording import mistyped
from tests.eval.simulation.stories import reply, scenario

ASKS = reply("What is your order number?", Decision.CLARIFY)
CONFIRMS = reply("Shall I refund it?", Decision.CLARIFY)
HANDED = reply("A person takes over.", Decision.HANDOFF)


def listener(**plays: Any) -> Any:
    opening = {"opens": "refund", **plays}
    return scripted(scenario(says=None, plays=opening), 0)


def test_a_reciter_says_its_lines_whatever_it_hears() -> None:
    customer = scripted(scenario(says=["one", {"given_back": True}, "two"]), 0)

    assert [customer.move(it) for it in (None, ASKS, HANDED, ASKS)] == [
        "one",
        GIVEN_BACK,
        "two",
        None,
    ]


def test_a_listener_answers_by_the_first_rule_that_fits() -> None:
    customer = listener(
        answers=[{"when": "order number", "says": "7"}, {"when": "shall i", "says": "yes"}]
    )

    assert [customer.move(it) for it in (None, CONFIRMS, ASKS)] == ["refund", "yes", "7"]


def test_a_rule_that_is_used_up_leaves_room_for_the_next() -> None:
    rules = [{"when": "number", "says": "8", "times": 1}, {"when": "number", "says": "sorry, 7"}]
    customer = listener(answers=rules)

    assert [customer.move(it) for it in (None, ASKS, ASKS, ASKS)] == [
        "refund",
        "8",
        "sorry, 7",
        "sorry, 7",
    ]


def test_an_interruption_comes_at_its_message_and_the_rules_go_on_after_it() -> None:
    customer = listener(
        interrupts={2: "how long does it take?"}, answers=[{"when": "number", "says": "7"}]
    )

    assert [customer.move(it) for it in (None, ASKS, ASKS)] == [
        "refund",
        "how long does it take?",
        "7",
    ]


def test_a_listener_with_nothing_to_say_leaves() -> None:
    assert listener().move(None) == "refund"
    assert listener(answers=[{"when": "number", "says": "7"}]).move(CONFIRMS) is None
    assert listener(otherwise="what?").move(CONFIRMS) == "what?"


def test_a_listener_leaves_when_a_person_has_the_case() -> None:
    customer = listener(otherwise="hello?")

    assert [customer.move(None), customer.move(HANDED)] == ["refund", None]


def test_a_listener_whose_patience_ends_asks_for_a_person_and_leaves() -> None:
    customer = listener(otherwise="again", patience=2, gives_up="a person!")

    assert [customer.move(it) for it in (None, ASKS, ASKS, ASKS)] == [
        "refund",
        "again",
        "a person!",
        None,
    ]


def test_the_same_seed_draws_the_same_words_and_other_seeds_draw_others() -> None:
    story = scenario(says=[[f"wording {number}" for number in range(20)]])

    drawn = [scripted(story, seed).move(None) for seed in (1, 1, 2, 3, 4)]

    assert drawn[0] == drawn[1]
    assert len(set(drawn)) > 1


def test_slips_spare_numbers_capitals_and_short_words() -> None:
    text = "refund order LH-48213 for the PRO, yes, something broke"

    slipped = mistyped(text, 0.5, Random(3))

    assert slipped != text
    assert "LH-48213" in slipped
    assert "PRO" in slipped
    assert "yes" in slipped
    assert mistyped(text, 0.0, Random(3)) == text


class Player:
    """A model that says these lines, and keeps what it was shown."""

    def __init__(self, *lines: str) -> None:
        self.shown: list[tuple[str, str]] = []
        self._lines = iter(lines)

    def stream(self, system: str, user: str) -> Iterator[str]:
        self.shown.append((system, user))
        yield from next(self._lines)


def test_a_modelled_customer_says_what_the_model_makes_of_goal_and_conversation() -> None:
    player = Player("I want my money back", "It is 7", "[DONE]")
    part = Modelled(goal="a refund", facts={"order": "7"})
    customer = ModelledCustomer(scenario(), part, player)

    assert [customer.move(it) for it in (None, ASKS, CONFIRMS)] == [
        "I want my money back",
        "It is 7",
        None,
    ]
    system, last = player.shown[-1]
    assert "a refund" in system
    assert "order: 7" in system
    assert "Support: What is your order number?\nYou: It is 7\nSupport: Shall I refund it?" in last
    assert "pay_back" not in system + last


def test_a_modelled_customer_leaves_after_a_handover_and_when_patience_ends() -> None:
    part = Modelled(goal="a refund", patience=1)

    assert ModelledCustomer(scenario(), part, Player("hi")).move(HANDED) is None
    customer = ModelledCustomer(scenario(), part, Player("hi", "again"))
    assert [customer.move(None), customer.move(ASKS)] == ["hi", None]
