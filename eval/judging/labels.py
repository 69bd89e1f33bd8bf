"""Cases that a person has judged: JSONL in, results that a judge can be put to out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from inspect import signature
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from eval.scoring.control import answer
from eval.scoring.evaluation import CaseResult
from eval.scoring.metric import OpenMetric
from kb.errors import ConfigError

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_NAMED_AT_ONCE = 10


@dataclass(frozen=True)
class Labelled:
    """A case of one metric, and whether a person lets it pass. `where` is its line."""

    metric: str
    result: CaseResult
    passed: bool
    where: str


@dataclass(frozen=True)
class Labels:
    """The cases of a file, in its order, and the SHA-256 of the file."""

    cases: Sequence[Labelled]
    digest: str


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid")

    metric: Text
    question: Text
    answer: Text
    contexts: list[Text] = []
    reference: str = ""
    earlier: list[tuple[Text, Text]] = []
    topics: list[Text] = []
    label: Literal["pass", "fail", 0, 1] | bool | None = Field(None, union_mode="left_to_right")
    id: str = ""

    @model_validator(mode="after")
    def _labelled(self) -> "_Line":
        if self.label is None:
            raise ValueError("`label` is missing: pass or fail")
        return self

    def to_labelled(self, where: str) -> Labelled:
        said = answer(
            self.answer,
            self.contexts,
            question=self.question,
            reference=self.reference,
            earlier=tuple(question for question, _ in self.earlier),
        )
        before = [answer(text, (), question=asked).turns for asked, text in self.earlier]
        turns = tuple(turn for turns in before for turn in turns) + said.turns
        result = replace(said, turns=turns, topics=tuple(self.topics))
        return Labelled(self.metric, result, self.label in ("pass", 1, True), where)


def read_labels(path: Path, metrics: Iterable[OpenMetric]) -> Labels:
    """Blank lines are skipped. `metrics` are those of the suite; the judged ones can be labelled.

    Raises `ConfigError` for a file that can't be read, is empty, or has bad lines, of which it
    names up to ten: no JSON, an unknown field, no label yet, a metric without a judge, or nothing
    of what the metric is shown.
    """
    try:
        data = path.read_bytes()
        lines = data.decode("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"labels {path} can't be read: {error}") from None
    known = {metric.name: metric for metric in metrics if metric.plugin.judged}
    found, wrong = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found.append(_parse(line, f"line {number}", known))
        except ValueError as error:
            wrong.append(f"line {number}: {error}")
    if wrong:
        more = len(wrong) - _NAMED_AT_ONCE
        shown = "\n  ".join(wrong[:_NAMED_AT_ONCE])
        raise ConfigError(f"labels {path}: {shown}" + (f"\n  and {more} more" if more > 0 else ""))
    if not found:
        raise ConfigError(f"labels {path}: there is no labelled case in it")
    return Labels(found, sha256(data).hexdigest())


def _parse(line: str, where: str, known: Mapping[str, OpenMetric]) -> Labelled:
    """Raises `ValueError` saying what is wrong with the line."""
    try:
        read = _Line.model_validate_json(line)
    except ValidationError as error:
        raise ValueError(_explain(error)) from None
    if read.metric not in known:
        raise ValueError(f"no judged metric '{read.metric}'; there are {', '.join(known)}")
    shown = signature(known[read.metric].scorer.ascore).parameters
    if "retrieved_contexts" in shown and not read.contexts:
        raise ValueError(f"{read.metric} is shown `contexts`, and there are none")
    if "reference" in shown and not read.reference:
        raise ValueError(f"{read.metric} is shown a `reference`, and there is none")
    return read.to_labelled(where)


def _explain(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False)[0]
    where = ".".join(str(part) for part in first["loc"][:1])
    return f"{where}: {first['msg']}" if where else str(first["msg"])
