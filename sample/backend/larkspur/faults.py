"""Faults on demand, for trials of what a caller makes of them. Only a sandbox has them."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, Literal

from fastapi.responses import JSONResponse, PlainTextResponse
from pydantic import BaseModel, Field
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Kind = Literal[
    "error_before",
    "error_after",
    "drop_before",
    "drop_after",
    "stall_before",
    "stall_after",
    "unavailable",
    "malformed",
    "slow",
]


class Fault(BaseModel):
    """What goes wrong in one call of an operation. `call` counts from 1 since the last reset;
    `*`: in every call. `…_before`: nothing is done; `…_after`, `malformed`: it is."""

    operation: str
    kind: Kind
    call: Annotated[int, Field(ge=1)] | Literal["*"] = "*"
    seconds: float = Field(30.0, ge=0, le=120)


@dataclass
class Plan:
    """The faults to come, and the operations that were called since the last reset, in order."""

    faults: Sequence[Fault] = ()
    calls: list[str] = field(default_factory=list)

    def reset(self) -> None:
        self.faults = ()
        self.calls.clear()

    def next(self, operation: str) -> Fault | None:
        self.calls.append(operation)
        now = self.calls.count(operation)
        fits = (f for f in self.faults if f.operation == operation and f.call in ("*", now))
        return next(fits, None)


class Faults:
    """ASGI middleware that lets planned faults happen."""

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute], plan: Plan) -> None:
        self._app, self._routes, self._plan = app, routes, plan

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        operation = self._operation(scope)
        fault = self._plan.next(operation) if operation else None
        if fault is None:
            await self._app(scope, receive, send)
        else:
            await self._fail(fault, scope, receive, send)

    async def _fail(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
            await self._app(scope, receive, send)
            return
        if fault.kind.endswith("after") or fault.kind == "malformed":
            await self._app(scope, receive, _nowhere)
        if fault.kind.startswith("stall"):
            await asyncio.sleep(fault.seconds)
        if fault.kind.startswith("error"):
            await JSONResponse({"detail": "out of order"}, 500)(scope, receive, send)
        elif fault.kind == "unavailable":
            busy = JSONResponse({"detail": "busy"}, 503, {"Retry-After": "0"})
            await busy(scope, receive, send)
        elif fault.kind == "malformed":
            broken = PlainTextResponse('{"id": "R-', media_type="application/json")
            await broken(scope, receive, send)
        else:
            await _hang_up(send)

    def _operation(self, scope: Scope) -> str | None:
        if scope["type"] != "http" or scope["path"].startswith("/sandbox"):
            return None
        for route in self._routes:
            if route.matches(scope)[0] is Match.FULL:
                return getattr(route, "operation_id", None)
        return None


async def _nowhere(_: Message) -> None:
    """The caller never sees what was answered."""


async def _hang_up(send: Send) -> None:
    """An answer that breaks off: the server closes the connection."""
    head = [(b"content-type", b"application/json"), (b"content-length", b"64")]
    await send({"type": "http.response.start", "status": 200, "headers": head})
    await send({"type": "http.response.body", "body": b"{", "more_body": True})
