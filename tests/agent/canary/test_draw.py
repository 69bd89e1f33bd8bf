"""Who gets the candidate."""

from datetime import UTC, datetime

import pytest

from agent.canary.canary import Canary, customer_of
from agent.canary.signals import repeats
from agent.identity import Identity, IdentityLevel
from agent.types import Message
from kb.settings import CanarySettings

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ZOE = Identity(IdentityLevel.VERIFIED, "c-7")


def canary(name: str, share: float = 0.1) -> Canary:
    return Canary(name, "new", "old", CanarySettings(share=share), NOON)


@pytest.mark.parametrize("share", [0.05, 0.1, 0.5])
def test_the_share_of_many_customers_is_the_one_that_is_set(share: float) -> None:
    drawn = [canary("c1", share).draws(f"verified:c-{number}") for number in range(20_000)]
    assert sum(drawn) / len(drawn) == pytest.approx(share, abs=0.01)


def test_a_customer_is_drawn_the_same_each_time_and_anew_in_another_canary() -> None:
    customers = [f"verified:c-{number}" for number in range(5_000)]
    first, again, other = (
        {name for name in customers if canary(key).draws(name)} for key in ("c1", "c1", "c2")
    )
    assert first == again
    assert len(first & other) / len(first) == pytest.approx(0.1, abs=0.05)


def test_the_verified_customer_is_drawn_whatever_the_host_says() -> None:
    assert customer_of(Message("a", identity=ZOE, customer={"id": "x"})) == "verified:c-7"


def test_the_customer_that_the_host_names_is_drawn() -> None:
    said = {"name": "Zoë", "email": "zoe@example.com", "user_id": " 7 "}
    assert customer_of(Message("a", customer=said)) == "claimed:user_id:7"
    assert customer_of(Message("a", customer={"email": "z@example.com"})).endswith("z@example.com")


def test_the_conversation_of_somebody_unknown_is_drawn_alone() -> None:
    assert customer_of(Message("a")) != customer_of(Message("a", customer={"id": "  "}))


@pytest.mark.parametrize(
    ("said", "again"),
    [
        (["How do I download an invoice?", "where can i download my invoices"], True),
        (["How do I download an invoice?", "That does not help"], True),
        (["How do I download an invoice?", "How do I cancel my plan?"], False),
        (["How much is the Growth plan?", "And the Starter plan?"], False),
        (["How do I cancel the Starter plan?", "How do I cancel the Growth plan?"], False),
        (["How do I download an invoice?", "Thanks!"], False),
        (["How do I download an invoice?"], False),
    ],
)
def test_a_question_is_repeated_when_it_is_about_the_same(said: list[str], again: bool) -> None:
    assert repeats((text, "answer") for text in said) is again


def test_choosing_what_was_offered_repeats_nothing() -> None:
    offered = [("How do I install the scanner?", "clarify"), ("install the scanner", "answer")]
    assert repeats(offered) is False
