"""Cases as e-mail, to a server that speaks SMTP."""

from dataclasses import replace
from email import message_from_string, policy
from email.message import EmailMessage
from typing import Any

import pytest

from kb.errors import ConfigError
from tests.agent.outbox.cases import CASE, Open
from tests.kb.mailbox import Inbox, mail_server


def parsed(mail: str) -> EmailMessage:
    found = message_from_string(mail.replace("\r\n", "\n"), policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def settings(inbox: Inbox, **more: Any) -> dict[str, Any]:
    return {
        "smtp_url": f"smtp://127.0.0.1:{inbox.port}",
        "email_to": {"billing": "money@x.example", "*": "all@x.example"},
        "email_from": "Help <help@x.example>",
        **more,
    }


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert isinstance(part, EmailMessage)
    return str(part.get_content())


def test_a_case_is_mailed_to_its_team_in_plain_text_and_escaped_html(opened: Open) -> None:
    with mail_server() as inbox:
        office = opened(**settings(inbox))
        office.hand_over()
        assert office.courier.deliver().delivered == 1
    mail = parsed(inbox.mails[0])
    assert (mail["To"], mail["From"]) == ("money@x.example", "Help <help@x.example>")
    assert mail["Subject"] == "[payment_dispute] I was charged twice"
    assert "Customer: <b>charged</b> twice" in body(mail, "plain")
    assert "Customer: &lt;b&gt;charged&lt;/b&gt; twice" in body(mail, "html")
    assert "<b>" not in body(mail, "html")


def test_what_follows_hangs_together_and_an_answer_goes_to_the_customer(opened: Open) -> None:
    with mail_server() as inbox:
        office = opened(**settings(inbox))
        office.hand_over()
        office.courier.deliver()
        office.add("t2", "more")
        office.courier.deliver()
    first, second = map(parsed, inbox.mails)
    assert second["In-Reply-To"] == first["Message-ID"]
    assert second["Subject"] == f"Re: {first['Subject']}"
    assert first["Reply-To"] is None


def test_a_mail_that_comes_again_has_the_same_id(opened: Open) -> None:
    with mail_server() as inbox:
        office = opened(**settings(inbox))
        office.hand_over()
        claimed = office.courier.queue.claim(["email"], office.clock(), 60)
        assert claimed is not None
        office.courier._ways["email"].send(claimed)
        office.clock.forward(minutes=2)
        office.courier.deliver()
    first, second = map(parsed, inbox.mails)
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Message-ID"].endswith("@x.example>")


def test_a_customers_words_can_not_add_a_header(opened: Open) -> None:
    with mail_server() as inbox:
        office = opened(**settings(inbox))
        office.hand_over(replace(CASE, wish="hello\r\nBcc: everybody@x.example"))
        office.courier.deliver()
    mail = parsed(inbox.mails[0])
    assert mail["Bcc"] is None
    assert "Bcc: everybody" in mail["Subject"]


def test_a_team_without_an_address_gets_no_mail(opened: Open) -> None:
    with mail_server() as inbox:
        office = opened(**settings(inbox, email_to={"returns": "r@x.example"}))
        office.hand_over()
        assert office.courier.deliver().delivered == 0
    assert office.courier.queue.unfinished() == []


def test_a_mail_server_that_is_away_is_tried_again(opened: Open) -> None:
    office = opened(smtp_url="smtp://127.0.0.1:1", email_to={"*": "a@x.example"}, timeout_s=1)
    office.hand_over()
    assert office.courier.deliver().postponed == 1
    (left,) = office.courier.queue.unfinished()
    assert left.error == "the mail server: ConnectionRefusedError"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"smtp_url": "http://mail", "email_to": {"*": "a@b.c"}}, "no mail server"),
        ({"email_to": {"*": "a@b.c"}}, "needs WELLKEPT_OUTBOX_SMTP_URL"),
        ({"webhook_url": "ftp://x"}, "webhook_url is no web address"),
        ({"zendesk_url": "https://x.zendesk.com"}, "needs zendesk_email"),
    ],
)
def test_settings_that_do_not_reach_anybody_are_refused(
    opened: Open, settings: dict[str, Any], message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        _ = opened(**settings).courier
