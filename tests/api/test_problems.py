"""Every error is a problem that says what is wrong, and repeats nothing that was sent."""

from collections.abc import Iterator

import pytest

from tests.api.conftest import Serve


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/v1/articles/none.md", 404),
        ("GET", "/articles/none.md", 404),
        ("GET", "/v1/conversations/none", 404),
        ("GET", "/static/templates.py", 404),
        ("GET", "/static/..%2Ftemplates.py", 404),
        ("GET", "/v1/chat", 405),
        ("DELETE", "/healthz", 405),
        ("GET", "/v1/findings?severity=awful", 422),
        ("GET", "/v1/handoffs?limit=0", 422),
        ("GET", "/articles/billing/invoices.md?start=x", 422),
    ],
)
def test_a_wrong_request_makes_a_problem(serve: Serve, method: str, path: str, status: int) -> None:
    response = serve().request(method, path)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == status
    assert response.json()["detail"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", "body"),
        (b"{", "body"),
        (b"[]", "body"),
        (b"{}", "body.message"),
        (b'{"message": ""}', "body.message"),
        (b'{"message": 5}', "body.message"),
        (b'{"message": "hi", "mood": "sour"}', "body.mood"),
        (b'{"message": "hi", "channel": "No Such"}', "body.channel"),
        (b'{"message": "hi", "conversation_id": "a b"}', "body.conversation_id"),
        (b'{"message": "hi", "customer": {"name": 5}}', "body.customer.name"),
    ],
)
def test_a_malformed_message_is_named_by_field(serve: Serve, body: bytes, field: str) -> None:
    response = serve().post("/v1/chat", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    assert any(item["field"].startswith(field) for item in response.json()["errors"])


def test_what_was_sent_is_not_repeated(serve: Serve) -> None:
    response = serve().post("/v1/chat", json={"message": "hi", "locale": "4111 1111 1111 1111"})
    assert response.status_code == 422
    assert "4111" not in response.text


def test_an_empty_message_is_a_422(serve: Serve) -> None:
    response = serve().post("/v1/chat", json={"message": " \n "})
    assert (response.status_code, response.json()["detail"]) == (422, "the message is empty")


def test_a_message_of_100000_characters_is_refused(serve: Serve) -> None:
    response = serve().post("/v1/chat", json={"message": "a" * 100_000})
    assert response.status_code == 413
    assert "65,536 bytes" in response.json()["detail"]


def test_a_message_above_the_limit_in_characters_is_refused(serve: Serve) -> None:
    response = serve().post("/v1/chat", json={"message": "a" * 8_001})
    assert response.status_code == 413
    assert "8,001 characters" in response.json()["detail"]


def test_a_body_that_does_not_say_its_length_is_counted(serve: Serve) -> None:
    def chunks() -> Iterator[bytes]:
        yield b'{"message": "'
        for _ in range(100):
            yield b"a" * 1000
        yield b'"}'

    headers = {"Content-Type": "application/json"}
    response = serve().post("/v1/chat", content=chunks(), headers=headers)
    assert response.status_code == 413
    assert response.headers["content-type"] == "application/problem+json"


def test_a_fault_tells_the_client_nothing_of_the_inside(serve: Serve) -> None:
    client = serve()
    assert client.get("/readyz").status_code in (200, 503)
    client.app.state.stores.conversations.handoffs = None  # type: ignore[attr-defined]
    response = client.get("/v1/handoffs")
    assert response.status_code == 500
    assert response.json()["detail"] == "the server failed; its log says why"
