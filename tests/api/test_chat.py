"""`POST /v1/chat`: what a host application relies on."""

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from fastapi.testclient import TestClient

from kb.errors import ConfigError
from tests.agent.center import INVOICES
from tests.api.conftest import Releases, Serve

QUESTION = {"message": "How do I download an invoice?"}
EVENTS = {"Accept": "text/event-stream"}


def events(client: TestClient, body: Mapping[str, object]) -> list[tuple[str, dict[str, object]]]:
    """The events of a streamed turn."""
    response = client.post("/v1/chat", json=body, headers=EVENTS)
    assert response.headers["content-type"].startswith("text/event-stream")
    blocks = response.text.replace("\r\n", "\n").strip().split("\n\n")
    parsed = [dict(line.split(": ", 1) for line in block.splitlines()) for block in blocks]
    return [(item["event"], json.loads(item["data"])) for item in parsed]


def test_an_answer_quotes_the_article_word_for_word(serve: Serve) -> None:
    turn = serve().post("/v1/chat", json=QUESTION).json()
    assert turn["decision"] == "answer"
    assert "1. Open Settings > Billing.\n2. Choose the month.\n3. Select" in turn["text"]
    assert turn["citations"]
    for citation in turn["citations"]:
        assert citation["article"] == "billing/invoices.md"
        assert INVOICES.text[citation["start"] : citation["end"]] == citation["quote"]
    assert 0.5 <= turn["confidence"] <= 1
    assert turn["handoff"] is None
    assert {"screen", "retrieve", "decide", "write", "total"} <= set(turn["timings_ms"])


def test_a_citation_leads_to_the_marked_words(serve: Serve) -> None:
    client = serve()
    url = client.post("/v1/chat", json=QUESTION).json()["citations"][0]["url"]
    page = client.get(url)
    assert page.status_code == 200
    assert "<mark>Select Download PDF.</mark>" in page.text


def test_the_stream_gives_the_text_in_pieces_and_the_whole_turn_last(serve: Serve) -> None:
    received = events(serve(), QUESTION)
    assert [name for name, _ in received].count("text") > 1
    assert [name for name, _ in received][-1] == "turn"
    pieces = "".join(str(data["text"]) for name, data in received if name == "text")
    assert pieces == received[-1][1]["text"]
    assert received[-1][1]["decision"] == "answer"


def test_the_stream_ends_with_a_problem_when_the_turn_fails(serve: Serve) -> None:
    received = events(serve(), {**QUESTION, "conversation_id": "unknown"})
    assert received == [
        (
            "problem",
            {
                "type": "about:blank",
                "title": "Not Found",
                "status": 404,
                "detail": "there is no conversation unknown",
            },
        )
    ]


def test_a_conversation_goes_on_and_falls_silent_after_a_handoff(
    serve: Serve, releases: Releases
) -> None:
    client = serve()
    first = client.post("/v1/chat", json=QUESTION).json()
    key = first["conversation_id"]
    asked = {"message": "Let me talk to a human", "conversation_id": key}
    second = client.post("/v1/chat", json=asked).json()
    assert second["conversation_id"] == key
    assert (second["decision"], second["handoff"]["reason"]) == ("handoff", "asked_for_person")
    third = client.post("/v1/chat", json={**QUESTION, "conversation_id": key}).json()
    assert (third["decision"], third["text"], third["handoff"]) == ("silent", "", None)
    assert len(releases.conversations.handoffs()) == 1
    recorded = client.get(f"/v1/conversations/{key}").json()
    assert [turn["turn_id"] for turn in recorded["turns"]] == [
        turn["turn_id"] for turn in (first, second, third)
    ]


def test_a_question_without_evidence_is_handed_over_and_stored(serve: Serve) -> None:
    client = serve()
    turn = client.post("/v1/chat", json={"message": "Which wine goes with trout?"}).json()
    assert turn["decision"] == "handoff"
    assert turn["citations"] == []
    cases = client.get("/v1/handoffs").json()["items"]
    assert [case["id"] for case in cases] == [turn["handoff"]["id"]]
    assert cases[0]["question"] == "Which wine goes with trout?"
    assert cases[0]["transcript"] == [
        ["customer", "Which wine goes with trout?"],
        ["agent", turn["text"]],
    ]


def test_fifty_customers_at_once_each_get_their_own_answer(serve: Serve) -> None:
    client = serve()

    def ask(_: int) -> tuple[int, str, str]:
        response = client.post("/v1/chat", json=QUESTION)
        return response.status_code, response.json()["decision"], response.json()["conversation_id"]

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(ask, range(50)))
    assert {answer[:2] for answer in answers} == {(200, "answer")}
    assert len({answer[2] for answer in answers}) == 50


def test_without_a_release_the_problem_says_what_to_run(serve: Serve, releases: Releases) -> None:
    releases.live = None
    client = serve()
    response = client.post("/v1/chat", json=QUESTION)
    assert response.status_code == 503
    assert response.headers["content-type"] == "application/problem+json"
    assert "wellkept release" in response.json()["detail"]
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_a_release_that_cannot_be_opened_is_explained(serve: Serve, releases: Releases) -> None:
    releases.fault = ConfigError("the model package is missing; run make install")
    response = serve().post("/v1/chat", json=QUESTION)
    assert (response.status_code, response.json()["detail"]) == (503, str(releases.fault))


def test_a_surrogate_and_control_characters_do_no_harm(serve: Serve) -> None:
    body = b'{"message": "How do I\\u0000 download an \\ud800invoice?"}'
    response = serve().post("/v1/chat", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code in (200, 422)
    assert response.headers["content-type"] in ("application/json", "application/problem+json")
