"""A candidate from its build to its end, on real releases."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agent.canary.canary import Action, CanaryStatus
from agent.canary.decide import decide, look, promote_now, start, stop
from agent.canary.store import Canaries, in_canary
from eval.gate.verdict import Verdict
from kb.build import Workspace
from kb.errors import Permanent, Transient
from kb.releases import promote, prune, rollback
from tests.flows.candidates import (
    ARTICLES,
    RULES,
    edit_index,
    edit_rows,
    edit_verdict,
    held,
    hold_talks,
    live,
)
from tests.flows.runs import Center


@pytest.fixture
def center(tmp_path: Path) -> Iterator[Center]:
    made = Center.of(tmp_path, ARTICLES, canary=RULES)
    made.run()
    yield made
    made.work.database.close()


def test_a_candidate_that_is_as_good_goes_live_by_the_rule(center: Center) -> None:
    before, candidate = live(center), held(center, cup="# Cup\n\nWash the cup by hand.\n")
    assert live(center) == before
    canary = start(center.work)
    assert (canary.release_id, canary.live_id) == (candidate.id, before)
    assert decide(center.work).action is Action.GO_ON
    hold_talks(center, before, 200, 20)
    hold_talks(center, candidate.id, 200, 18)
    found = decide(center.work)
    assert (found.action, live(center)) == (Action.PROMOTE, candidate.id)
    ended = Canaries(center.work.database).all()[0]
    assert (ended.status, len(ended.readings)) == (CanaryStatus.PROMOTED, 4)
    assert decide(center.work).action is Action.NONE
    assert rollback(center.work.releases, center.work.backend).id == before


def test_what_passes_waits_as_a_candidate_when_it_is_not_to_be_promoted(center: Center) -> None:
    from flows.release import conclude

    before, candidate = live(center), held(center, cup="# Cup\n\nWash the cup by hand.\n")
    passed = Verdict(passed=True, cases=1, drafted=False, rules=())
    waiting = conclude.fn(center.work, candidate, passed, promoting=False)
    assert (waiting.status, live(center)) == ("candidate", before)
    assert start(center.work).release_id == candidate.id
    stop(center.work)
    assert conclude.fn(center.work, candidate, passed).status == "live"


def test_a_candidate_that_is_worse_is_withdrawn_with_its_reason(center: Center) -> None:
    before, candidate = live(center), held(center, cup="# Cup\n\nWash the cup by hand.\n")
    start(center.work)
    hold_talks(center, before, 60, 6)
    hold_talks(center, candidate.id, 60, 50)
    found = decide(center.work)
    assert (found.action, live(center)) == (Action.WITHDRAW, before)
    assert "handed over 6 of 60 before, 50 of 60 with the candidate" in found.reason
    refused = center.work.release(candidate.id)
    assert (refused.status, (refused.verdict or {})["withdrawn"]) == ("refused", found.reason)
    with pytest.raises(Permanent, match="did not pass"):
        promote(center.work.releases, center.work.backend, candidate.id)


def test_what_was_withdrawn_does_not_come_back_by_itself(center: Center) -> None:
    candidate = held(center, cup="# Cup\n\nWash the cup by hand.\n")
    start(center.work)
    hold_talks(center, live(center), 60, 6)
    hold_talks(center, candidate.id, 60, 50)
    decide(center.work)
    with pytest.raises(Permanent, match=r"was withdrawn .worse: handed over.*--again"):
        held(center)
    with pytest.raises(Permanent, match="no candidate is waiting"):
        start(center.work)
    assert start(center.work, candidate.id, again=True).release_id == candidate.id
    promote_now(center.work)
    assert live(center) == candidate.id


def test_while_customers_try_it_a_candidate_is_kept_and_not_built_anew(center: Center) -> None:
    candidate = held(center, cup="# Cup\n\nWash the cup by hand.\n")
    start(center.work)
    with pytest.raises(Permanent, match="customers are trying it"):
        held(center)
    later = held(center, jug="# Jug\n\nWash the jug by hand.\n")
    tried = in_canary(center.work.database)
    prune(center.work.releases, center.work.backend, 1, tried)
    assert {candidate.id, later.id} <= {item.id for item in center.work.releases.all()}
    stop(center.work)
    assert center.work.release(candidate.id).status == "candidate"
    assert in_canary(center.work.database) == frozenset()


def test_only_one_candidate_is_tried_at_a_time(center: Center) -> None:
    candidate = held(center, cup="# Cup\n\nWash the cup by hand.\n")
    start(center.work)
    with pytest.raises(Permanent, match="another canary is running"):
        start(center.work, candidate.id)
    with pytest.raises(Permanent, match="only a candidate that has passed"):
        start(center.work, live(center))


def test_a_canary_ends_when_another_release_goes_live(center: Center) -> None:
    held(center, cup="# Cup\n\nWash the cup by hand.\n")
    start(center.work)
    center.run(jug="# Jug\n\nWash the jug by hand.\n")
    found = decide(center.work)
    assert found.action is Action.STOP
    assert "is live meanwhile" in found.reason


def test_a_crash_between_promotion_and_the_end_is_mended_by_the_next_look(center: Center) -> None:
    candidate = held(center, cup="# Cup\n\nWash the cup by hand.\n")
    start(center.work)
    promote(center.work.releases, center.work.backend, candidate.id)
    assert decide(center.work).action is Action.PROMOTE
    assert Canaries(center.work.database).all()[0].status is CanaryStatus.PROMOTED


@pytest.mark.parametrize(
    ("edit", "what"),
    [(edit_rows, "its articles"), (edit_index, "its index"), (edit_verdict, "its verdict")],
)
def test_a_candidate_that_was_edited_is_neither_tried_nor_promoted(
    center: Center, edit: Callable[[Workspace, str], None], what: str
) -> None:
    before, candidate = live(center), held(center, cup="# Cup\n\nWash the cup by hand.\n")
    start(center.work)
    edit(center.work, candidate.id)
    hold_talks(center, before, 200, 20)
    hold_talks(center, candidate.id, 200, 18)
    assert look(center.work).action is Action.PROMOTE
    found = decide(center.work)
    assert (found.action, live(center)) == (Action.WITHDRAW, before)
    assert f"changed after it was evaluated ({what}" in found.reason
    with pytest.raises(Permanent, match="changed after it was evaluated"):
        start(center.work, candidate.id, again=True)


def test_the_live_release_is_built_anew_when_it_was_edited(center: Center) -> None:
    before = live(center)
    edit_rows(center.work, before)
    center.run()
    assert live(center) == f"{before}-2"


def test_nothing_is_decided_while_another_run_holds_the_home(center: Center) -> None:
    candidate = held(center, cup="# Cup\n\nWash the cup by hand.\n")
    start(center.work)
    hold_talks(center, live(center), 60, 6)
    hold_talks(center, candidate.id, 60, 50)
    with center.work.home.lock(), pytest.raises(Transient, match="in use"):
        decide(center.work)
    assert decide(center.work).action is Action.WITHDRAW
