"""Which ways the settings open."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from weakref import finalize

from agent.outbox import email, webhook, zendesk
from agent.outbox.delivery import Way
from agent.types import Handoff
from kb.errors import ConfigError
from kb.settings import OutboxSettings

if TYPE_CHECKING:
    import httpx


def ways_of(settings: OutboxSettings) -> Callable[[Handoff], Sequence[str]]:
    """Names of the ways on which a case is to go out."""

    def chosen(handoff: Handoff) -> Sequence[str]:
        found = [webhook.NAME] if settings.webhook_url else []
        if settings.zendesk_url:
            found.append(zendesk.NAME)
        if settings.smtp_url and email.address_of(settings.email_to, handoff.team):
            found.append(email.NAME)
        return found

    return chosen


def open_ways(
    settings: OutboxSettings, clock: Callable[[], float] = time.time
) -> Mapping[str, Way]:
    """By name; nothing is connected yet. Addresses are the operator's own and may be private.
    Raises `ConfigError` for settings that are incomplete or can't be read."""
    found: dict[str, Way] = {}
    if settings.webhook_url:
        key = settings.webhook_secret.get_secret_value() if settings.webhook_secret else None
        url = _web(settings.webhook_url, "webhook_url")
        client = _client(settings)
        found[webhook.NAME] = _owning(webhook.Webhook(url, key, client, clock), client)
    if settings.zendesk_url:
        if not settings.zendesk_email or not settings.zendesk_token:
            raise ConfigError(
                "[outbox] zendesk_url needs zendesk_email and WELLKEPT_OUTBOX_ZENDESK_TOKEN"
            )
        token = settings.zendesk_token.get_secret_value()
        url = _web(settings.zendesk_url, "zendesk_url")
        client = _client(settings)
        desk = zendesk.Zendesk(url, settings.zendesk_email, token, client)
        found[zendesk.NAME] = _owning(desk, client)
    if settings.smtp_url:
        server, sender = settings.smtp_url.get_secret_value(), settings.email_from
        found[email.NAME] = email.Email(server, sender, settings.email_to, settings.timeout_s)
    elif settings.email_to:
        raise ConfigError("[outbox] email_to needs WELLKEPT_OUTBOX_SMTP_URL")
    return found


def _client(settings: OutboxSettings) -> "httpx.Client":
    import httpx

    return httpx.Client(timeout=settings.timeout_s, follow_redirects=False)


def _owning(way: Way, client: "httpx.Client") -> Way:
    """A way that is let go takes its connections along."""
    finalize(way, client.close)
    return way


def _web(url: str, key: str) -> str:
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        known = False
    if not known:
        raise ConfigError(f"[outbox] {key} is no web address; write one such as https://…")
    return url
