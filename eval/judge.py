"""The models that ragas metrics ask: a language model that judges, and the release's encoder."""

import logging
from typing import Any

import instructor
from openai import AsyncOpenAI, DefaultAsyncHttpxClient
from ragas.embeddings.base import BaseRagasEmbedding
from ragas.llms.base import InstructorLLM

from kb.errors import Transient
from kb.ports import Encoder
from kb.settings import LlmSettings

# Long enough for the claims of the longest answer, with a reason each.
_MAX_TOKENS = 4096
# Beside these the client waits as the endpoint's Retry-After says.
_RETRIES = 2


class EncoderEmbedding(BaseRagasEmbedding):  # type: ignore[misc]  # ragas is read untyped
    """An `Encoder` as ragas embeddings; a text is encoded once."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self._encoder = encoder
        self._known: dict[str, list[float]] = {}

    def embed_text(self, text: str, **_options: Any) -> list[float]:
        """A vector of length 1, of the encoder's dimension."""
        if text not in self._known:
            self._known[text] = self._encoder.encode_passages([text])[0].tolist()
        return self._known[text]

    async def aembed_text(self, text: str, **_options: Any) -> list[float]:
        """The same."""
        return self.embed_text(text)


class Judge(InstructorLLM):  # type: ignore[misc]  # ragas is read untyped
    """A ragas language model, as `llm_factory` makes it, but for two things.

    It owns up to having said nothing: ragas scores an empty list of statements or an empty
    question as 0 or NaN, as if it had been judged; here it raises `Transient`, and the metric
    could not be computed. And it keeps no id of the user in their home folder for telemetry.
    """

    async def agenerate(self, prompt: str, response_model: type[Any]) -> Any:
        """The model's reply to `prompt`, asked again where it is not what was asked for."""
        reply = await self.client.chat.completions.create(
            model=self.model,
            messages=[{"role": "user", "content": prompt}],
            response_model=response_model,
            **self._map_provider_params(),
        )
        return _spoken(reply)


def open_judge(settings: LlmSettings) -> Judge | None:
    """The configured endpoint as a ragas language model; None without url and model.

    Nothing is called yet. No connection outlives its call, so that each evaluation may run in an
    event loop of its own.
    """
    if not (settings.url and settings.model):
        return None
    # What it logs of a failed call stands in the verdict, with the question.
    logging.getLogger("instructor").setLevel(logging.CRITICAL)
    client = AsyncOpenAI(
        base_url=settings.url,
        api_key=settings.api_key.get_secret_value() if settings.api_key else "none",
        timeout=settings.timeout_s,
        max_retries=_RETRIES,
        http_client=DefaultAsyncHttpxClient(
            timeout=settings.timeout_s, headers={"Connection": "close"}
        ),
    )
    return Judge(
        client=instructor.from_openai(client, mode=instructor.Mode.JSON),
        model=settings.model,
        provider="openai",
        temperature=0.0,
        max_tokens=_MAX_TOKENS,
    )


def _spoken(reply: Any) -> Any:
    for name, value in reply:
        if isinstance(value, str | list) and not value:
            raise Transient(f"the judge left '{name}' empty")
    return reply
