"""What is done with a canary, as a table of what was read."""

import pytest

from agent.canary.canary import Action, Reading
from agent.canary.comparison import Count
from agent.canary.rule import compared, decide_on
from kb.settings import CanarySettings

RULES = CanarySettings(least=100, most=1_000, margin=0.05, alpha=0.05, crashes=5)


def decided(
    *counts: tuple[int, int, int, int],
    crashes: tuple[int, int] = (0, 0),
    rules: CanarySettings = RULES,
) -> tuple[Action, str]:
    """Each signal as k, n of the live release and k, n of the candidate."""
    readings = [
        Reading(f"signal_{number}", Count(k0, n0), Count(k1, n1))
        for number, (k0, n0, k1, n1) in enumerate(counts)
    ]
    return decide_on(compared(readings, rules), rules, crashes)


@pytest.mark.parametrize(
    ("counts", "action", "why"),
    [
        ([(0, 0, 0, 0)], Action.GO_ON, "missing: 100 more conversations"),
        ([(9, 90, 1, 10)], Action.GO_ON, "missing: 90 more conversations"),
        ([(90, 900, 10, 100)], Action.GO_ON, "certainty that it is not worse by 0.05 or more"),
        ([(90, 900, 40, 100)], Action.WITHDRAW, "worse: signal 0"),
        ([(900, 9000, 90, 900)], Action.PROMOTE, "no signal is worse by 0.05"),
        ([(900, 9000, 10, 900)], Action.PROMOTE, "no signal is worse by 0.05"),
        ([(0, 300, 0, 40)], Action.GO_ON, "60 more conversations"),
        ([(900, 9000, 90, 900), (900, 9000, 250, 900)], Action.WITHDRAW, "worse: signal 1"),
        ([(2700, 9000, 340, 1000)], Action.WITHDRAW, "not shown to be safe in 1000"),
    ],
)
def test_the_rule(counts: list[tuple[int, int, int, int]], action: Action, why: str) -> None:
    found, reason = decided(*counts)
    assert found is action
    assert why in reason


def test_a_candidate_that_crashes_is_withdrawn_at_once() -> None:
    assert decided((0, 9, 4, 5), crashes=(0, 4))[0] is Action.GO_ON
    found, reason = decided((0, 9, 5, 5), crashes=(0, 5))
    assert found is Action.WITHDRAW
    assert "5 of its turns failed" in reason


def test_an_outage_that_strikes_both_is_not_held_against_the_candidate() -> None:
    assert decided((9, 90, 5, 50), crashes=(9, 6))[0] is Action.GO_ON


def test_with_promotion_by_hand_a_candidate_that_has_passed_waits() -> None:
    rules = RULES.model_copy(update={"promote": False})
    assert decided((900, 9000, 90, 900), rules=rules)[0] is Action.READY


def test_more_signals_ask_for_more_certainty_that_one_is_worse() -> None:
    one = compared([Reading("a", Count(30, 100), Count(30, 100))], RULES)
    two = compared([Reading(name, Count(30, 100), Count(30, 100)) for name in "ab"], RULES)
    assert one[0].difference is not None
    assert two[0].difference is not None
    assert two[0].difference.low < one[0].difference.low
    assert two[0].difference.high == one[0].difference.high
