"""Procedures go live through the release's gate, and not otherwise."""

from pathlib import Path

import pytest

from tests.flows.conftest import Result, wellkept, write

ARTICLE = """---
title: Refunds
---
# Refunds

## How long does a refund take?

A refund reaches your account within five working days.
"""
ACTIONS = """
[backend.shop]
url = "http://127.0.0.1:9"
private = true

[action.find_order]
backend = "shop"
method = "GET"
path = "/orders/{order_number}"
result = "order"
inputs = { order_number = { type = "text" } }
outputs = { status = { type = "text" } }
"""
PROCEDURE = """---
title: Order status
description: The customer asks where an order is.
examples:
  - Where is my order?
  - What is the status of my order?
who: anonymous
needs:
  order_number:
    ask: What is your order number?
    type: text
    pattern: LH-\\d{5}
actions: [find_order]
---
1. Ask for the order number.
2. Look up the order with `find_order`.
   - If it is not found, tell the customer "I can't find order {order_number}." and stop.
3. Tell the customer "Order {order_number} is {order.status}."
"""
CONVERSATION = """# Order status

## An order that was sent

Given `find_order` returns {"status": "shipped"}

- Customer: Where is my order?
- Agent asks for: order number
- Customer: LH-10001
- Agent says: shipped
"""
CONFIG = """
[sources]
paths = ["docs"]

[procedures]
path = "procedures"

[actions]
path = "actions.toml"
"""


def company(folder: Path, procedure: str = PROCEDURE) -> Path:
    return write(
        folder,
        {
            "docs/refunds.md": ARTICLE,
            "procedures/order-status.md": procedure,
            "procedures/order-status.test.md": CONVERSATION,
            "actions.toml": ACTIONS,
            "wellkept.toml": CONFIG,
        },
    )


def release(company: Path) -> Result:
    return wellkept("release", "--json", cwd=company)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """A company, and what its first release printed."""
    folder = company(tmp_path_factory.mktemp("company"))
    return folder, release(folder)


def test_a_procedure_whose_conversations_go_as_written_goes_live(
    first: tuple[Path, Result],
) -> None:
    _, done = first
    assert done.code == 0, done.err
    (rule,) = [it for it in done.json()["verdict"]["rules"] if it["metric"] == "procedures"]
    assert (rule["passed"], rule["n"]) == (True, 1)


def test_a_change_that_breaks_a_conversation_is_refused_and_the_old_version_serves(
    first: tuple[Path, Result],
) -> None:
    folder, before = first
    done = release(company(folder, PROCEDURE.replace("is {order.status}.", "is on its way.")))
    assert done.code == 1
    verdict = done.json()["verdict"]
    (failing,) = [it for it in verdict["failing"] if it["metric"] == "procedures"]
    assert failing["case_id"] == "order-status"
    assert "on its way" in failing["got"]
    listed = wellkept("releases", "--json", cwd=folder).json()
    live = [item["id"] for item in listed if item["status"] == "live"]
    assert live == [before.json()["release"]]


def test_a_procedure_that_does_not_compile_stops_the_release_with_its_line(
    tmp_path: Path,
) -> None:
    done = release(company(tmp_path, PROCEDURE.replace("`find_order`", "`find_orders`")))
    assert done.code == 2
    assert "order-status.md:16" in done.err
    assert "did you mean `find_order`" in done.err
