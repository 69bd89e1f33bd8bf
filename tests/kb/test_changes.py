from kb.changes import brought, changed_articles
from kb.findings import Evidence, Finding, FindingKind, Severity
from tests.kb.detectors.documents import article

NOTHING: frozenset[str] = frozenset()


def finding(id_: str, *articles: str, quote: str = "words", signal: str = "") -> Finding:
    evidence = tuple(
        Evidence(f"help:{path}", path, path, quote, 0, len(quote)) for path in articles
    )
    return Finding(
        id=id_,
        kind=FindingKind.STALE,
        severity=Severity.LOW,
        confidence=1.0,
        title="t",
        explanation="e",
        suggestion="s",
        evidence=evidence,
        details={"signal": signal},
    )


def test_what_was_there_before_is_not_brought() -> None:
    old, new = finding("a", "x.md"), finding("b", "x.md")
    assert brought([old, new], [old], NOTHING, {}) == (new,)


def test_a_finding_that_a_changed_article_joins_is_brought() -> None:
    before, now = finding("a", "x.md"), finding("a", "x.md", "y.md")
    assert brought([now], [before], frozenset({"help:y.md"}), {}) == (now,)
    assert brought([now], [before], frozenset({"help:x.md"}), {}) == ()


def test_a_renamed_article_brings_nothing_that_it_had_before() -> None:
    before = finding("a", "x.md", signal="beta")
    renamed = {"help:z.md": "help:x.md"}
    moved, other = finding("b", "z.md", signal="beta"), finding("c", "z.md", signal="review")
    assert brought([moved, other], [before], frozenset({"help:z.md"}), renamed) == (other,)
    assert brought([moved], [before], frozenset({"help:z.md"}), {}) == (moved,)


def test_new_articles_and_other_versions_are_changed() -> None:
    same, old, new = article("a.md", "# A"), article("b.md", "# B"), article("c.md", "# C")
    edited = article("b.md", "# B\n\nMore.")
    assert changed_articles([same, edited, new], [same, old]) == {"help:b.md", "help:c.md"}
