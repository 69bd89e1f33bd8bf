"""The verdict can be read in a minute, by people and by programs."""

import json
from collections.abc import Mapping

from agent.types import Turn
from eval.gate import judge
from eval.report import render_json, render_text
from eval.run import Suite, evaluate
from eval.verdict import Verdict
from kb.settings import GateSettings
from tests.eval.turns import FixedAgent, answer, golden_set, handoff


def verdict_of(suite: Suite, said: Mapping[str, Turn | Exception], answers: int = 8) -> Verdict:
    return judge(evaluate(FixedAgent(said), golden_set(answers, 4), suite), GateSettings())


def test_a_pass_is_told_first_with_the_table_of_scores(suite: Suite) -> None:
    lines = render_text(verdict_of(suite, {})).splitlines()
    assert lines[0] == "Gate passed: 12 cases"
    row = next(line for line in lines if line.strip().startswith("handoff recall"))
    assert row.split() == ["handoff", "recall", "1.000", "4", "0.510", "to", "1.000", "0.8", "ok"]


def test_a_refusal_names_the_rule_and_the_questions_with_why(suite: Suite) -> None:
    wrong = answer(text="We refund the full price within 90 days of delivery.")
    text = render_text(verdict_of(suite, {"answer-2": wrong}))
    assert text.splitlines()[0] == "Gate REFUSED: grounding (12 cases)"
    assert "grounding: 1 failing" in text
    assert "How do I get a refund? (answer-2)" in text
    assert "expected  answer from refunds.md" in text
    assert "got       answer: We refund the full price within 90 days" in text
    assert "number 90 is not in the quote" in text


def test_a_long_list_of_failing_questions_is_cut_and_counted(suite: Suite) -> None:
    said = {f"answer-{number}": handoff() for number in range(25)}
    text = render_text(verdict_of(suite, said, answers=25))
    assert "handoff precision: 25 failing" in text
    assert "and 15 more" in text


def test_a_crash_is_shown_with_its_error(suite: Suite) -> None:
    text = render_text(verdict_of(suite, {"answer-1": RuntimeError("no index")}))
    assert "answering crashed: 1 failing" in text
    assert "RuntimeError: no index" in text


def test_what_was_not_tried_is_said(suite: Suite) -> None:
    text = render_text(verdict_of(suite, {}))
    assert "Not tried, since no language model is configured" in text


def test_json_reads_back_to_the_same_verdict(suite: Suite) -> None:
    verdict = verdict_of(suite, {"answer-1": handoff()})
    assert Verdict.from_json(json.loads(render_json(verdict))) == verdict
