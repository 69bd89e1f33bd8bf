"""What confidence means in one help center: from where on to answer, and to ask."""

from hashlib import sha256
from math import exp

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError, model_validator

from agent.answers.confidence import GLANCE, LOOK, logit
from agent.answers.evidence import Features
from kb.errors import ConfigError
from kb.settings import AgentSettings


class Calibration(BaseModel):
    """Thresholds, and how the shipped model's log-odds become a chance in this help center (Platt
    1999: a slope and an intercept). `model` names the coefficients that it was fitted on; `made`
    tells people of what."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    answer: float = Field(ge=0, le=1)
    clarify: float = Field(ge=0, le=1)
    slope: float = Field(1.0, gt=0)
    intercept: float = 0.0
    model: str = ""
    made: dict[str, JsonValue] = {}

    @model_validator(mode="after")
    def _ordered(self) -> "Calibration":
        if self.clarify > self.answer:
            raise ValueError("clarify is above answer")
        return self

    @classmethod
    def shipped(cls, settings: AgentSettings) -> "Calibration":
        """The model as it is, with the thresholds of the settings."""
        low = min(settings.clarify_confidence, settings.answer_confidence)
        return cls(answer=settings.answer_confidence, clarify=low, model=model_name())

    @classmethod
    def read(cls, text: str) -> "Calibration":
        """Of a file that `wellkept eval calibrate` wrote. Raises `ConfigError` for any other, and
        for one that was fitted on other coefficients than these."""
        again = "run `wellkept eval calibrate --out FILE` again"
        try:
            found = cls.model_validate_json(text)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(map(str, first["loc"])) or "file"
            raise ConfigError(f"[agent] calibration: {where}: {first['msg']}; {again}") from None
        if found.model != model_name():
            raise ConfigError(
                f"[agent] calibration was made for another model of confidence; {again}"
            )
        return found

    def confidence(self, features: Features) -> float:
        """The chance that the evidence answers the question, in [0, 1]; 0 without evidence."""
        raw = logit(features)
        return 0.0 if raw is None else self.chance(raw)

    def chance(self, raw: float) -> float:
        """Of the model's log-odds."""
        return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, self.slope * raw + self.intercept))))


def model_name() -> str:
    """Changes when a coefficient does."""
    return sha256(repr((GLANCE, LOOK)).encode()).hexdigest()[:12]
