"""Golden sets: JSONL in, cases out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

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
from eval.case import Asker, Case, ExpectedCall
from kb.errors import ConfigError

Text = Annotated[str, StringConstraints(strip_whitespace=True)]
_NAMED_AT_ONCE = 10


class _Who(BaseModel):
    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    audience: list[Text] = []
    plan: Text = ""
    locale: Text = ""
    identity: Literal["anonymous", "claimed", "verified"] = "anonymous"
    customer: Text = ""
    claims: Mapping[str, str] = {}

    @model_validator(mode="after")
    def _known(self) -> "_Who":
        if self.identity == "verified" and not self.customer:
            raise ValueError("a verified customer needs a `customer`, the host application's id")
        if self.identity == "anonymous" and (self.customer or self.claims):
            raise ValueError("an anonymous customer has neither `customer` nor `claims`")
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


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    id: Text = Field(min_length=1)
    question: Text = ""
    conversation: list[Annotated[Text, Field(min_length=1)]] = []
    who: _Who = _Who()
    decision: Decision
    reference: Text | None = None
    articles: list[Text] = []
    reason: Text | None = None
    tags: list[Text] = []
    weight: float = Field(1.0, gt=0, allow_inf_nan=False)
    says: list[Text] = []
    never_says: list[Text] = []
    not_articles: list[Text] = []
    actions: list[Mapping[str, Mapping[str, JsonValue]]] | None = None
    end_state: Mapping[str, Mapping[str, Mapping[str, JsonValue] | None]] | None = None
    given: Mapping[str, Mapping[str, Mapping[str, JsonValue] | None]] = {}
    must_pass: bool = False
    source: Text = ""

    @model_validator(mode="after")
    def _whole(self) -> "_Line":
        if bool(self.question) == bool(self.conversation):
            raise ValueError("a case has either a `question` or a `conversation`")
        if any(len(call) != 1 for call in self.actions or ()):
            raise ValueError("each of `actions` is one action with its arguments")
        return self

    def to_case(self) -> Case:
        return Case(
            id=self.id,
            question=self.question or self.conversation[-1],
            earlier=tuple(self.conversation[:-1]),
            who=self.who.to_asker(),
            decision=self.decision,
            reference=self.reference or "",
            articles=tuple(dict.fromkeys(self.articles)),
            reason=self.reason or "",
            tags=tuple(self.tags),
            weight=self.weight,
            says=tuple(self.says),
            never_says=tuple(self.never_says),
            not_articles=tuple(self.not_articles),
            actions=_calls(self.actions),
            end_state=self.end_state,
            given=self.given,
            must_pass=self.must_pass,
            source=self.source,
        )


def read(path: Path) -> list[Case]:
    """The cases of a JSONL file, in its order; blank lines are skipped.

    Raises `ConfigError` naming up to ten bad lines: not JSON, an unknown or missing field, an id
    used twice, or a case due an answer that names neither an article nor a reference.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        raise ConfigError(f"golden set {path}: no such file; [sources] golden names it") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"golden set {path} can't be read: {error}") from None
    cases: dict[str, Case] = {}
    wrong = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            case = _parse(line, cases)
        except ValueError as error:
            wrong.append(f"line {number}: {error}")
        else:
            cases[case.id] = case
    if wrong:
        raise ConfigError(f"golden set {path}: {_shorten(wrong)}")
    return list(cases.values())


def _calls(
    actions: Iterable[Mapping[str, Mapping[str, JsonValue]]] | None,
) -> tuple[ExpectedCall, ...] | None:
    if actions is None:
        return None
    return tuple(ExpectedCall(*item) for call in actions for item in call.items())


def missing_articles(cases: Iterable[Case], paths: Collection[str]) -> list[tuple[str, str]]:
    """(case id, article path) for every article that a case names and `paths` lacks, in order."""
    known = set(paths)
    return [
        (case.id, path)
        for case in cases
        for path in (*case.articles, *case.not_articles)
        if path not in known
    ]


def _parse(line: str, known: Collection[str]) -> Case:
    """Raises `ValueError` saying what is wrong with the line."""
    try:
        case = _Line.model_validate_json(line).to_case()
    except ValidationError as error:
        raise ValueError(_explain(error)) from None
    if case.id in known:
        raise ValueError(f"id {case.id!r} is used twice")
    if case.decision is Decision.ANSWER and not (case.articles or case.reference):
        raise ValueError("a case due an answer needs articles, a reference or both")
    return case


def _explain(error: ValidationError) -> str:
    parts = []
    for item in error.errors(include_url=False, include_context=False):
        where = ".".join(str(part) for part in item["loc"])
        parts.append(f"{where}: {item['msg']}" if where else item["msg"])
    return "; ".join(parts)


def _shorten(wrong: Sequence[str]) -> str:
    more = len(wrong) - _NAMED_AT_ONCE
    shown = "\n  ".join(wrong[:_NAMED_AT_ONCE])
    return f"{shown}\n  and {more} more" if more > 0 else shown
