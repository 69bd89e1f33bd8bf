"""Values that a message gives."""

from datetime import date

import pytest

from agent.action import Value, ValueType
from agent.dialogue.corrections import corrected
from agent.dialogue.slots.fit import fits
from agent.dialogue.slots.read import read
from agent.procedure import Slot
from tests.agent.dialogue.shop import ORDER, REASON, STREET

TODAY = date(2026, 11, 20)  # a Friday
DAY = Slot("day", ValueType.DATE, "When?")
COUNT = Slot("count", ValueType.INTEGER, "How many?")
AMOUNT = Slot("amount", ValueType.MONEY, "How much?")
EMAIL = Slot("email", ValueType.EMAIL, "Which address?")
AGREED = Slot("agreed", ValueType.BOOLEAN, "Is the light green?")
CODE = Slot("code", ValueType.TEXT, "Which code?", pattern=r"\d{6}")
POSTAL = Slot("postal_code", ValueType.TEXT, "Which postal code?", pattern=r"[A-Z0-9][A-Z0-9 -]+")
CITY = Slot("city", ValueType.TEXT, "Which city?")
MONTHS = Slot("months", ValueType.INTEGER, "How long?", choices={"1": ("one",), "2": ("two",)})
NOTE = Slot("note", ValueType.TEXT, "Anything else?", required=False)
COLOUR = Slot(
    "colour",
    ValueType.CHOICE,
    "Which?",
    choices={"midnight blue": (), "red": (), "forest green": ()},
)


def asked(message: str, slot: Slot) -> Value:
    return read(message, [slot], slot, TODAY).get(slot.name)


@pytest.mark.parametrize(
    ("message", "number"),
    [
        ("LH-10023", "LH-10023"),
        ("lh-10023", "LH-10023"),
        ("it's lh 10023", "LH-10023"),
        ("LH10023 thanks", "LH-10023"),
        ("my order number is Lh–10023.", "LH-10023"),
        ("#LH-10023", "LH-10023"),
        ("10023", "LH-10023"),
        ("order 10023 please", "LH-10023"),
        ("LH-100 23", "LH-10023"),
        ("not LH-10023 but LH-10024", "LH-10024"),
        ("LH-10023, no sorry, LH-10024", "LH-10024"),
        ("LH-10023 is wrong, it's LH-10024", "LH-10024"),
        ("LH-1002", None),
        ("LH-100234", None),
        ("LH-10023 and LH-10024", None),
        ("I don't know it", None),
        ("the blue one", None),
    ],
)
def test_a_text_of_a_pattern_is_read_as_people_type_it(message: str, number: str | None) -> None:
    assert asked(message, ORDER) == number


@pytest.mark.parametrize(
    ("message", "day"),
    [
        ("2026-11-03", "2026-11-03"),
        ("3 November", "2026-11-03"),
        ("on the 3rd of November", "2026-11-03"),
        ("Nov 3rd, 2025", "2025-11-03"),
        ("last Tuesday", "2026-11-17"),
        ("next Monday", "2026-11-23"),
        ("yesterday", "2026-11-19"),
        ("two weeks ago", "2026-11-06"),
        ("in 3 days", "2026-11-23"),
        ("13/11/2026", "2026-11-13"),
        ("3.11.2026", "2026-11-03"),
        ("3 May", "2026-05-03"),
        ("2 January", "2027-01-02"),
        ("3/4/2026", None),
        ("31 February", None),
        ("soon", None),
    ],
)
def test_a_date_is_read_from_today(message: str, day: str | None) -> None:
    assert asked(message, DAY) == day


@pytest.mark.parametrize(
    ("message", "count"),
    [
        ("3", 3),
        ("three", 3),
        ("twenty-five of them", 25),
        ("a dozen", 12),
        ("2.5", None),
        ("1,200", 1200),
        ("two hundred and fifty", 250),
        ("3 or 4", None),
        ("none", 0),
    ],
)
def test_a_number_is_read_in_digits_and_words(message: str, count: int | None) -> None:
    assert asked(message, COUNT) == count


@pytest.mark.parametrize(
    ("message", "amount"),
    [
        ("$30.50", "30.50"),
        ("30 euros", "30"),
        ("1.234,50 €", "1234.50"),
        ("fifty", "50"),
        ("it was $30 for 2 items", "30"),
        ("a lot", None),
    ],
)
def test_money_is_exact(message: str, amount: str | None) -> None:
    assert asked(message, AMOUNT) == amount


