"""The verdict can be read in a minute, by people and by programs."""

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from agent.types import Turn
from eval.formats.text import render_json, render_text
from eval.gate.gate import judge
from eval.gate.rules.trial import Baseline
from eval.gate.verdict import Verdict
from eval.runs.run import evaluate
from eval.scoring.suite import Suite
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
    assert "number 90 is not in the quote" in " ".join(text.split())


def test_a_long_list_of_failing_questions_is_cut_and_counted(suite: Suite) -> None:
    said = {f"answer-{number}": handoff() for number in range(25)}
    text = render_text(verdict_of(suite, said, answers=25))
    assert "handoff precision: 25 failing" in text
    assert "and 15 more" in text


def test_a_crash_is_shown_with_its_error(suite: Suite) -> None:
    text = render_text(verdict_of(suite, {"answer-1": RuntimeError("no index")}))
    assert "answering: 1 failing" in text
    assert "RuntimeError: no index" in text


def test_what_was_not_tried_is_said(suite: Suite) -> None:
    text = render_text(verdict_of(suite, {}))
    assert "Not tried, since no language model is configured" in text


def test_json_reads_back_to_the_same_verdict(suite: Suite) -> None:
    verdict = verdict_of(suite, {"answer-1": handoff()})
    assert Verdict.from_json(json.loads(render_json(verdict))) == verdict


def refused_beside_live(suite: Suite) -> Verdict:
    """`answer-2` was right in the live release, and invents now."""
    cases = [replace(case, must_pass=case.id == "answer-2") for case in golden_set()]
    live = evaluate(FixedAgent(), cases, suite)
    wrong = answer(text="We refund the full price within 90 days of delivery.")
    tried = evaluate(FixedAgent({"answer-2": wrong}), cases, suite)
    return judge(tried, GateSettings(), baseline=Baseline(live.rows(), release_id="r1"))


def test_broken_rules_stand_before_the_table_with_before_and_now_side_by_side(
    suite: Suite,
) -> None:
    text = render_text(refused_beside_live(suite), width=100)
    assert text.index("must pass: 1 failing") < text.index("95 % interval")
    beside = [
        [part.strip() for part in line.split("│")] for line in text.splitlines() if "│" in line
    ]
    before, now = (" ".join(parts) for parts in zip(*beside, strict=True))
    assert before.startswith("before answer: We refund the full price within 30 days")
    assert now.startswith("now answer: We refund the full price within 90 days")


@pytest.mark.parametrize("width", [50, 98, 160])
def test_no_line_is_wider_than_the_terminal_but_the_tables(suite: Suite, width: int) -> None:
    told, _, _ = render_text(refused_beside_live(suite), width).partition("\n  metric")
    assert max(map(len, told.splitlines())) <= width


def test_on_a_narrow_terminal_before_stands_above_now(suite: Suite) -> None:
    lines = render_text(refused_beside_live(suite), width=60).splitlines()
    labels = [line.split()[0] for line in lines if line.startswith("      ") and line[6] != " "]
    assert labels[:4] == ["expected", "before", "got", "why"]


def test_the_table_says_how_the_live_release_did(suite: Suite) -> None:
    lines = render_text(refused_beside_live(suite)).splitlines()
    head = next(line for line in lines if line.strip().startswith("metric"))
    row = next(line for line in lines if line.strip().startswith("grounding  "))
    assert "before" in head
    assert row.split()[1] == "0.875"
    assert "1.000  -0.375 to +0.000      1  BROKEN" in row


def test_decisions_are_told_as_due_and_made(suite: Suite) -> None:
    text = render_text(verdict_of(suite, {"answer-1": handoff()}))
    table = text[text.index("Decisions: due in rows") :].splitlines()[1:4]
    assert [line.split() for line in table] == [
        ["answer", "handoff"],
        ["answer", "7", "1"],
        ["handoff", "0", "4"],
    ]


def test_what_customers_wrote_does_nothing_to_the_terminal(suite: Suite) -> None:
    hostile = answer(text="\x1b[2J\x1b]0;taken\x07 \u202eevil We refund within 90 days.")
    text = render_text(verdict_of(suite, {"answer-2": hostile}))
    assert all(char.isprintable() or char == "\n" for char in text)
    assert "We refund within 90 days" in " ".join(text.split())


def test_a_case_that_breaks_several_rules_is_told_once(suite: Suite) -> None:
    text = render_text(refused_beside_live(suite))
    assert text.count("│ now") == 1
    again = next(line for line in text.splitlines() if line.endswith("(above)"))
    assert again.startswith("  answer-2  How do I get a refund?")
    assert text.count("why ") == 2
