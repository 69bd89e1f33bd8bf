"""What detectors look at."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from kb.ports import Encoder, Search
from kb.settings import HygieneSettings
from kb.types import Article, Finding, FindingKind, Question


@dataclass(frozen=True)
class Corpus:
    """All articles, in order of id, as of `today`.

    `search` finds passages of these articles and `encoder` embeds text; both are None where
    nothing is indexed: a detector that needs them then finds nothing.
    `assets` holds the paths of the sources' other files (images, downloads), relative to the
    source's root like the paths of articles; None where they are unknown.
    """

    articles: Sequence[Article]
    today: date
    settings: HygieneSettings
    questions: Sequence[Question] = ()
    search: Search | None = None
    encoder: Encoder | None = None
    assets: frozenset[str] | None = None


class Detector(Protocol):
    """Finds one kind of fault. Findings depend on the articles, never on their order."""

    kind: FindingKind

    def detect(self, corpus: Corpus) -> Iterable[Finding]: ...
