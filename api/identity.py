"""Who a request comes from, by the token that the host application signed."""

from agent.identity import ANONYMOUS, Identity
from agent.ports import Verifier
from kb.errors import Permanent
from kb.settings import IdentitySettings


class NotIdentified(Permanent):
    """The token that came along proves nothing."""


def open_verifier(settings: IdentitySettings) -> Verifier | None:
    """None without a secret: then nobody is verified by a token."""
    if not settings.secret:
        return None
    from agent.execution.tokens import TokenVerifier

    return TokenVerifier(settings)


def identity_of(token: str | None, verify: Verifier | None) -> Identity:
    """Anonymous without a token. Raises `NotIdentified` for one that is not valid now, and where
    none can be checked: a customer who believes to be signed in is never served as a stranger."""
    if token is None:
        return ANONYMOUS
    if verify is None:
        raise NotIdentified(
            "this server checks no identity tokens; WELLKEPT_IDENTITY_SECRET is not set"
        )
    try:
        return verify(token)
    except Permanent as error:
        raise NotIdentified(str(error)) from None
