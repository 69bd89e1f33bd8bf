"""How the agent answers, acts and hands over."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr

from kb.settings.section import SECRET, Section


class AgentSettings(Section):
    """How the agent decides."""

    audience: list[str] = Field(
        ["customers"], description="Whose articles the chat may use, beside those for everybody."
    )
    answer_confidence: float = Field(
        0.65,
        ge=0,
        le=1,
        description="Below, the agent does not answer; a calibration takes its place.",
    )
    clarify_confidence: float = Field(
        0.4,
        ge=0,
        le=1,
        description="From here up to answer_confidence it asks one clarifying question; below, it hands over. A calibration takes its place.",
    )
    max_sentences: int = Field(6, gt=0, description="Longest answer without a language model.")
    contradictions: Literal["say", "prefer", "handoff"] = Field(
        "say",
        description="What an open contradiction on a cited passage does: say so, prefer the authoritative or else the newer side silently (and say so where neither is), or hand over.",
    )
    stale: Literal["ignore", "say", "handoff"] = Field(
        "say",
        description="What a finding that a cited passage is stale does: nothing, say so, or hand over.",
    )
    verified_only: bool = Field(
        default=False, description="Answer only from articles that are within their review cycle."
    )
    max_message_chars: int = Field(8_000, gt=0, description="A longer message is refused.")
    calibration: Path | None = Field(
        None,
        description="What `wellkept eval calibrate` wrote: the thresholds and the model of confidence that a release pins. Unset: those that ship.",
    )


class LlmSettings(Section):
    """An OpenAI-compatible endpoint; without one nothing here is used."""

    url: str | None = Field(None, description="Base URL, such as http://localhost:8080/v1.")
    model: str | None = Field(None, description="Model name at the endpoint.")
    api_key: SecretStr | None = Field(
        None, description="Key of the endpoint.", json_schema_extra=SECRET
    )
    timeout_s: float = Field(
        60.0, gt=0, description="Longest wait for one reply, with all tries and the second model."
    )
    first_token_timeout_s: float = Field(
        15.0, gt=0, description="Longest wait for the first words; then the next model is asked."
    )
    retries: int = Field(2, ge=0, description="More tries of a call that failed, with backoff.")
    fallback_url: str | None = Field(
        None, description="Endpoint of the second model; unset: the same."
    )
    fallback_model: str | None = Field(
        None,
        description="Asked when the first model fails; when it fails too the articles are quoted.",
    )
    fallback_api_key: SecretStr | None = Field(
        None,
        description="Key of fallback_url; the first endpoint's key is never sent there.",
        json_schema_extra=SECRET,
    )
    max_output_tokens: int = Field(800, gt=0, description="Longest reply of the model.")
    input_price: float = Field(0.0, ge=0, description="Cost of a million tokens read.")
    output_price: float = Field(0.0, ge=0, description="Cost of a million tokens written.")
    fallback_input_price: float | None = Field(
        None, ge=0, description="The same of the second model; unset: as the first."
    )
    fallback_output_price: float | None = Field(
        None, ge=0, description="The same of the second model; unset: as the first."
    )


class ProceduresSettings(Section):
    """What operators wrote for the agent to carry out."""

    path: Path | None = Field(None, description="Folder of procedures (Markdown).")


class ActionsSettings(Section):
    """What procedures may do on backends."""

    path: Path | None = Field(None, description="TOML file that defines the actions.")


class IdentitySettings(Section):
    """How a customer is known for sure: by a token that the host application signs."""

    secret: SecretStr | None = Field(
        None, description="Key of the tokens (HS256).", json_schema_extra=SECRET
    )
    issuer: str | None = Field(None, description="The tokens' `iss`; unset: any.")
    audience: str = Field("wellkept", description="The tokens' `aud`.")
    leeway_s: int = Field(30, ge=0, description="How far clocks may differ.")
