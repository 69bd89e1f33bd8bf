"""Small scenarios, replies and a stage, for tests."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from agent.types import Decision, HandoffReason
from eval.simulation.customer import scripted
from eval.simulation.live import Called, Case, Reply
from eval.simulation.play import Played, converse
from eval.simulation.scenario import Failure, Scenario

REFUND: dict[str, Any] = {
    "id": "refund",
    "title": "A refund",
    "says": ["refund order 7", "yes"],
    "expect": {
        "decision": "action",
        "calls": [{"pay_back": {"amount": 20}}],
        "changes": {"refunds": {"new": {"order": "7", "amount": "20.00"}}},
        "claim": "you get .* back",
    },
}
BEFORE: dict[str, Any] = {"orders": {"7": {"total": "20.00"}}, "refunds": {}}
AFTER: dict[str, Any] = {**BEFORE, "refunds": {"r1": {"order": "7", "amount": "20.00"}}}


def scenario(**changes: Any) -> Scenario:
    """The refund, with these keys otherwise; None takes one away."""
    values = {**REFUND, **changes}
    return Scenario.model_validate({k: v for k, v in values.items() if v is not None})


def reply(
    text: str = "You get 20.00 back.",
    decision: Decision = Decision.ACTION,
    calls: Sequence[Called] = (),
    reason: HandoffReason | None = None,
    **case: str,
) -> Reply:
    handed = (
        Case("h1", reason, case.pop("rule", ""), case.pop("team", ""), case) if reason else None
    )
    return Reply("c1", decision, text, 5.0, calls=tuple(calls), case=handed)


def paid(status: str = "done", amount: str = "20.00") -> Called:
    return Called("pay_back", {"amount": amount}, status)


def played(
    *replies: Reply,
    before: Mapping[str, Any] = BEFORE,
    after: Mapping[str, Any] = AFTER,
    error: str = "",
) -> Played:
    return Played(tuple(("said", item) for item in replies), before, after, error)


class Answering:
    """An agent that replies by a function of the message and its number."""

    def __init__(self, answer: Callable[[str, int], Reply]) -> None:
        self.heard: list[str] = []
        self.given_back: list[str] = []
        self._answer = answer

    def say(self, text: str, scenario: Scenario, conversation_id: str | None) -> Reply:
        self.heard.append(text)
        return self._answer(text, len(self.heard))

    def give_back(self, case: Case) -> None:
        self.given_back.append(case.id)


class ShopStage:
    """A shop that pays back when it hears yes. With a careless agent a payment whose answer was
    lost is made again."""

    writes = frozenset({"pay_back"})

    def __init__(self, *, careless: bool = False) -> None:
        self._careless = careless
        self._calls: list[str] = []

    def operations(self) -> list[str]:
        return self._calls

    def play(self, scenario: Scenario, seed: int, failures: Sequence[Failure] = ()) -> Played:
        self._calls = []
        refunds: dict[str, Any] = {}
        live = Answering(lambda text, number: self._turn(text, refunds, failures))
        exchanges, error = converse(live, scenario, scripted(scenario, seed))
        return Played(exchanges, BEFORE, {**BEFORE, "refunds": refunds}, error, 0.1)

    def _turn(self, text: str, refunds: dict[str, Any], failures: Sequence[Failure]) -> Reply:
        if text != "yes":
            return reply("Shall I?", Decision.CLARIFY)
        for _ in range(2 if self._careless else 1):
            self._calls.append("createRefund")
            number = len(self._calls)
            kind = next((it.kind for it in failures if it.call in (number, "*")), "")
            if not kind.endswith("before") and kind not in ("unavailable",):
                refunds[f"r{number}"] = {"order": "7", "amount": "20.00"}
            if not kind:
                return reply(calls=[paid()])
        return reply(
            "A person looks at it.",
            Decision.HANDOFF,
            [paid("unknown")],
            HandoffReason.ACTION_FAILED,
        )
