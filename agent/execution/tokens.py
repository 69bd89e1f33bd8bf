"""Tokens that a host application signs for who is logged in there (RFC 7519, HS256)."""

from agent.execution.proof import claims_in
from agent.identity import Identity, IdentityLevel
from kb.errors import ConfigError, Permanent
from kb.settings import IdentitySettings

BY = "signed token"
_ALGORITHM = "HS256"
_LEAST_BYTES = 32
"""RFC 7518, section 3.2: a key at least as long as the hash."""
_MOST_CHARS = 8_192
_NAMES = {"exp": "expiry", "sub": "customer", "aud": "audience", "iss": "issuer"}


class TokenVerifier:
    """The `Verifier` of one shared secret. Only HS256 is accepted, whatever a token says of
    itself. Raises `ConfigError` for a secret that is too short to be one."""

    def __init__(self, settings: IdentitySettings) -> None:
        self._secret = settings.secret.get_secret_value() if settings.secret else ""
        self._settings = settings
        if self._secret and len(self._secret.encode()) < _LEAST_BYTES:
            raise ConfigError(
                f"WELLKEPT_IDENTITY_SECRET must have at least {_LEAST_BYTES} bytes; "
                "`openssl rand -hex 32` makes one"
            )

    def __call__(self, token: str) -> Identity:
        """Who it names. Raises `Permanent` for a token that is not valid now, without any part of
        the token in the message."""
        if not self._secret:
            raise Permanent("identity tokens can't be checked: WELLKEPT_IDENTITY_SECRET is not set")
        claims = self._claims(token)
        customer = claims["sub"]
        if not isinstance(customer, str) or not customer.strip():
            raise Permanent("the identity token names no customer (sub)")
        return Identity(IdentityLevel.VERIFIED, customer, claims_in(claims), BY)

    def _claims(self, token: str) -> dict[str, object]:
        import jwt

        if len(token) > _MOST_CHARS:
            raise Permanent("the identity token is too long")
        issuer, audience = self._settings.issuer, self._settings.audience
        try:
            claims: dict[str, object] = jwt.decode(
                token,
                self._secret,
                algorithms=[_ALGORITHM],
                audience=audience,
                issuer=issuer,
                leeway=self._settings.leeway_s,
                options={"require": ["exp", "sub", "aud", *(["iss"] if issuer else [])]},
            )
        except jwt.ExpiredSignatureError:
            raise Permanent("the identity token has expired; sign a new one") from None
        except jwt.ImmatureSignatureError:
            raise Permanent("the identity token is not valid yet; check the clocks") from None
        except jwt.InvalidAudienceError:
            raise Permanent(f"the identity token is not for '{audience}' (aud)") from None
        except jwt.InvalidIssuerError:
            raise Permanent(f"the identity token is not from '{issuer}' (iss)") from None
        except jwt.MissingRequiredClaimError as error:
            name = _NAMES.get(error.claim, error.claim)
            raise Permanent(f"the identity token names no {name} ({error.claim})") from None
        except jwt.InvalidAlgorithmError:
            raise Permanent(f"the identity token is not signed with {_ALGORITHM}") from None
        except jwt.InvalidSignatureError:
            raise Permanent("the identity token is signed with another key") from None
        except jwt.PyJWTError:
            raise Permanent("the identity token can't be read") from None
        return claims
