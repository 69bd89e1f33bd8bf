"""`wellkept token`."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from flows.options import Config, Home, settings_of
from flows.output import say
from kb.errors import ConfigError

if TYPE_CHECKING:
    from kb.settings.agent import IdentitySettings

# RFC 7518, 3.2: a key of HS256 is no shorter than its hash.
_LEAST_BYTES = 32
_SECRET = "WELLKEPT_IDENTITY_SECRET"  # noqa: S105 the name of a variable


def token(
    customer: Annotated[str, typer.Option(help="Id of the customer, such as c-1001.")],
    email: Annotated[str | None, typer.Option(help="Their e-mail address.")] = None,
    name: Annotated[str | None, typer.Option(help="Their name.")] = None,
    minutes: Annotated[int, typer.Option(min=1, max=1440, help="How long it is good for.")] = 60,
    home: Home = None,
    config: Config = None,
) -> None:
    """Print a signed token, to try the chat as a verified customer.

    In earnest the host application signs it, once the customer has signed in there.
    """
    settings = settings_of(home, config)
    claims = {"email": email, "name": name}
    signed = sign(settings.identity, customer, claims, datetime.now(UTC), minutes)
    typer.echo(signed)
    address = f"http://{settings.server.host}:{settings.server.port}"
    say(f"Good for {minutes} minutes. As this customer: {address}/#token={signed}")


def sign(
    settings: "IdentitySettings",
    customer: str,
    claims: dict[str, str | None],
    now: datetime,
    minutes: int,
) -> str:
    """A JWT (HS256) as `agent.execution.tokens` takes it. Raises `ConfigError` without a secret
    that is long enough."""
    import jwt

    secret = settings.secret.get_secret_value() if settings.secret else ""
    if len(secret.encode()) < _LEAST_BYTES:
        raise ConfigError(
            f"set {_SECRET} to a secret of at least {_LEAST_BYTES} bytes, the same for the server"
        )
    said = {
        "sub": customer,
        "aud": settings.audience,
        "iss": settings.issuer,
        "iat": now,
        "exp": now + timedelta(minutes=minutes),
        **claims,
    }
    return jwt.encode({key: value for key, value in said.items() if value is not None}, secret)
