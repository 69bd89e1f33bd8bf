"""A canary behind the real server, in several processes, and on the command line."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from anyio import CapacityLimiter
from fastapi.testclient import TestClient

from agent.canary.decide import promote_now, start
from agent.canary.store import Canaries
from agent.store import Conversations
from api import serving
from api.access import Access
from api.agents import Agents
from api.app import create_app
from api.routing import Trial
from api.serving import LiveAgent
from api.stores import Stores
from flows.diagnosis import diagnose
from kb.build import Workspace
from kb.settings import Settings
from tests.flows.candidates import ARTICLES, RULES, edit_rows, held, hold_talks, live
from tests.flows.conftest import wellkept
from tests.flows.runs import Center, SmallWorkspace


@pytest.fixture
def center(tmp_path: Path) -> Iterator[Center]:
    made = Center.of(tmp_path, ARTICLES, canary=RULES)
    made.run()
    yield made
    made.work.database.close()


DECIDING = """
import json, sys
from agent.canary.decide import decide
from kb.errors import Transient
from kb.settings import Settings
from tests.flows.runs import SmallWorkspace
home, rules = sys.argv[1:]
work = SmallWorkspace(Settings.model_validate({"home": home, "canary": json.loads(rules)}))
try:
    print(decide(work).action.value)
except Transient:
    print("later")
"""


def test_of_two_processes_that_decide_at_once_one_promotes(center: Center) -> None:
    before, candidate = live(center), held(center, cup="# Cup\n\nWash the cup by hand.\n")
    start(center.work)
    hold_talks(center, before, 200, 20)
    hold_talks(center, candidate.id, 200, 18)
    arguments = [sys.executable, "-c", DECIDING, str(center.work.settings.home), json.dumps(RULES)]
    running = [subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = sorted(process.communicate(timeout=60)[0].strip() for process in running)
    assert "promote" in said
    assert set(said) <= {"promote", "none", "later"}
    assert live(center) == candidate.id
    assert [item.status for item in Canaries(center.work.database).all()] == ["promoted"]


def served(work: Workspace) -> Callable[[Settings], Stores]:
    """The product's stores, on an encoder that needs no model."""

    def opened(settings: Settings) -> Stores:
        agents = Agents(work)

        def live_id() -> str:
            return work.release().id

        return Stores(
            settings=settings,
            live=LiveAgent(live_id, agents.open),
            conversations=Conversations(work.database),
            findings=work.findings,
            access=Access(settings.server),
            turns=CapacityLimiter(4),
            trial=Trial(Canaries(work.database), live_id, agents.open),
            set_otherwise=agents.set_otherwise,
        )

    return opened


def test_each_release_is_served_on_its_own_settings_and_swapped_without_a_restart(
    center: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "LOOK_EVERY_S", 0.0)
    before = live(center)
    settings = center.work.settings.model_dump() | {"agent": {"audience": ["staff"]}}
    changed = SmallWorkspace(Settings.model_validate(settings))
    candidate = held(center, changed, cup="---\naudience: staff\n---\n# Cup\n\nRinse the cup.\n")
    canary = start(center.work)
    customers = {
        drawn: next(str(n) for n in range(99) if canary.draws(f"claimed:id:{n}") is drawn)
        for drawn in (True, False)
    }
    app = create_app(changed.settings, served(changed))
    with TestClient(app, base_url="http://localhost", client=("127.0.0.1", 5000)) as client:
        wait_for(client, candidate=candidate.id)
        ready = client.get("/readyz").json()
        assert any(item.startswith("agent.audience") for item in ready["set_otherwise"])
        asked = "How do I rinse the cup?"
        turns = {
            drawn: client.post("/v1/chat", json={"message": asked, "customer": {"id": name}}).json()
            for drawn, name in customers.items()
        }
        cited = {
            drawn: [item["article"] for item in turn["citations"]] for drawn, turn in turns.items()
        }
        assert "cup.md" in cited[True]
        assert "cup.md" not in cited[False]
        promote_now(center.work)
        wait_for(client, release=candidate.id)
        turn = client.post("/v1/chat", json={"message": asked}).json()
        assert "cup.md" in [item["article"] for item in turn["citations"]]
        assert client.get("/readyz").json()["set_otherwise"] == []
    found = Conversations(center.work.database)
    began = {drawn: found.began_with(turn["conversation_id"]) for drawn, turn in turns.items()}
    assert began == {True: candidate.id, False: before}
    changed.database.close()


def wait_for(client: TestClient, **wanted: str) -> None:
    until = datetime.now(UTC) + timedelta(seconds=20)
    while datetime.now(UTC) < until:
        ready = client.get("/readyz").json()
        if all(ready.get(name) == value for name, value in wanted.items()):
            return
    raise AssertionError(ready)


def test_the_command_says_how_a_canary_stands_and_carries_out_its_rule(center: Center) -> None:
    home = center.work.settings.home
    candidate = held(center, cup="# Cup\n\nWash the cup by hand.\n")
    started = wellkept("canary", "start", "--json", "--home", home)
    assert started.json()["release"] == candidate.id
    hold_talks(center, live(center), 60, 6)
    hold_talks(center, candidate.id, 60, 50)
    status = wellkept("canary", "status", "--json", "--home", home).json()
    assert status["action"] == "withdraw"
    (handed_over, *_) = status["signals"]
    assert handed_over["candidate"] == {"shown": 50, "conversations": 60, "share": 50 / 60}
    assert handed_over["difference"]["low"] > 0
    decided = wellkept("canary", "decide", "--home", home)
    assert decided.code == 1
    assert "handed over        live 6/60 (10.0%)" in decided.out


def test_doctor_says_when_the_live_release_is_not_what_was_evaluated(center: Center) -> None:
    def told() -> dict[str, str]:
        lines = diagnose(center.work.settings)
        return {line.name: line.detail for line in lines if not line.ok}

    assert "as evaluated" not in told()
    assert "encoder" in told()["settings"]  # the command's model is not that of the test
    edit_rows(center.work, live(center))
    assert told()["as evaluated"].endswith("its articles, its fingerprint")
