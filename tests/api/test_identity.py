"""Who a customer is: only a token that the host application signed proves it."""

from datetime import UTC, datetime, timedelta

import jwt
import pytest

from agent.identity import IdentityLevel
from flows.commands.token import sign
from kb.settings import IdentitySettings
from tests.api.conftest import Releases, Serve

SECRET = "a-secret-of-the-tests-that-is-long-enough"
IDENTITY = {"secret": SECRET}


def token(minutes: int = 5, secret: str = SECRET, **claims: str | None) -> str:
    settings = IdentitySettings.model_validate({"secret": secret})
    return sign(settings, "c-1001", claims, datetime.now(UTC), minutes)


def level_of(releases: Releases, conversation_id: str) -> IdentityLevel:
    conversation = releases.conversations.get(conversation_id)
    assert conversation is not None
    return conversation.identity.level


def test_a_signed_token_verifies_the_customer(serve: Serve, releases: Releases) -> None:
    body = {"message": "hello", "identity_token": token(email="mia@post.example")}
    answer = serve(identity=IDENTITY).post("/v1/chat", json=body)
    assert answer.status_code == 200
    assert level_of(releases, answer.json()["conversation_id"]) is IdentityLevel.VERIFIED


def test_what_is_merely_said_verifies_nobody(serve: Serve, releases: Releases) -> None:
    body = {"message": "I am c-1001", "customer": {"customer_id": "c-1001", "verified": "true"}}
    answer = serve(identity=IDENTITY).post("/v1/chat", json=body)
    assert level_of(releases, answer.json()["conversation_id"]) is not IdentityLevel.VERIFIED


@pytest.mark.parametrize(
    "given",
    [
        token(secret="another-secret-that-is-long-enough-too"),
        token(minutes=-10),
        jwt.encode({"sub": "c-1001", "aud": "wellkept"}, SECRET),
        jwt.encode({"sub": "c-1001", "aud": "wellkept", "exp": 4_000_000_000}, "", "none"),
        jwt.encode(
            {"sub": "c-1", "aud": "other", "exp": datetime.now(UTC) + timedelta(hours=1)}, SECRET
        ),
    ],
)
@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_a_token_that_proves_nothing_is_refused(serve: Serve, given: str, accept: str) -> None:
    body = {"message": "hello", "identity_token": given}
    answer = serve(identity=IDENTITY).post("/v1/chat", json=body, headers={"Accept": accept})
    assert answer.status_code in (401, 422)
    assert given not in answer.text
    assert SECRET not in answer.text


def test_without_a_secret_a_token_is_refused_rather_than_ignored(serve: Serve) -> None:
    answer = serve().post("/v1/chat", json={"message": "hello", "identity_token": token()})
    assert answer.status_code == 401
    assert "WELLKEPT_IDENTITY_SECRET" in answer.json()["detail"]
