"""A made-up shop: its actions in memory, its procedures as graphs, and conversations with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from agent.action import (
    ActionSpec,
    CallRequest,
    CallResult,
    CallStatus,
    Effect,
    Limits,
    Parameter,
    Value,
    ValueType,
)
from agent.agent import Agent
from agent.dialogue.uncalled import Fixed
from agent.identity import ANONYMOUS, Identity, IdentityLevel
from agent.ports import ConversationStore
from agent.procedure import (
    AnyStep,
    Ask,
    Call,
    Check,
    Comparison,
    Confirm,
    Constant,
    Elapsed,
    End,
    HandOver,
    Procedure,
    Ref,
    Slot,
    Tell,
    Test,
    Wait,
)
from agent.types import Message, Turn
from kb.settings import AgentSettings
from tests.agent.center import ARTICLES
from tests.agent.fakes import MemoryConversations, WordKnowledge

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
JO = Identity(IdentityLevel.VERIFIED, "c-1", {"email": "jo@example.org", "name": "Jo"}, "token")

MONEY = Parameter("total", ValueType.MONEY)
SPECS = {
    spec.name: spec
    for spec in (
        ActionSpec(
            "find_order",
            "Looks up an order.",
            (Parameter("order_number"),),
            (
                Parameter("number"),
                Parameter("status"),
                Parameter("total", ValueType.MONEY),
                Parameter("currency"),
                Parameter("delivered", ValueType.DATE),
                Parameter("items", ValueType.LIST, fields=(Parameter("name"),)),
            ),
            "order",
            identity=IdentityLevel.VERIFIED,
        ),
        ActionSpec(
            "issue_refund",
            "Refunds an order.",
            (Parameter("order_number"), Parameter("amount", ValueType.MONEY), Parameter("reason")),
            (Parameter("amount", ValueType.MONEY), Parameter("days", ValueType.INTEGER)),
            "refund",
            Effect.MONEY,
            IdentityLevel.VERIFIED,
            confirm=True,
            limits=Limits("amount", Decimal(150)),
        ),
        ActionSpec(
            "change_address",
            "Changes the delivery address.",
            (Parameter("order_number"), Parameter("street")),
            (Parameter("street"),),
            "change",
            Effect.CHANGE,
            IdentityLevel.VERIFIED,
            confirm=True,
        ),
        ActionSpec(
            "send_code",
            "Sends a code.",
            (Parameter("email", ValueType.EMAIL),),
            (),
            "sent",
            Effect.CHANGE,
        ),
        ActionSpec(
            "check_code",
            "Checks a code.",
            (Parameter("email", ValueType.EMAIL), Parameter("code")),
            (Parameter("customer_id"), Parameter("email")),
            "person",
            verifies=True,
        ),
    )
}


def order(number: str, status: str = "delivered", total: str = "59.00") -> dict[str, Value]:
    return {
        "number": number,
        "status": status,
        "total": total,
        "currency": "EUR",
        "delivered": "2026-11-10",
        "items": [{"name": "Garden sensor"}, {"name": "Probe"}],
    }


@dataclass
class Shop:
    """The `Actions` of the shop. `answers` overrides what an action comes to; `moved` is the
    money that went out, once for each intent."""

    orders: dict[str, dict[str, Value]] = field(
        default_factory=lambda: {
            "LH-10023": order("LH-10023"),
            "LH-10024": order("LH-10024", total="80.50"),
            "LH-10025": order("LH-10025", status="shipped"),
            "LH-10026": order("LH-10026", total="900.00"),
        }
    )
    answers: dict[str, CallStatus] = field(default_factory=dict)
    requests: list[CallRequest] = field(default_factory=list)
    settled: dict[str, CallResult] = field(default_factory=dict)
    moved: list[tuple[str, str]] = field(default_factory=list)
    crash_after: str = ""

    def specs(self) -> Mapping[str, ActionSpec]:
        return SPECS

    def call(self, request: CallRequest) -> CallResult:
        self.requests.append(request)
        if SPECS[request.action].writes and request.intent in self.settled:
            return self.settled[request.intent]
        result = self._called(request)
        self.settled[request.intent] = result
        if self.crash_after == request.action:
            self.crash_after = ""
            raise KeyboardInterrupt
        return result

    def called(self, action: str) -> list[Mapping[str, Value]]:
        return [item.arguments for item in self.requests if item.action == action]

    def _called(self, request: CallRequest) -> CallResult:
        name, number = request.action, f"call-{len(self.requests)}"
        status = self.answers.get(name, CallStatus.DONE)
        if status is not CallStatus.DONE:
            return CallResult(number, name, status, reason=f"the shop says {status}")
        output, identity = self._output(request)
        if output is None:
            return CallResult(number, name, CallStatus.NOT_FOUND)
        return CallResult(number, name, status, output, identity=identity)

    def _output(self, request: CallRequest) -> tuple[dict[str, Value] | None, Identity | None]:
        given = request.arguments
        match request.action:
            case "find_order":
                return self.orders.get(str(given["order_number"])), None
            case "issue_refund":
                self.moved.append((str(given.get("order_number")), str(given.get("amount"))))
                return {"amount": given.get("amount"), "days": 5, "currency": "EUR"}, None
            case "change_address":
                self.orders[str(given["order_number"])]["street"] = given["street"]
                return {"street": given["street"]}, None
            case "check_code" if given["code"] == "246810":
                return {"customer_id": "c-1", "email": given["email"]}, JO
            case "check_code":
                return None, None
            case _:
                return {}, None


ORDER = Slot(
    "order_number",
    ValueType.TEXT,
    "What is your order number? It begins with LH-.",
    "order number",
    pattern=r"LH-\d{5}",
)
REASON = Slot(
    "reason",
    ValueType.CHOICE,
    "Why do you send it back?",
    "reason",
    {"damaged": ("broken", "smashed"), "changed my mind": ("don't need it", "unwanted")},
)
STREET = Slot("street", ValueType.TEXT, "What is the new street and number?", "street")


def procedure(
    steps: Sequence[AnyStep],
    *,
    name: str = "refund",
    slots: Sequence[Slot] = (ORDER, REASON),
    actions: Sequence[str] = ("find_order", "issue_refund"),
    identity: IdentityLevel = IdentityLevel.VERIFIED,
    examples: Sequence[str] = ("I want a refund for my order",),
    title: str = "",
    **rest: object,
) -> Procedure:
    return Procedure(
        name=name,
        title=title or name.capitalize(),
        version="v1",
        description="",
        examples=tuple(examples),
        counterexamples=("How long do refunds take?",),
        identity=identity,
        slots={slot.name: slot for slot in slots},
        actions=tuple(actions),
        steps={step.id: step for step in steps},
        start=steps[0].id,
        **rest,  # type: ignore[arg-type]  # named fields of a procedure
    )


def step(id_: str) -> dict[str, object]:
    return {"id": id_, "line": 1, "text": f"step {id_}"}


REFUND = procedure(
    [
        Ask(id="1", line=1, text="Ask for the order number.", slot="order_number", then="2"),
        Call(
            id="2",
            line=2,
            text="Look up the order.",
            action="find_order",
            arguments={"order_number": Ref("order_number")},
            result="order",
            then="3",
            on={CallStatus.NOT_FOUND: "2a"},
        ),
        Tell(
            id="2a",
            line=3,
            text="Tell them.",
            message="I can't find order {order_number} on your account.",
            then="1",
        ),
        Check(
            id="3",
            line=4,
            text="Check the status.",
            condition=Test(Ref("order.status"), Comparison.IS, Constant("delivered")),
            yes="4",
            no="3a",
        ),
        Tell(
            id="3a",
            line=5,
            text="Otherwise tell.",
            message="Order {order.number} is still {order.status}.",
            then="end",
        ),
        Check(
            id="4",
            line=6,
            text="If older than 30 days.",
            condition=Test(Elapsed("order.delivered"), Comparison.MORE, Constant(30)),
            yes="4a",
            no="5",
        ),
        HandOver(
            id="4a", line=7, text="Hand over.", team="billing", reason="the window has passed"
        ),
        Ask(id="5", line=8, text="Ask for the reason.", slot="reason", then="6"),
        Confirm(
            id="6",
            line=9,
            text="Confirm.",
            message="I'll refund {order.total} for order {order.number}. Shall I?",
            yes="7",
            no="6a",
        ),
        Tell(id="6a", line=10, text="Tell.", message="All right, nothing was changed.", then="end"),
        Call(
            id="7",
            line=11,
            text="Refund.",
            action="issue_refund",
            arguments={
                "order_number": Ref("order.number"),
                "amount": Ref("order.total"),
                "reason": Ref("reason"),
            },
            result="refund",
            then="8",
            on={CallStatus.REFUSED: "7a"},
        ),
        Tell(id="7a", line=12, text="Tell.", message="The shop refused it.", then="end"),
        Tell(
            id="8",
            line=13,
            text="Tell.",
            message="Done: {refund.amount} will be with you within {refund.days} days.",
            then="end",
        ),
        End(id="end", line=0, text=""),
    ],
    title="Refund an order",
    examples=(
        "I want a refund for my order",
        "the sensor arrived broken, can I get my money back",
        "please refund order LH-10023",
    ),
    limits={"order.total": 500},
    team="refunds",
)

ADDRESS = procedure(
    [
        Ask(id="1", line=1, text="", slot="order_number", then="2"),
        Ask(id="2", line=2, text="", slot="street", then="3"),
        Confirm(
            id="3",
            line=3,
            text="",
            message="I'll send order {order_number} to {street}. Is that right?",
            yes="4",
            no="end",
        ),
        Call(
            id="4",
            line=4,
            text="",
            action="change_address",
            arguments={"order_number": Ref("order_number"), "street": Ref("street")},
            result="change",
            then="5",
        ),
        Tell(id="5", line=5, text="", message="It will go to {change.street}.", then="end"),
        End(id="end", line=0, text=""),
    ],
    name="address",
    title="Change the delivery address",
    slots=(ORDER, STREET),
    actions=("change_address",),
    examples=("I want to change the delivery address of my order", "send my order somewhere else"),
)

VERIFY = procedure(
    [
        Ask(id="1", line=1, text="", slot="email", then="2"),
        Call(
            id="2",
            line=2,
            text="",
            action="send_code",
            arguments={"email": Ref("email")},
            result="sent",
            then="3",
        ),
        Ask(id="3", line=3, text="", slot="code", then="4"),
        Call(
            id="4",
            line=4,
            text="",
            action="check_code",
            arguments={"email": Ref("email"), "code": Ref("code")},
            result="person",
            then="5",
            on={CallStatus.NOT_FOUND: "4a"},
        ),
        Tell(id="4a", line=5, text="", message="That code is not right.", then="3"),
        Tell(id="5", line=6, text="", message="Thank you.", then="end"),
        End(id="end", line=0, text=""),
    ],
    name="verification",
    title="Verify who you are",
    slots=(
        Slot("email", ValueType.EMAIL, "What is your e-mail address?"),
        Slot("code", ValueType.TEXT, "Which code did we send you?", pattern=r"\d{6}"),
    ),
    actions=("send_code", "check_code"),
    identity=IdentityLevel.ANONYMOUS,
    examples=("verify my identity with a code",),
)

HELP = procedure(
    [
        Wait(id="1", line=1, text="", message="Please restart the sensor.", then="2", no="3"),
        Tell(id="2", line=2, text="", message="Glad to hear it.", then="end"),
        HandOver(id="3", line=3, text="", team="hardware", reason="a restart did not help"),
        End(id="end", line=0, text=""),
    ],
    name="restart",
    title="Restart a sensor",
    slots=(),
    actions=(),
    identity=IdentityLevel.ANONYMOUS,
    examples=("my sensor does not react any more",),
)

ALL = (REFUND, ADDRESS, VERIFY, HELP)


@dataclass
class Chat:
    """A customer's side of one conversation."""

    shop: Shop = field(default_factory=Shop)
    procedures: Sequence[Procedure] = (REFUND, ADDRESS, HELP)
    identity: Identity = JO
    sign_in: bool = True
    conversations: ConversationStore = field(default_factory=MemoryConversations)
    channel: str = "chat"
    turns: list[Turn] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.agent = Agent(
            WordKnowledge(ARTICLES),
            self.conversations,
            AgentSettings(),
            procedures=Fixed(self.procedures),
            actions=self.shop,
            sign_in=self.sign_in,
            now=lambda: NOW,
        )

    def say(self, text: str, identity: Identity | None = None) -> Turn:
        known = self.turns[-1].conversation_id if self.turns else None
        message = Message(
            text, known, self.channel, identity=self.identity if identity is None else identity
        )
        self.turns.append(self.agent.respond(message))
        return self.turns[-1]

    def all(self, *texts: str) -> Turn:
        for text in texts:
            self.say(text)
        return self.turns[-1]


def stranger(**rest: object) -> Chat:
    return Chat(identity=ANONYMOUS, **rest)  # type: ignore[arg-type]  # named fields of a chat
