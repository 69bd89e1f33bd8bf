"""Every error as `application/problem+json` (RFC 9457)."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from agent.agent import EmptyMessage, MessageTooLong, UnknownConversation
from agent.ports import UnknownTurn
from api.identity import NotIdentified
from kb.errors import ConfigError, Permanent, Transient, WellkeptError
from kb.lifecycle import ImpossibleChange, UnknownFinding

MEDIA_TYPE = "application/problem+json"

# The first class that an error is an instance of gives its status.
_STATUSES: tuple[tuple[type[WellkeptError], int], ...] = (
    (UnknownConversation, 404),
    (UnknownFinding, 404),
    (UnknownTurn, 404),
    (ImpossibleChange, 409),
    (MessageTooLong, 413),
    (EmptyMessage, 422),
    (NotIdentified, 401),
    (Permanent, 422),
    (Transient, 503),
    (ConfigError, 503),
    (WellkeptError, 500),
)
_UNEXPECTED = "the server failed; its log says why"


class Problem(BaseModel):
    """What went wrong and what to do about it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] | None = None


class NotReady(Transient):
    """No release is loaded yet."""


def problem_of(error: Exception) -> Problem:
    """What the client is told about an error; nothing of an unexpected one."""
    if isinstance(error, HTTPException):
        return _problem(error.status_code, str(error.detail))
    for kind, status in _STATUSES:
        if isinstance(error, kind):
            return _problem(status, str(error))
    return _problem(500, _UNEXPECTED)


def respond(problem: Problem, headers: Mapping[str, str] | None = None) -> JSONResponse:
    extra = dict(headers or {})
    if problem.status == HTTPStatus.SERVICE_UNAVAILABLE:
        extra.setdefault("Retry-After", "5")
    content = problem.model_dump(exclude_none=True)
    return JSONResponse(content, problem.status, extra, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Makes every error of the app a problem."""

    async def on_http(_: Request, error: Exception) -> JSONResponse:
        return respond(problem_of(error), getattr(error, "headers", None))

    async def on_error(_: Request, error: Exception) -> JSONResponse:
        return respond(problem_of(error))

    async def on_invalid(_: Request, error: Exception) -> JSONResponse:
        errors = error.errors() if isinstance(error, RequestValidationError) else []
        return respond(_invalid(errors))

    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(WellkeptError, on_error)
    app.add_exception_handler(Exception, on_error)


def described(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The OpenAPI entries of a route's problems."""
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {
                MEDIA_TYPE: {
                    "schema": Problem.model_json_schema(),
                    "example": _problem(status, "What is wrong and what to do.").model_dump(
                        exclude_none=True
                    ),
                }
            },
        }
        for status in statuses
    }


def _problem(status: int, detail: str) -> Problem:
    return Problem(title=HTTPStatus(status).phrase, status=status, detail=detail)


def _invalid(errors: Sequence[Any]) -> Problem:
    """Names the fields, and never repeats what was sent."""
    named = [
        {"field": ".".join(str(part) for part in item["loc"]), "message": str(item["msg"])}
        for item in errors
    ]
    detail = "; ".join(f"{item['field']}: {item['message']}" for item in named[:3])
    problem = _problem(422, detail or "the request is malformed")
    return problem.model_copy(update={"errors": named})
