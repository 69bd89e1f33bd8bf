"""A run of the detectors."""

from collections.abc import Iterable, Iterator
from datetime import date

from kb.check import check, fingerprint
from kb.corpus import Corpus
from kb.findings import Finding, FindingKind, Severity, Unseen, Usage
from kb.settings import HygieneSettings
from tests.kb.articles import article
from tests.kb.findings import finding, side

GUIDE = article("guide.md", "You have 30 days.\n")
CORPUS = Corpus([GUIDE], date(2026, 11, 22), HygieneSettings())


class Finds:
    """A detector that finds what it is given."""

    kind = FindingKind.CONTRADICTION

    def __init__(self, *found: Finding) -> None:
        self._found = found

    def detect(self, corpus: Corpus) -> Iterable[Finding]:
        return self._found


class Breaks:
    """A detector that finds one thing and then crashes."""

    kind = FindingKind.STALE

    def detect(self, corpus: Corpus) -> Iterator[Finding]:
        yield finding("half", kind=self.kind)
        raise LookupError(f"in {len(corpus.articles)} articles")


def test_findings_come_with_their_harm_and_the_most_harmful_first() -> None:
    cited = finding("cited", side(GUIDE, "30 days"))
    grave = finding("grave", severity=Severity.HIGH)
    unsure = finding("unsure", confidence=0.4)
    quiet = check(CORPUS, {"some": Finds(cited, grave, unsure)})
    assert [item.id for item in quiet.findings] == ["grave", "cited"]
    assert all(0 < item.harm < 1 for item in quiet.findings)
    busy = Corpus(
        [GUIDE], CORPUS.today, CORPUS.settings, usage={"guide.md": Usage(9, ((0, 17),) * 200)}
    )
    assert [item.id for item in check(busy, {"some": Finds(cited, grave)}).findings] == [
        "cited",
        "grave",
    ]


def test_a_detector_that_crashes_is_named_and_nothing_of_it_is_kept() -> None:
    report = check(CORPUS, {"broken": Breaks(), "some": Finds(finding("whole"))})
    assert [item.id for item in report.findings] == ["whole"]
    assert report.errors == (("broken", "LookupError: in 1 articles"),)
    assert report.unseen == {FindingKind.STALE}


def test_the_fingerprint_changes_with_use_and_with_what_could_not_be_read() -> None:
    used = Corpus([GUIDE], CORPUS.today, CORPUS.settings, usage={"guide.md": Usage(1)})
    found = {
        fingerprint(CORPUS, "r1"),
        fingerprint(used, "r1"),
        fingerprint(CORPUS, "r1", None, Unseen(paths=frozenset({"a.md"}))),
        fingerprint(CORPUS, "r2"),
    }
    assert len(found) == 4
    assert fingerprint(used, "r1") == fingerprint(used, "r1")