@pytest.mark.parametrize(
    ("message", "choice"),
    [
        ("damaged", "damaged"),
        ("it arrived broken", "damaged"),
        ("It was DAMAGED in the box", "damaged"),
        ("damged", "damaged"),
        ("I changed my mind", "changed my mind"),
        ("I just don't need it", "changed my mind"),
        ("the first one", "damaged"),
        ("2", "changed my mind"),
        ("not damaged, I changed my mind", "changed my mind"),
        ("broken, and I changed my mind", None),
        ("something else", None),
    ],
)
def test_a_choice_is_known_by_its_words(message: str, choice: str | None) -> None:
    assert asked(message, REASON) == choice


@pytest.mark.parametrize(
    ("message", "slot", "value"),
    [
        ("actually the blue one", COLOUR, "midnight blue"),
        ("one month", MONTHS, 1),
        ("2", MONTHS, 2),
        ("jo.smith+x@example.co.uk please", EMAIL, "jo.smith+x@example.co.uk"),
        ("jo at example", EMAIL, None),
        ("yes it is", AGREED, True),
        ("nope", AGREED, False),
        ("246 810", CODE, "246810"),
        ("SW1A 1AA", POSTAL, "SW1A 1AA"),
        ("12 Oak Street", STREET, "12 Oak Street"),
        ("It's 12 Oak Street, please", STREET, "12 Oak Street"),
        ("my new address is 12 Oak Street", STREET, "12 Oak Street"),
        ("{order.total}", STREET, "{order.total}"),
        ("what do you need it for?", STREET, None),
        ("I don't know", STREET, None),
        ("wait", STREET, None),
    ],
)
def test_other_kinds(message: str, slot: Slot, value: Value) -> None:
    assert asked(message, slot) == value


def test_several_values_come_from_one_message() -> None:
    message = "I want a refund for LH-10023, it arrived broken"
    assert read(message, [ORDER, REASON, STREET], None, TODAY) == {
        "order_number": "LH-10023",
        "reason": "damaged",
    }


def test_what_could_be_anything_is_not_taken_unasked() -> None:
    message = "Please send order 4 to Springfield on 3 May for 30 euros"
    assert read(message, [DAY, COUNT, AMOUNT, CITY, POSTAL, STREET], None, TODAY) == {}


def test_digits_of_another_answer_are_no_order_number() -> None:
    number = Slot("order_number", ValueType.TEXT, "Which order?", "order number", pattern=r"\d{5}")
    slots = [number, STREET, CITY]
    assert read("45403", slots, CITY, TODAY) == {"city": "45403"}
    assert read("12345 Main Street", slots, STREET, TODAY) == {"street": "12345 Main Street"}
    assert read("order 45403", slots, None, TODAY) == {"order_number": "45403"}


def test_a_question_is_no_value_even_where_the_pattern_takes_any_words() -> None:
    city = Slot("city", ValueType.TEXT, "Which city?", pattern="[^<>{}]{2,60}")
    assert asked("How much is shipping to Canada?", city) is None
    assert asked("Dayton, OH", city) == "Dayton, OH"


@pytest.mark.parametrize(
    ("message", "value"),
    [
        ("no, the postal code is 43004", "43004"),
        ("the postal code is wrong, it is 43004", "43004"),
        ("postal code: 43004", "43004"),
        ("the postal code should be 43004", "43004"),
        ("the postal code is wrong", None),
        ("is the postal code 43004", None),
        ("the postal code is 45402", None),
    ],
)
def test_a_named_value_is_corrected(message: str, value: str | None) -> None:
    code = Slot("postal_code", ValueType.TEXT, "?", "postal code", pattern="[A-Z0-9][A-Z0-9 -]+")
    found = corrected(message, [code], {"postal_code": "45402"}, TODAY)
    assert found == ({"postal_code": value} if value else {})


def test_another_version_of_a_text_is_a_correction() -> None:
    known = {"street": "12 Oak Street"}
    assert corrected("no, 14 Oak Street", [STREET], known, TODAY) == {"street": "14 Oak Street"}
    assert corrected("no, 3 sensors came", [STREET], known, TODAY) == {}


def test_what_is_optional_may_be_declined() -> None:
    assert read("none", [NOTE], NOTE, TODAY) == {"note": None}
    assert read("I don't have one", [ORDER], ORDER, TODAY) == {}


@pytest.mark.parametrize(
    ("value", "slot"),
    [
        ("LH-1", ORDER),
        ("lh-10023", ORDER),
        ("gone", REASON),
        (3.5, COUNT),
        (True, COUNT),
        ("soon", DAY),
        ("x" * 2000, STREET),
        (None, ORDER),
        ("a@b", EMAIL),
        ("nan", AMOUNT),
    ],
)
def test_what_does_not_fit_is_never_taken(value: Value, slot: Slot) -> None:
    assert not fits(value, slot)
