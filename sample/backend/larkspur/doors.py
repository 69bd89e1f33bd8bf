"""What every operation needs of a request: who calls, with which key, on which shop."""

import secrets
from typing import Annotated

from fastapi import Depends, Header, Path, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from larkspur.refusals import Refused
from larkspur.storage import Storage

_BEARER = HTTPBearer(auto_error=False, description="The service token of the support agent.")


def _shop(request: Request) -> Storage:
    storage: Storage = request.app.state.storage
    return storage


def allowed(
    request: Request, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]
) -> None:
    """Raises `Refused` without the service token."""
    token: str = request.app.state.token
    if given is None or not secrets.compare_digest(given.credentials.encode(), token.encode()):
        raise Refused("a bearer token is needed", 401)


Shop = Annotated[Storage, Depends(_shop)]
Customer = Annotated[str, Path(pattern=r"^c-\d{1,8}$", description="Such as c-1001.")]
Number = Annotated[str, Path(pattern=r"^(?:[Ll][Hh][- ]?)?\d{5}$", description="Such as LH-48213.")]
Kept = Annotated[str, Path(pattern=r"^[\x21-\x7e]{8,200}$")]
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[\x21-\x7e]{8,200}$",
        description="The same key does the same thing once.",
    ),
]
