"""Who may read customers' data and findings, and what the pages may do."""

import pytest

from tests.api.conftest import Serve

PRIVATE = ("/v1/handoffs", "/v1/findings", "/v1/conversations/none")
KEY = {"api_key": "s3cret-key"}


@pytest.mark.parametrize("path", PRIVATE)
def test_without_a_key_only_this_machine_reads(serve: Serve, path: str) -> None:
    here, away = serve(), serve(client="203.0.113.9")
    assert here.get(path).status_code in (200, 404)
    assert away.get(path).status_code == 403
    assert here.get(path, headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 403
    assert here.get(path, headers={"Host": "rebound.example"}).status_code == 403


@pytest.mark.parametrize("path", PRIVATE)
def test_with_a_key_only_its_bearer_reads(serve: Serve, path: str) -> None:
    client = serve(client="203.0.113.9", server=KEY)
    assert client.get(path).status_code == 401
    assert client.get(path).headers["www-authenticate"] == "Bearer"
    assert client.get(path, headers={"Authorization": "Bearer wrong"}).status_code == 401
    assert client.get(path, headers={"Authorization": "Basic s3cret-key"}).status_code == 401
    right = client.get(path, headers={"Authorization": "Bearer s3cret-key"})
    assert right.status_code in (200, 404)


def test_customers_chat_without_a_key(serve: Serve) -> None:
    client = serve(client="203.0.113.9", server=KEY)
    assert client.post("/v1/chat", json={"message": "hello"}).status_code == 200
    assert client.get("/").status_code == 200


def test_an_article_for_staff_is_not_shown_to_customers(serve: Serve) -> None:
    client = serve()
    for path in ("/v1/articles/staff/overrides.md", "/articles/docs:staff/overrides.md"):
        assert client.get(path).status_code == 404
    internal = serve(agent={"audience": ["staff"]})
    assert internal.get("/v1/articles/staff/overrides.md").status_code == 200


def test_every_response_carries_the_security_headers(serve: Serve) -> None:
    client = serve()
    for path in ("/", "/v1/handoffs", "/nowhere", "/static/chat.js"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
    assert client.get("/v1/handoffs").headers["cache-control"] == "no-store"


def test_markup_in_an_article_is_shown_not_run(serve: Serve) -> None:
    page = serve().get("/articles/security/markup.md").text
    assert '<script>alert("x")' not in page


def test_the_schema_documents_every_route_with_examples(serve: Serve) -> None:
    schema = serve().get("/openapi.json").json()
    paths = ("/v1/chat", "/v1/findings", "/v1/handoffs", "/v1/articles/{article}", "/readyz")
    assert set(paths) <= set(schema["paths"])
    chat = schema["paths"]["/v1/chat"]["post"]
    assert {"200", "404", "413", "422", "503"} <= set(chat["responses"])
    assert schema["components"]["schemas"]["ChatRequest"]["examples"]
    assert schema["components"]["schemas"]["TurnOut"]["examples"]
