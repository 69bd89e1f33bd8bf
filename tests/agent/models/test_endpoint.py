"""A model over real HTTP: what it costs, how long it may take, and what happens when it fails."""

import logging
from collections.abc import Iterator
from time import perf_counter
from typing import TYPE_CHECKING

import pytest

from agent.models.breaker import Breaker
from agent.models.chat import Models, open_models
from agent.models.failures import Failure, failure_of
from agent.models.prompts import Prompts
from kb.errors import Transient
from kb.settings import LlmSettings
from tests.openai_server import Fault, OpenAIServer, Reply, Request, Script, Slowly

if TYPE_CHECKING:
    import httpx
    import openai

KEY = "sk-top-secret"
SCHEMA = {
    "type": "object",
    "properties": {"name": {"type": "string"}},
    "required": ["name"],
    "additionalProperties": False,
}


def models(server: OpenAIServer, **settings: object) -> Models:
    values = {
        "url": server.url,
        "model": "first",
        "api_key": KEY,
        "retries": 2,
        "first_token_timeout_s": 4.0,
        "timeout_s": 8.0,
    }
    found = open_models(LlmSettings.model_validate({**values, **settings}), Prompts.shipped())
    assert found
    return found


def answering(*replies: Reply) -> Script:
    """Each reply once, then the last for ever."""
    left = list(replies)
    return lambda request: left.pop(0) if len(left) > 1 else left[0]


def by_model(**replies: Reply) -> Script:
    return lambda request: replies[str(request["model"])]


def said(pieces: Iterator[str]) -> str:
    return "".join(pieces)


def test_without_an_endpoint_there_is_no_model() -> None:
    assert open_models(LlmSettings(), Prompts.shipped()) is None


def test_a_reply_comes_in_pieces_as_the_model_writes_it() -> None:
    with OpenAIServer(answering("One two three.")) as server:
        assert list(models(server).begin().model.stream("s", "u")) == ["One", " two", " three."]
        [request] = server.requests
    assert [item["role"] for item in request["messages"]] == ["system", "user"]
    assert server.authorizations == [f"Bearer {KEY}"]


def test_reported_tokens_are_charged_at_the_prices_of_the_settings() -> None:
    with OpenAIServer(answering(Slowly(["Hello."], usage=(2_000, 500)))) as server:
        model = models(server, input_price=3.0, output_price=15.0).begin().model
        assert said(model.stream("s", "u")) == "Hello."
    spent = model.spent()
    assert (spent.model, spent.input_tokens, spent.output_tokens) == ("first", 2_000, 500)
    assert spent.cost == pytest.approx(0.0135)
    assert spent.ms > 0


def test_tokens_are_estimated_where_the_endpoint_reports_none() -> None:
    with OpenAIServer(answering("x" * 40)) as server:
        model = models(server).begin().model
        said(model.stream("a" * 10, "b" * 10))
    assert (model.spent().input_tokens, model.spent().output_tokens) == (5, 10)


def test_each_turn_has_an_account_of_its_own() -> None:
    with OpenAIServer(answering("Hello.")) as server:
        shared = models(server)
        said(shared.begin().model.stream("s", "u"))
        assert shared.begin().model.spent().output_tokens == 0


@pytest.mark.parametrize("fault", [Fault(503), Fault(500), Fault(0)])
def test_a_failed_call_is_tried_again(fault: Fault) -> None:
    with OpenAIServer(answering(fault, "Hello.")) as server:
        model = models(server).begin().model
        assert said(model.stream("s", "u")) == "Hello."
        assert len(server.requests) == 2
    assert model.spent().failures == ()


def test_the_pause_that_the_endpoint_asks_for_is_kept() -> None:
    busy = Fault(429, headers={"Retry-After": "0.4"})
    with OpenAIServer(answering(busy, "Hello.")) as server:
        began = perf_counter()
        assert said(models(server).begin().model.stream("s", "u")) == "Hello."
    assert perf_counter() - began >= 0.4


def test_an_endpoint_that_asks_for_a_long_pause_is_left_alone() -> None:
    with OpenAIServer(answering(Fault(429, headers={"Retry-After": "30"}))) as server:
        shared = models(server)
        began = perf_counter()
        for _ in range(3):
            with pytest.raises(Transient):
                said(shared.begin().model.stream("s", "u"))
        assert len(server.requests) == 1
    assert perf_counter() - began < 3.5


@pytest.mark.parametrize(
    "reply",
    [
        Fault(401),
        Fault(404),
        Fault(500),
        Fault(200, "no events at all", 0.0, {"Content-Type": "text/event-stream"}),
        Slowly(["late"], first_s=2.0),
        Slowly(signs=30, between_s=0.1),
        Slowly(raw="data: {not json}\n\n"),
        Slowly(raw='data: {"choices": 7}\n\n'),
        Slowly([{"tool_calls": [{"index": 0, "function": {"name": "refund", "arguments": "{}"}}]}]),
        "",
    ],
)
def test_the_second_model_is_asked_when_the_first_gives_no_words(reply: Reply) -> None:
    with OpenAIServer(by_model(first=reply, second="Hello.")) as server:
        model = (
            models(server, retries=1, fallback_model="second", first_token_timeout_s=0.6)
            .begin()
            .model
        )
        began = perf_counter()
        assert said(model.stream("s", "u")) == "Hello."
        assert perf_counter() - began < 3.0
    assert model.spent().model == "second"
    assert len(model.spent().failures) == 1
    assert model.spent().failures[0].startswith("first: ")


def test_the_key_of_one_endpoint_is_not_shown_to_another() -> None:
    with OpenAIServer(answering(Fault(401))) as one, OpenAIServer(answering("Hello.")) as other:
        shared = models(one, fallback_url=other.url, fallback_model="second")
        assert said(shared.begin().model.stream("s", "u")) == "Hello."
        assert KEY not in other.authorizations[0]


