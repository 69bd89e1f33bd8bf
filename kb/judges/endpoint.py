"""A language model behind an OpenAI-compatible endpoint as a second judge."""

import json
from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING
from weakref import finalize

from pydantic import BaseModel, ConfigDict, Field

from kb.errors import Transient
from kb.findings import Finding, Opinion, Verdict
from kb.settings import JudgeSettings, LlmSettings

if TYPE_CHECKING:
    from openai import OpenAI
    from openai.types.shared_params import ResponseFormatJSONSchema

_RETRIES = 1
_LONGEST_REASON = 400


class _Case(BaseModel):
    model_config = ConfigDict(extra="forbid")

    number: int
    contradiction: bool
    confidence: float = Field(ge=0, le=1)
    reason: str


class _Reply(BaseModel):
    model_config = ConfigDict(extra="forbid")

    cases: list[_Case]


class EndpointJudge:
    """Asks the model with a strict schema; a reply of any other shape is a failure."""

    def __init__(self, settings: JudgeSettings, llm: LlmSettings) -> None:
        """`llm` has a url and a model."""
        self._timeout_s, self._llm = settings.timeout_s, llm

    @property
    def name(self) -> str:
        """The model and the version of the prompt."""
        return f"{self._llm.model}@{sha256(self._prompt.encode()).hexdigest()[:8]}"

    def judge(self, findings: Sequence[Finding]) -> list[Opinion | None]:
        """One for each; None for a case that the model left out. Raises what the client raises,
        and `Transient` for a reply that says nothing."""
        reply = self._client.chat.completions.create(
            model=str(self._llm.model),
            temperature=0.0,
            messages=[
                {"role": "system", "content": self._prompt},
                {"role": "user", "content": _cases(findings)},
            ],
            response_format=_strict(),
        )
        content = reply.choices[0].message.content if reply.choices else None
        if not content:
            raise Transient("the model said nothing")
        said = {case.number: case for case in _Reply.model_validate_json(content).cases}
        return [self._opinion(said.get(number)) for number in range(1, len(findings) + 1)]

    def _opinion(self, case: _Case | None) -> Opinion | None:
        if case is None:
            return None
        verdict = Verdict.CONFIRMED if case.contradiction else Verdict.LOWERED
        return Opinion(verdict, case.confidence, case.reason[:_LONGEST_REASON], self.name)

    @cached_property
    def _prompt(self) -> str:
        return files("kb.judges").joinpath("prompt.md").read_text(encoding="utf-8")

    @cached_property
    def _client(self) -> "OpenAI":
        from openai import OpenAI

        key = self._llm.api_key
        client = OpenAI(
            base_url=self._llm.url,
            api_key=key.get_secret_value() if key else "none",
            timeout=self._timeout_s,
            max_retries=_RETRIES,
        )
        finalize(self, client.close)
        return client


def _cases(findings: Sequence[Finding]) -> str:
    """As JSON, so that no statement can pass for anything else."""
    shown = [
        {
            "number": number,
            "statements": [
                {"article": item.title, "heading": item.heading, "statement": item.quote}
                for item in finding.evidence
            ],
        }
        for number, finding in enumerate(findings, 1)
    ]
    return json.dumps({"cases": shown}, ensure_ascii=False)


def _strict() -> "ResponseFormatJSONSchema":
    return {
        "type": "json_schema",
        "json_schema": {"name": "opinions", "strict": True, "schema": _Reply.model_json_schema()},
    }
