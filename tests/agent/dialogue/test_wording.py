"""Values in what is said."""

import pytest

from agent.action import Parameter, Value, ValueType
from agent.dialogue.harmless import harmless
from agent.dialogue.scope import Scope
from agent.dialogue.wording import Unsayable, fill, kinds
from tests.agent.dialogue.shop import JO, NOW, REFUND, SPECS, order

KINDS = kinds(REFUND, SPECS)
VALUES: dict[str, Value] = {
    "order_number": "LH-10023",
    "order": order("LH-10023", total="1234.5"),
    "refund": {"amount": 59, "days": 5, "currency": "SEK"},
    "flag": True,
    "names": ["a", "b", "c"],
    "one": ["a"],
    "rate": 2.50,
    "when": "2026-11-20T09:30:00+00:00",
    "empty": "",
    "braces": "{order.total}",
}


def said(text: str) -> str:
    return fill(text, Scope(VALUES, NOW, JO), KINDS)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{order.total}", "€1,234.50"),
        ("${order.total}", "$1,234.50"),
        ("{refund.amount}", "59.00 SEK"),
        ("{refund.days} days", "5 days"),
        ("{order.delivered}", "10 November 2026"),
        ("{when}", "20 November 2026, 09:30 UTC"),
        ("{flag}", "yes"),
        ("{names}", "a, b and c"),
        ("{one}", "a"),
        ("{rate}", "2.5"),
        ("{order.items}", "Garden sensor; Probe"),
        ("{order.items.0.name} of {order.items.count}", "Garden sensor of 2"),
        ("{identity.name}", "Jo"),
        ("{braces}", "{order.total}"),
        ("{ } {1} {order_number}", "{ } {1} LH-10023"),
    ],
)
def test_values_are_shown_as_people_write_them(text: str, shown: str) -> None:
    assert said(text) == shown


@pytest.mark.parametrize("path", ["nothing", "order.nothing", "order.items.7.name", "empty"])
def test_what_has_no_readable_form_cannot_be_said(path: str) -> None:
    with pytest.raises(Unsayable) as error:
        said(f"It is {{{path}}}.")
    assert error.value.path == path


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("<script>alert(1)</script>", "alert(1)"),
        ("[click](https://evil.example)", "click"),
        ("![x](http://evil.example/x.png)", "x"),
        ("https://evil.example/login", "evil example/login"),
        ("https://evil.example", "evil example"),
        ("www.evil.example", "www evil example"),
        ("javascript:alert(1)", "alert(1)"),
        ("a < b", "a ‹ b"),
        ("12 Oak St.", "12 Oak St."),
        ("jo@example.org", "jo@example.org"),
        ("Tel: 555 0100", "Tel: 555 0100"),
    ],
)
def test_no_markup_or_link_comes_from_a_value(value: str, shown: str) -> None:
    assert harmless(value) == shown


def test_a_date_is_a_date_whatever_its_field_is_called() -> None:
    assert KINDS("order.delivered") == Parameter("delivered", ValueType.DATE)
    assert KINDS("order.unknown") is None
