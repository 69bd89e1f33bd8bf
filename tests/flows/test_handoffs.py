"""`wellkept handoffs`, as an operator uses it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from flows.command import app
from flows.diagnosis import diagnose
from kb.errors import ConfigError, Permanent
from kb.settings import Settings
from kb.store.database import Database
from tests.agent.outbox.cases import CASE, Clock, Office
from tests.agent.outbox.servers import Receiver, serving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with serving(Receiver()) as running:
        yield running


@pytest.fixture
def office(tmp_path: Path, receiver: Receiver) -> Iterator[Office]:
    """A home in which cases go to the receiver."""
    (tmp_path / "wellkept.toml").write_text(f'[outbox]\nwebhook_url = "{receiver.url}"\n')
    settings = Settings.model_validate(
        {"home": tmp_path / "home", "outbox": {"webhook_url": receiver.url}}
    )
    settings.home.mkdir()
    database = Database(f"sqlite:///{settings.home / 'wellkept.db'}")
    database.upgrade()
    yield Office(database, settings.outbox, Clock())
    database.close()


def run(folder: Path, *words: str) -> Result:
    where = ["--home", str(folder / "home"), "--config", str(folder / "wellkept.toml")]
    return CliRunner().invoke(app, ["handoffs", *words, *where])


def test_cases_are_listed_with_what_has_not_reached_anybody(office: Office, tmp_path: Path) -> None:
    office.hand_over()
    shown = run(tmp_path, "list")
    assert shown.exit_code == 0
    assert "h1  2026-05-04 12:00  open" in shown.stdout
    assert "payment_dispute  I was charged twice" in shown.stdout
    assert "NOT DELIVERED by webhook: not tried yet" in shown.stdout
    (told,) = json.loads(run(tmp_path, "list", "--json").stdout)
    assert (told["id"], told["undelivered"][0]["way"]) == ("h1", "webhook")
    assert run(tmp_path, "list", "--team", "returns").stdout == ""


def test_a_case_is_shown_whole(office: Office, tmp_path: Path) -> None:
    office.hand_over()
    shown = run(tmp_path, "show", "h1").stdout
    for part in ("Zoë was charged twice.", "Team: billing", "find_order", "Hello Zoë,"):
        assert part in shown
    assert isinstance(run(tmp_path, "show", "nothing").exception, Permanent)


def test_delivering_says_what_is_left_and_by_its_exit_code(
    office: Office, tmp_path: Path, receiver: Receiver
) -> None:
    office.hand_over()
    receiver.faults = [503]
    assert run(tmp_path, "deliver").exit_code == 3
    give_up(office)
    assert run(tmp_path, "deliver").exit_code == 1
    again = run(tmp_path, "deliver", "--again", "--json")
    assert (again.exit_code, json.loads(again.stdout)["delivered"]) == (0, 1)
    assert len(receiver.received) == 1
    assert run(tmp_path, "deliver").exit_code == 0


def test_the_doctor_tells_of_deliveries_that_were_given_up(office: Office, tmp_path: Path) -> None:
    office.hand_over()
    give_up(office)
    settings = Settings.model_validate({"home": tmp_path / "home", "outbox": office.settings})
    lines = {line.name: line for line in diagnose(settings)}
    assert not lines["outbox"].ok
    assert "1 deliveries of cases were given up" in lines["outbox"].detail
    assert lines["handing over"].detail == "cases reach people by webhook"


def give_up(office: Office) -> None:
    (lost,) = office.courier.queue.unfinished()
    office.courier.queue.given_up(lost, office.clock(), "the webhook: 503")


def test_the_doctor_refuses_rules_that_there_are_not(tmp_path: Path) -> None:
    settings = Settings.model_validate({"home": tmp_path, "handover": {"off": ["angry"]}})
    lines = {line.name: line for line in diagnose(settings)}
    assert "did you mean 'anger'" in lines["handing over"].detail


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ('[handover]\nhours = { mon = "nine to five" }', "hours mon: 'nine to five'"),
        ('[handover]\noff = ["angry"]', "no rule 'angry'"),
        ('[outbox]\nwebhook_url = "nowhere"', "webhook_url is no web address"),
    ],
)
def test_the_server_does_not_start_with_settings_that_would_lose_a_customer(
    tmp_path: Path, section: str, message: str
) -> None:
    (tmp_path / "wellkept.toml").write_text(section)
    where = ["--home", str(tmp_path / "home"), "--config", str(tmp_path / "wellkept.toml")]
    found = CliRunner().invoke(app, ["serve", *where])
    assert isinstance(found.exception, ConfigError)
    assert message in str(found.exception)


def test_a_case_is_given_back(office: Office, tmp_path: Path) -> None:
    office.hand_over()
    office.hand_over(replace(CASE, id="h2", conversation_id="c2"))
    assert run(tmp_path, "give-back", "h1").exit_code == 0
    assert office.store.handed_over("c1") is None
    assert office.store.handed_over("c2") is not None
    closed = json.loads(run(tmp_path, "list", "--state", "closed", "--json").stdout)
    assert [item["id"] for item in closed] == ["h1"]
