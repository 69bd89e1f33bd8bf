"""The sample's procedures: they compile, go as their conversations say, and act on the shop."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import pytest

from agent.agent import Agent
from agent.dialogue.uncalled import Fixed
from agent.dialogue.understanding import Rules
from agent.execution.catalog import Catalog, lint, open_catalog
from agent.execution.executor import Executor
from agent.execution.ledger import SqlLedger
from agent.handover.desk import Desk
from agent.identity import ANONYMOUS, Identity, IdentityLevel
from agent.procedure import Procedure
from agent.procedures.library import compile_folder
from agent.rehearsal.reading import read
from agent.rehearsal.rehearse import rehearse
from agent.types import Decision, HandoffReason, Message, Turn
from kb.configuration import load
from kb.store.database import Database
from larkspur.server import SAMPLE_NOW, SAMPLE_TOKEN, Running
from tests.agent.center import ARTICLES
from tests.agent.fakes import MemoryConversations, WordKnowledge
from tests.conftest import SAMPLE

FOLDER = SAMPLE / "procedures"
NAMES = sorted(path.stem for path in FOLDER.glob("*.md") if not path.name.endswith(".test.md"))
MIA = Identity(IdentityLevel.VERIFIED, "c-1001", {"email": "mia@post.example"}, "token")

Talk = Callable[..., list[Turn]]


@pytest.fixture(scope="module")
def catalog() -> Iterator[Catalog]:
    opened = open_catalog(SAMPLE / "actions.toml")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def procedures(catalog: Catalog) -> dict[str, Procedure]:
    return {item.name: item for item in compile_folder(FOLDER, catalog.specs)[0]}


def agent_on(catalog: Catalog, database: Path, procedures: dict[str, Procedure]) -> Agent:
    """The agent with the sample's procedures and actions."""

    def now() -> datetime:
        return SAMPLE_NOW

    stored = Database(f"sqlite:///{database}")
    stored.upgrade()
    settings = load(SAMPLE / "wellkept.toml")
    return Agent(
        WordKnowledge(ARTICLES),
        MemoryConversations(),
        settings.agent,
        procedures=Fixed(list(procedures.values())),
        actions=Executor(catalog, SqlLedger(stored), now, sleep=lambda _: None),
        understanding=Rules(now=now),
        desk=Desk(settings.handover, now),
        now=now,
    )


@pytest.fixture
def talk(
    shop: Running,
    procedures: dict[str, Procedure],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Talk]:
    """Says things to the agent and returns its turns."""
    monkeypatch.setenv("LARKSPUR_SHOP_TOKEN", SAMPLE_TOKEN)

    open_ = ExitStack()

    def say(*messages: str, as_: Identity = ANONYMOUS, url: str = shop.url) -> list[Turn]:
        actions = open_catalog(SAMPLE / "actions.toml", {"shop": url}, timeout_s=2)
        open_.callback(actions.close)
        agent = agent_on(actions, tmp_path / "wellkept.db", procedures)
        turns: list[Turn] = []
        for text in messages:
            known = turns[-1].conversation_id if turns else None
            turns.append(agent.respond(Message(text, known, identity=as_)))
        return turns

    with open_:
        yield say


def test_every_procedure_compiles_without_a_fault(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LARKSPUR_SHOP_TOKEN", SAMPLE_TOKEN)
    assert lint(SAMPLE / "actions.toml") == []
    compiled, faults = compile_folder(FOLDER, catalog.specs)
    assert faults == []
    assert sorted(item.name for item in compiled) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_conversations_go_as_written(
    name: str, catalog: Catalog, procedures: dict[str, Procedure]
) -> None:
    path = FOLDER / f"{name}.test.md"
    scripts = read(path.read_text(encoding="utf-8"), str(path))
    others = [item for item in procedures.values() if item.name != name]
    assert len(scripts) >= 5
    assert rehearse(procedures[name], scripts, catalog.specs, others) == []


def test_a_refund_is_made_once_and_only_after_a_yes(talk: Talk, shop: Running) -> None:
    turns = talk("I want a refund for my order", "LH-48213", "it arrived broken", as_=MIA)
    assert len(shop.state()["refunds"]) == 3
    assert "$108.00" in turns[-1].text
    turns = talk(
        "I want a refund for my order", "LH-48213", "it arrived broken", "yes", "yes", as_=MIA
    )
    made = [row for row in shop.state()["refunds"].values() if row["order_id"] == "LH-48213"]
    assert [(row["amount"], row["reason"]) for row in made] == [("108.00", "damaged")]


def test_a_one_time_code_opens_what_was_asked_for(talk: Talk, shop: Running) -> None:
    turns = talk("I want to cancel my plan", "mia@post.example", "246810", "no", "no", "yes")
    assert turns[-1].decision is Decision.ACTION
    assert shop.state()["subscriptions"]["S-1001"]["status"] == "cancelled"


def test_a_wrong_code_opens_nothing(talk: Talk, shop: Running) -> None:
    before = shop.state()
    turns = talk("I want to cancel my plan", "mia@post.example", *["000000"] * 6)
    assert turns[-1].decision is Decision.HANDOFF
    after = shop.state()
    assert {**after, "codes": {}} == {**before, "codes": {}}


def test_nobody_gets_at_the_order_of_somebody_else(talk: Talk) -> None:
    (turn,) = talk("I want my money back for order LH-48301", as_=MIA)
    assert "can't find order" in turn.text
    assert "on its way" not in turn.text


@pytest.mark.parametrize("kind", ["error_after", "drop_after", "stall_after", "malformed"])
def test_an_answer_that_is_lost_does_not_refund_twice(talk: Talk, shop: Running, kind: str) -> None:
    shop.fail({"operation": "createRefund", "call": 1, "kind": kind, "seconds": 0.1})
    said = ("refund order LH-48213 please, it arrived broken", "yes")
    turns = talk(*said, as_=MIA)
    assert "Done: $108.00" in turns[-1].text
    assert len(shop.state()["refunds"]) == 4


def test_without_the_shop_a_person_takes_over(talk: Talk) -> None:
    nowhere = "http://127.0.0.1:9"
    (turn,) = talk("I want a refund for order LH-48213", as_=MIA, url=nowhere)
    assert turn.decision is Decision.HANDOFF
    assert turn.handoff is not None
    assert turn.handoff.reason is HandoffReason.ACTION_FAILED


def test_a_lost_second_step_goes_to_trust_with_all_that_is_needed(talk: Talk) -> None:
    turns = talk(
        "I lost my phone and can't get past the second step",
        "no",
        "noah.silva@post.example",
        "authenticator app",
        "LH-48600",
    )
    handoff = turns[-1].handoff
    assert handoff is not None
    assert handoff.team == "trust"
    known = " ".join(handoff.values.values())
    assert "noah.silva@post.example" in known
    assert "LH-48600" in known
    assert all("password" not in turn.text for turn in turns[:-1])
