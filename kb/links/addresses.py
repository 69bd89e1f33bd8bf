"""Which addresses may be asked, and how a name becomes addresses."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TypeAlias

Address: TypeAlias = IPv4Address | IPv6Address
Allow: TypeAlias = Callable[[Address], bool]
Resolve: TypeAlias = Callable[[str], Awaitable[list[Address]]]
"""A name's addresses. Raises `NoSuchName` when there is no such name, `OSError` or `UnicodeError`
when it could not be looked up."""

_TRANSLATED = IPv6Network("64:ff9b::/96")
"""Addresses of version 4 behind a translator (RFC 6052)."""
_UNKNOWN = frozenset({socket.EAI_NONAME, socket.EAI_NODATA})


class NoSuchName(Exception):
    """The name server knows the name not to exist."""


def is_public(address: Address) -> bool:
    """Whether an address is one of the open internet's hosts: not of this machine, of a private or
    local network, reserved, or a group's. What carries an address of version 4 is judged by it."""
    carried = _carried(address)
    if carried is not None:
        return is_public(carried)
    return address.is_global and not (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_reserved
        or address.is_unspecified
    )


def _carried(address: Address) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)


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
