"""Plain HTTP definitions, and what answers mean on the way."""

import json
import logging
from typing import Any

import pytest

from agent.action import (
    Action,
    ActionRefused,
    ActionSpec,
    CallFailed,
    Effect,
    NothingFound,
    OutcomeUnknown,
    Parameter,
    ValueType,
)
from agent.actions.http import plugin
from agent.backends.definition import Backend, Definition
from kb.errors import ConfigError, Transient
from tests.agent.actions.echo import Echo

CODE = Parameter("code")
OK = Parameter("ok", ValueType.BOOLEAN)
TOKEN = "t0ken-that-must-not-leak"


def action(
    url: str,
    method: str = "POST",
    effect: Effect = Effect.CHANGE,
    backend: dict[str, Any] | None = None,
    **spec: Any,
) -> Action:
    made = Backend("legacy", url, **{"private": True, **(backend or {})})
    stated = {"inputs": (CODE, Parameter("note", required=False)), "outputs": (OK,), **spec}
    found = ActionSpec("ping", effect=effect, timeout_s=0.5, **stated)
    return plugin(made).action(Definition(found, method=method, path="/ping/{code}"))


def test_inputs_go_into_the_path_and_a_json_body(echo: Echo) -> None:
    echo.value = {"ok": True, "internal": "x"}
    assert action(echo.url)({"code": "a b", "note": "hi"}, "key-1") == {"ok": True}
    assert (echo.last.method, echo.last.path) == ("POST", "/ping/a%20b")
    assert json.loads(echo.last.body) == {"note": "hi"}
    assert echo.last.headers["Idempotency-Key"] == "key-1"


def test_what_is_read_or_deleted_has_its_inputs_in_the_query(echo: Echo) -> None:
    echo.value = {"ok": True}
    action(echo.url, "GET", Effect.READ)({"code": "a", "note": "x&y=z"}, "key")
    assert echo.last.path == "/ping/a?note=x%26y%3Dz"


@pytest.mark.parametrize(
    ("status", "headers", "reading", "writing"),
    [
        (400, {}, ActionRefused, ActionRefused),
        (401, {}, CallFailed, CallFailed),
        (403, {}, ActionRefused, ActionRefused),
        (404, {}, NothingFound, NothingFound),
        (408, {}, Transient, Transient),
        (409, {}, ActionRefused, ActionRefused),
        (410, {}, NothingFound, NothingFound),
        (422, {}, ActionRefused, ActionRefused),
        (429, {}, Transient, Transient),
        (500, {}, Transient, OutcomeUnknown),
        (502, {}, Transient, OutcomeUnknown),
        (503, {}, Transient, OutcomeUnknown),
        (503, {"Retry-After": "1"}, Transient, Transient),
        (302, {"Location": "http://169.254.169.254/"}, CallFailed, OutcomeUnknown),
    ],
)
def test_each_status_has_one_meaning(
    echo: Echo,
    status: int,
    headers: dict[str, str],
    reading: type[Exception],
    writing: type[Exception],
) -> None:
    echo.status, echo.headers, echo.value = status, headers, {"detail": "because"}
    with pytest.raises(reading, match=r"because|elsewhere"):
        action(echo.url, "GET", Effect.READ)({"code": "a"}, "key")
    with pytest.raises(writing, match=r"because|elsewhere"):
        action(echo.url)({"code": "a"}, "key")
    assert len(echo.asked) == 2


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"detail": [{"loc": ["body", "amount"], "msg": "too much"}]}, "body.amount: too much"),
        ({"error": {"code": 7, "message": "no such card"}}, "no such card"),
        ({"title": "Out of stock", "status": 409}, "Out of stock"),
        ({"errors": ["one", "two"]}, "one; two"),
        ({"message": "line\nbreak\x1b[31m"}, "line break [31m"),
        ({"detail": "x" * 5_000}, "x" * 300),
    ],
)
def test_a_reason_is_found_where_backends_put_it(echo: Echo, value: Any, said: str) -> None:
    echo.status, echo.value = 409, value
    with pytest.raises(ActionRefused) as raised:
        action(echo.url)({"code": "a"}, "key")
    assert str(raised.value) == said


