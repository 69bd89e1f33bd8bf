"""One line of a golden set: what may stand in it, and the case that it is."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    StringConstraints,
    ValidationError,
    model_validator,
)

from agent.identity import IdentityLevel
from agent.types import Decision
from eval.golden.case import Asker, Case, ExpectedCall

Text = Annotated[str, StringConstraints(strip_whitespace=True)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Rows: TypeAlias = Mapping[str, Mapping[str, Mapping[str, JsonValue] | None]]
_IN_ITS_LINE = " at line 1 column"


class WhoPart(BaseModel):
    """Who asks."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    audience: list[Words] = Field(
        [], description="Whose articles they may see; left out: [agent] audience."
    )
    plan: Text = Field("", description="Their plan, one of their claims.")
    locale: Text = Field("", description="Their language, as de or en-GB.")
    identity: Literal["anonymous", "claimed", "verified"] = Field(
        "anonymous", description="How sure it is who they are."
    )
    customer: Text = Field("", description="The host application's id of them.")
    claims: Mapping[str, str] = Field(
        {}, description="What else is known of them: signed when verified, else only said."
    )

    @model_validator(mode="after")
    def _known(self) -> "WhoPart":
        if self.identity == "verified" and not self.customer:
            raise ValueError("a verified customer needs a `customer`, the host application's id")
        if self.identity == "anonymous" and (self.customer or self.claims):
            raise ValueError("an anonymous customer has neither `customer` nor `claims`")
        if self.plan and self.claims.get("plan", self.plan) != self.plan:
            raise ValueError("`plan` and the claim `plan` differ")
        return self

    def to_asker(self) -> Asker:
        return Asker(
            audience=tuple(self.audience),
            plan=self.plan,
            locale=self.locale,
            identity=IdentityLevel[self.identity.upper()],
            customer_id=self.customer,
            claims=dict(self.claims),
        )


class CaseLine(BaseModel):
    """A case of a golden set of Wellkept: what somebody asks, and what a right turn looks like."""

    model_config = ConfigDict(
        extra="forbid",
        coerce_numbers_to_str=True,
        title="Golden case",
        json_schema_extra={
            "oneOf": [{"required": ["question"]}, {"required": ["conversation"]}],
        },
    )

    id: Words = Field(description="Names the case; it stands once in the set.")
    question: Words | None = Field(None, description="What is asked.")
    conversation: list[Words] = Field(
        [],
        description="In place of the question: the customer's messages in order. "
        "The turn after the last is judged.",
    )
    who: WhoPart = Field(WhoPart(), description="Who asks; left out: an anonymous customer.")
    decision: Literal["answer", "clarify", "action", "handoff"] = Field(
        description="What the judged turn must do."
    )
    reference: Text | None = Field(None, description="A right answer, in anybody's words.")
    articles: list[Words] = Field([], description="Paths of the articles that answer it.")
    not_articles: list[Words] = Field(
        [], description="Paths of articles that must not be cited, such as internal ones."
    )
    says: list[Words] = Field(
        [], description="Facts that the judged turn must tell, in these or close words."
    )
    never_says: list[Words] = Field([], description="Facts that it must not tell.")
    actions: list[Mapping[str, Mapping[str, JsonValue]]] | None = Field(
        None,
        description="The changing actions that must have taken place, in order, each "
        "{name: {argument: value}} with the arguments that matter; [] for none; left out: not "
        "looked at.",
    )
    end_state: Rows | None = Field(
        None,
        description="How the sandboxed backend must differ in the end, as "
        "{table: {row: {column: value}}}, and in nothing else; `new` is a row that was added, null "
        "one that is gone, `*` any value.",
    )
    given: Rows = Field(
        {}, description="What differs from the sandboxed backend's seed in the beginning."
    )
    reason: Text | None = Field(None, description="Why a person is due.")
    tags: list[Words] = Field([], description="Slices that the case belongs to.")
    weight: float = Field(
        1.0, gt=0, allow_inf_nan=False, description="Its share in every mean, beside 1."
    )
    must_pass: bool = Field(
        default=False, description="A release that gets it wrong is refused, whatever the means."
    )
    source: Text = Field("", description="Where it came from.")

    @model_validator(mode="after")
    def _whole(self) -> "CaseLine":
        if self.question and self.conversation:
            raise ValueError("a case has a `question` or a `conversation`, not both")
        if not (self.question or self.conversation):
            raise ValueError("question: Field required, or a `conversation` in its place")
        if any(len(call) != 1 for call in self.actions or ()):
            raise ValueError("each of `actions` is one action with its arguments")
        if self.decision == "answer" and not (self.articles or self.reference):
            raise ValueError("a case due an answer needs articles, a reference or both")
        return self

    def to_case(self) -> Case:
        said = [self.question] if self.question else self.conversation
        return Case(
            id=self.id,
            question=said[-1],
            earlier=tuple(said[:-1]),
            who=self.who.to_asker(),
            decision=Decision(self.decision),
            reference=self.reference or "",
            articles=tuple(dict.fromkeys(self.articles)),
            reason=self.reason or "",
            tags=tuple(self.tags),
            weight=self.weight,
            says=tuple(self.says),
            never_says=tuple(self.never_says),
            not_articles=tuple(dict.fromkeys(self.not_articles)),
            actions=_calls(self.actions),
            end_state=self.end_state,
            given=self.given,
            must_pass=self.must_pass,
            source=self.source,
        )


