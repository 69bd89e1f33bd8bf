"""Findings as work, over HTTP."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from api.finding_schemas import FINDING_EXAMPLE, FindingOut
from kb.findings import Evidence, Finding, FindingKind, Severity
from kb.report.wire import to_json
from tests.api.conftest import Serve
from tests.kb.findings import finding

A = Evidence(
    "docs:billing/a.md", "billing/a.md", "A", "30 days", 0, 7, "Refunds", 1, None, ((0, 2),)
)
B = Evidence("docs:b.md", "b.md", "B", "14 days", 3, 10)
TOMORROW = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
ANN = {"by": "ann"}
FOUND: Sequence[Finding] = (
    finding("low", B, kind=FindingKind.STALE, severity=Severity.LOW),
    finding("stale", B, kind=FindingKind.STALE, severity=Severity.HIGH, owner="ben"),
    finding("sides", A, B, severity=Severity.HIGH, confidence=0.9, details={"subject": "refund"}),
)


@pytest.fixture
def client(serve: Serve) -> TestClient:
    return serve(*FOUND)


def status_of(client: TestClient, name: str) -> str:
    return str(client.get(f"/v1/findings/{name}").json()["status"])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["sides", "stale", "low"]),
        ("kind=stale", ["stale", "low"]),
        ("owner=ann&severity=high", ["sides"]),
        ("status=fixed", []),
        ("status=fixed&status=open&kind=contradiction", ["sides"]),
        ("article=b.md", ["sides", "stale", "low"]),
        ("article=billing", ["sides"]),
        ("limit=1&offset=1", ["stale"]),
    ],
)
def test_findings_are_listed_most_harmful_first(
    client: TestClient, query: str, expected: list[str]
) -> None:
    assert [item["id"] for item in client.get(f"/v1/findings?{query}").json()["items"]] == expected


def test_a_page_tells_how_many_there_are(client: TestClient) -> None:
    page = client.get("/v1/findings?limit=1&severity=high").json()
    assert (page["total"], page["limit"], page["offset"]) == (2, 1, 0)


@pytest.mark.parametrize("query", ["limit=0", "severity=huge", "status=lost", "kind=odd"])
def test_a_filter_that_means_nothing_is_refused(client: TestClient, query: str) -> None:
    assert client.get(f"/v1/findings?{query}").status_code == 422


def test_a_finding_is_told_with_its_quotes_and_its_history(client: TestClient) -> None:
    told = client.get("/v1/findings/sides").json()
    assert [item["quote"] for item in told["evidence"]] == ["30 days", "14 days"]
    assert told["evidence"][0]["marks"] == [[0, 2]]
    assert told["details"] == {"subject": "refund"}
    assert [(item["status"], item["by"]) for item in told["history"]] == [("open", "wellkept")]


def test_the_wire_has_all_that_the_command_tells(client: TestClient) -> None:
    assert set(FindingOut.model_fields) == set(to_json(FOUND[0])) == set(FINDING_EXAMPLE)
    listed = client.get("/v1/findings?kind=contradiction").json()["items"][0]
    assert set(listed) == set(to_json(FOUND[0]))


def test_findings_are_accepted_snoozed_dismissed_and_reopened(client: TestClient) -> None:
    changes = [
        ("accept", ANN, "accepted"),
        ("snooze", {**ANN, "until": TOMORROW}, "snoozed"),
        ("dismiss", {**ANN, "reason": "both are true"}, "dismissed"),
        ("reopen", {"by": "ben", "reason": "not both"}, "open"),
    ]
    for verb, body, status in changes:
        answer = client.post(f"/v1/findings/sides/{verb}", json=body)
        assert (answer.status_code, answer.json()["status"]) == (200, status)
        assert status_of(client, "sides") == status
    history = client.get("/v1/findings/sides").json()["history"]
    assert [item["status"] for item in history[1:]] == [status for _, _, status in changes]
    assert [(item["by"], item["reason"]) for item in history[3:]] == [
        ("ann", "both are true"),
        ("ben", "not both"),
    ]
    assert history[2]["until"].startswith(TOMORROW)


@pytest.mark.parametrize(
    ("verb", "body", "field"),
    [
        ("accept", {}, "by"),
        ("accept", {"by": "  "}, "by"),
        ("accept", {"by": "an\nn"}, "by"),
        ("accept", {**ANN, "until": TOMORROW}, "until"),
        ("dismiss", ANN, "reason"),
        ("dismiss", {**ANN, "reason": " "}, "reason"),
        ("snooze", ANN, "until"),
        ("snooze", {**ANN, "until": "soon"}, "until"),
        ("snooze", {**ANN, "until": "2020-01-01"}, "in the future"),
    ],
)
def test_a_change_that_lacks_something_changes_nothing(
    client: TestClient, verb: str, body: dict[str, str], field: str
) -> None:
    answer = client.post(f"/v1/findings/sides/{verb}", json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert field in answer.json()["detail"]
    assert len(client.get("/v1/findings/sides").json()["history"]) == 1


def test_an_unknown_finding_is_a_404(client: TestClient) -> None:
    for answer in (
        client.get("/v1/findings/nobody"),
        client.post("/v1/findings/nobody/accept", json=ANN),
    ):
        assert answer.status_code == 404
        assert "nobody" in answer.json()["detail"]
    assert client.get("/v1/findings/no%20id").status_code == 422


def test_a_change_that_the_status_does_not_allow_is_a_conflict(client: TestClient) -> None:
    answer = client.post("/v1/findings/sides/reopen", json=ANN)
    assert answer.status_code == 409
    assert "open already" in answer.json()["detail"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_page_elsewhere_can_not_change_a_finding(client: TestClient, kind: str) -> None:
    """A browser sends these types without asking first."""
    answer = client.post(
        "/v1/findings/sides/accept", content='{"by": "ann"}', headers={"Content-Type": kind}
    )
    assert answer.status_code == 415
    asked = client.options(
        "/v1/findings/sides/accept",
        headers={
            "Origin": "https://elsewhere.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )
    assert "access-control-allow-origin" not in asked.headers
    assert status_of(client, "sides") == "open"


@pytest.mark.parametrize("verb", ["accept", "dismiss", "snooze", "reopen"])
def test_only_this_machine_or_the_bearer_of_the_key_changes_findings(
    serve: Serve, verb: str
) -> None:
    path = f"/v1/findings/sides/{verb}"
    away = serve(*FOUND, client="203.0.113.9")
    assert away.post(path, json=ANN).status_code == 403
    assert (
        serve(*FOUND).post(path, json=ANN, headers={"Host": "rebound.example"}).status_code == 403
    )
    keyed = serve(*FOUND, server={"api_key": "s3cret-key"})
    assert keyed.post(path, json=ANN).status_code == 401
    key = {"Authorization": "Bearer s3cret-key"}
    assert keyed.post(path, json={}, headers=key).status_code == 422
    assert status_of_with(keyed, key) == "open"


def status_of_with(client: TestClient, headers: dict[str, str]) -> str:
    return str(client.get("/v1/findings/sides", headers=headers).json()["status"])


def test_the_schema_documents_what_can_be_done_with_a_finding(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for verb in ("accept", "dismiss", "snooze", "reopen"):
        responses = paths[f"/v1/findings/{{finding_id}}/{verb}"]["post"]["responses"]
        assert {"200", "401", "403", "404", "409", "415", "422"} <= set(responses)
    assert {"200", "404"} <= set(paths["/v1/findings/{finding_id}"]["get"]["responses"])
