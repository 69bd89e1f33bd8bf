"""One conversation of a simulated customer with a live agent."""

from dataclasses import dataclass, field

from eval.simulation.customer import Customer, Given, Heard
from eval.simulation.live import Called, Case, Live, Reply
from eval.simulation.sandbox import State
from eval.simulation.scenario import Scenario
from kb.errors import WellkeptError

# Nobody writes more: a customer and an agent who talk past each other end here.
MOST_MESSAGES = 30


@dataclass(frozen=True)
class Played:
    """A conversation and what became of the backend. `error` is what stopped it, empty when
    nothing did. `duration_s` is the time of the whole run."""

    exchanges: tuple[tuple[str, Reply], ...]
    before: State = field(default_factory=dict)
    after: State = field(default_factory=dict)
    error: str = ""
    duration_s: float = 0.0

    @property
    def replies(self) -> tuple[Reply, ...]:
        return tuple(reply for _, reply in self.exchanges)

    @property
    def calls(self) -> tuple[Called, ...]:
        """Every action of the conversation, in order."""
        return tuple(call for reply in self.replies for call in reply.calls)

    @property
    def case(self) -> Case | None:
        """What was handed over last."""
        return next((item.case for item in reversed(self.replies) if item.case), None)

    @property
    def last(self) -> Reply | None:
        """The last reply that says something; a person has the case after it, or nobody wrote
        any more."""
        return next((item for item in reversed(self.replies) if item.text), None)


def converse(
    live: Live, scenario: Scenario, customer: Customer
) -> tuple[tuple[tuple[str, Reply], ...], str]:
    """What was said until the customer left, and what stopped it: an error of the agent is an
    outcome of the trial, never one of the simulation."""
    exchanges: list[tuple[str, Reply]] = []
    heard: Heard | None = None
    conversation_id: str | None = None
    case: Case | None = None
    while len(exchanges) < MOST_MESSAGES:
        move = customer.move(heard)
        if move is None:
            return tuple(exchanges), ""
        if isinstance(move, Given):
            if case is None:
                return tuple(exchanges), "the scenario gives back a case that there is not"
            live.give_back(case)
            continue
        try:
            reply = live.say(move, scenario, conversation_id)
        except Exception as error:  # noqa: BLE001 whatever the agent raises is what is tried here
            return tuple(exchanges), _describe(move, error)
        exchanges.append((move, reply))
        heard, conversation_id, case = reply, reply.conversation_id, reply.case or case
    return tuple(exchanges), f"no end after {MOST_MESSAGES} messages"


def _describe(message: str, error: Exception) -> str:
    kind = "" if isinstance(error, WellkeptError) else f"{type(error).__name__}: "
    return f"the agent raised {kind}{error} at {message!r}"
