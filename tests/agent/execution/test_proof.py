"""One-time codes: who a customer turns out to be, and how often they may guess."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from agent.action import CallRequest, CallStatus
from agent.execution.catalog import open_catalog
from agent.execution.executor import Executor
from agent.execution.ledger import SqlLedger
from agent.identity import ANONYMOUS, Identity, IdentityLevel
from tests.agent.execution.requests import ANN, Clock, no_sleep

FILE = """
from agent.action import ActionRefused, OutcomeUnknown

CHECKED = {}

def check_code(arguments, key):
    if arguments["code"] == "000000":
        return {"customer_id": None, "email": None, "name": None}
    if arguments["code"] != "246810":
        raise ActionRefused("the code is wrong")
    CHECKED[key] = {"customer_id": "c-1", "email": arguments["email"], "name": "Ann"}
    if arguments["email"] == "lost@example.com":
        raise OutcomeUnknown("the line broke")
    return CHECKED[key]

def find_check(arguments, key):
    return CHECKED[key]
"""
ACTIONS = """
[backend.codes]
plugin = "codes.py"

[action.check_code]
backend = "codes"
effect = "change"
verifies = true
lookup = "find_check"
limits = { tries_per_conversation = 3 }
inputs = { email = { type = "email" }, code = {} }
outputs = { customer_id = {}, email = {}, name = {} }

[action.find_check]
backend = "codes"
inputs = { idempotency_key = {} }
outputs = { customer_id = {}, email = {}, name = {} }
"""


@pytest.fixture
def checking(tmp_path: Path, ledger: SqlLedger) -> Iterator[Executor]:
    (tmp_path / "codes.py").write_text(FILE)
    path = tmp_path / "codes.toml"
    path.write_text(ACTIONS)
    catalog = open_catalog(path)
    yield Executor(catalog, ledger, Clock(), no_sleep)
    catalog.close()


def guess(code: str, number: int = 1, email: str = "ann@example.com") -> CallRequest:
    return CallRequest(
        "check_code", {"email": email, "code": code}, "talk", f"check/{number}", ANONYMOUS
    )


def test_a_right_code_verifies_the_customer_whom_the_backend_names(checking: Executor) -> None:
    result = checking.call(guess("246810"))
    claims = {"email": "ann@example.com", "name": "Ann"}
    expected = Identity(IdentityLevel.VERIFIED, "c-1", claims, "one-time code")
    assert result.identity == expected
    assert checking.call(guess("246810")).identity == expected


def test_a_wrong_code_verifies_nobody(checking: Executor) -> None:
    for code in ("111111", "000000"):
        result = checking.call(guess(code, number=int(code)))
        assert result.status is CallStatus.REFUSED
        assert result.identity is None


def test_a_code_whose_answer_was_lost_is_looked_up(checking: Executor) -> None:
    result = checking.call(guess("246810", email="lost@example.com"))
    assert result.identity is not None
    assert result.identity.customer_id == "c-1"


def test_a_conversation_may_guess_three_times(checking: Executor) -> None:
    results = [checking.call(guess(f"11111{n}", n)).status for n in range(4)]
    assert results == [CallStatus.REFUSED] * 3 + [CallStatus.OVER_LIMIT]
    assert checking.call(guess("246810", 9)).status is CallStatus.OVER_LIMIT
    assert checking.call(replace(guess("246810"), conversation_id="other")).done


def test_a_conversation_that_has_a_customer_keeps_this_one(checking: Executor) -> None:
    other = replace(ANN, customer_id="c-2")
    result = checking.call(replace(guess("246810"), identity=other))
    assert result.status is CallStatus.REFUSED
    assert result.identity is None
    assert checking.call(replace(guess("246810", 2), identity=ANN)).identity is not None


def test_the_code_is_not_kept(checking: Executor, ledger: SqlLedger) -> None:
    checking.call(guess("246810"))
    assert ledger.calls()[0].arguments == {"email": "ann@example.com", "code": "[secret]"}
