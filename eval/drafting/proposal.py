"""A case that is proposed for the golden set, and what became of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from eval.golden.case import Case
from kb.findings import Evidence
from kb.types import Article


class Origin(StrEnum):
    """What cases are proposed from."""

    ARTICLES = "articles"
    CONVERSATIONS = "conversations"
    FINDINGS = "findings"


class State(StrEnum):
    """Where a proposal stands."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that speak for a case: of an article, or of a conversation with an empty path."""

    path: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A case and why it would be a good one. `kind` says how it was found (heading, faq, table,
    …); `worth` orders proposals, the more the better. The case's id is the proposal's, and its
    `source` names what it was made from."""

    case: Case
    origin: Origin
    kind: str
    why: str
    evidence: tuple[Quote, ...] = ()
    worth: float = 0.0

    @property
    def id(self) -> str:
        return self.case.id


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal that is kept. `by`, `at` and `reason` tell the decision, once there is one."""

    proposal: Proposal
    created_at: datetime
    state: State = State.PROPOSED
    by: str = ""
    at: datetime | None = None
    reason: str = ""

    @property
    def id(self) -> str:
        return self.proposal.id

    @property
    def case(self) -> Case:
        return self.proposal.case


def proposed(
    case: Case,
    origin: Origin,
    kind: str,
    why: str,
    evidence: Sequence[Quote] = (),
    worth: float = 0.0,
) -> Proposal:
    """A proposal whose id is made of its kind and of what is asked, by whom and after what, so
    that the same question is the same proposal in every run. A tag says what it is from, so that
    scores can be read apart: questions in the articles' own words are easier than customers'."""
    asked = "\n".join([*case.earlier, case.question])
    told = " ".join(re.findall(r"\w+", asked.lower()))
    key = f"{kind} {told} {case.who.plan} {' '.join(case.who.audience)} {case.who.locale}"
    name = f"{kind}-{sha256(key.encode()).hexdigest()[:8]}"
    tags = (*case.tags, f"from-{origin.value}")
    return Proposal(replace(case, id=name, tags=tags), origin, kind, why, tuple(evidence), worth)


def quote_of(article: Article, start: int, end: int, heading: str = "") -> Quote:
    """The words of an article between two offsets, on one line."""
    return Quote(article.path, heading, " ".join(article.text[start:end].split()))


def quote_from(item: Evidence) -> Quote:
    """What a finding quotes."""
    return Quote(item.path, item.heading, " ".join(item.quote.split()))
