"""Which addresses may be asked, and how a name becomes addresses."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from typing import TypeAlias

from kb.addresses import Address

Allow: TypeAlias = Callable[[Address], bool]
Resolve: TypeAlias = Callable[[str], Awaitable[list[Address]]]
"""A name's addresses. Raises `NoSuchName` when there is no such name, `OSError` or `UnicodeError`
when it could not be looked up."""

_UNKNOWN = frozenset({socket.EAI_NONAME, socket.EAI_NODATA})


class NoSuchName(Exception):
    """The name server knows the name not to exist."""


async def resolve(name: str) -> list[Address]:
    """As this machine resolves names; see `Resolve`."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno in _UNKNOWN:
            raise NoSuchName(name) from None
        raise
    return list(dict.fromkeys(ip_address(item[4][0]) for item in found))
