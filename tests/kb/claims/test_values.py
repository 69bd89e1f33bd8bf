"""Values are read from prose, in comparable units, and related as readers would."""

import pytest

from kb.claims.reading import values
from kb.claims.relations import relate
from kb.claims.values import Bound, Relation, ValueKind

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
        ("Support: Monday to Friday", ValueKind.DATE, "weekday", 0, 4, Bound.RANGE),
        ("more than 25 people can't join", ValueKind.COUNT, "member", 25, 25, Bound.AT_MOST),
        ("three types of licences", ValueKind.COUNT, "licence", 3, 3, Bound.EXACT),
        ("`limit`: 50 by default", ValueKind.NUMBER, "", 50, 50, Bound.EXACT),
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
        ("Files are encrypted with AES-256.", ("aes-256",)),
        ("Backups are stored in Dublin.", ("dublin",)),
        ("The API returns 401.", ("401",)),
        ("Press Cmd+K to search.", ("ctrl+k",)),
        ("Paid on the last working day of the month.", ("-1 working day",)),
        ("Images: .png, JPEG", ("png", "jpg")),
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
        ("60 requests per minute", "3,600 requests an hour", Relation.SAME),
        ("10 requests per second", "300 requests per minute", Relation.COMPATIBLE),
        ("5 requests per second", "600 requests per minute", Relation.SOFT),
        ("between 3 and 60 characters", "up to 80 characters", Relation.CONFLICT),
        ("Python 3.8 to 3.11", "Python >= 3.9", Relation.SOFT),
        ("Node 18+", "Node 20", Relation.COMPATIBLE),
        ("3 days before the end", "14 days", Relation.UNRELATED),
        ("4 GB of RAM", "20 GB of disk space", Relation.UNRELATED),
        ("PNG and JPG only", "PNG, JPG and GIF", Relation.CONFLICT),
    ],
)
def test_values_relate_as_a_reader_would_say(a: str, b: str, relation: Relation) -> None:
    left, right = values(a)[0], values(b)[0]
    assert relate(left, right) == relation
    assert relate(right, left) == relation
