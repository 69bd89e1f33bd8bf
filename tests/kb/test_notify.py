"""Messages go out over real connections, on this machine."""

import email
import email.policy
import logging
from pathlib import Path

import pytest

from kb import notify
from kb.notify import AppriseNotifier
from kb.types import Message
from tests.kb.mailbox import mail_server, webhook

MESSAGE = Message("Help: 2 to mend", "As of today: **2 open**.\n\n1. First\n\n2. Second")
UNREACHABLE = "json://localhost:9/very-secret-path"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notify, "_PAUSE_S", 0.0)


def test_a_webhook_gets_the_subject_the_text_and_the_file(tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    report.write_text("<p>Report</p>", encoding="utf-8")
    message = Message(MESSAGE.subject, MESSAGE.body, report)
    with webhook() as inbox:
        assert AppriseNotifier()(message, [f"json://localhost:{inbox.port}/hook"]) == [None]
    ((path, posted),) = inbox.posts
    assert path == "/hook"
    assert posted["title"] == "Help: 2 to mend"
    assert "2 open" in posted["message"]
    assert [item["filename"] for item in posted["attachments"]] == ["report.html"]


def test_mail_carries_the_text_as_html_and_the_file(tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    report.write_text("<p>Report</p>", encoding="utf-8")
    message = Message(MESSAGE.subject, MESSAGE.body, report)
    with mail_server() as inbox:
        address = f"mailto://localhost:{inbox.port}?from=kb@example.com&to=ann@example.com"
        assert AppriseNotifier()(message, [address]) == [None]
    (text,) = inbox.mails
    mail = email.message_from_string(text, policy=email.policy.default)
    assert mail["Subject"] == "Help: 2 to mend"
    assert "ann@example.com" in mail["To"]
    body = mail.get_body()
    assert body is not None
    assert "<strong>2 open</strong>" in body.get_content()
    assert [part.get_filename() for part in mail.iter_attachments()] == ["report.html"]


def test_a_hiccup_is_tried_again() -> None:
    with webhook(failures=1) as inbox:
        assert AppriseNotifier()(MESSAGE, [f"json://localhost:{inbox.port}/hook"]) == [None]
    assert inbox.tries == 2


def test_one_address_that_fails_keeps_nothing_from_the_others() -> None:
    with webhook() as inbox:
        good = f"json://localhost:{inbox.port}/hook"
        first, second, third = AppriseNotifier()(MESSAGE, [UNREACHABLE, "nonsense://x", good])
    assert first
    assert "onnection" in first
    assert second == "is no Apprise URL, or one that lacks a part"
    assert third is None
    assert len(inbox.posts) == 1


def test_no_part_of_an_address_is_ever_told(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    with webhook(failures=9) as inbox:
        refusing = f"json://user:pass-word@localhost:{inbox.port}/very-secret-path"
        reasons = AppriseNotifier()(MESSAGE, [refusing, UNREACHABLE, "slack://very-secret-path"])
    told = " ".join(map(str, reasons)) + caplog.text
    assert all(reasons)
    assert "secret" not in told
    assert "pass-word" not in told
    assert "localhost" not in told


def test_the_kind_of_service_is_all_that_is_named() -> None:
    name = AppriseNotifier().name
    assert name("mailto://ann:secret@example.com") == "E-Mail"
    assert name("json://localhost/secret") == "JSON"
    assert name("nonsense://secret") == ""
