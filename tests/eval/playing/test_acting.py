"""Cases that act are played against real backends, and what became of these is looked at."""

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from agent.identity import IdentityLevel
from agent.types import Decision
from eval.golden.case import Asker, Case, ExpectedCall
from eval.metrics.action_correctness import ActionCorrectness
from eval.metrics.end_state import EndState
from eval.playing.player import open_player
from eval.scoring.evaluation import CaseResult
from eval.scoring.metric import columns
from kb.build import Workspace
from kb.errors import ConfigError
from tests.eval.playing.yard import open_yard

OWNER = Asker(identity=IdentityLevel.VERIFIED, customer_id="c-1")
PAINTED = Case(
    "painted",
    "yes",
    Decision.ACTION,
    earlier=("Paint my fence please", "red"),
    who=OWNER,
    actions=(ExpectedCall("paint", {"colour": "Red"}),),
    end_state={"fences": {"1": {"colour": "red"}}},
)


@pytest.fixture(scope="module")
def yard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, str]]:
    work, release = open_yard(tmp_path_factory.mktemp("yard"))
    yield work, release
    work.database.close()


def played(yard: tuple[Workspace, str], *cases: Case) -> Sequence[CaseResult]:
    with open_player(*yard, cases) as player:
        return [player.play(case) for case in cases]


async def scores(result: CaseResult) -> tuple[float, float]:
    assert result.turn
    shown = columns(result, result.turn)
    acted = await ActionCorrectness().ascore(shown["changed"], shown["expected_calls"])
    ended = await EndState().ascore(shown["end_state_differences"])
    return acted.value, ended.value


def test_an_action_takes_place_and_the_backend_is_as_expected(
    yard: tuple[Workspace, str],
) -> None:
    (result,) = played(yard, PAINTED)

    assert result.turn
    assert result.turn.decision is Decision.ACTION
    assert result.turn.text == "Done: your fence is red now."
    assert [text for who, text in result.conversation if who == "customer"] == [
        *PAINTED.earlier,
        "yes",
    ]
    assert [(it.action, it.arguments["colour"]) for it in result.changed or ()] == [
        ("paint", "red")
    ]
    assert result.end_state_differences == ()
    assert result.answer_ms > 0


def test_each_case_begins_anew_with_what_it_has_given(yard: tuple[Workspace, str]) -> None:
    unchanged = replace(
        PAINTED, id="again", end_state={}, given={"fences": {"1": {"colour": "red"}}}
    )

    first, second = played(yard, PAINTED, unchanged)

    assert first.end_state_differences == ()
    assert second.end_state_differences == ()


def test_what_is_otherwise_than_expected_is_told_and_scores_nothing(
    yard: tuple[Workspace, str],
) -> None:
    blue = replace(
        PAINTED,
        actions=(ExpectedCall("paint", {"colour": "blue"}),),
        end_state={"fences": {"1": {"colour": "blue"}}},
    )
    right, wrong = played(yard, PAINTED, blue)

    assert asyncio.run(scores(right)) == (1.0, 1.0)
    assert asyncio.run(scores(wrong)) == (0.0, 0.0)
    assert wrong.end_state_differences
    assert wrong.end_state_differences[0] == "fences 1 colour is 'red', not 'blue'"


def test_nobody_in_particular_paints_no_fence(yard: tuple[Workspace, str]) -> None:
    stranger = replace(PAINTED, who=Asker(), actions=(), end_state={})
    said_only = replace(
        stranger, who=Asker(identity=IdentityLevel.CLAIMED, customer_id="c-1"), earlier=()
    )

    for result in played(yard, stranger, said_only):
        assert result.changed == ()
        assert result.end_state_differences == ()
        assert result.turn
        assert result.turn.decision is not Decision.ACTION


def test_without_an_end_state_the_backend_is_not_looked_at(yard: tuple[Workspace, str]) -> None:
    (result,) = played(yard, replace(PAINTED, end_state=None))
    assert result.end_state_differences is None
    assert result.changed


def test_a_case_that_does_not_act_starts_nothing_and_calls_nothing(
    yard: tuple[Workspace, str],
) -> None:
    question = Case("q", "Within how many hours does paint dry?", Decision.ANSWER, "4 hours.")
    dry = replace(PAINTED, decision=Decision.CLARIFY, actions=None, end_state=None)
    answered, withheld = played(yard, question, dry)

    assert (answered.changed, answered.end_state_differences) == (None, None)
    assert answered.turn
    assert "4 hours" in answered.turn.text
    assert withheld.turn
    assert "Done" not in withheld.turn.text


def test_who_may_read_more_is_answered_from_more(yard: tuple[Workspace, str]) -> None:
    asked = Case("d", "Which discount may painters give on a fence?", Decision.ANSWER, "15 percent")
    staff = replace(asked, id="staff", who=Asker(audience=("customers", "staff")))
    customer, painter = played(yard, asked, staff)

    assert customer.turn
    assert painter.turn
    assert "staff.md" not in customer.turn.retrieved
    assert "15 percent" not in customer.turn.text
    assert [item.path for item in painter.turn.citations] == ["staff.md"]


def test_cases_are_played_from_several_threads(yard: tuple[Workspace, str]) -> None:
    cases = [replace(PAINTED, id=f"p{number}") for number in range(4)]
    asked = [
        Case(
            f"q{number}", "How many years does a coat of paint last?", Decision.ANSWER, "Ten years."
        )
        for number in range(4)
    ]
    with open_player(*yard, cases) as player, ThreadPoolExecutor(4) as threads:
        results = list(threads.map(player.play, [*cases, *asked]))

    assert [result.case.id for result in results] == [case.id for case in [*cases, *asked]]
    assert all(result.end_state_differences == () for result in results[:4])
    assert all(result.turn and "ten years" in result.turn.text for result in results[4:])


def test_what_the_backend_refuses_to_begin_with_names_the_case(
    yard: tuple[Workspace, str],
) -> None:
    with pytest.raises(ConfigError, match=r"case painted: the sandbox backend refuses"):
        played(yard, replace(PAINTED, given={"gates": {"1": {}}}))


def test_without_backends_a_case_that_acts_is_an_error_before_anything_is_asked(
    yard: tuple[Workspace, str],
) -> None:
    work, release = yard
    alone = Workspace(
        work.settings.model_copy(update={"simulation": type(work.settings.simulation)()})
    )
    with (
        pytest.raises(ConfigError, match=r"case painted acts.*\[simulation\] path"),
        open_player(alone, release, [PAINTED]),
    ):
        pass


def test_a_sandbox_that_can_not_be_read_is_an_error_before_anything_is_asked(
    yard: tuple[Workspace, str], tmp_path: Path
) -> None:
    work, release = yard
    simulation = work.settings.simulation.model_copy(update={"path": tmp_path})
    lost = Workspace(work.settings.model_copy(update={"simulation": simulation}))
    with (
        pytest.raises(ConfigError, match=r"sandbox.yaml: no such file"),
        open_player(lost, release, [PAINTED]),
    ):
        pass
