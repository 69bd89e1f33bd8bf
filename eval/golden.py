"""Golden sets: questions with what a right turn looks like. JSONL in, cases out."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from agent.types import Decision
from kb.errors import ConfigError

Text = Annotated[str, StringConstraints(strip_whitespace=True)]
_NAMED_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class Case:
    """A question and the turn it is due.

    `articles` holds paths of the articles that answer it, `not_articles` of those that must not be
    cited. `says` are facts that a right turn tells, `never_says` such that it must not. `reason`
    is why a person is due, `weight` the case's share in every mean, and `source` where it came
    from. `locale` is the customer's. `drafted` cases were made from headings, not by a person.
    """

    id: str
    question: str
    decision: Decision
    reference: str = ""
    articles: tuple[str, ...] = ()
    reason: str = ""
    tags: tuple[str, ...] = ()
    weight: float = 1.0
    drafted: bool = False
    says: tuple[str, ...] = ()
    never_says: tuple[str, ...] = ()
    not_articles: tuple[str, ...] = ()
    locale: str = ""
    source: str = ""


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    id: Text = Field(min_length=1)
    question: Text = Field(min_length=1)
    decision: Decision
    reference: Text | None = None
    articles: list[Text] = []
    reason: Text | None = None
    tags: list[Text] = []
    weight: float = Field(1.0, gt=0, allow_inf_nan=False)
    says: list[Text] = []
    never_says: list[Text] = []
    not_articles: list[Text] = []
    locale: Text = ""
    source: Text = ""

    def to_case(self) -> Case:
        return Case(
            id=self.id,
            question=self.question,
            decision=self.decision,
            reference=self.reference or "",
            articles=tuple(dict.fromkeys(self.articles)),
            reason=self.reason or "",
            tags=tuple(self.tags),
            weight=self.weight,
            says=tuple(self.says),
            never_says=tuple(self.never_says),
            not_articles=tuple(self.not_articles),
            locale=self.locale,
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
