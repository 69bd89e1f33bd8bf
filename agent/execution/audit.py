"""What is kept of a call, for people to read: no secret, no card number."""

import re
import time
from datetime import datetime
from secrets import token_hex, token_urlsafe

from agent.action import ActionSpec, Call, CallRequest, CallStatus, Value, Values
from agent.identity import Identity
from agent.privacy import mask

_SECRET_NAME = re.compile(
    r"(?i)passw|passcode|passphrase|(^|_)(pin|cvv|cvc|otp|token|secret)(_|$)|api_?key|card_?number"
    r"|security_?code|one_?time"
)
_PROOF_NAME = re.compile(r"(?i)code|pin|otp|answer")
"""Of an action that checks who somebody is."""
_CONCEALED = "[secret]"
_MOST_CHARS = 2_000


def record(
    request: CallRequest,
    spec: ActionSpec | None,
    arguments: Values,
    now: datetime,
    key: str = "",
) -> Call:
    """The pending call that this request makes. Without a key it gets one that no other has."""
    repeats = spec is not None and spec.writes and key
    return Call(
        id=_call_id(),
        key=key if repeats else f"wk-{token_urlsafe(24)}",
        action=request.action,
        arguments=concealed(arguments, spec),
        conversation_id=request.conversation_id,
        customer_id=request.identity.customer_id if request.identity.verified else None,
        procedure=request.procedure,
        step=request.step,
        confirmation=request.confirmation,
        status=CallStatus.PENDING,
        created_at=now,
        tried_at=now,
        intent=request.intent if repeats else None,
        who=described(request.identity),
    )


def concealed(values: Values, spec: ActionSpec | None = None) -> dict[str, Value]:
    """The values with what is secret by its name, by the action's word or by its looks replaced."""
    secrets = {item.name for item in spec.inputs if item.secret} if spec else set()
    proves = spec is not None and spec.verifies
    return {
        name: _CONCEALED
        if name in secrets or (proves and _PROOF_NAME.search(name))
        else _concealed(name, value)
        for name, value in values.items()
    }


def _call_id() -> str:
    """Later ones sort after earlier ones, also where a trial has stopped the clock."""
    return f"{time.time_ns():015x}{token_hex(3)}"


def described(identity: Identity) -> str:
    """How sure it was who the customer is."""
    return f"{identity.level.label} by {identity.by}" if identity.by else identity.level.label


def _concealed(name: str, value: Value) -> Value:
    if _SECRET_NAME.search(name):
        return _CONCEALED
    if isinstance(value, str):
        return mask(value)[:_MOST_CHARS]
    if isinstance(value, dict):
        return {key: _concealed(key, item) for key, item in value.items()}
    if isinstance(value, list):
        return [_concealed(name, item) for item in value]
    return value
