"""What a release must reach."""

from pydantic import Field

from kb.settings.section import Section


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
