"""Requests above a size are refused, whether they say their size or not."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem_of, respond


class BodyLimit:
    """Middleware: a body above `most` bytes makes a 413 problem, before it is all read."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdigit() and int(declared) > self._most:
            await respond(problem_of(self._refusal()))(scope, receive, send)
            return
        await self._app(scope, self._counted(receive), send)

    def _counted(self, receive: Receive) -> Receive:
        """For chunked bodies, which don't say how long they are."""
        read = 0

        async def counting() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._most:
                raise self._refusal()
            return message

        return counting

    def _refusal(self) -> HTTPException:
        return HTTPException(413, f"the request is larger than {self._most:,} bytes")
