"""The models of a deployment: one, and the one behind it."""

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from time import perf_counter

from agent.action import Values
from agent.models.assistance import Assistance
from agent.models.deadline import Deadline
from agent.models.endpoint import Endpoint, Offer, Usage
from agent.models.failures import AGAIN, EndpointFailed, Failure
from agent.models.prompts import Prompts
from agent.types import Spent
from kb.errors import Transient
from kb.settings import LlmSettings

_log = logging.getLogger("wellkept.models")
# Where an endpoint reports no usage: about four characters make a token of English text
# (help.openai.com, "What are tokens and how to count them?").
CHARS_A_TOKEN = 4


class Models:
    """Lives as long as the process; safe to use from several threads."""

    def __init__(self, settings: LlmSettings, prompts: Prompts) -> None:
        """`settings` has a url and a model."""
        self._settings = settings
        self._prompts = prompts
        self._endpoints = [Endpoint(offer) for offer in _offers(settings)]

    def begin(self) -> Assistance:
        """For one turn, with an account of its own."""
        return Assistance(Chat(self._endpoints, self._settings), self._prompts)

    def warm(self) -> None:
        """Loads what the first turn would otherwise wait for; calls nobody."""
        for endpoint in self._endpoints:
            endpoint.warm()


def open_models(settings: LlmSettings, prompts: Prompts) -> Models | None:
    """None where no endpoint and model are set. Nothing is called yet."""
    return Models(settings, prompts) if settings.url and settings.model else None


class Chat:
    """A `ChatModel` of one turn: asks each endpoint in order until one replies."""

    def __init__(self, endpoints: Sequence[Endpoint], settings: LlmSettings) -> None:
        self._endpoints, self._settings = endpoints, settings
        self._spent = Spent(endpoints[0].name)

    @property
    def name(self) -> str:
        return self._endpoints[0].name

    def spent(self) -> Spent:
        return self._spent

    def stream(self, system: str, user: str) -> Iterator[str]:
        """The reply in pieces. Raises `Transient` when no endpoint answers in time, or when one
        breaks off; then what came before is all there is."""
        yield from self._reply(system, user, None)

    def structured(self, system: str, user: str, schema: Mapping[str, object]) -> Values:
        """An object that fits the JSON schema. Raises `Transient`, also for one that does not."""
        from jsonschema import ValidationError, validate

        text = "".join(self._reply(system, user, schema))
        try:
            found = json.loads(_object_in(text))
            validate(found, dict(schema))
        except (ValueError, ValidationError):
            self._note(self.name, Failure.UNREADABLE)
            raise Transient("the model's reply does not fit what was asked for") from None
        if not isinstance(found, dict):
            raise Transient("the model's reply is no object")
        return found

    def _reply(self, system: str, user: str, schema: Mapping[str, object] | None) -> Iterator[str]:
        self._endpoints[0].warm()
        deadline = Deadline(self._settings.first_token_timeout_s, self._settings.timeout_s)
        for place, endpoint in enumerate(self._endpoints):
            if not endpoint.breaker.allows():
                self._note(endpoint.name, "out of order")
                continue
            deadline = deadline.renewed() if place else deadline
            began = perf_counter()
            try:
                pieces, usage = endpoint.open(system, user, deadline, schema)
            except EndpointFailed as failed:
                self._lost(endpoint, failed)
                self._add(endpoint, began)
                continue
            yield from self._read(endpoint, pieces, usage, began, len(system) + len(user))
            return
        raise Transient("no language model answers")

    def _read(
        self, endpoint: Endpoint, pieces: Iterator[str], usage: Usage, began: float, asked: int
    ) -> Iterator[str]:
        chars = 0
        try:
            for piece in pieces:
                chars += len(piece)
                yield piece
            endpoint.breaker.worked()
        except EndpointFailed as failed:
            self._lost(endpoint, failed)
            raise Transient("the language model broke off") from None
        finally:
            read = usage.read if usage.read is not None else ceil(asked / CHARS_A_TOKEN)
            written = usage.written if usage.written is not None else ceil(chars / CHARS_A_TOKEN)
            self._add(endpoint, began, read, written)

    def _lost(self, endpoint: Endpoint, failed: EndpointFailed) -> None:
        level = logging.ERROR if failed.kind is Failure.REFUSED else logging.WARNING
        _log.log(level, "model %s failed: %s", endpoint.name, failed)
        endpoint.breaker.failed(failed.retry_after_s if failed.kind in AGAIN else None)
        self._note(endpoint.name, failed.kind)

    def _note(self, name: str, why: str) -> None:
        self._spent = _plus(self._spent, failures=(f"{name}: {why}",))

    def _add(self, endpoint: Endpoint, began: float, read: int = 0, written: int = 0) -> None:
        offer = endpoint.offer
        self._spent = _plus(
            self._spent,
            endpoint.name if written else "",
            read,
            written,
            (read * offer.input_price + written * offer.output_price) / 1_000_000,
            (perf_counter() - began) * 1000,
        )


def _plus(
    spent: Spent,
    model: str = "",
    read: int = 0,
    written: int = 0,
    cost: float = 0.0,
    ms: float = 0.0,
    failures: tuple[str, ...] = (),
) -> Spent:
    return Spent(
        model or spent.model,
        spent.input_tokens + read,
        spent.output_tokens + written,
        spent.cost + cost,
        round(spent.ms + ms, 3),
        (*spent.failures, *failures),
    )


def _offers(settings: LlmSettings) -> Iterator[Offer]:
    first = Offer(
        str(settings.url),
        str(settings.model),
        settings.api_key,
        settings.input_price,
        settings.output_price,
        settings.retries,
        settings.max_output_tokens,
    )
    yield first
    if settings.fallback_model:
        # The key of one endpoint is never shown to another.
        key = settings.fallback_api_key if settings.fallback_url else settings.api_key
        prices = settings.fallback_input_price, settings.fallback_output_price
        yield Offer(
            settings.fallback_url or first.url,
            settings.fallback_model,
            key,
            first.input_price if prices[0] is None else prices[0],
            first.output_price if prices[1] is None else prices[1],
            settings.retries,
            settings.max_output_tokens,
        )


def _object_in(text: str) -> str:
    """From the first brace to the last: some models put a fence or a word around JSON."""
    start, end = text.find("{"), text.rfind("}")
    if not 0 <= start < end:
        raise ValueError("no object")
    return text[start : end + 1]
