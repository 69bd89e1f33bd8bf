"""Findings in the order in which they are worth their owner's time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.findings import Evidence, Finding, Severity, Usage
from kb.harm import harm, order, rank, weighed
from tests.kb.findings import finding

TODAY = date(2026, 11, 22)
QUOTE = Evidence("h:a", "a.md", "A", "30 days", 10, 17)
OTHER = Evidence("h:b", "b.md", "B", "14 days", 40, 47)

spans = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda it: (it[0], it[0] + it[1]))
usages = st.builds(Usage, st.integers(0, 500), st.lists(spans, max_size=30).map(tuple))
findings = st.builds(
    lambda severity, confidence, days: finding(
        "f",
        QUOTE,
        OTHER,
        severity=severity,
        confidence=confidence,
        first_seen_at=_ago(days) if days is not None else None,
    ),
    st.sampled_from(Severity),
    st.floats(0, 1),
    st.none() | st.integers(0, 2000),
)
everywhere = st.dictionaries(st.sampled_from(["a.md", "b.md", "c.md"]), usages)


def _ago(days: int) -> datetime:
    return datetime(2026, 11, 22, 12, tzinfo=UTC) - timedelta(days=days)


@given(findings, everywhere)
def test_harm_is_a_share(item: Finding, usage: dict[str, Usage]) -> None:
    assert 0 <= harm(item, usage, TODAY) <= 1


@given(findings, everywhere, usages)
def test_harm_grows_with_severity_confidence_age_and_use(
    item: Finding, usage: dict[str, Usage], more: Usage
) -> None:
    least = harm(item, usage, TODAY)
    graver = replace(item, severity=Severity(min(3, item.severity + 1)))
    surer = replace(item, confidence=min(1.0, item.confidence + 0.1))
    known = usage.get("a.md", Usage())
    busier = Usage(known.retrieved + more.retrieved, known.cited + more.cited)
    assert harm(graver, usage, TODAY) >= least
    assert harm(surer, usage, TODAY) >= least
    assert harm(item, {**usage, "a.md": busier}, TODAY) >= least
    assert harm(item, usage, TODAY + timedelta(days=30)) >= least


@given(st.floats(0, 1), st.floats(0, 1), st.integers(0, 3000), st.integers(0, 3000))
def test_without_use_severity_goes_first(sure: float, unsure: float, new: int, old: int) -> None:
    for severity in (Severity.MEDIUM, Severity.HIGH):
        graver = finding(severity=severity, confidence=unsure, first_seen_at=_ago(new))
        lesser = Severity(severity - 1)
        milder = finding(severity=lesser, confidence=sure, first_seen_at=_ago(old))
        assert harm(graver, {}, TODAY) > harm(milder, {}, TODAY)


def test_among_equally_grave_ones_of_a_day_the_surest_goes_first() -> None:
    ranked = weighed([finding(str(n), confidence=n / 10) for n in (5, 9, 7)], {}, TODAY)
    assert [item.id for item in ranked] == ["9", "7", "5"]


def test_a_citation_of_the_words_weighs_most_then_one_elsewhere_then_a_retrieval() -> None:
    item = finding("f", QUOTE)
    on = harm(item, {"a.md": Usage(cited=((0, 11),))}, TODAY)
    beside = harm(item, {"a.md": Usage(cited=((17, 20),))}, TODAY)
    retrieved = harm(item, {"a.md": Usage(retrieved=1)}, TODAY)
    unused = harm(item, {"b.md": Usage(cited=((10, 17),))}, TODAY)
    assert on > beside > retrieved > unused == harm(item, {}, TODAY)


def test_what_customers_are_told_daily_passes_a_graver_one_that_nobody_meets() -> None:
    told = finding("told", QUOTE, severity=Severity.MEDIUM)
    unmet = finding("unmet", OTHER, severity=Severity.HIGH)
    usage = {"a.md": Usage(cited=((10, 17),) * 100)}
    assert [item.id for item in weighed([unmet, told], usage, TODAY)] == ["told", "unmet"]
    assert [item.id for item in weighed([told, unmet], {}, TODAY)] == ["unmet", "told"]


def test_a_gap_counts_by_how_many_asked() -> None:
    few = finding("few", details={"questions": "3"})
    many = finding("many", details={"questions": "60"})
    assert [item.id for item in weighed([few, many], {}, TODAY)] == ["many", "few"]


@pytest.mark.parametrize("days", [7, 60, 365])
def test_an_old_finding_moves_up_gently(days: int) -> None:
    new = harm(finding(first_seen_at=_ago(0)), {}, TODAY)
    old = harm(finding(first_seen_at=_ago(days)), {}, TODAY)
    assert new < old < 1.2 * new


def test_ties_are_broken_by_path_and_id() -> None:
    items = [finding("z", QUOTE), finding("b", OTHER), finding("a", QUOTE)]
    assert [item.id for item in rank(items)] == ["a", "z", "b"]
    assert sorted(items, key=order) == list(rank(reversed(items)))
