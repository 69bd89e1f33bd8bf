"""The set itself: enough cases, the same as before, and slices of it."""

from dataclasses import replace

import pytest

from agent.types import Decision
from eval.gate.confusion import confusion, labels
from eval.gate.gate import CASES
from eval.gate.rules.sliced import require_known
from kb.errors import ConfigError
from kb.settings import GateSettings
from tests.eval.rules.trials import FAILED, case, evaluation, named, result, rule, verdict
from tests.eval.turns import handoff

ALL = [result(case(f"g{number:02}")) for number in range(12)]


def sliced(part: str, **floors: float) -> GateSettings:
    return GateSettings.model_validate({"min_cases": 1, "slices": {part: floors}})


def test_cases_that_are_gone_are_noted_by_name() -> None:
    found = verdict(ALL[:10], ALL)
    assert found.passed
    assert any(note.endswith("gone from the golden set: g10, g11.") for note in found.notes)


def test_a_set_that_lost_more_than_half_of_its_cases_is_refused() -> None:
    found = verdict(ALL[:5], ALL)
    assert [item.metric for item in found.broken] == [CASES]
    assert found.broken[0].reason.startswith("7 of the 12 cases")


def test_a_new_golden_case_breaks_nothing() -> None:
    assert verdict([*ALL, result(case("new"), decision_accuracy=0.0)], ALL).passed


def test_a_part_of_the_cases_is_not_held_to_their_number() -> None:
    settings = GateSettings(min_cases=10)
    found = verdict(ALL[:2], ALL, settings, part=True)
    assert found.passed
    assert rule(found, CASES).informs
    assert not verdict(ALL[:2], None, settings).passed


def test_questions_that_were_drafted_before_are_not_missed() -> None:
    drafted = [result(case(f"h{number}", drafted=True)) for number in range(12)]
    found = verdict(ALL, drafted)
    assert found.passed
    assert not any("gone" in note for note in found.notes)


@pytest.mark.parametrize(
    "part", ["tag:refunds", "article:billing/*", "owner:ann@x.example", "language:de"]
)
def test_a_slice_under_its_floor_refuses_and_names_its_cases(part: str) -> None:
    asked = case("low", tags=("refunds",), articles=("billing/plans.md",))
    low = result(asked, decision_accuracy=0.0)
    low = replace(low, owners=("ann@x.example",), locales=("de",))
    found = verdict([*ALL, low], settings=sliced(part, decision_accuracy=0.9))
    broken = found.broken[0]
    assert broken.metric.startswith("decision_accuracy@")
    assert (broken.n, broken.score, broken.threshold) == (1, 0.0, 0.9)
    assert broken.interval is not None
    assert named(found, broken.metric) == ["low"]


def test_a_slice_by_decision_holds_what_is_due_that_decision() -> None:
    due = result(case("h", decision=Decision.HANDOFF, articles=()), decision_accuracy=0.0)
    found = verdict([*ALL, due], settings=sliced("decision:handoff", decision_accuracy=0.5))
    assert [item.metric for item in found.broken] == ["decision_accuracy@decision:handoff"]


def test_a_slice_without_a_case_is_noted() -> None:
    found = verdict(ALL, settings=sliced("tag:nobody", grounding=1.0))
    assert found.passed
    assert (
        found.notes[-1]
        == '[gate.slices."tag:nobody"] grounding holds nothing: the slice has no case.'
    )


def test_a_slice_says_how_it_was_in_the_live_release() -> None:
    live = [result(case(f"g{number}", tags=("a",))) for number in range(4)]
    after = [result(case("g0", tags=("a",)), grounding=0.0), *live[1:]]
    found = rule(verdict(after, live, sliced("tag:a", grounding=0.5)), "grounding@tag:a")
    assert found.before == 1.0
    assert found.change is not None


def test_a_floor_of_a_metric_that_there_is_not_names_the_nearest() -> None:
    with pytest.raises(ConfigError, match=r"no metric 'desicion_accuracy'; did you mean decision_"):
        require_known(sliced("tag:a", desicion_accuracy=1.0), ["decision_accuracy", "grounding"])
    require_known(sliced("tag:a", grounding=1.0), ["grounding"])


def test_a_judged_metric_without_standing_informs() -> None:
    low = [result(it.case, answer_similarity=0.1) for it in ALL]
    why = {"answer_similarity": "kappa 0.41 is below 0.6"}
    found = verdict(low, standing=why)
    told = rule(found, "answer_similarity")
    assert found.passed
    assert not told.passed
    assert told.informs
    assert "informs only: kappa 0.41 is below 0.6" in told.reason


def test_a_judged_metric_without_standing_that_fails_refuses_even_so() -> None:
    failed = [result(ALL[0].case, answer_similarity=FAILED), *ALL[1:]]
    found = verdict(failed, standing={"answer_similarity": "it was never calibrated"})
    assert [item.metric for item in found.broken] == ["answer_similarity"]
    assert found.uncomputed == found.broken


def test_decisions_are_counted_as_due_and_made() -> None:
    found = [*ALL[:3], result(ALL[3].case, handoff()), result(case("h", decision=Decision.HANDOFF))]
    counted = confusion(evaluation(found).rows())
    assert counted == (("answer", "answer", 3), ("answer", "handoff", 1), ("handoff", "answer", 1))
    assert labels(counted) == (["answer", "handoff"], ["answer", "handoff"])
    assert verdict(found).confusion == counted


def test_a_broken_floor_names_first_what_got_worse() -> None:
    live = [result(it.case, grounding=float(number > 3)) for number, it in enumerate(ALL)]
    after = [result(it.case, grounding=float(4 <= number < 10)) for number, it in enumerate(ALL)]
    found = verdict(after, live)
    assert named(found, "grounding")[:3] == ["g10", "g11", "g00"]
    assert rule(found, "grounding").reason == (
        "0.500 is below 1; 2 of the 6 cases are new or worse than in the live release"
    )


def test_any_metric_can_have_a_floor() -> None:
    settings = GateSettings.model_validate({"min_cases": 1, "floors": {"citation_precision": 0.9}})
    low = [result(it.case, citation_precision=0.5) for it in ALL]
    found = verdict(low, settings=settings)
    assert [(it.metric, it.threshold) for it in found.broken] == [("citation_precision", 0.9)]
    with pytest.raises(ConfigError, match=r"\[gate.floors\]: no metric 'citation_precision'"):
        require_known(settings, ["grounding"])


@pytest.mark.parametrize("part", ["refunds", "label:refunds", "tag:"])
def test_a_slice_by_what_cases_have_not_is_no_setting(part: str) -> None:
    with pytest.raises(ValueError, match="is no part of the cases: decision:…, tag:…"):
        sliced(part, grounding=1.0)
