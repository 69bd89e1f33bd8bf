"""A few of the forty changes, in every run of the tests; `make forty` tries them all."""

import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest

from eval.runs.store import Evaluations
from kb.build import Workspace
from kb.configuration import load
from tests.forty import breakage, conduct, damage, harmless
from tests.forty.__main__ import CHANGES, attempt, prepare
from tests.forty.bases import Bases
from tests.forty.bringing import Brought
from tests.forty.change import Change, judge
from tests.forty.table import render
from tests.forty.world import sample

BY_NUMBER = {change.number: change for change in CHANGES}
FAST = [damage.WRONG_NUMBER, conduct.LIMIT_LIFTED, BY_NUMBER["21"], BY_NUMBER["34"]]


@pytest.fixture(scope="module")
def bases(live_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Bases:
    """With the sample as it was released for other tests."""
    prepare()
    folder = tmp_path_factory.mktemp("forty")
    world = sample(folder / "base-plain")
    shutil.copytree(live_home, world.home)
    work = Workspace(load(world.config, world.home))
    runs = Evaluations(work.database).of_release(work.release().id)
    record = next(run for run in runs if run.details["trigger"] == "release")
    work.database.close()
    found = Bases(folder, ExitStack())
    found.put(
        "plain",
        world,
        Brought("release", passed=True, verdict=record.verdict, rows=tuple(record.cases)),
    )
    return found


@pytest.mark.parametrize("change", FAST, ids=lambda change: change.name)
def test_what_is_worse_is_refused_with_the_right_cases_and_what_is_harmless_passes(
    change: Change, bases: Bases
) -> None:
    tried = attempt(change, change.ways[0], bases)
    assert tried.as_expected, tried.to_json()


def test_the_forty_are_forty() -> None:
    worse = {change.number.rstrip("ab") for change in CHANGES if change.refused}
    assert worse == {str(number) for number in range(1, 21)}
    assert [it.number for it in CHANGES if not it.refused] == [str(n) for n in range(21, 41)]
    assert len(harmless.HARMLESS) == 20


def test_the_table_says_what_is_not_as_expected() -> None:
    fine, other = BY_NUMBER["21"], breakage.CHUNKS
    nothing = Brought("release", passed=True)
    tried = judge(fine, fine.ways[0], nothing, nothing)
    wrong = judge(other, other.ways[0], nothing, Brought("release", passed=False))
    table = render([tried, wrong])
    assert "refused (!)" in table
    assert "0 of 1 changes for the worse refused with the right cases named, 1 of 1" in table
