"""`POST /v1/conversations/{id}/turns/{turn_id}/rating`: thumbs of customers."""

from fastapi.testclient import TestClient

from tests.api.conftest import Serve


def asked(client: TestClient) -> tuple[str, str]:
    turn = client.post("/v1/chat", json={"message": "How do I download an invoice?"}).json()
    return turn["conversation_id"], turn["turn_id"]


def test_a_thumb_is_kept_with_its_turn_and_the_last_one_counts(serve: Serve) -> None:
    client = serve()
    conversation, turn = asked(client)
    place = f"/v1/conversations/{conversation}/turns/{turn}/rating"
    for rating in ("up", "down", "down"):
        reply = client.post(place, json={"rating": rating, "comment": f" {rating} it is "})
        assert reply.status_code == 200
        assert reply.json()["rating"] == rating
    recorded = client.get(f"/v1/conversations/{conversation}").json()["turns"]
    assert [item["rating"]["rating"] for item in recorded] == ["down"]
    assert recorded[0]["rating"]["comment"] == "down it is"


def test_a_customer_needs_no_key_to_rate_and_the_records_do(serve: Serve) -> None:
    client = serve(client="203.0.113.9")
    conversation, turn = asked(client)
    place = f"/v1/conversations/{conversation}/turns/{turn}/rating"
    assert client.post(place, json={"rating": "up"}).status_code == 200
    assert client.get(f"/v1/conversations/{conversation}").status_code == 403


def test_what_can_not_be_rated_is_a_problem(serve: Serve) -> None:
    client = serve()
    conversation, turn = asked(client)
    other, _ = asked(client)
    for where in (f"{other}/turns/{turn}", f"{conversation}/turns/x", f"x/turns/{turn}"):
        reply = client.post(f"/v1/conversations/{where}/rating", json={"rating": "up"})
        assert (reply.status_code, reply.headers["content-type"]) == (
            404,
            "application/problem+json",
        )
    place = f"/v1/conversations/{conversation}/turns/{turn}/rating"
    for body in (
        {"rating": "sideways"},
        {},
        {"rating": "up", "comment": "x" * 1001},
        {"rating": "up", "stars": 5},
    ):
        assert client.post(place, json=body).status_code == 422
