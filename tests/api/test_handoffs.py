"""Handoffs over the wire: found, read, given back, and told to the customer."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from agent.outbox.courier import Courier
from api.delivering import Delivering
from tests.agent.outbox.cases import office
from tests.agent.outbox.servers import Receiver, serving
from tests.api.conftest import Serve

PERSON = {"message": "Let me talk to a human"}
QUESTION = {"message": "How do I download an invoice?"}


def handed_over(client: TestClient) -> tuple[str, str]:
    """Ids of a conversation that a person has, and of its case."""
    turn = client.post("/v1/chat", json=PERSON).json()
    return turn["conversation_id"], turn["handoff"]["id"]


def say(client: TestClient, conversation: str, message: str) -> dict[str, Any]:
    body = {"message": message, "conversation_id": conversation}
    found: dict[str, Any] = client.post("/v1/chat", json=body).json()
    return found


def test_the_turn_says_who_takes_over_and_when(serve: Serve) -> None:
    turn = serve().post("/v1/chat", json=PERSON).json()
    assert turn["handoff"]["team"] == "support"
    assert turn["handoff"]["expected"] == "as soon as they can"
    assert turn["handoff"]["summary"]


def test_a_case_is_read_whole(serve: Serve) -> None:
    client = serve()
    conversation, case_id = handed_over(client)
    case = client.get(f"/v1/handoffs/{case_id}").json()
    assert case["conversation_id"] == conversation
    assert case["rule"] == "asked_for_person"
    assert case["closed_at"] is None
    assert case["undelivered"] == []
    assert {"wish", "tried", "values", "sentiment", "transcript", "evidence", "draft", "email"} <= (
        set(case)
    )


def test_given_back_the_agent_goes_on_after_what_the_person_wrote(serve: Serve) -> None:
    client = serve()
    conversation, case_id = handed_over(client)
    client.post(f"/v1/handoffs/{case_id}/messages", json={"text": "Look at your plan."})
    client.post(f"/v1/handoffs/{case_id}/give-back", json={})
    first = say(client, conversation, "How much is the Growth plan?")
    assert (first["decision"], "$29 a month" in first["text"]) == ("answer", True)
    second = say(client, conversation, "Let me talk to a human")
    case = client.get(f"/v1/handoffs/{second['handoff']['id']}").json()
    assert ["person", "Look at your plan."] in case["transcript"]


def test_the_agent_is_silent_until_the_case_is_given_back(serve: Serve) -> None:
    client = serve()
    conversation, case_id = handed_over(client)
    for _ in range(3):
        turn = say(client, conversation, QUESTION["message"])
        assert (turn["decision"], turn["text"]) == ("silent", "")
    assert client.get("/v1/handoffs").json()["items"][0]["transcript"][-1] == [
        "customer",
        QUESTION["message"],
    ]
    given = client.post(f"/v1/handoffs/{case_id}/give-back", json={})
    assert given.status_code == 200
    assert given.json()["closed_at"] is not None
    assert say(client, conversation, QUESTION["message"])["decision"] == "answer"
    again = say(client, conversation, PERSON["message"])
    assert again["handoff"]["id"] != case_id


def test_cases_are_found_by_team_and_by_whether_a_person_has_them(serve: Serve) -> None:
    client = serve()
    _, first = handed_over(client)
    _, second = handed_over(client)
    client.post(f"/v1/handoffs/{first}/give-back", json={})

    def ids(query: str) -> list[str]:
        return [item["id"] for item in client.get(f"/v1/handoffs?{query}").json()["items"]]

    assert ids("state=open") == [second]
    assert ids("state=closed") == [first]
    assert set(ids("team=support")) == {first, second}
    assert ids("team=billing") == []
    assert client.get("/v1/handoffs?state=lost").status_code == 422


def test_what_a_person_writes_reaches_the_customer_and_the_record(serve: Serve) -> None:
    client = serve()
    conversation, case_id = handed_over(client)
    said = client.post(f"/v1/handoffs/{case_id}/messages", json={"text": "Sent.", "by": "Ana"})
    assert said.status_code == 201
    seen = client.get(f"/v1/chat/{conversation}/replies").json()
    assert seen["with_person"] is True
    assert [item["text"] for item in seen["items"]] == ["Sent."]
    recorded = client.get(f"/v1/conversations/{conversation}").json()
    assert recorded["turns"][-1]["text"] == "Sent."
    client.post(f"/v1/handoffs/{case_id}/give-back", json={})
    assert client.get(f"/v1/chat/{conversation}/replies").json()["with_person"] is False
    late = client.post(f"/v1/handoffs/{case_id}/messages", json={"text": "one more thing"})
    assert late.status_code == 409


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/v1/handoffs/nothing", None),
        ("POST", "/v1/handoffs/nothing/give-back", {}),
        ("POST", "/v1/handoffs/nothing/messages", {"text": "hello"}),
        ("GET", "/v1/chat/nothing/replies", None),
    ],
)
def test_what_there_is_not_is_said_so(
    serve: Serve, method: str, path: str, body: dict[str, str] | None
) -> None:
    response = serve().request(method, path, json=body)
    assert (response.status_code, response.json()["title"]) == (404, "Not Found")


def test_only_readers_see_and_change_cases(serve: Serve) -> None:
    client = serve(server={"api_key": "k3y"})
    _, case_id = handed_over(client)
    assert client.get(f"/v1/handoffs/{case_id}").status_code == 401
    assert client.post(f"/v1/handoffs/{case_id}/give-back", json={}).status_code == 401
    assert client.post(f"/v1/handoffs/{case_id}/messages", json={"text": "x"}).status_code == 401
    form = {"Authorization": "Bearer k3y", "Content-Type": "text/plain"}
    refused = client.post(f"/v1/handoffs/{case_id}/give-back", content="{}", headers=form)
    assert refused.status_code == 415


def test_an_empty_message_of_a_person_is_refused(serve: Serve) -> None:
    client = serve()
    _, case_id = handed_over(client)
    assert client.post(f"/v1/handoffs/{case_id}/messages", json={"text": " "}).status_code == 422


def test_the_server_delivers_beside_the_requests(tmp_path: Path) -> None:
    with serving(Receiver()) as receiver:
        waiting = office(tmp_path, webhook_url=receiver.url)
        waiting.hand_over()

        async def run() -> None:
            courier = Courier(waiting.database, waiting.settings)
            delivering = Delivering(courier, every_s=0.02)
            delivering.start()
            await _arrived(receiver, 1)
            await asyncio.to_thread(waiting.add, "t2", "more")
            await _arrived(receiver, 2)
            await delivering.stop()

        asyncio.run(run())
        waiting.database.close()


async def _arrived(receiver: Receiver, count: int) -> None:
    async with asyncio.timeout(10):
        while len(receiver.received) < count:
            await asyncio.sleep(0.01)
