"""One model at one OpenAI-compatible endpoint, through llama-index."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from threading import Lock
from typing import TYPE_CHECKING, Any
from weakref import finalize

from pydantic import SecretStr

from agent.models.breaker import Breaker
from agent.models.deadline import Deadline, Watched, watching_client
from agent.models.failures import AGAIN, EndpointFailed, Failure, failure_of

if TYPE_CHECKING:
    from llama_index.llms.openai_like import OpenAILike

# Backoff between tries, doubled each time and with jitter, in seconds.
_FIRST_BACKOFF_S, _LONGEST_BACKOFF_S = 0.25, 4.0
_LONGEST_CONNECT_S = 5.0
# No token of any tokenizer in use is longer on average; a reply that is has no end.
_MOST_CHARS_A_TOKEN = 16


@dataclass(frozen=True)
class Offer:
    """What an endpoint is: prices are for a million tokens."""

    url: str
    model: str
    key: SecretStr | None
    input_price: float
    output_price: float
    retries: int
    max_output_tokens: int


@dataclass
class Usage:
    """Tokens that the endpoint reported; None where it did not."""

    read: int | None = None
    written: int | None = None


class Endpoint:
    """Calls one model. Safe to use from several threads; nothing is opened before the first."""

    def __init__(self, offer: Offer) -> None:
        self.offer = offer
        self.breaker = Breaker()
        self._watched = Watched()
        self._opening = Lock()
        self._plain = False

    @property
    def name(self) -> str:
        return self.offer.model

    def warm(self) -> None:
        """Imports and builds the client, so that no customer waits for it."""
        with self._opening:
            import tenacity  # noqa: F401

            _ = self._llm

    def open(
        self, system: str, user: str, deadline: Deadline, schema: Mapping[str, object] | None
    ) -> tuple[Iterator[str], Usage]:
        """The reply from its first words on, and what will be known of its tokens. Tries again
        while nothing has come. Raises `EndpointFailed`, the iterator too."""
        from tenacity import (
            Retrying,
            retry_if_exception,
            stop_after_attempt,
            stop_any,
            stop_before_delay,
        )

        tries = Retrying(
            stop=stop_any(
                stop_after_attempt(self.offer.retries + 1), stop_before_delay(deadline.left_s())
            ),
            retry=retry_if_exception(
                lambda error: isinstance(error, EndpointFailed) and error.kind in AGAIN
            ),
            wait=_pause_s,
            reraise=True,
        )
        return tries(self._begin, system, user, deadline, schema)

    def _begin(
        self, system: str, user: str, deadline: Deadline, schema: Mapping[str, object] | None
    ) -> tuple[Iterator[str], Usage]:
        """One try. An endpoint that does not take an option is asked once more without."""
        options = {} if self._plain else _options(schema)
        try:
            return self._first(system, user, deadline, options)
        except EndpointFailed as failed:
            if failed.kind is not Failure.UNFIT or not options:
                raise
        reply = self._first(system, user, deadline, {})
        self._plain = True
        return reply

    def _first(
        self, system: str, user: str, deadline: Deadline, options: Mapping[str, object]
    ) -> tuple[Iterator[str], Usage]:
        usage = Usage()
        pieces = self._pieces(system, user, deadline, usage, options)
        first = next(pieces, None)
        if first is None:
            raise EndpointFailed(Failure.UNREADABLE)
        deadline.words_came()
        return chain((first,), pieces), usage

    def _pieces(
        self,
        system: str,
        user: str,
        deadline: Deadline,
        usage: Usage,
        options: Mapping[str, object],
    ) -> Iterator[str]:
        """Words as they come; tool calls and thoughts are left out."""
        try:
            if deadline.passed:
                raise EndpointFailed(Failure.TIMEOUT)
            self._watched.deadline = deadline
            yield from self._read(system, user, deadline, usage, options)
        except GeneratorExit:
            raise
        except Exception as error:  # noqa: BLE001 whatever it is, `failure_of` knows its kind
            raise failure_of(error) from None

    def _read(
        self,
        system: str,
        user: str,
        deadline: Deadline,
        usage: Usage,
        options: Mapping[str, object],
    ) -> Iterator[str]:
        import httpx
        from llama_index.core.llms import ChatMessage

        left = self.offer.max_output_tokens * _MOST_CHARS_A_TOKEN
        wait_s = deadline.left_s()
        messages = [ChatMessage(system, role="system"), ChatMessage(user, role="user")]
        replies = self._llm.stream_chat(
            messages,
            timeout=httpx.Timeout(wait_s, connect=min(wait_s, _LONGEST_CONNECT_S)),
            **options,
        )
        with closing(replies):
            for reply in replies:
                _account(usage, reply.additional_kwargs)
                piece = reply.delta or ""
                left -= len(piece)
                if left < 0 or deadline.passed:
                    raise EndpointFailed(Failure.TIMEOUT)
                if piece:
                    yield piece

    @cached_property
    def _llm(self) -> "OpenAILike":
        from llama_index.llms.openai_like import OpenAILike

        client = watching_client(self._watched)
        # An agent that is let go takes its connections along.
        finalize(self, client.close)
        return OpenAILike(
            model=self.offer.model,
            api_base=self.offer.url,
            api_key=self.offer.key.get_secret_value() if self.offer.key else "none",
            temperature=0.0,
            max_tokens=self.offer.max_output_tokens,
            max_retries=0,
            is_chat_model=True,
            http_client=client,
        )


def _options(schema: Mapping[str, object] | None) -> dict[str, Any]:
    """What makes a reply better where an endpoint understands it."""
    options: dict[str, Any] = {"stream_options": {"include_usage": True}}
    if schema is not None:
        form = {"name": "reply", "strict": True, "schema": dict(schema)}
        options["response_format"] = {"type": "json_schema", "json_schema": form}
    return options


def _account(usage: Usage, told: Mapping[str, object]) -> None:
    read, written = told.get("prompt_tokens"), told.get("completion_tokens")
    if isinstance(read, int) and isinstance(written, int):
        usage.read, usage.written = read, written


def _pause_s(state: Any) -> float:
    """What the endpoint asked for, else backoff with jitter."""
    from tenacity import wait_exponential_jitter

    error = state.outcome.exception()
    told = error.retry_after_s if isinstance(error, EndpointFailed) else None
    backoff = wait_exponential_jitter(
        multiplier=_FIRST_BACKOFF_S, max=_LONGEST_BACKOFF_S, jitter=_FIRST_BACKOFF_S
    )
    return float(told if told is not None else backoff(state))
