"""Messages to e-mail, Slack, webhooks and whatever else Apprise speaks."""

import logging
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import sleep
from typing import TYPE_CHECKING

from kb.types import Message

if TYPE_CHECKING:
    from apprise import NotifyBase

# Apprise tries once; what fails by a hiccup of the network mostly works a moment later.
_TRIES = 2
_PAUSE_S = 1.0
_SECRET_PART = re.compile(r"[^/:@?&=,;]{4,}")


class AppriseNotifier:
    """The `Notifier` of Apprise URLs. Addresses are the operator's own, so that private ones are
    allowed; nothing of them but the kind of service is ever told."""

    def __call__(self, message: Message, addresses: Sequence[str]) -> list[str | None]:
        return [self._deliver(message, address) for address in addresses]

    def name(self, address: str) -> str:
        server = _server(address)
        return str(server.service_name) if server else ""

    def _deliver(self, message: Message, address: str) -> str | None:
        with _listening() as heard:
            server = _server(address)
            if server is None:
                return "is no Apprise URL, or one that lacks a part"
            for number in range(_TRIES):
                if number:
                    sleep(_PAUSE_S)
                heard.clear()
                if _sent(server, message):
                    return None
        return _reason(heard, address)


def _server(address: str) -> "NotifyBase | None":
    from apprise import Apprise  # slow to import; only where something is sent
    from apprise.common import OverflowMode

    with _listening():
        server: NotifyBase | None = Apprise.instantiate(address, suppress_exceptions=True)
    if server is not None and "overflow=" not in address:
        # Services have limits of their own: what is too long comes in parts.
        server.overflow_mode = OverflowMode.SPLIT
    return server


def _sent(server: "NotifyBase", message: Message) -> bool:
    from apprise import Apprise, NotifyFormat

    carrier = Apprise()
    carrier.add(server)
    attached = message.attachment if server.attachment_support else None
    # A service is foreign code: whatever it raises is a message that was not delivered. What goes
    # to this log is heard by `_listening` alone.
    try:
        return bool(
            carrier.notify(
                body=message.body,
                title=message.subject,
                body_format=NotifyFormat.MARKDOWN,
                attach=str(attached) if attached else None,
            )
        )
    except Exception as error:
        logging.getLogger("apprise").exception("%s", type(error).__name__)
        return False


@contextmanager
def _listening() -> Iterator[list[str]]:
    """What Apprise warns of, kept from every other log: it names addresses. That its modules use
    what Python deprecates concerns nobody here."""
    logger = logging.getLogger("apprise")
    heard: list[str] = []
    ear = _Ear(heard)
    propagated = logger.propagate
    logger.addHandler(ear)
    logger.propagate = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            yield heard
    finally:
        logger.removeHandler(ear)
        logger.propagate = propagated


class _Ear(logging.Handler):
    def __init__(self, heard: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        self._heard.append(record.getMessage())


def _reason(heard: Sequence[str], address: str) -> str:
    """What Apprise said first, without any part of the address."""
    if not heard:
        return "was not delivered, and nobody said why"
    text = heard[0].rstrip(".")
    for part in sorted(set(_SECRET_PART.findall(address)), key=len, reverse=True):
        text = text.replace(part, "***")
    return text
