"""Values are read from prose, in comparable units, and related as readers would."""

import pytest

from kb.claims.reading import values
from kb.claims.values import Bound, Relation, ValueKind, relate

DAY = 86_400.0


@pytest.mark.parametrize(
    ("text", "kind", "unit", "low", "high", "bound"),
    [
        ("Kept for 30 days.", ValueKind.DURATION, "second", 30 * DAY, 30 * DAY, Bound.EXACT),
        ("A trial of two weeks", ValueKind.DURATION, "second", 14 * DAY, 14 * DAY, Bound.EXACT),
        ("within a fortnight", ValueKind.DURATION, "second", 14 * DAY, 14 * DAY, Bound.AT_MOST),
        ("after one month", ValueKind.DURATION, "second", 28 * DAY, 31 * DAY, Bound.EXACT),
        ("it takes half an hour", ValueKind.DURATION, "second", 1800, 1800, Bound.EXACT),
        ("takes 3 to 5 days", ValueKind.DURATION, "second", 3 * DAY, 5 * DAY, Bound.RANGE),
        ("refreshes every 30 seconds", ValueKind.FREQUENCY, "second", 30, 30, Bound.EXACT),
        ("It costs $4.50 a month.", ValueKind.MONEY, "usd", 4.5, 4.5, Bound.EXACT),
        ("Shipping is free.", ValueKind.MONEY, "", 0, 0, Bound.EXACT),
        ("a 20% discount", ValueKind.PERCENT, "percent", 20, 20, Bound.EXACT),
        ("up to 40 sensors", ValueKind.COUNT, "sensor", 40, 40, Bound.AT_MOST),
        ("can't have more than 30 people", ValueKind.COUNT, "member", 30, 30, Bound.AT_MOST),
        ("at least eight characters", ValueKind.COUNT, "charact", 8, 8, Bound.AT_LEAST),
        ("about 15 m away", ValueKind.LENGTH, "metre", 15, 15, Bound.ABOUT),
        ("between 5 °C and 25 °C", ValueKind.MEASURE, "celsius", 5, 25, Bound.RANGE),
        (
            "choose 30, 60 or 90 days",
            ValueKind.DURATION,
            "second",
            30 * DAY,
            90 * DAY,
            Bound.CHOICE,
        ),
        ("before 2 pm", ValueKind.TIME, "minute", 840, 840, Bound.EXACT),
        ("open 9:00–17:00", ValueKind.TIME, "minute", 540, 1020, Bound.RANGE),
        ("iOS 16 or later", ValueKind.VERSION, "ios", 16e10, 16e10, Bound.AT_LEAST),
    ],
)
def test_a_value_is_read_with_its_unit_and_how_it_is_meant(
    text: str, kind: ValueKind, unit: str, low: float, high: float, bound: Bound
) -> None:
    (value,) = values(text)
    assert (value.kind, value.unit, value.bound) == (kind, unit, bound)
    assert (value.low, value.high) == pytest.approx((low, high))
    assert text[value.start : value.end] == value.text


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("Go to Settings > Billing > Invoices.", ("settings", "billing", "invoices")),
        ("Write to help@acme.test.", ("help@acme.test",)),
        ("We only accept Visa, Mastercard and PayPal.", ("visa", "mastercard", "paypal")),
        ("The level defaults to `warn`.", ("warn",)),
        ("Stored in /etc/acme/main.conf.", ("/etc/acme/main.conf",)),
    ],
)
def test_places_addresses_and_names_are_values_too(text: str, symbols: tuple[str, ...]) -> None:
    assert values(text)[0].symbols == symbols


@pytest.mark.parametrize(
    "text", ["See step 3.", "Release 10.0.0.1 is out", "https://acme.test/v2/30", "order #4711"]
)
def test_numbers_that_name_something_are_no_quantities(text: str) -> None:
    assert not [v for v in values(text) if v.kind in (ValueKind.COUNT, ValueKind.NUMBER)]


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("after 14 days", "after two weeks", Relation.SAME),
        ("after 30 days", "after one month", Relation.SAME),
        ("after 12 months", "after one year", Relation.SAME),
        ("a file of 1 GB", "a file of 1,000 MB", Relation.SAME),
        ("after 14 days", "after 15 days", Relation.CONFLICT),
        ("up to 10 users", "up to 20 users", Relation.CONFLICT),
        ("at least 8 characters", "at least 12 characters", Relation.CONFLICT),
        ("3 to 5 days", "four days", Relation.COMPATIBLE),
        ("3 to 5 days", "4 to 7 days", Relation.SAME),
        ("3 to 5 days", "10 to 14 days", Relation.CONFLICT),
        ("5 business days", "7 days", Relation.SAME),
        ("up to 30 days", "14 days", Relation.SOFT),
        ("up to 30 days", "45 days", Relation.CONFLICT),
        ("about 15 m", "17 m", Relation.COMPATIBLE),
        ("about 15 m", "30 m", Relation.CONFLICT),
        ("at least 8 characters", "at most 64 characters", Relation.UNRELATED),
        ("a fee of $5", "a fee of €5", Relation.UNRELATED),
        ("$10 per month", "$100 per year", Relation.UNRELATED),
        ("10 users", "10 projects", Relation.UNRELATED),
        ("10 current visitors", "20 unique visitors", Relation.UNRELATED),
        ("It costs $7.", "It is free.", Relation.CONFLICT),
        ("a ratio of 90%", "a ratio of 0.9", Relation.SAME),
    ],
)
def test_values_relate_as_a_reader_would_say(a: str, b: str, relation: Relation) -> None:
    left, right = values(a)[0], values(b)[0]
    assert relate(left, right) == relation
    assert relate(right, left) == relation
