"""Who a signed token names, and which are not believed."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest

from agent.execution.tokens import TokenVerifier
from agent.identity import Identity, IdentityLevel
from kb.errors import ConfigError, Permanent
from kb.settings import IdentitySettings

SECRET = "k" * 32
OTHER = "o" * 32


def claims(**changes: Any) -> dict[str, Any]:
    """Of a token that is good for an hour; None takes one away."""
    whole = {
        "sub": "c-1",
        "aud": "wellkept",
        "exp": datetime.now(UTC) + timedelta(hours=1),
        "email": "ann@example.com",
        **changes,
    }
    return {name: value for name, value in whole.items() if value is not None}


def signed(secret: str = SECRET, algorithm: str = "HS256", **changes: Any) -> str:
    return jwt.encode(claims(**changes), secret, algorithm=algorithm)


def verifier(**settings: Any) -> TokenVerifier:
    return TokenVerifier(IdentitySettings(**{"secret": SECRET, **settings}))


def test_a_good_token_verifies_its_customer() -> None:
    token = signed(name="Ann", plan="plus", admin=True)
    known = {"email": "ann@example.com", "name": "Ann", "plan": "plus"}
    assert verifier()(token) == Identity(IdentityLevel.VERIFIED, "c-1", known, "signed token")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"exp": datetime.now(UTC) - timedelta(minutes=5)}, "expired"),
        ({"nbf": datetime.now(UTC) + timedelta(hours=1)}, "not valid yet"),
        ({"aud": "somebody else"}, "not for 'wellkept'"),
        ({"aud": None}, r"names no audience \(aud\)|not for"),
        ({"exp": None}, r"names no expiry \(exp\)"),
        ({"sub": None}, r"names no customer \(sub\)"),
        ({"sub": "  "}, r"names no customer \(sub\)"),
        ({"secret": OTHER}, "another key"),
        ({"algorithm": "HS512", "secret": "k" * 64}, "not signed with HS256"),
    ],
)
def test_a_token_that_is_not_valid_is_refused_without_repeating_it(
    changes: dict[str, Any], said: str
) -> None:
    token = signed(**changes)
    with pytest.raises(Permanent, match=said) as raised:
        verifier()(token)
    assert token not in str(raised.value)
    assert "ann@example.com" not in str(raised.value)


def test_a_token_that_says_it_needs_no_signature_is_refused() -> None:
    parts = [{"alg": "none", "typ": "JWT"}, {**claims(), "exp": 4_000_000_000}]
    header, body = (
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts
    )
    with pytest.raises(Permanent, match="not signed with HS256"):
        verifier()(f"{header}.{body}.")


@pytest.mark.parametrize("token", ["", "a.b", "a.b.c", "é" * 10, "x" * 100_000])
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(Permanent):
        verifier()(token)


def test_an_issuer_that_is_set_must_be_named() -> None:
    asks = verifier(issuer="https://shop.example")
    assert asks(signed(iss="https://shop.example")).verified
    with pytest.raises(Permanent, match="not from"):
        asks(signed(iss="https://evil.example"))
    with pytest.raises(Permanent, match="names no issuer"):
        asks(signed())


def test_clocks_may_differ_by_the_leeway() -> None:
    late = signed(exp=datetime.now(UTC) - timedelta(seconds=5))
    assert verifier(leeway_s=30)(late).verified
    with pytest.raises(Permanent, match="expired"):
        verifier(leeway_s=0)(late)


def test_without_a_secret_nothing_is_believed() -> None:
    with pytest.raises(Permanent, match="WELLKEPT_IDENTITY_SECRET is not set"):
        TokenVerifier(IdentitySettings())(signed())


def test_a_short_secret_is_refused_at_once() -> None:
    with pytest.raises(ConfigError, match="at least 32 bytes"):
        verifier(secret="short")
