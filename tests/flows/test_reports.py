"""Reports of a home, written and sent."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.diagnosis import diagnose
from flows.reports import Delivery, send_reports, write_reports
from kb import notify
from kb.build import Workspace
from kb.configuration import load
from kb.errors import ConfigError
from tests.flows.conftest import wellkept
from tests.kb.mailbox import Inbox, webhook
from tests.kb.report.findings import finding


@pytest.fixture
def inbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Inbox]:
    monkeypatch.setattr(notify, "_PAUSE_S", 0.0)
    with webhook() as inbox:
        yield inbox


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """With a finding each for Ann and Ben, one of which was fixed."""
    monkeypatch.chdir(tmp_path)
    findings = Workspace(load(home=tmp_path / "home")).findings
    now = datetime.now(UTC)
    known = [finding("a" * 20, owner="ann"), finding("b" * 20, owner="ben")]
    findings.record(known, now - timedelta(days=3))
    findings.record(known[:1], now - timedelta(days=1))
    return tmp_path / "home"


def sent(home: Path, owner: str | None = None) -> list[Delivery]:
    done = send_reports(Workspace(load(home=home)), owner, "html", None)
    return [item for item in done if isinstance(item, Delivery)]


def test_each_owner_gets_a_page_also_one_whose_findings_are_fixed(home: Path) -> None:
    paths = write_reports(Workspace(load(home=home)), None, "html", None)
    assert [path.name for path in paths] == ["index.html", "ann.html", "ben.html"]
    assert "Good news" in paths[2].read_text(encoding="utf-8")


def test_the_overview_and_each_owners_report_are_sent_to_their_addresses(
    home: Path, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WELLKEPT_NOTIFY_URLS", f'["json://localhost:{inbox.port}/all"]')
    monkeypatch.setenv("WELLKEPT_NOTIFY_OWNERS", f'{{"ann": "json://localhost:{inbox.port}/ann"}}')
    assert [item.failure for item in sent(home)] == [None, None]
    (first, overview), (second, own) = inbox.posts
    assert (first, second) == ("/all", "/ann")
    assert overview["title"] == "Help center: 1 to mend"
    assert own["title"] == "Help center, ann: 1 to mend"
    assert "Title aaaa" in own["message"]
    assert [item["filename"] for item in own["attachments"]] == ["ann.html"]


def test_one_owner_alone_is_sent_theirs_alone(
    home: Path, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WELLKEPT_NOTIFY_URLS", f'["json://localhost:{inbox.port}/all"]')
    monkeypatch.setenv("WELLKEPT_NOTIFY_OWNERS", f'{{"ann": "json://localhost:{inbox.port}/ann"}}')
    assert [item.to for item in sent(home, "ann")] == ["ann"]
    assert [path for path, _ in inbox.posts] == ["/ann"]
    with pytest.raises(ConfigError, match="no address for 'ben'"):
        sent(home, "ben")


def test_a_name_that_owns_nothing_is_told_and_the_others_get_theirs(
    home: Path, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = f"json://localhost:{inbox.port}/x"
    monkeypatch.setenv("WELLKEPT_NOTIFY_OWNERS", f'{{"bem": "{hook}", "ann": "{hook}"}}')
    assert [(item.to, item.failure) for item in sent(home)] == [
        ("bem", "owns neither an article nor a finding"),
        ("ann", None),
    ]


def test_sending_to_nobody_is_the_operators_mistake(home: Path) -> None:
    with pytest.raises(ConfigError, match="WELLKEPT_NOTIFY_URLS"):
        sent(home)
    assert not (home / "report").exists()


def test_the_doctor_names_services_and_no_address(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WELLKEPT_NOTIFY_URLS", '["json://localhost/secret", "nonsense://secret"]')
    lines = {line.name: line for line in diagnose(load(home=home))}
    assert not lines["reports"].ok
    assert "1 by JSON" in lines["reports"].detail
    assert "secret" not in str(lines)


def test_addresses_that_are_no_json_are_refused_without_being_told(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WELLKEPT_NOTIFY_URLS", "json://localhost/secret")
    with pytest.raises(ConfigError, match="WELLKEPT_NOTIFY_URLS must be JSON") as caught:
        load(home=home)
    assert "secret" not in str(caught.value)


def test_the_command_sends_what_it_can_and_fails_when_one_address_failed(
    home: Path, inbox: Inbox
) -> None:
    good, bad = f"json://localhost:{inbox.port}/secret", "json://localhost:9/secret"
    result = wellkept(
        "report", "--send", "--home", home, env={"WELLKEPT_NOTIFY_URLS": f'["{bad}", "{good}"]'}
    )
    assert result.code == 1
    assert result.out.splitlines()[0].endswith("index.html")
    assert "not sent to the overview by JSON (address 1): " in result.err
    assert "sent to the overview by JSON (address 2)" in result.err
    assert "secret" not in result.out + result.err
    assert [path for path, _ in inbox.posts] == ["/secret"]
