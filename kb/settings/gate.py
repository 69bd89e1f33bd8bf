"""What a release must reach, who judges it, and how it is tried on customers."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator

from kb.settings.section import SECRET, Section

Share = Annotated[float, Field(ge=0, le=1)]

SLICED_BY = ("decision", "tag", "article", "owner", "language")
"""What cases can have in common."""


class GateSettings(Section):
    """What a release must reach. A metric that could not be computed refuses it."""

    context_recall: float = Field(
        0.85, ge=0, le=1, description="Share of the reference articles that were retrieved."
    )
    context_precision: float = Field(
        0.30,
        ge=0,
        le=1,
        description="Rank-weighted share of the retrieved articles that are reference articles.",
    )
    grounding: float = Field(
        1.0, ge=0, le=1, description="Share of answer sentences that their citation supports."
    )
    answer_similarity: float = Field(
        0.55, ge=0, le=1, description="Mean cosine of answer and reference answer."
    )
    decision_accuracy: float = Field(
        0.75, ge=0, le=1, description="Share of questions that got the decision they were due."
    )
    handoff_precision: float = Field(
        0.80, ge=0, le=1, description="Share of handoffs that were right."
    )
    handoff_recall: float = Field(
        0.80, ge=0, le=1, description="Share of due handoffs that were made."
    )
    required_facts: float = Field(
        0.80, ge=0, le=1, description="Share of the facts that must be told and were."
    )
    forbidden_facts: float = Field(
        1.0, ge=0, le=1, description="Share of turns that say and cite nothing they must not."
    )
    action_correctness: float = Field(
        1.0, ge=0, le=1, description="Share of cases in which just the actions due took place."
    )
    end_state: float = Field(
        1.0, ge=0, le=1, description="Share of cases after which the backend is as it should be."
    )
    faithfulness: float = Field(
        0.80, ge=0, le=1, description="ragas faithfulness, when a language model judges."
    )
    regression_p: float = Field(
        0.05,
        ge=0,
        le=1,
        description="A metric that is worse than in the live release refuses when chance explains it with less than this probability, over all metrics; 0: never.",
    )
    min_cases: int = Field(10, gt=0, description="A golden set smaller than this is refused.")
    floors: Mapping[str, Share] = Field({}, description="Floors of other metrics, by name.")
    slices: Mapping[str, Mapping[str, Share]] = Field(
        {},
        description="Floors of a part of the cases, by part (`tag:…`, `article:…`, `owner:…`, `language:…` or `decision:…`) and metric.",
    )
    new_findings: Literal["high", "medium", "off"] = Field(
        "high",
        description="A finding of this severity or above that is new since the live release refuses where it is in an article that an answer cites.",
    )
    answer_p95_ms: float | None = Field(
        None, gt=0, description="Longest time of 95 % of the answers; unset: no ceiling."
    )
    slower_ms: float = Field(
        1_000,
        ge=0,
        description="A median answer slower than in the live release by more than this, and twice as slow, refuses; 0: never.",
    )
    cost_per_case: float | None = Field(
        None,
        ge=0,
        description="Highest mean cost of a case, in the unit of the prices; unset: no ceiling.",
    )

    @field_validator("slices")
    @classmethod
    def _parts(cls, slices: Mapping[str, Mapping[str, Share]]) -> Mapping[str, Mapping[str, Share]]:
        for part in slices:
            dimension, _, name = part.partition(":")
            if dimension not in SLICED_BY or not name:
                known = ", ".join(f"{item}:…" for item in SLICED_BY)
                raise ValueError(f"{part!r} is no part of the cases: {known}")
        return slices


class EvaluationSettings(Section):
    """The judge of the evaluation, and where its verdicts come from."""

    judge_url: str | None = Field(
        None, description="OpenAI-compatible endpoint of the judge; unset: `[llm]` url."
    )
    judge_model: str | None = Field(
        None, description="Model that judges; unset: `[llm]` model. Better another than the writer."
    )
    judge_api_key: SecretStr | None = Field(
        None,
        description="Key of judge_url; the writer's key is never sent there.",
        json_schema_extra=SECRET,
    )
    judge_temperature: float = Field(0.0, ge=0, le=2, description="Temperature of the judge.")
    judge_timeout_s: float = Field(60.0, gt=0, description="Longest wait for one verdict.")
    judge_at_once: int = Field(
        8, gt=0, description="Cases that are put to the judge at the same time."
    )
    judge_kappa: float = Field(
        0.6,
        ge=-1,
        le=1,
        description="Agreement with people (Cohen's kappa) from which a judged metric blocks; below, or not measured, it informs.",
    )
    judge_calibration: Path | None = Field(
        None, description="What `wellkept eval calibrate-judge` wrote."
    )
    judge_metrics: list[str] | None = Field(
        None, description="Judged metrics that are tried; unset: all; `[]`: none."
    )


class CanarySettings(Section):
    """A candidate tried on a share of the customers."""

    share: float = Field(0.1, gt=0, lt=1, description="Share of the customers that get it.")
    least: int = Field(
        100, gt=0, description="Conversations of the candidate before it can be promoted."
    )
    most: int = Field(
        2_000,
        gt=0,
        description="Conversations of the candidate after which it is withdrawn, unless it was shown to be safe.",
    )
    alpha: float = Field(
        0.05,
        gt=0,
        lt=1,
        description="Probability, over all looks and signals, of withdrawing as worse a candidate that is as good, and of promoting one that is worse by the margin.",
    )
    margin: float = Field(
        0.05,
        gt=0,
        lt=1,
        description="A signal's share that is worse by so much matters; when certainly none is, the candidate is promoted.",
    )
    crashes: int = Field(
        5,
        gt=0,
        description="So many failed turns of the candidate, and more than of the live release, withdraw it at once.",
    )
    promote: bool = Field(
        default=True, description="Whether a candidate that has passed goes live by itself."
    )
