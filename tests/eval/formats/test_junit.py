"""JUnit XML, as Ant's and Jenkins' schemas want it."""

import re
from xml.etree import ElementTree as Tree

import pytest

from eval.formats.junit import render_junit
from eval.formats.report import Report
from tests.eval.formats.runs import HOSTILE, crashed, passed, report

TIME = re.compile(r"\d+\.\d{3}")
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


def suites(of: Report) -> list[Tree.Element]:
    root = Tree.fromstring(render_junit(of))
    assert root.tag == "testsuites"
    return list(root)


def require_valid(suite: Tree.Element, number: int) -> None:
    """The order and kinds of children, the attributes, and the sums, as both schemas have them."""
    tests = suite.findall("testcase")
    tags = [child.tag for child in suite]
    assert tags == ["properties", *["testcase"] * len(tests), "system-out", "system-err"]
    assert suite.get("id") == str(number)
    assert all(suite.get(name) for name in ("name", "package", "hostname"))
    assert STAMP.fullmatch(suite.attrib["timestamp"])
    assert TIME.fullmatch(suite.attrib["time"])
    counted = {"tests": tests}
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        counted[name] = [test for test in tests if test.find(tag) is not None]
    assert {name: suite.get(name) for name in counted} == {
        name: str(len(found)) for name, found in counted.items()
    }
    for test in tests:
        assert set(test.attrib) == {"name", "classname", "time"}
        assert len(test) <= 1
        assert all("type" in told.attrib for told in test if told.tag != "skipped")
    for held in suite.findall("properties/property"):
        assert set(held.attrib) == {"name", "value"}
        assert held.get("name")


@pytest.mark.parametrize("of", [passed(), report(), report(HOSTILE), crashed()])
def test_every_suite_is_as_the_schemas_have_it(of: Report) -> None:
    for number, suite in enumerate(suites(of)):
        require_valid(suite, number)


def test_each_case_is_a_test_and_each_group_of_rules_a_suite() -> None:
    first, *groups = suites(report())
    assert first.get("name") == "cases"
    assert first.get("tests") == "30"
    assert first.get("failures") == "12"
    names = [suite.get("name") for suite in groups]
    assert {"scores", "change", "cases", "speed"} <= set(names)
    assert len(names) == len(set(names))


def test_a_failure_tells_what_was_due_what_was_said_before_and_what_is_said_now() -> None:
    failure = suites(report())[0].find("testcase/failure")
    assert failure is not None
    assert "must_pass" in failure.attrib["message"]
    lines = (failure.text or "").splitlines()
    assert "expected: answer from refunds.md" in lines
    assert "before:   answer: We refund the full price within 30 days of delivery." in lines
    assert "got:      answer: Within 90 days." in lines


def test_scores_are_properties_and_those_of_the_cases_stand_in_the_output() -> None:
    first, *groups = suites(report())
    scores = next(suite for suite in groups if suite.get("name") == "scores")
    held = {it.get("name"): it.get("value") for it in scores.findall("properties/property")}
    assert held["grounding.score"] == "0.600"
    assert held["grounding.floor"] == "1"
    assert held["grounding.n"] == "30"
    assert "g29: decision_accuracy=1.000 grounding=1.000" in (first.findtext("system-out") or "")


def test_a_crash_is_an_error_and_no_failure() -> None:
    first = suites(crashed())[0]
    assert (first.get("errors"), first.get("tests")) == ("1", "12")
    assert "no index" in (first.findtext("testcase/error") or "")


def test_what_customers_wrote_is_text() -> None:
    failure = suites(report(HOSTILE))[0].find("testcase/failure")
    assert failure is not None
    assert "<script>alert(1)</script>" in (failure.text or "")
    assert "\x1b" not in (failure.text or "")
