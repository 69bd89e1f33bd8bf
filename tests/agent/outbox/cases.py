"""A database in which a case waits to be delivered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from agent.outbox.courier import Courier
from agent.outbox.ways import ways_of
from agent.store import Conversations
from agent.types import Attempt, Citation, Decision, Handoff, HandoffReason, Message, Turn
from kb.settings import OutboxSettings
from kb.store.database import Database

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
QUOTE = Citation("h:a", "a.md", "Refunds", "https://help.example/a", "Within 30 days.", 0, 15)
CASE = Handoff(
    id="h1",
    conversation_id="c1",
    reason=HandoffReason.PAYMENT_DISPUTE,
    summary="Zoë was charged twice.",
    created_at=NOON,
    question="<b>charged</b> twice",
    transcript=(("customer", "<b>charged</b> twice"), ("agent", "A person takes over.")),
    evidence=(QUOTE,),
    rule="payment_dispute",
    team="billing",
    wish="I was charged\ntwice",
    tried=(Attempt("find_order", {"order": "LH-1"}, "not_found", ""),),
    values={"order": "LH-1"},
    draft="Hello Zoë,",
    expected="within an hour",
)


@dataclass
class Clock:
    """A time that tests set forward."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Office:
    """A store whose cases go out as these settings say, and a courier for them."""

    database: Database
    settings: OutboxSettings
    clock: Clock

    @property
    def store(self) -> Conversations:
        return Conversations(self.database, ways_of(self.settings))

    @property
    def courier(self) -> Courier:
        return Courier(self.database, self.settings, self.clock)

    def hand_over(self, case: Handoff = CASE) -> None:
        turn = Turn(
            *(f"t-{case.id}", case.conversation_id, case.question, Decision.HANDOFF),
            *("…", 1.0, "", case.created_at),
            handoff=case,
        )
        self.store.record(Message(case.question), turn)

    def add(self, name: str, text: str, case: Handoff = CASE) -> None:
        """What the customer writes while a person has the case."""
        turn = Turn(name, case.conversation_id, text, Decision.SILENT, "", 1.0, "", self.clock())
        self.store.record(Message(text), turn)


def office(folder: Path, **settings: Any) -> Office:
    """On a database of its own."""
    database = Database(f"sqlite:///{folder / 'wellkept.db'}")
    database.upgrade()
    return Office(database, OutboxSettings.model_validate(settings), Clock())


def cases(count: int) -> Sequence[Handoff]:
    """Cases of different conversations."""
    return [replace(CASE, id=f"h{number}", conversation_id=f"c{number}") for number in range(count)]


Open = Callable[..., Office]
