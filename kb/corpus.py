"""What detectors look at."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from kb.findings import Fetched, Finding, FindingKind, Usage
from kb.ports import Cache, Encoder, Search
from kb.settings import HygieneSettings, VocabularySettings
from kb.types import Article, Question


@dataclass(frozen=True)
class Corpus:
    """All articles, in order of id, as of `today`.

    `search` finds passages of these articles and `encoder` embeds text; both are None where
    nothing is indexed: a detector that needs them then finds nothing.
    `assets` holds the paths of the sources' other files (images, downloads), relative to the
    source's root like the paths of articles; None where they are unknown. `usage` tells, by
    article path, what conversations made of it; `fetched` what came of the external links that
    were tried, by url. `cache` keeps what was read from an article between runs.
    """

    articles: Sequence[Article]
    today: date
    settings: HygieneSettings
    questions: Sequence[Question] = ()
    search: Search | None = None
    encoder: Encoder | None = None
    assets: frozenset[str] | None = None
    vocabulary: VocabularySettings = field(default_factory=VocabularySettings)
    usage: Mapping[str, Usage] = field(default_factory=dict)
    cache: Cache | None = None
    fetched: Mapping[str, Fetched] = field(default_factory=dict)


class Detector(Protocol):
    """Finds one kind of fault. Findings depend on the articles, never on their order."""

    kind: FindingKind

    def detect(self, corpus: Corpus) -> Iterable[Finding]: ...
