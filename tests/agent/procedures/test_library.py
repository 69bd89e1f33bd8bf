"""The procedures of a release and of the releases before it."""

from pathlib import Path

import pytest

from agent.assets import PROCEDURE
from agent.procedures.library import Library, compile_folder
from kb.errors import ConfigError, Permanent
from kb.store.database import Database
from kb.store.releases import Releases
from kb.types import Asset, Release, ReleaseStatus
from tests.agent.fakes import NOW
from tests.agent.procedures.shop import FRONT, SPECS

OLD = FRONT + '1. Tell the customer "Old."\n'
NEW = FRONT + '1. Tell the customer "New."\n'


def asset(text: str) -> Asset:
    from hashlib import sha256

    return Asset(PROCEDURE, "greet", sha256(text.encode()).hexdigest()[:12], text)


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    database = Database(f"sqlite:///{tmp_path / 'kb.db'}")
    database.upgrade()
    store = Releases(database)
    for name, text in (("r1", OLD), ("r2", NEW)):
        store.add(Release(name, name, ReleaseStatus.CANDIDATE, NOW), [], [asset(text)])
    return store


def test_a_conversation_finds_the_text_that_it_began_with(releases: Releases) -> None:
    first = Library(releases.assets("r1"), releases, SPECS).all()[0]
    library = Library(releases.assets("r2"), releases, SPECS)
    live = library.all()[0]
    assert live.version != first.version
    assert library.get("greet", live.version) == live
    releases.drop("r1")
    assert library.get("greet", first.version) == first


def test_a_text_that_nobody_kept_is_not_there(releases: Releases) -> None:
    library = Library(releases.assets("r2"), releases, SPECS)
    assert library.get("greet", "000000000000.000000") is None
    assert library.get("other", library.all()[0].version) is None


def test_an_old_text_that_does_not_fit_the_actions_of_now_is_not_there(
    releases: Releases,
) -> None:
    first = Library(releases.assets("r1"), releases, SPECS).all()[0]
    library = Library([], releases, {})
    assert library.get("greet", first.version) is None


def test_a_release_with_a_procedure_that_does_not_compile_is_refused(releases: Releases) -> None:
    with pytest.raises(Permanent, match="greet does not compile: line 17"):
        Library([asset(FRONT + "1. Somersault.\n")], releases, SPECS)


def test_a_folder_is_compiled_without_its_conversations(tmp_path: Path) -> None:
    (tmp_path / "greet.md").write_text(OLD, encoding="utf-8")
    (tmp_path / "greet.test.md").write_text("# A conversation\n", encoding="utf-8")
    (tmp_path / "bad.md").write_text("1. Somersault.\n", encoding="utf-8")
    procedures, faults = compile_folder(tmp_path, SPECS)
    assert [item.name for item in procedures] == ["greet"]
    assert str(tmp_path / "bad.md") in {item.path for item in faults}
    with pytest.raises(ConfigError, match="no such file or folder"):
        compile_folder(tmp_path / "nowhere", SPECS)
