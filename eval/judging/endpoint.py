"""Where the judge is, as the settings have it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from pydantic import SecretStr

from kb.errors import ConfigError
from kb.settings import Settings


@dataclass(frozen=True, slots=True)
class JudgeEndpoint:
    """An OpenAI-compatible endpoint and the model at it that judges. `writes`: the same model
    writes the answers."""

    url: str
    model: str
    api_key: SecretStr | None = None
    temperature: float = 0.0
    timeout_s: float = 60.0
    writes: bool = False

    @property
    def address(self) -> str:
        """The url without user, password and query, which may be secret."""
        parts = urlsplit(self.url)
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.scheme}://{parts.hostname}{port}{parts.path.rstrip('/')}"


def endpoint_of(settings: Settings) -> JudgeEndpoint | None:
    """The judge of `[evaluation]`, and what is not set there of `[llm]`; None where neither
    names one. The writer's key goes to the writer's url alone.

    Raises `ConfigError` for a judge's url without a model, and the other way about.
    """
    own, llm = settings.evaluation, settings.llm
    url, model = own.judge_url or llm.url, own.judge_model or llm.model
    if not (own.judge_url or own.judge_model) and not (url and model):
        return None
    if not url:
        raise ConfigError("[evaluation] judge_model needs [evaluation] judge_url or [llm] url")
    if not model:
        raise ConfigError("[evaluation] judge_url needs [evaluation] judge_model or [llm] model")
    return JudgeEndpoint(
        url=url,
        model=model,
        api_key=own.judge_api_key or (llm.api_key if url == llm.url else None),
        temperature=own.judge_temperature,
        timeout_s=own.judge_timeout_s,
        writes=bool(llm.url) and model == llm.model,
    )
