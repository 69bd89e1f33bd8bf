"""The application: routes, how it says no, and what only a sandbox has."""

from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from larkspur import plan_routes, sandbox, shop_routes
from larkspur.doors import allowed
from larkspur.faults import Faults, Plan
from larkspur.refusals import Refused
from larkspur.storage import Storage
from larkspur.wire import Problem

_SAYS_NO: dict[int | str, dict[str, Any]] = {
    401: {"model": Problem, "description": "No or a wrong token."},
    404: {"model": Problem, "description": "There is no such thing for this customer."},
    409: {"model": Problem, "description": "Not in this state."},
    422: {"model": Problem, "description": "Not within the rules, or a value does not fit."},
}


def create_app(storage: Storage, token: str, sandboxed: bool = False) -> FastAPI:
    """With `sandboxed`, the seed can be laid out anew, every row read and faults be injected."""
    app = FastAPI(
        title="Larkspur Home shop",
        version="1",
        description="Orders, refunds and plans of an invented company.",
        docs_url=None,
        redoc_url=None,
    )
    app.state.storage, app.state.token, app.state.sandbox = storage, token, sandboxed
    app.add_exception_handler(Refused, _refuse)
    app.add_exception_handler(RequestValidationError, _refuse_values)
    for module in (shop_routes, plan_routes):
        app.include_router(module.router, dependencies=[Depends(allowed)], responses=_SAYS_NO)
    app.add_api_route("/healthz", lambda: {"status": "ok"}, include_in_schema=False)
    if sandboxed:
        app.state.faults = Plan()
        app.include_router(sandbox.router)
        routes = [*shop_routes.router.routes, *plan_routes.router.routes]
        app.add_middleware(Faults, routes=routes, plan=app.state.faults)
    return app


async def _refuse(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refused)
    return JSONResponse({"detail": error.detail}, error.status)


async def _refuse_values(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    wrong = [f"{'.'.join(map(str, item['loc'][1:]))}: {item['msg']}" for item in error.errors()]
    return JSONResponse({"detail": "; ".join(wrong)}, 422)
