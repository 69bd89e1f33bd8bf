"""The agent that customers are simulated against: in this process, or a server."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any, Protocol

import httpx

from agent.agent import Agent
from agent.identity import Identity
from agent.ports import ConversationStore
from agent.types import Decision, HandoffReason, Message, Turn
from eval.simulation.scenario import Scenario
from kb.errors import ConfigError, Permanent, Transient

_TOKEN_LASTS = timedelta(hours=1)
_PARTS = ("summary", "wish", "question", "sentiment", "draft", "email", "expected")


@dataclass(frozen=True, slots=True)
class Called:
    """An action that a turn called, with its arguments as people read them."""

    action: str
    arguments: Mapping[str, str]
    status: str
    result: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """What was handed over. `texts` are its parts by name, for patterns."""

    id: str
    reason: HandoffReason
    rule: str = ""
    team: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """A turn as the trials look at it. `why` explains the decision to an operator; `ms` is how
    long the customer waited."""

    conversation_id: str
    decision: Decision
    text: str
    ms: float
    why: str = ""
    calls: tuple[Called, ...] = ()
    cites: tuple[str, ...] = ()
    case: Case | None = None
    procedure: str = ""


class Live(Protocol):
    """An agent that is running."""

    def say(self, text: str, scenario: Scenario, conversation_id: str | None) -> Reply:
        """The reply to the next message of the scenario's customer."""
        ...

    def give_back(self, case: Case) -> None:
        """A person is done with the case."""
        ...


class InProcess:
    """An agent in this process. `store` holds its conversations."""

    def __init__(self, agent: Agent, store: ConversationStore, now: Callable[[], datetime]) -> None:
        self._agent = agent
        self._store = store
        self._now = now

    def say(self, text: str, scenario: Scenario, conversation_id: str | None) -> Reply:
        began = monotonic()
        turn = self._agent.respond(
            Message(
                text,
                conversation_id,
                channel=scenario.channel,
                locale=scenario.locale,
                customer=scenario.customer.unsigned,
                identity=scenario.customer.proved,
            )
        )
        return _reply(turn, (monotonic() - began) * 1000)

    def give_back(self, case: Case) -> None:
        self._store.give_back(case.id, self._now())


class OverHttp:
    """An agent behind `POST /v1/chat`. Verified customers come with a token signed with
    `secret`; `key` opens the handoffs."""

    def __init__(self, url: str, secret: str | None, audience: str, key: str | None) -> None:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._client = httpx.Client(base_url=url, timeout=120, headers=headers)
        self._secret = secret
        self._audience = audience

    def say(self, text: str, scenario: Scenario, conversation_id: str | None) -> Reply:
        body: dict[str, Any] = {"message": text, "channel": scenario.channel}
        if conversation_id:
            body["conversation_id"] = conversation_id
        if scenario.locale:
            body["locale"] = scenario.locale
        body["customer"] = scenario.customer.unsigned
        if scenario.customer.proved.verified:
            body["identity_token"] = self._sign(scenario.customer.proved)
        began = monotonic()
        turn = self._ask("POST", "/v1/chat", body)
        ms = (monotonic() - began) * 1000
        return _read({**turn, **self._kept(turn)}, ms)

    def give_back(self, case: Case) -> None:
        self._ask("POST", f"/v1/handoffs/{case.id}/give-back", {})

    def _kept(self, turn: Mapping[str, Any]) -> Mapping[str, Any]:
        """What the people behind the agent see of a turn: the customer is not told all of it."""
        path = f"/v1/conversations/{turn['conversation_id']}"
        turns: Sequence[Mapping[str, Any]] = self._ask("GET", path)["turns"]
        kept = dict(next(item for item in turns if item["turn_id"] == turn["turn_id"]))
        if kept["handoff"]:
            kept["handoff"] = self._ask("GET", f"/v1/handoffs/{kept['handoff']['id']}")
        return kept

    def _sign(self, identity: Identity) -> str:
        import jwt

        if self._secret is None:
            raise ConfigError(
                "verified customers need WELLKEPT_IDENTITY_SECRET, the one of the server"
            )
        claims = {
            **identity.claims,
            "sub": identity.customer_id,
            "aud": self._audience,
            "exp": datetime.now(UTC) + _TOKEN_LASTS,
        }
        return jwt.encode(claims, self._secret, algorithm="HS256")

    def _ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        try:
            answer = self._client.request(method, path, json=body)
        except httpx.HTTPError as error:
            raise Transient(f"{self._client.base_url} does not answer: {error}") from None
        if answer.is_error:
            raise Permanent(f"{path} answers {answer.status_code}: {answer.text[:300]}")
        return answer.json() if answer.content else None


def _reply(turn: Turn, ms: float) -> Reply:
    return Reply(
        conversation_id=turn.conversation_id,
        decision=turn.decision,
        text=turn.text,
        ms=ms,
        why=turn.reason,
        calls=tuple(_called(asdict(item)) for item in turn.attempts),
        cites=tuple(dict.fromkeys(item.path for item in turn.citations)),
        case=_case(asdict(turn.handoff)) if turn.handoff else None,
        procedure=turn.procedure,
    )


def _read(turn: Mapping[str, Any], ms: float) -> Reply:
    return Reply(
        conversation_id=turn["conversation_id"],
        decision=Decision(turn["decision"]),
        text=turn["text"],
        ms=ms,
        why=turn["reason"],
        calls=tuple(_called(item) for item in turn["attempts"]),
        cites=tuple(dict.fromkeys(item["article"] for item in turn["citations"])),
        case=_case(turn["handoff"]) if turn["handoff"] else None,
        procedure=turn["procedure"],
    )


def _called(attempt: Mapping[str, Any]) -> Called:
    return Called(attempt["action"], attempt["arguments"], attempt["status"], attempt["result"])


def _case(handoff: Mapping[str, Any]) -> Case:
    """A handoff, by the names that its value and its JSON share."""
    tried = (
        f"{it['action']} {it['arguments']}: {it['status']} {it['result']}"
        for it in handoff["tried"]
    )
    texts = {
        **{name: str(handoff[name]) for name in _PARTS},
        "values": "; ".join(f"{name}: {value}" for name, value in handoff["values"].items()),
        "tried": "; ".join(tried),
        "transcript": "\n".join(f"{who}: {text}" for who, text in handoff["transcript"]),
    }
    reason = HandoffReason(handoff["reason"])
    return Case(handoff["id"], reason, handoff["rule"], handoff["team"], texts)
