"""`wellkept actions` as people run it."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agent.execution.catalog import open_catalog
from agent.execution.executor import Executor
from agent.execution.ledger import SqlLedger
from flows.command import main
from kb.home import Home
from kb.store.database import Database
from tests.agent.actions.backend import ACTIONS, TOKEN, Fault, ShopBackend, write_actions
from tests.agent.execution.requests import no_sleep, refund
from tests.flows.conftest import Result

Run = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def shop() -> Iterator[ShopBackend]:
    with ShopBackend() as server:
        yield server


@pytest.fixture
def file(tmp_path: Path, shop: ShopBackend, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SHOP_TOKEN", TOKEN)
    return write_actions(tmp_path, shop.url)


@pytest.fixture
def ledger(home: Path) -> Iterator[SqlLedger]:
    database = Database(Home(home).database_url)
    database.upgrade()
    yield SqlLedger(database)
    database.close()


@pytest.fixture
def executor(file: Path, ledger: SqlLedger) -> Iterator[Executor]:
    catalog = open_catalog(file)
    yield Executor(catalog, ledger, sleep=no_sleep)
    catalog.close()


@pytest.fixture
def actions(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Run:
    """The command in this process, in an empty folder."""
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")

    def run(*arguments: str | Path) -> Result:
        whole = ["wellkept", "actions", *map(str, arguments), "--home", str(home)]
        monkeypatch.setattr(sys, "argv", whole)
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Result(int(ended.value.code or 0), printed.out, printed.err)

    return run


def test_actions_are_listed_with_who_may_and_what_holds_them_back(actions: Run, file: Path) -> None:
    listed = actions("list", file)
    assert listed.code == 0
    line = next(line for line in listed.out.splitlines() if line.startswith("issue_refund"))
    assert line.split()[:4] == ["issue_refund", "money", "verified", "confirmed"]
    assert "amount at most 150; 2 a day" in line
    told = actions("list", file, "--json").json()
    assert [item["name"] for item in told] == ["find_order", "issue_refund", "find_refund"]
    assert told[1]["limits"]["most"] == "150"
    assert told[2]["inputs"][0] == {
        "name": "key",
        "type": "text",
        "required": True,
        "bound": "call.key",
        "choices": [],
        "fields": [],
    }


def test_lint_ends_with_1_for_an_error_and_0_for_a_warning(actions: Run, file: Path) -> None:
    assert (actions("lint", file).code, actions("lint", file, "--strict").code) == (0, 0)
    file.write_text(file.read_text().replace('lookup = "find_refund"', ""))
    assert (actions("lint", file).code, actions("lint", file, "--strict").code) == (0, 1)
    file.write_text(file.read_text().replace("confirm = true", "confrm = true"))
    broken = actions("lint", file)
    assert broken.code == 1
    assert "unknown key 'confrm'; did you mean 'confirm'? [unknown-key]" in broken.out
    assert "1 errors" in broken.err
    (fault,) = actions("lint", file, "--json").json()
    assert (fault["rule"], fault["gravity"]) == ("unknown-key", "error")


def test_the_log_tells_calls_and_chooses_among_them(actions: Run, executor: Executor) -> None:
    made = executor.call(refund())
    executor.call(refund(arguments={"amount": "900"}, intent="i2", conversation_id="talk-2"))
    every = actions("log", "--json").json()
    assert [(item["id"] == made.call_id, item["status"]) for item in every] == [
        (True, "done"),
        (False, "over_limit"),
    ]
    assert every[0]["after"]["refunded"] == 59.0
    assert len(actions("log", "--status", "over_limit", "--json").json()) == 1
    assert len(actions("log", "--conversation", "talk-1", "--json").json()) == 1
    assert actions("log", "--action", "nothing", "--json").json() == []
    text = actions("log", "--conversation", "talk-1").out
    assert "done" in text
    assert "for c-1 (verified by signed token) in conversation talk-1" in text
    assert TOKEN not in text


def test_unknown_calls_are_listed_and_settled_by_looking_up(
    actions: Run, executor: Executor, shop: ShopBackend, file: Path
) -> None:
    shop.faults, shop.lookup_faults = [Fault.DROP_AFTER], [Fault.OTHERS]
    call = executor.call(refund())
    listed = actions("unknown", "--json", file)
    assert (listed.code, [item["id"] for item in listed.json()]) == (1, [call.call_id])
    settled = actions("unknown", "--look-up", file)
    assert settled.code == 0
    assert f"{call.call_id}  issue_refund  done" in settled.err
    assert actions("unknown", file).err.strip() == "no call is unknown"
    assert len(shop.refunds) == 1


def test_undo_says_why_it_can_not(actions: Run, executor: Executor, file: Path) -> None:
    call = executor.call(refund())
    refused = actions("undo", call.call_id, "--actions", file, "--by", "dana")
    assert refused.code == 2
    assert "`issue_refund` names no undo" in refused.err
    undoing = ACTIONS.partition("[action.issue_refund]")[0] + (
        '[action.issue_refund]\nbackend = "shop"\noperation = "createRefund"\neffect = "money"\n'
        'confirm = true\nresult = "refund"\nundo = "take_back"\n[action.take_back]\n'
        'backend = "shop"\noperation = "findRefund"\nbind = { key = "call.key" }\n'
    )
    file.write_text(undoing.replace("URL", "http://127.0.0.1:9"))
    failed = actions("undo", call.call_id, "--actions", file, "--by", "dana", "--json")
    assert failed.code == 3
    assert failed.json()[0]["action"] == "take_back"


@pytest.mark.usefixtures("shop")
def test_without_a_file_or_a_home_it_is_said_what_to_name(actions: Run) -> None:
    assert "set [actions] path" in actions("list").err
    asked = actions("log")
    assert asked.code == 2
    assert "has no calls yet" in asked.err
