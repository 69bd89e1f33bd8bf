"""`wellkept procedures` on a folder of an operator's files."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.flows.conftest import wellkept, write

ACTIONS = """
[backend.shop]
url = "http://127.0.0.1:1"
private = true

[action.find_order]
backend = "shop"
method = "GET"
path = "/orders/{number}"
effect = "read"
result = "order"
inputs = { number = { type = "text", required = true } }
outputs = { status = { type = "text" }, total = { type = "money" } }
"""
GOOD = """---
title: Order status
examples: [Where is my order?]
needs:
  order_number: {ask: "Which order?"}
actions: [find_order]
---
1. Ask for the order number.
2. Look up the order with `find_order`.
   - If it is not found, tell the customer "I can't find it." and go to step 1.
3. Tell the customer "It is {order.status}."
"""
BAD = GOOD.replace("with `find_order`", "with `fetch_order`")
DOUBTFUL = GOOD.replace("3. Tell", "3. Check that the order status is paid.\n4. Tell")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    settings = '[procedures]\npath = "procedures"\n\n[actions]\npath = "actions.toml"\n'
    return write(
        tmp_path,
        {
            "wellkept.toml": settings,
            "actions.toml": ACTIONS,
            "procedures/status.md": GOOD,
            "procedures/status.test.md": "# A conversation\n",
        },
    )


def test_lint_is_content_with_a_good_procedure(shop: Path) -> None:
    result = wellkept("procedures", "lint", cwd=shop)
    assert (result.code, result.out) == (0, "")
    assert "1 procedures compile; 0 errors, 0 warnings" in result.err


def test_lint_tells_where_what_and_what_instead(shop: Path) -> None:
    write(shop, {"procedures/other.md": BAD})
    result = wellkept("procedures", "lint", cwd=shop)
    assert result.code == 1
    assert (
        "other.md:9: error: step 2 calls `fetch_order`, which is not in the actions list; "
        "did you mean `find_order`? [unknown-action]"
    ) in result.out


def test_lint_gives_json_to_machines(shop: Path) -> None:
    result = wellkept(
        "procedures",
        "lint",
        "--json",
        write(shop, {"other.md": BAD}) / "other.md",
        cwd=shop,
    )
    (fault,) = result.json()
    assert result.code == 1
    assert (fault["line"], fault["rule"], fault["gravity"]) == (9, "unknown-action", "error")


def test_warnings_count_when_lint_is_strict(shop: Path) -> None:
    write(shop, {"procedures/status.md": DOUBTFUL})
    assert wellkept("procedures", "lint", cwd=shop).code == 0
    strict = wellkept("procedures", "lint", "--strict", cwd=shop)
    assert strict.code == 1
    assert "[missing-branch]" in strict.out


def test_show_prints_the_steps_and_draws_them(shop: Path) -> None:
    result = wellkept("procedures", "show", "status", "--out", "status.svg", cwd=shop)
    assert result.code == 0
    assert "2    Call find_order with number = order_number: done → 3, not found → 2a" in result.out
    root = ElementTree.fromstring((shop / "status.svg").read_text(encoding="utf-8"))
    assert root.tag.endswith("svg")


def test_show_names_the_nearest_for_one_that_is_not_there(shop: Path) -> None:
    result = wellkept("procedures", "show", "statos", cwd=shop)
    assert result.code == 2
    assert "there is no procedure statos; did you mean `status`?" in result.err


def test_list_tells_what_compiles(shop: Path) -> None:
    write(shop, {"procedures/other.md": BAD})
    result = wellkept("procedures", "list", "--json", cwd=shop)
    assert result.code == 1
    assert [item["name"] for item in result.json()] == ["status"]
    assert "some do not compile" in result.err


def test_without_a_folder_the_setting_is_named(tmp_path: Path) -> None:
    result = wellkept("procedures", "lint", cwd=tmp_path)
    assert result.code == 2
    assert "[procedures] path" in result.err
