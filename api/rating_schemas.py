"""The JSON of ratings."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from agent.types import Rating, Thumb


class RatingRequest(BaseModel):
    """What the customer thinks of a turn."""

    model_config = ConfigDict(extra="forbid")

    rating: Thumb
    comment: Annotated[str, StringConstraints(max_length=1000)] = Field(
        "", description="In their own words; kept without passwords, card and account numbers."
    )


class RatingOut(BaseModel):
    """The last rating of a turn."""

    rating: Thumb
    comment: str
    rated_at: datetime

    @classmethod
    def of(cls, rating: Rating) -> "RatingOut":
        return cls(rating=rating.value, comment=rating.comment, rated_at=rating.at)
