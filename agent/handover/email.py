"""The e-mail address that a customer gives for an answer."""

import re

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?<![\w.+@-])({_LOCAL}@(?:{_LABEL}\.)+[A-Za-z]{{2,24}})(?![\w@-])(?!\.\w)")
_ATTEMPT = re.compile(r"\S@|@\S|\b(?:at|dot) \w+\.?(?:com|net|org|de)\b", re.IGNORECASE)
_LONGEST, _LONGEST_LOCAL = 254, 64  # RFC 5321, section 4.5.3.1


def address(text: str) -> str | None:
    """The address in the text when there is exactly one that mail can be sent to; the case of
    its domain does not count."""
    found = {_normal(match[1]) for match in _ADDRESS.finditer(text)}
    good = [item for item in found if _fits(item)]
    return good[0] if len(good) == 1 else None


def looks_like_one(text: str) -> bool:
    """Whether the customer seems to have tried to give an address."""
    return bool(_ATTEMPT.search(text))


def _normal(found: str) -> str:
    local, _, domain = found.rpartition("@")
    return f"{local}@{domain.lower()}"


def _fits(found: str) -> bool:
    local, _, _ = found.rpartition("@")
    return len(found) <= _LONGEST and len(local) <= _LONGEST_LOCAL