@pytest.mark.parametrize("status", [400, 405, 415])
def test_a_no_without_a_reason_is_the_operators_to_mend(echo: Echo, status: int) -> None:
    echo.status, echo.raw = status, b"<html>nope</html>"
    with pytest.raises(CallFailed, match=f"answered {status}"):
        action(echo.url)({"code": "a"}, "key")


@pytest.mark.parametrize("raw", [b"<html>", b'{"ok": tr', b'{"ok": NaN}', b"[" * 100_000])
def test_an_answer_that_is_not_json_is_none(echo: Echo, raw: bytes) -> None:
    echo.raw = raw
    with pytest.raises(Transient, match="not JSON"):
        action(echo.url, "GET", Effect.READ)({"code": "a"}, "key")
    with pytest.raises(OutcomeUnknown, match="not JSON"):
        action(echo.url)({"code": "a"}, "key")


def test_an_answer_that_is_too_long_is_none(echo: Echo) -> None:
    echo.raw = b'{"ok": true, "x": "' + b"x" * 1_100_000 + b'"}'
    with pytest.raises(OutcomeUnknown, match="more than 1,000,000 bytes"):
        action(echo.url)({"code": "a"}, "key")


def test_nobody_there_means_that_nothing_was_done() -> None:
    with Echo() as gone:
        url = gone.url
    with pytest.raises(Transient, match="can't be reached"):
        action(url)({"code": "a"}, "key")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "10.0.0.8"])
def test_a_private_address_is_refused_unless_the_file_says_so(host: str) -> None:
    with pytest.raises(CallFailed, match=r"private network.*private = true"):
        action(f"http://{host}:9", backend={"private": False})({"code": "a"}, "key")


def test_a_public_name_is_called_at_an_address_that_was_checked(
    echo: Echo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agent.backends.client.is_public", lambda _: True)
    port, echo.value = echo.url.rpartition(":")[2], {"ok": True}
    found = action(f"http://localhost:{port}", backend={"private": False})
    assert found({"code": "a"}, "key") == {"ok": True}
    assert echo.last.headers["Host"] == f"localhost:{port}"


@pytest.mark.parametrize(
    "url",
    ["", "shop", "ftp://shop", "http://", "http://user:secret@shop", "http://shop/?token=x"],
)
def test_an_address_that_can_not_be_called_is_said(url: str) -> None:
    with pytest.raises(ConfigError, match=r"\[backend.legacy\] url"):
        action(url)


@pytest.mark.parametrize(
    ("header", "sent"), [("", ("Authorization", f"Bearer {TOKEN}")), ("X-Api-Key", None)]
)
def test_the_token_goes_along_and_is_never_repeated(
    echo: Echo,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    header: str,
    sent: tuple[str, str] | None,
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("LEGACY_TOKEN", TOKEN)
    echo.status, echo.value = 409, {"detail": f"{TOKEN} may not"}
    with pytest.raises(ActionRefused) as raised:
        action(echo.url, backend={"token_env": "LEGACY_TOKEN", "token_header": header})(
            {"code": "a"}, "key"
        )
    name, value = sent or (header, TOKEN)
    assert echo.last.headers[name] == value
    assert str(raised.value) == "[secret] may not"
    assert TOKEN not in caplog.text


@pytest.mark.parametrize(
    ("method", "path"), [("", "/x"), ("FETCH", "/x"), ("GET", "x"), ("GET", "/x/{unknown}")]
)
def test_a_definition_that_can_not_be_called_is_said(echo: Echo, method: str, path: str) -> None:
    backend = plugin(Backend("legacy", echo.url, private=True))
    with pytest.raises(ConfigError):
        backend.action(Definition(ActionSpec("ping", inputs=(CODE,)), method=method, path=path))


@pytest.mark.parametrize("value", [{}, {"ok": "perhaps"}, {"ok": 1}, ["x"]])
def test_outputs_that_do_not_fit_are_not_passed_on(echo: Echo, value: Any) -> None:
    echo.value = value
    with pytest.raises(OutcomeUnknown, match="does not fit the outputs"):
        action(echo.url)({"code": "a"}, "key")
