"""SARIF that points at the golden set and at articles."""

from dataclasses import replace
from typing import Any

from eval.formats.report import Report
from eval.formats.sarif import render_sarif
from eval.gate.verdict import Failing, Rule, Verdict
from tests.eval.formats.runs import HOSTILE, crashed, passed, report


def log(of: Report) -> dict[str, Any]:
    found = render_sarif(of, "1.2.3")
    assert found["version"] == "2.1.0"
    run: dict[str, Any] = found["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(rules[item["ruleIndex"]] == item["ruleId"] for item in run["results"])
    return run


def judged(of: Report, rule: Rule, *failing: Failing) -> Report:
    verdict = Verdict(rule.informs, cases=30, drafted=False, rules=(rule,), failing=failing)
    return replace(of, record=replace(of.record, verdict=verdict.to_json()))


def test_a_broken_rule_points_at_the_line_of_each_case() -> None:
    results = [item for item in log(report())["results"] if item["ruleId"] == "must_pass"]
    places = [item["locations"][0]["physicalLocation"] for item in results]
    assert [place["region"] for place in places] == [
        {"startLine": line, "endLine": line} for line in (1, 2, 3)
    ]
    assert places[0]["artifactLocation"]["uri"] == "eval/golden%20set.jsonl"
    assert {item["level"] for item in results} == {"error"}
    assert "before: answer: We refund" in results[0]["message"]["text"]


def test_what_an_article_is_to_be_mended_for_points_at_the_article_first() -> None:
    item = Failing("new_findings", "g04", "How long?", "answer", "answer: 30", "30 or 45", None)
    placed = replace(item, article="refunds.md", line=7)
    found = log(judged(report(), Rule("new_findings", passed=False, reason="1 new"), placed))[
        "results"
    ][0]
    place = found["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "docs/refunds.md"
    assert place["region"]["startLine"] == 7
    related = found["relatedLocations"][0]["physicalLocation"]
    assert related["region"]["startLine"] == 5


def test_a_rule_without_cases_stands_on_the_first_line_of_the_set() -> None:
    found = log(judged(report(), Rule("cases", passed=False, reason="too few cases")))["results"][0]
    assert found["message"]["text"] == "cases: too few cases"
    assert found["locations"][0]["physicalLocation"]["region"]["startLine"] == 1


def test_a_rule_that_informs_is_a_note() -> None:
    rule = Rule("faithfulness", passed=False, reason="0.2 is below 0.8", informs=True)
    assert log(judged(report(), rule))["results"][0]["level"] == "note"


def test_without_a_golden_set_nothing_has_a_place_and_all_is_told() -> None:
    run = log(replace(report(), golden="", lines={}))
    assert run["results"] == []
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert any("g00: How long?" in item["message"]["text"] for item in notes)


def test_a_run_that_could_not_be_computed_was_not_successful() -> None:
    assert log(crashed())["invocations"][0]["executionSuccessful"] is False
    assert log(report())["invocations"][0]["executionSuccessful"] is True


def test_a_pass_has_no_results() -> None:
    assert log(passed())["results"] == []


def test_what_customers_wrote_stays_printable() -> None:
    text = log(report(HOSTILE))["results"][0]["message"]["text"]
    assert "\x1b" not in text
    assert "\x00" not in text


def test_nothing_that_was_said_is_a_link() -> None:
    run = log(report(HOSTILE))
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert not any("](" in item["message"]["text"] for item in [*run["results"], *notes])
