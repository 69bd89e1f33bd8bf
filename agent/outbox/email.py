"""Cases as e-mail."""

import smtplib
import ssl
from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from hashlib import sha256
from ipaddress import ip_address
from urllib.parse import SplitResult, unquote, urlsplit

from agent.outbox.delivery import Delivery, Undelivered
from agent.outbox.render import as_html, as_text, subject
from kb.errors import ConfigError

NAME = "email"
_FORM = "such as smtp://user:password@mail.example.com:587, or smtps:// on port 465"


class Email:
    """Sends each delivery to the team's address. Encrypted where the server offers it, and
    always when it asks for a password, but for a server on this machine. The `Message-ID` is the
    same at every attempt, so that a mail program shows one. Raises `ConfigError` for a URL that
    is none."""

    def __init__(self, url: str, sender: str, teams: Mapping[str, str], timeout_s: float) -> None:
        self._server = _parse(url)
        self._sender = sender
        self._teams = teams
        self._timeout_s = timeout_s

    def send(self, delivery: Delivery) -> str:
        """The message's id."""
        team = delivery.payload["handoff"]["team"]
        to = address_of(self._teams, team)
        if to is None:
            raise Undelivered(f"[outbox] email_to names no address for {team!r}, nor `*`")
        message = _message(delivery, self._sender, to)
        try:
            with self._connect() as server:
                server.send_message(message)
        except (smtplib.SMTPException, OSError) as error:
            raise Undelivered(f"the mail server: {_told(error)}") from None
        return str(message["Message-ID"])

    def _connect(self) -> smtplib.SMTP:
        """A connection that is ready to send."""
        url, host = self._server, self._server.hostname or ""
        secure = ssl.create_default_context()
        if url.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, url.port or 465, timeout=self._timeout_s, context=secure
            )
        else:
            server = smtplib.SMTP(host, url.port or 25, timeout=self._timeout_s)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=secure)
                server.ehlo()
            elif url.username and not _is_here(host):
                server.close()
                raise Undelivered("the mail server offers no encryption, so no password is sent")
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        return server


def address_of(teams: Mapping[str, str], team: str) -> str | None:
    """Where mail of a team goes."""
    return teams.get(team) or teams.get("*")


def _message(delivery: Delivery, sender: str, to: str) -> EmailMessage:
    case = delivery.payload["handoff"]
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    message["Subject"] = subject(delivery) if delivery.opens else f"Re: {subject(delivery)}"
    message["Date"] = format_datetime(delivery.created_at)
    message["Message-ID"] = _message_id(delivery.id, sender)
    message["Auto-Submitted"] = "auto-generated"
    if not delivery.opens and delivery.receipt:
        message["In-Reply-To"] = message["References"] = delivery.receipt
    if case["email"]:
        message["Reply-To"] = case["email"]
    message.set_content(as_text(delivery))
    message.add_alternative(as_html(delivery), subtype="html")
    return message


def _message_id(delivery_id: str, sender: str) -> str:
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    return f"<{sha256(delivery_id.encode()).hexdigest()[:32]}@{domain}>"


def _told(error: Exception) -> str:
    """What happened; of an answer its code alone, for it may repeat what was sent."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{type(error).__name__} {error.smtp_code}"
    return type(error).__name__


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _parse(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("smtp", "smtps") and parts.hostname and (parts.port or True)
    except ValueError:
        known = False
    if not known:
        raise ConfigError(f"WELLKEPT_OUTBOX_SMTP_URL is no mail server; write one {_FORM}")
    return parts
