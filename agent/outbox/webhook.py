"""Cases as JSON to a URL of the operator's, signed."""

import hmac
import json
from collections.abc import Callable
from hashlib import sha256

import httpx

from agent.outbox.delivery import Delivery
from agent.outbox.requests import send

NAME = "webhook"


class Webhook:
    """Posts each delivery. With a secret it is signed: `Wellkept-Signature` is `v1=` and the
    HMAC-SHA256 (hex) of timestamp, full stop and body; the timestamp stands in
    `Wellkept-Timestamp` and is that of the attempt, so that an old request can't be replayed.
    `Wellkept-Delivery` is the same at every attempt. Redirects are not followed."""

    def __init__(
        self, url: str, secret: str | None, client: httpx.Client, clock: Callable[[], float]
    ) -> None:
        self._url = url
        self._secret = secret
        self._client = client
        self._clock = clock

    def send(self, delivery: Delivery) -> str:
        """The status that the receiver answered."""
        body = json.dumps(delivery.payload, ensure_ascii=False).encode()
        stamp = str(int(self._clock()))
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Wellkept",
            "Wellkept-Delivery": delivery.id,
            "Wellkept-Event": str(delivery.payload["event"]),
            "Wellkept-Timestamp": stamp,
        }
        if self._secret is not None:
            headers["Wellkept-Signature"] = f"v1={signature(self._secret, stamp, body)}"
        response = send(
            self._client, "the webhook", "POST", self._url, content=body, headers=headers
        )
        return str(response.status_code)


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 in hex of `timestamp.body`."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, sha256).hexdigest()