def test_a_reply_that_breaks_off_is_an_error_after_what_came() -> None:
    with OpenAIServer(answering(Slowly(["One", " two"], drop=True))) as server:
        model = models(server).begin().model
        pieces = model.stream("s", "u")
        assert [next(pieces), next(pieces)] == ["One", " two"]
        with pytest.raises(Transient):
            next(pieces)
    assert model.spent().failures == ("first: broken",)
    assert model.spent().output_tokens == 2


@pytest.mark.parametrize(
    "reply", [Slowly(["One"], stall_s=5.0), Slowly(["drip"] * 100, between_s=0.05)]
)
def test_a_reply_that_never_ends_is_given_up_in_time(reply: Slowly) -> None:
    with OpenAIServer(answering(reply)) as server:
        shared = models(server, first_token_timeout_s=0.6, timeout_s=1.5)
        shared.warm()
        began = perf_counter()
        with pytest.raises(Transient):
            said(shared.begin().model.stream("s", "u"))
        assert perf_counter() - began < 2.6


def test_a_dead_endpoint_does_not_cost_every_turn_its_time_out() -> None:
    with OpenAIServer(answering(Slowly(first_s=1.0))) as server:
        shared = models(server, first_token_timeout_s=0.2)
        for _ in range(6):
            with pytest.raises(Transient):
                said(shared.begin().model.stream("s", "u"))
        assert len(server.requests) == 2


def test_a_breaker_lets_one_call_try_after_a_pause_that_grows() -> None:
    clock = [0.0]
    breaker = Breaker(lambda: clock[0])
    for _ in range(2):
        assert breaker.allows()
        breaker.failed()
    assert not breaker.allows()
    clock[0] = 15.0
    assert [breaker.allows(), breaker.allows()] == [True, False]
    breaker.failed()
    clock[0] = 40.0
    assert not breaker.allows()
    clock[0] = 46.0
    assert breaker.allows()
    breaker.worked()
    assert [breaker.allows(), breaker.allows()] == [True, True]


def test_an_option_that_an_endpoint_does_not_know_is_left_out() -> None:
    def picky(request: Request) -> Reply:
        return Fault(400) if "stream_options" in request else "Hello."

    with OpenAIServer(picky) as server:
        shared = models(server)
        assert said(shared.begin().model.stream("s", "u")) == "Hello."
        assert said(shared.begin().model.stream("s", "u")) == "Hello."
        assert len(server.requests) == 3


def test_an_object_is_taken_out_of_what_surrounds_it() -> None:
    with OpenAIServer(answering('Sure!\n```json\n{"name": "Ada"}\n```')) as server:
        model = models(server).begin().model
        assert model.structured("s", "u", SCHEMA) == {"name": "Ada"}
        assert server.requests[0]["response_format"]["json_schema"]["strict"] is True


@pytest.mark.parametrize("reply", ["I'd rather not.", '{"name": 7}', '["Ada"]', "}{", {"n": "A"}])
def test_an_object_of_another_shape_is_a_failure(reply: Reply) -> None:
    with OpenAIServer(answering(reply)) as server:
        model = models(server).begin().model
        with pytest.raises(Transient):
            model.structured("s", "u", SCHEMA)
    assert model.spent().failures == ("first: unreadable",)


def test_neither_keys_nor_words_reach_the_log_or_an_error(
    caplog: pytest.LogCaptureFixture,
) -> None:
    fault = Fault(401, '{"error": {"message": "bad key sk-top-secret for my card 4111"}}')
    with OpenAIServer(answering(fault)) as server, caplog.at_level(logging.DEBUG, "wellkept"):
        model = models(server).begin().model
        with pytest.raises(Transient) as raised:
            said(model.stream("my card 4111", "my card 4111"))
    seen = caplog.text + str(raised.value) + repr(model.spent())
    assert "refused" in seen
    assert "4111" not in seen
    assert "secret" not in seen


def test_every_error_of_the_client_has_a_kind_of_its_own() -> None:
    import httpx
    import openai

    request = httpx.Request("POST", "http://localhost/v1")
    kinds = [
        kind
        for kind in list(vars(openai).values())
        if isinstance(kind, type) and issubclass(kind, openai.APIStatusError)
    ]
    found = {kind.__name__: failure_of(_raised(kind, request)).kind for kind in kinds}
    assert found == {
        "APIStatusError": Failure.UNFIT,
        "BadRequestError": Failure.UNFIT,
        "UnprocessableEntityError": Failure.UNFIT,
        "AuthenticationError": Failure.REFUSED,
        "OAuthError": Failure.REFUSED,
        "PermissionDeniedError": Failure.REFUSED,
        "NotFoundError": Failure.REFUSED,
        "ConflictError": Failure.BROKEN,
        "InternalServerError": Failure.BROKEN,
        "RateLimitError": Failure.BUSY,
    }
    assert failure_of(openai.APITimeoutError(request)).kind is Failure.TIMEOUT
    assert failure_of(openai.APIConnectionError(request=request)).kind is Failure.BROKEN
    assert failure_of(ValueError("x")).kind is Failure.UNREADABLE


def _raised(kind: "type[openai.APIStatusError]", request: "httpx.Request") -> Exception:
    """An error of this kind, whatever its own constructor wants."""
    import httpx

    error = kind.__new__(kind)
    told = getattr(kind, "status_code", None)
    if kind.__name__ == "InternalServerError":
        told = 502
    error.status_code = told if isinstance(told, int) else 418
    error.response = httpx.Response(error.status_code, request=request)
    return error
