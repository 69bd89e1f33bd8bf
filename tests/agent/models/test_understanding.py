"""What a model reads in a customer's words, and what the rules let through."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from agent.action import ValueType
from agent.dialogue.understanding import Rules
from agent.models.chat import open_models
from agent.models.prompts import Prompts
from agent.models.understanding import ModelUnderstanding
from agent.ports import Understanding
from agent.procedure import Slot
from kb.settings import LlmSettings
from tests.agent.dialogue.shop import ADDRESS, ORDER, REASON, REFUND
from tests.agent.models.center import by_prompt
from tests.openai_server import Fault, OpenAIServer, Reply, Slowly

QUESTION = "I'll refund 59.00 for order LH-10023. Shall I?"
UNUSABLE: tuple[Reply, ...] = (Fault(500), "yes", {"consent": "maybe"}, Slowly(stall_s=1.2), "")


@contextmanager
def reading(**replies: Reply) -> Iterator[Understanding]:
    with OpenAIServer(by_prompt(**replies)) as server:
        settings = LlmSettings(
            url=server.url, model="scripted", retries=0, first_token_timeout_s=1.0, timeout_s=2.0
        )
        models = open_models(settings, Prompts.shipped())
        assert models
        models.warm()
        yield ModelUnderstanding(Rules(), models.begin())


def consent(message: str, reply: Reply) -> bool | None:
    with reading(consent=reply) as understanding:
        return understanding.consent(message, QUESTION)


def test_a_yes_in_other_words_is_seen() -> None:
    assert consent("works for me mate", {"consent": "yes", "words": "works for me"}) is True


def test_a_no_in_other_words_is_seen() -> None:
    words = "leave my money where it is"
    assert consent(f"hm, {words}", {"consent": "no", "words": words}) is False


@pytest.mark.parametrize(
    "message",
    [
        "hm",
        "what would I get?",
        "sure, but only half of it",
        "ok if it arrives tomorrow",
        "LH-10024 sounds good",
        "I want my money",
        "the sun is shining",
        "fine print: I never agree",
    ],
)
def test_a_yes_is_never_made_up(message: str) -> None:
    assert consent(message, {"consent": "yes", "words": "yes"}) is not True
    assert consent(message, {"consent": "yes", "words": message}) is not True


def test_the_rules_own_no_is_not_overruled() -> None:
    assert consent("no", {"consent": "yes", "words": "no"}) is False


@pytest.mark.parametrize("reply", UNUSABLE)
def test_when_the_model_fails_the_rules_stand_alone(reply: Reply) -> None:
    assert consent("yes please", reply) is True
    assert consent("mhm perhaps", reply) is None


def values(message: str, *items: dict[str, str], asked: Slot | None = None) -> dict[str, object]:
    with reading(values={"values": list(items)}) as understanding:
        return dict(understanding.values(message, [ORDER, REASON], asked))


def test_a_choice_told_in_other_words_is_understood_when_it_was_asked_for() -> None:
    item = {"name": "reason", "words": "in a thousand pieces", "choice": "damaged"}
    message = "it came in a thousand pieces"
    assert values(message, item, asked=REASON) == {"reason": "damaged"}
    assert values(message, item) == {}


@pytest.mark.parametrize(
    "item",
    [
        {"name": "order_number", "words": "LH-10026", "choice": ""},
        {"name": "order_number", "words": "the other one", "choice": ""},
        {"name": "order_number", "words": "other", "choice": "LH-10026"},
        {"name": "amount", "words": "other", "choice": "900"},
        {"name": "reason", "words": "the other one", "choice": "stolen"},
        {"name": "reason", "words": "it was smashed", "choice": "damaged"},
    ],
)
def test_what_the_message_does_not_hold_is_no_value(item: dict[str, str]) -> None:
    assert values("I mean the other one", item, asked=REASON) == {}


def test_what_the_rules_read_stays() -> None:
    item = {"name": "order_number", "words": "LH-10024", "choice": ""}
    read = values("LH-10023, not LH-10024", item, asked=ORDER)
    assert read.get("order_number") != "LH-10024"


def entry(message: str, name: str) -> list[str]:
    with reading(entry={"name": name}) as understanding:
        return [item.name for item in understanding.entry(message, [REFUND, ADDRESS], ())]


def test_a_case_in_other_words_begins_its_procedure() -> None:
    assert entry("the thing you sent me is junk and I am out of pocket", "refund") == ["refund"]


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("the thing you sent me is junk and I am out of pocket", "delete_everything"),
        ("the thing you sent me is junk and I am out of pocket", ""),
        ("What happens when I am out of pocket?", "refund"),
    ],
)
def test_nothing_else_begins_one(message: str, name: str) -> None:
    assert entry(message, name) == []


def test_a_slot_of_another_type_is_read_by_the_rules_alone() -> None:
    email = Slot("email", ValueType.EMAIL, "What is your e-mail address?")
    item = {"name": "email", "words": "jo at example", "choice": "jo@example.org"}
    with reading(values={"values": [item]}) as understanding:
        assert understanding.values("it is jo at example", [email], email) == {}
