"""Thresholds chosen on a golden set."""

import pytest

from agent.answers.calibration import Calibration, model_name
from agent.types import Citation, Decision, Turn
from eval.calibrated import render_text, to_json
from eval.calibration import ALWAYS, Targets, Trial, calibrate, tried
from eval.golden.case import Case
from kb.errors import ConfigError
from tests.agent.center import agent_on
from tests.agent.fakes import NOW


def case(name: str, decision: Decision, *articles: str) -> Case:
    return Case(name, f"question {name}", decision, articles=articles)


def turn(decision: Decision, confidence: float, path: str = "") -> Turn:
    quotes = (Citation(path, path, path, None, "quote", 0, 5),) if path else ()
    return Turn("t", "c", "?", decision, "text", confidence, "", NOW, quotes)


def trials(answerable: list[float], due: list[float]) -> list[Trial]:
    """Log-odds of cases that are due an answer and of those due a person."""
    found = [Trial(case(f"a{n}", Decision.ANSWER), raw, None) for n, raw in enumerate(answerable)]
    return found + [Trial(case(f"h{n}", Decision.HANDOFF), raw, None) for n, raw in enumerate(due)]


CLEAR = trials([2.0 + 0.05 * n for n in range(40)], [-2.0 - 0.1 * n for n in range(20)])


def test_well_apart_cases_are_told_apart_without_a_mistake() -> None:
    found = calibrate(CLEAR, Targets())
    chance = found.calibration.chance
    assert found.calibration.clarify <= found.calibration.answer
    assert chance(2.0) >= found.calibration.answer > chance(-2.0)
    at = next(point for point in found.points if point.threshold >= found.calibration.answer)
    assert (at.answered, at.wrong, at.rightly, at.due) == (40, 0, 20, 20)
    assert found.warnings == ()


def test_the_threshold_rises_with_what_is_asked_of_answers() -> None:
    mixed = trials([-1 + 0.1 * n for n in range(50)], [-3 + 0.1 * n for n in range(40)])
    strict = calibrate(mixed, Targets(answers=0.95, handoffs=0.9)).calibration
    loose = calibrate(mixed, Targets(answers=0.6, handoffs=0.5)).calibration
    assert strict.answer > loose.answer


def test_few_cases_are_warned_of() -> None:
    few = calibrate(trials([1.0] * 8, [-1.0] * 4), Targets())
    assert any("12 cases are too few" in warning for warning in few.warnings)
    assert any("4 cases due a person" in warning for warning in few.warnings)


def test_only_one_kind_of_case_leaves_the_model_as_it_is() -> None:
    found = calibrate(trials([0.5] * 60, []), Targets()).calibration
    assert (found.slope, found.intercept) == (1.0, 0.0)


def test_what_the_thresholds_have_no_say_in_counts_as_it_is() -> None:
    settled = [Trial(case("s1", Decision.HANDOFF), None, Decision.HANDOFF)]
    point = calibrate([*CLEAR, *settled], Targets()).points[0]
    assert point.rightly >= 1
    assert point.cases == 61


def test_a_case_is_read_from_its_turn() -> None:
    due = case("x", Decision.ANSWER, "a.md")
    assert tried(due, turn(Decision.ANSWER, 0.5, "a.md")) == Trial(due, 0.0, None, elsewhere=False)
    assert tried(due, turn(Decision.ANSWER, 0.5, "b.md")).elsewhere
    assert tried(due, turn(Decision.HANDOFF, 1.0)) == Trial(due, None, Decision.HANDOFF)
    assert tried(due, turn(Decision.ANSWER, 1.0, "a.md")).raw == 10.0


def test_the_table_explains_the_choice() -> None:
    text = render_text(calibrate(CLEAR, Targets()))
    assert "60 cases, 20 of them due a person" in text
    assert "It answers from" in text
    assert "It asks one clarifying question from" in text
    assert text.count("*") >= 1
    assert set(to_json(calibrate(CLEAR, Targets()))) == {"calibration", "why", "points", "warnings"}


def test_a_calibration_is_read_back_and_changes_what_the_agent_does() -> None:
    made = calibrate(CLEAR, Targets()).calibration
    assert Calibration.read(made.model_dump_json()) == made
    question = "How much is the Growth plan?"
    strict = Calibration(answer=1.0, clarify=1.0, model=model_name())
    assert agent_on().answer(question).decision is Decision.ANSWER
    assert agent_on(calibration=strict).answer(question).decision is Decision.HANDOFF
    assert (
        agent_on(calibration=ALWAYS).answer("Which wine is dry?").decision is not Decision.CLARIFY
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "calibrate"),
        ('{"answer": 2, "clarify": 0}', "answer"),
        ('{"answer": 0.2, "clarify": 0.6}', "clarify is above answer"),
        ('{"answer": 0.6, "clarify": 0.2, "model": "older"}', "another model"),
    ],
)
def test_a_calibration_that_does_not_fit_is_refused(text: str, why: str) -> None:
    with pytest.raises(ConfigError, match=why):
        Calibration.read(text)
