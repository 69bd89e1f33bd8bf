"""`wellkept serve`."""

import socket
from typing import TYPE_CHECKING, Annotated

import typer

from flows.options import Config, Home, settings_of
from flows.output import say
from kb.errors import ConfigError

if TYPE_CHECKING:
    from kb.settings import Settings


def serve(
    host: Annotated[
        str | None, typer.Option(help="Address (\\[server] host).", show_default=False)
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Port (\\[server] port).", show_default=False),
    ] = None,
    home: Home = None,
    config: Config = None,
) -> None:
    """Serve the API and the chat page until interrupted."""
    settings = settings_of(home, config)
    _require_handing_over(settings)
    address = (host or settings.server.host, settings.server.port if port is None else port)
    listener = _listen(*address)
    import uvicorn

    from kb.environment import export

    export(settings.home, config)
    shown = f"[{address[0]}]" if ":" in address[0] else address[0]
    say(f"Serving on http://{shown}:{listener.getsockname()[1]} (Ctrl-C stops)")
    server = uvicorn.Server(
        uvicorn.Config("api.server:app", factory=True, log_level="warning", access_log=False)
    )
    server.run(sockets=[listener])


def _require_handing_over(settings: "Settings") -> None:
    """Raises `ConfigError` for rules, hours or ways to people that can't be read, rather than when
    the first customer needs them."""
    from agent.handover.desk import Desk
    from agent.outbox.ways import open_ways

    Desk(settings.handover)
    open_ways(settings.outbox)


def _listen(host: str, port: int) -> socket.socket:
    """Raises `ConfigError` when the address can't be had, before anything slow begins."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named, or asyncio leaves small replies waiting for an acknowledgement.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        reason = error.strerror or str(error)
        raise ConfigError(
            f"cannot listen on {host}:{port}: {reason}; choose another with --port"
        ) from None
    listener.listen(128)
    return listener
