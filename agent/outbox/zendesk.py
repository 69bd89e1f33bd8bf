"""Cases as tickets of Zendesk (Support API, version 2)."""

from collections.abc import Mapping
from typing import Any

import httpx

from agent.outbox.delivery import Delivery, Undelivered
from agent.outbox.render import as_text, subject
from agent.outbox.requests import send

NAME = "zendesk"
_URGENT = frozenset({"safety", "threat", "legal", "vulnerable"})
_HIGH = frozenset({"anger", "payment_dispute", "action_failed"})


class Zendesk:
    """Makes one ticket for a case and comments on it with what the customer adds.

    The case's id is the ticket's external id: before a ticket is made or made again, the one with
    this id is looked for, so that a retry after a lost answer makes no second. Comments are not
    public; each ends with the id of its delivery, by which a second is told apart.
    """

    def __init__(self, url: str, email: str, token: str, client: httpx.Client) -> None:
        self._url = url.rstrip("/")
        self._auth = httpx.BasicAuth(f"{email}/token", token)
        self._client = client
        self._groups: dict[str, int] | None = None

    def send(self, delivery: Delivery) -> str:
        """The ticket's number."""
        ticket = self._ticket(delivery)
        if ticket is None:
            return self._create(delivery)
        if not delivery.opens and not self._has_comment(ticket, delivery):
            comment = {"body": _body(delivery), "public": False}
            self._ask("PUT", f"/tickets/{ticket}.json", json={"ticket": {"comment": comment}})
        return ticket

    def _ticket(self, delivery: Delivery) -> str | None:
        """The case's ticket, if there is one: an answer may have been lost on its way here."""
        if delivery.receipt:
            return delivery.receipt
        found = self._ask("GET", "/tickets.json", params={"external_id": delivery.handoff_id})
        tickets = found.get("tickets") or []
        return str(tickets[0]["id"]) if tickets else None

    def _create(self, delivery: Delivery) -> str:
        made = self._ask(
            "POST",
            "/tickets.json",
            json={"ticket": self._fields(delivery)},
            headers={"Idempotency-Key": delivery.handoff_id},
        )
        try:
            return str(made["ticket"]["id"])
        except (KeyError, TypeError):
            raise Undelivered("Zendesk answered without a ticket") from None

    def _fields(self, delivery: Delivery) -> dict[str, Any]:
        case = delivery.payload["handoff"]
        fields: dict[str, Any] = {
            "subject": subject(delivery),
            "comment": {"body": _body(delivery), "public": False},
            "external_id": delivery.handoff_id,
            "tags": sorted({"wellkept", _tag(case["rule"]), _tag(case["team"])} - {""}),
            "priority": _priority(case["reason"]),
        }
        if case["email"]:
            fields["requester"] = {"email": case["email"], "name": case["email"].split("@")[0]}
        group = self._group(case["team"])
        if group is not None:
            fields["group_id"] = group
        return fields

    def _group(self, team: str) -> int | None:
        """The group that is called like the team, in any case; its number is taken as it is."""
        if team.isdigit():
            return int(team)
        if self._groups is None:
            found = self._ask("GET", "/groups.json").get("groups") or []
            self._groups = {str(item["name"]).lower(): int(item["id"]) for item in found}
        return self._groups.get(team.lower())

    def _has_comment(self, ticket: str, delivery: Delivery) -> bool:
        if delivery.attempts == 1:
            return False
        found = self._ask("GET", f"/tickets/{ticket}/comments.json", params={"sort_order": "desc"})
        bodies = (str(item.get("body", "")) for item in found.get("comments") or [])
        return any(_mark(delivery) in body for body in bodies)

    def _ask(self, method: str, path: str, **sent: Any) -> Mapping[str, Any]:
        response = send(
            self._client, "Zendesk", method, f"{self._url}/api/v2{path}", auth=self._auth, **sent
        )
        try:
            body = response.json()
        except ValueError:
            raise Undelivered("Zendesk answered with something else than JSON") from None
        return body if isinstance(body, Mapping) else {}


def _body(delivery: Delivery) -> str:
    return f"{as_text(delivery)}{_mark(delivery)}"


def _mark(delivery: Delivery) -> str:
    return f"Delivery {delivery.id}"


def _tag(name: str) -> str:
    return "_".join(name.lower().split())


def _priority(reason: str) -> str:
    if reason in _URGENT:
        return "urgent"
    return "high" if reason in _HIGH else "normal"