def to_json(case: Case) -> dict[str, Any]:
    """The case as it stands in a golden set, in the order of its fields and without what is as
    usual. That it was drafted is not told: who writes it down has accepted it. Raises `ValueError`
    for a case that could not be read."""
    asked = {"conversation": [*case.earlier, case.question]}
    line = CaseLine.model_validate(
        {
            "id": case.id,
            **(asked if case.earlier else {"question": case.question}),
            "who": _who(case.who),
            "decision": case.decision.value,
            "reference": case.reference or None,
            "articles": case.articles,
            "not_articles": case.not_articles,
            "says": case.says,
            "never_says": case.never_says,
            "actions": _plain_calls(case.actions),
            "end_state": case.end_state,
            "given": case.given,
            "reason": case.reason or None,
            "tags": case.tags,
            "weight": case.weight,
            "must_pass": case.must_pass,
            "source": case.source,
        }
    )
    return line.model_dump(mode="json", exclude_defaults=True)


def explain(error: ValidationError) -> str:
    """What is wrong with a line, in one."""
    return "; ".join(_wrong(error))


def _wrong(error: ValidationError) -> Iterator[str]:
    for item in error.errors(include_url=False, include_context=False):
        where = ".".join(str(part) for part in item["loc"])
        message = item["msg"].removeprefix("Value error, ").replace(_IN_ITS_LINE, " at column")
        if item["type"] == "extra_forbidden":
            message += _nearest(item["loc"])
        yield f"{where}: {message}" if where else message


def _nearest(place: tuple[int | str, ...]) -> str:
    """The known field that is most like the last of this place."""
    model = WhoPart if place[0] == "who" else CaseLine
    close = get_close_matches(str(place[-1]), model.model_fields, n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else ""


def _who(who: Asker) -> dict[str, Any]:
    return {
        "audience": who.audience,
        "plan": who.plan,
        "locale": who.locale,
        "identity": who.identity.label,
        "customer": who.customer_id,
        "claims": who.claims,
    }


def _calls(
    actions: Iterable[Mapping[str, Mapping[str, JsonValue]]] | None,
) -> tuple[ExpectedCall, ...] | None:
    if actions is None:
        return None
    return tuple(ExpectedCall(*item) for call in actions for item in call.items())


def _plain_calls(calls: Iterable[ExpectedCall] | None) -> list[dict[str, Any]] | None:
    if calls is None:
        return None
    return [{call.action: dict(call.arguments)} for call in calls]
