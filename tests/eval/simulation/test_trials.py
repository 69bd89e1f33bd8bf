"""Scenarios are tried several times, and with every call failing in every way."""

from agent.types import Decision, HandoffReason
from eval.simulation.customer import scripted
from eval.simulation.play import MOST_MESSAGES, converse
from eval.simulation.report import render_text, to_json
from eval.simulation.trials import Outcome, try_all, try_faults
from kb.ports import Progress
from tests.eval.simulation.stories import Answering, ShopStage, reply, scenario


def silent(step: str, done: int, total: int | None) -> None:
    """Nobody watches."""


QUIET: Progress = silent


def test_every_trial_of_every_scenario_is_played() -> None:
    outcome = try_all(ShopStage(), [scenario(), scenario(id="again")], 4, QUIET)

    assert outcome.counts() == {"refund": (4, 4), "again": (4, 4)}
    assert (outcome.pass_hat(1), outcome.pass_hat(4)) == (1.0, 1.0)


def test_a_scenario_that_fails_now_and_then_lowers_the_fourth_power_more() -> None:
    story = scenario(says=["refund order 7", ["yes", "yes", "yes", "no"]])

    outcome = try_all(ShopStage(), [story], 8, QUIET)

    once, four = outcome.pass_hat(1), outcome.pass_hat(4)
    assert once is not None
    assert four is not None
    assert 0 < once < 1
    assert four < once


def test_with_faults_a_careful_agent_keeps_its_promises() -> None:
    outcome = try_faults(ShopStage(), [scenario()], QUIET)

    assert len(outcome.trials) == 11
    assert outcome.failed == ()


def test_with_faults_a_careless_agent_is_found_out() -> None:
    outcome = try_faults(ShopStage(careless=True), [scenario()], QUIET)

    failed = {(it.failures[0].kind, it.failures[0].call) for it in outcome.failed}
    assert ("drop_after", 1) in failed
    assert ("drop_before", 1) not in failed


def test_an_error_of_the_agent_is_an_outcome() -> None:
    def raises(text: str, number: int) -> None:
        raise KeyError("order")

    story = scenario()
    exchanges, error = converse(Answering(raises), story, scripted(story, 0))  # type: ignore[arg-type]  # it never returns

    assert exchanges == ()
    assert error == "the agent raised KeyError: 'order' at 'refund order 7'"


def test_two_who_talk_past_each_other_are_stopped() -> None:
    story = scenario(says=None, plays={"opens": "hi", "otherwise": "what?", "patience": 99})

    exchanges, error = converse(Answering(lambda text, number: reply()), story, scripted(story, 0))

    assert len(exchanges) == MOST_MESSAGES
    assert error == f"no end after {MOST_MESSAGES} messages"


def test_a_case_is_given_back_between_two_messages() -> None:
    story = scenario(says=["human", {"given_back": True}, "hello"])
    live = Answering(lambda text, number: reply("…", Decision.HANDOFF, reason=HandoffReason.LIMIT))

    _, error = converse(live, story, scripted(story, 0))

    assert (live.given_back, live.heard, error) == (["h1"], ["human", "hello"], "")


def test_a_report_shows_the_figures_and_the_transcript_of_a_failure() -> None:
    outcome = try_all(
        ShopStage(), [scenario(), scenario(id="other", says=["refund order 7", "no"])], 4, QUIET
    )

    text = render_text(outcome)

    assert "1 of 2 scenarios passed in every one of 8 trials" in text
    assert "pass^1  0.500" in text
    assert "pass^4  0.500" in text
    assert "actions pay_back 4" in text
    assert text.count("FAILED other") == 1
    assert "- pay_back {'amount': 20} was not called" in text
    assert "customer: no\n    agent (clarify): Shall I?" in text


def test_a_report_of_faults_names_the_fault() -> None:
    text = render_text(try_faults(ShopStage(careless=True), [scenario()], QUIET))

    assert "0 of 1 scenarios passed in every one of 11 runs with a fault" in text
    assert "with error_after at call 1 of createRefund" in text
    assert "pass^" not in text


def test_the_figures_are_plain_values_for_machines() -> None:
    found = to_json(try_all(ShopStage(), [scenario(says=["no"])], 1, QUIET))

    assert found["passed"] is False
    assert found["pass_hat"] == {"1": 0.0}
    assert found["failures"][0]["scenario"] == "refund"
    assert found["failures"][0]["transcript"][0]["customer"] == "no"
    assert to_json(Outcome(()))["turn_ms"] is None


def test_scenarios_with_failures_of_their_own_are_not_tried_with_more() -> None:
    failing = scenario(failures=[{"operation": "createRefund", "kind": "drop_before"}])

    assert try_faults(ShopStage(), [failing], QUIET).trials == ()
