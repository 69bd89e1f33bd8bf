"""Findings, time, money and the writer: rules beside the scores."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from agent.types import Spent, Turn
from eval.gate.rules.cost import COST_PER_CASE
from eval.gate.rules.new_findings import NEW_FINDINGS
from eval.gate.rules.obsolete import OBSOLETE
from eval.gate.rules.speed import ANSWER_P95_MS, SLOWER
from eval.gate.rules.writing import MODELLED, WRITTEN
from eval.gate.verdict import Verdict
from eval.scoring.evaluation import CaseResult
from kb.findings import Evidence, Finding, FindingKind, FindingStatus, Severity
from kb.settings import GateSettings
from kb.types import Article
from tests.eval.rules.trials import baseline, case, named, result, rule, verdict
from tests.eval.turns import NOW, REFUND, answer
from tests.kb.articles import article

CASES = [case(f"g{number:02}") for number in range(20)]
LIVE = [result(it) for it in CASES]
OLD = article("refunds.md", "# Refunds\n\nWe refund the full price within 30 days of delivery.\n")
NEW = article("refunds.md", "# Refunds\n\nWe refund the full price within 45 days of delivery.\n")
OTHER = article("parking.md", "# Parking\n\nPark behind the house.\n")
AFTER = NOW + timedelta(hours=1)


def finding(
    about: Article = NEW,
    severity: Severity = Severity.HIGH,
    status: FindingStatus = FindingStatus.OPEN,
    seen_after: timedelta = timedelta(hours=1),
) -> Finding:
    quote = about.text.splitlines()[2]
    start = about.text.index(quote)
    evidence = Evidence(about.id, about.path, about.title, quote, start, start + len(quote), line=3)
    return Finding(
        id="f1",
        kind=FindingKind.CONTRADICTION,
        severity=severity,
        confidence=0.9,
        title="30 days or 45 days",
        explanation="",
        suggestion="",
        evidence=(evidence,),
        status=status,
        first_seen_at=NOW + seen_after,
    )


def found_in(item: Finding, articles: Sequence[Article] = (NEW,)) -> Verdict:
    return verdict(
        [result(case("g0", reference="Ask us."))],
        baseline=baseline([result(case("g0", reference="Ask us."))], (OLD, OTHER)),
        articles=(*articles, OTHER),
        findings=[item],
    )


def test_a_new_high_finding_in_a_cited_article_refuses_with_its_quote_and_the_cases() -> None:
    found = found_in(finding())
    assert [item.metric for item in found.broken] == [NEW_FINDINGS]
    assert named(found, NEW_FINDINGS) == ["g0"]
    item = found.failing[-1]
    assert "refunds.md:3: “We refund the full price within 45 days of delivery.”" in item.why
    assert (item.article, item.line) == ("refunds.md", 3)


@pytest.mark.parametrize(
    "harmless",
    [
        finding(severity=Severity.MEDIUM),
        finding(status=FindingStatus.DISMISSED),
        finding(status=FindingStatus.SNOOZED),
        finding(seen_after=-timedelta(hours=1)),
        finding(about=OTHER),
    ],
    ids=["medium", "dismissed", "snoozed", "known before", "in an article that nobody cites"],
)
def test_other_findings_do_not(harmless: Finding) -> None:
    assert found_in(harmless).passed


def test_a_finding_that_time_brought_to_an_unchanged_article_informs() -> None:
    found = found_in(finding(about=OLD), [OLD])
    assert found.passed
    assert "30 days or 45 days (f1)" in found.notes[-1]


@pytest.mark.parametrize(
    ("kind", "refuses"), [(FindingKind.BROKEN_LINK, True), (FindingKind.STALE, False)]
)
def test_a_link_that_a_deleted_article_left_behind_refuses(
    kind: FindingKind, refuses: bool
) -> None:
    gone = verdict(
        LIVE,
        baseline=baseline(LIVE, (OLD, OTHER)),
        articles=(OLD,),
        findings=[replace(finding(about=OLD), kind=kind)],
    )
    assert (NEW_FINDINGS in [item.metric for item in gone.broken]) is refuses


def test_findings_of_medium_severity_refuse_where_the_settings_say_so() -> None:
    settings = GateSettings(min_cases=1, new_findings="medium")
    item = finding(severity=Severity.MEDIUM)
    before = baseline(LIVE, (OLD,))
    wide = verdict(LIVE, settings=settings, baseline=before, articles=(NEW,), findings=[item])
    assert NEW_FINDINGS in [it.metric for it in wide.broken]
    settings = GateSettings(min_cases=1, new_findings="off")
    off = verdict(LIVE, settings=settings, baseline=before, articles=(NEW,), findings=[finding()])
    assert rule(off, NEW_FINDINGS).passed


def test_where_nothing_is_live_findings_inform() -> None:
    found = verdict(LIVE, articles=(NEW,), findings=[finding()])
    assert found.passed
    assert (
        rule(found, NEW_FINDINGS).reason == "no other release is live: 1 in cited articles inform"
    )


def test_a_case_that_the_change_made_obsolete_refuses() -> None:
    found = verdict(LIVE[:1], baseline=baseline(LIVE[:1], (OLD,)), articles=(NEW,))
    assert OBSOLETE in [item.metric for item in found.broken]
    item = next(it for it in found.failing if it.metric == OBSOLETE)
    assert (item.case_id, item.article) == ("g00", "refunds.md")
    assert "30 days" in item.why


def test_an_article_that_still_says_it_makes_nothing_obsolete() -> None:
    reworded = article(
        "refunds.md", "# Refunds\n\nWithin 30 days of delivery, we refund the full price.\n"
    )
    found = verdict(LIVE, baseline=baseline(LIVE, (OLD,)), articles=(reworded,))
    assert rule(found, OBSOLETE).passed


def timed(*times_ms: float, reused: bool = False) -> list[CaseResult]:
    pairs = zip(CASES, times_ms, strict=False)
    return [replace(result(it, answer_ms=time), reused=reused) for it, time in pairs]


def test_answers_over_the_ceiling_refuse_and_the_slowest_are_named() -> None:
    settings = GateSettings(min_cases=1, answer_p95_ms=500)
    found = verdict(timed(*[100.0] * 17, 900, 800, 1000), settings=settings)
    broken = found.broken[0]
    assert (broken.metric, broken.n, broken.threshold) == (ANSWER_P95_MS, 20, 500)
    assert broken.interval is not None
    assert named(found, ANSWER_P95_MS)[:3] == ["g19", "g17", "g18"]


def test_one_slow_answer_of_twenty_is_no_broken_ceiling() -> None:
    settings = GateSettings(min_cases=1, answer_p95_ms=500)
    assert verdict(timed(*[100.0] * 19, 520), settings=settings).passed


def test_what_was_not_asked_again_says_nothing_of_the_time() -> None:
    settings = GateSettings(min_cases=1, answer_p95_ms=500)
    found = verdict(timed(*[9000.0] * 20, reused=True), timed(*[10.0] * 20), settings)
    assert found.passed
    assert rule(found, ANSWER_P95_MS).reason == "no case was asked anew"


def test_three_seconds_more_an_answer_refuse() -> None:
    found = verdict(timed(*[3030.0] * 20), timed(*[30.0] * 20))
    assert [item.metric for item in found.broken] == [SLOWER]
    assert found.broken[0].reason == "the median answer went from 30 ms to 3030 ms"
    assert "3030 ms, 30 ms before" in found.failing[-1].why


@pytest.mark.parametrize(("before", "after"), [(30.0, 300.0), (2000.0, 3500.0), (30.0, 1000.0)])
def test_a_busy_machine_does_not(before: float, after: float) -> None:
    assert verdict(timed(*[after] * 20), timed(*[before] * 20)).passed


def test_a_few_that_waited_long_do_not_move_the_median() -> None:
    after = timed(*[30.0] * 15, *[9000.0] * 5)
    assert verdict(after, timed(*[30.0] * 20)).passed


def test_the_rule_can_be_switched_off() -> None:
    settings = GateSettings(min_cases=1, slower_ms=0)
    assert verdict(timed(*[9000.0] * 20), timed(*[30.0] * 20), settings).passed


def modelled(turn: Turn, cost: float = 0.0) -> Turn:
    return replace(turn, spent=Spent("writer-1", 100, 20, cost, 5.0))


def test_cases_that_cost_more_than_the_ceiling_refuse_and_the_dearest_is_named() -> None:
    settings = GateSettings(min_cases=1, cost_per_case=0.01)
    said = [modelled(answer(), cost=0.5 if number == 7 else 0.001) for number in range(20)]
    results = [
        replace(result(it, turn), turns=(turn,)) for it, turn in zip(CASES, said, strict=True)
    ]
    found = verdict(results, settings=settings)
    assert [item.metric for item in found.broken] == [COST_PER_CASE]
    assert named(found, COST_PER_CASE)[0] == "g07"
    assert verdict(results).passed


def written(struck: Sequence[str] = (), writer: str = "writer-1") -> list[CaseResult]:
    turn = replace(modelled(answer(text=REFUND)), struck=tuple(struck), writer=writer)
    return [result(it, turn) for it in CASES]


def test_a_prompt_that_invents_is_found_though_grounding_strikes_it() -> None:
    found = verdict(written(["Refunds are doubled."]), written())
    assert [item.metric for item in found.broken] == [WRITTEN]
    assert found.broken[0].score == 0.5
    assert found.broken[0].before == 1.0
    assert "struck: Refunds are doubled." in found.failing[-1].why


def test_a_model_whose_words_had_to_be_replaced_is_found() -> None:
    found = verdict(written(writer="extractive"), written())
    assert [item.metric for item in found.broken] == [MODELLED]
    assert found.broken[0].score == 0.0


def test_a_sentence_that_was_struck_here_and_there_is_measured() -> None:
    after = [*written(["It is free."])[:2], *written()[2:]]
    found = verdict(after, written())
    assert found.passed
    assert rule(found, WRITTEN).score == pytest.approx(0.95)


def test_what_is_measured_heeds_the_weights_of_cases() -> None:
    (invented, *_), (_, *right) = written(["It is free."]), written()
    heavy = replace(invented, case=replace(invented.case, weight=11.0))
    found = rule(verdict([heavy, *right]), WRITTEN)
    assert found.score == pytest.approx((11 * 0.5 + len(right)) / (11 + len(right)))


def test_without_a_model_there_is_nothing_to_measure() -> None:
    found = verdict(LIVE, written())
    assert rule(found, WRITTEN).reason == "no language model writes"
    assert found.passed
