"""The models that ragas metrics ask: a language model that judges, and the release's encoder."""

import logging
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import instructor
import numpy as np
from openai import AsyncOpenAI, DefaultAsyncHttpxClient
from ragas.embeddings.base import BaseRagasEmbedding
from ragas.llms.base import InstructorLLM

from eval.judging.endpoint import JudgeEndpoint
from eval.judging.pin import JudgePin, prompts_digest
from eval.judging.reasons import overhear
from eval.judging.replies import Replies
from kb.errors import Transient
from kb.ports import Cache, Encoder

# Long enough for the claims of the longest answer, with a reason each.
_MAX_TOKENS = 4096
# Beside these the client waits as the endpoint's Retry-After says.
_RETRIES = 2


class EncoderEmbedding(BaseRagasEmbedding):  # type: ignore[misc]  # ragas is read untyped
    """An `Encoder` as ragas embeddings; a text is encoded once, and not again in a later run where
    `cache` still has what the same model made of it."""

    def __init__(self, encoder: Encoder, cache: Cache | None = None) -> None:
        super().__init__()
        self._encoder = encoder
        self._cache = cache
        self._kind = f"answers {encoder.fingerprint}"
        self._known: dict[str, list[float]] = {}

    def learn(self, texts: Iterable[str]) -> None:
        """Encodes those that are new in one go, which is far faster than one by one."""
        wanted = [text for text in dict.fromkeys(texts) if text not in self._known]
        if not wanted:
            return
        keys = {text: sha256(text.encode()).hexdigest() for text in wanted}
        kept = self._cache.get(self._kind, keys.values()) if self._cache else {}
        new = [text for text in wanted if keys[text] not in kept]
        if new:
            rows = np.asarray(self._encoder.encode_passages(new), dtype="<f4")
            made = {keys[text]: row.tobytes() for text, row in zip(new, rows, strict=True)}
            kept = {**kept, **made}
            if self._cache:
                self._cache.put(self._kind, made)
        for text in wanted:
            self._known[text] = np.frombuffer(kept[keys[text]], dtype="<f4").tolist()

    def embed_text(self, text: str, **_options: Any) -> list[float]:
        """A vector of length 1, of the encoder's dimension."""
        self.learn([text])
        return self._known[text]

    async def aembed_text(self, text: str, **_options: Any) -> list[float]:
        """The same."""
        return self.embed_text(text)


class Judge(InstructorLLM):  # type: ignore[misc]  # ragas is read untyped
    """A ragas language model, as `llm_factory` makes it, but for three things.

    It owns up to having said nothing: ragas scores an empty list of statements or an empty
    question as 0 or NaN, as if it had been judged; here it raises `Transient`, and the metric
    could not be computed. What it said to a prompt it says again, without being asked. And it
    keeps no id of the user in their home folder for telemetry.
    """

    def __init__(self, endpoint: JudgeEndpoint, client: Any, cache: Cache | None) -> None:
        super().__init__(
            client=instructor.from_openai(client, mode=instructor.Mode.JSON),
            model=endpoint.model,
            provider="openai",
            temperature=endpoint.temperature,
            max_tokens=_MAX_TOKENS,
        )
        self.pin = JudgePin(
            model=endpoint.model,
            endpoint=endpoint.address,
            prompts=prompts_digest(),
            # ragas sets what some models alone allow.
            temperature=float(self._map_provider_params()["temperature"]),
        )
        self.replies = Replies(self.pin, cache)

    async def agenerate(self, prompt: str, response_model: type[Any]) -> Any:
        """The model's reply to `prompt`, asked again where it is not what was asked for."""
        reply = self.replies.recall(prompt, response_model)
        if reply is None:
            reply = await self._ask(prompt, response_model)
            self.replies.keep(prompt, response_model, reply)
        overhear(reply)
        return reply

    async def _ask(self, prompt: str, response_model: type[Any]) -> Any:
        reply = await self.client.chat.completions.create(
            model=self.model,
            messages=[{"role": "user", "content": prompt}],
            response_model=response_model,
            **self._map_provider_params(),
        )
        return _spoken(reply)


def open_judge(endpoint: JudgeEndpoint, cache: Cache | None = None) -> Judge:
    """The endpoint as a ragas language model. Nothing is called yet.

    What it says is kept in `cache`. No connection outlives its call, so that each evaluation may
    run in an event loop of its own.
    """
    # What it logs of a failed call stands in the verdict, with the question.
    logging.getLogger("instructor").setLevel(logging.CRITICAL)
    key = endpoint.api_key
    client = AsyncOpenAI(
        base_url=endpoint.url,
        api_key=key.get_secret_value() if key else "none",
        timeout=endpoint.timeout_s,
        max_retries=_RETRIES,
        http_client=DefaultAsyncHttpxClient(
            timeout=endpoint.timeout_s, headers={"Connection": "close"}
        ),
    )
    return Judge(endpoint, client, cache)


def _spoken(reply: Any) -> Any:
    for name, value in reply:
        if isinstance(value, str | list) and not value:
            raise Transient(f"the judge left '{name}' empty")
    return reply
