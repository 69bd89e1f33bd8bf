"""Who may read findings, handoffs and conversations."""

from secrets import compare_digest

from fastapi import Request
from starlette.exceptions import HTTPException

from kb.settings import ServerSettings

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


class Access:
    """With a key: whoever bears it. Without: this machine, asked by one of its own names."""

    def __init__(self, settings: ServerSettings) -> None:
        self._key = settings.api_key

    def require(self, request: Request) -> None:
        """Raises 401 or 403."""
        if self._key is not None:
            self._require_token(request, self._key.get_secret_value())
        elif not _is_local(request):
            raise HTTPException(
                403, "only this machine may read this; set WELLKEPT_SERVER_API_KEY to open it"
            )

    def _require_token(self, request: Request, key: str) -> None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not compare_digest(token.strip().encode(), key.encode()):
            raise HTTPException(
                401, "send the key as a bearer token", {"WWW-Authenticate": "Bearer"}
            )


def _is_local(request: Request) -> bool:
    """A proxy on this machine speaks for others, and a foreign host name may have been pointed
    at this machine by a web page: neither counts as local."""
    client = request.client.host if request.client else ""
    forwarded = any(name in request.headers for name in _FORWARDED)
    return client in _LOOPBACK and request.url.hostname in _LOOPBACK and not forwarded
