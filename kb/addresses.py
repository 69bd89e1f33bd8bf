"""Which addresses are those of the open internet."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network
from typing import TypeAlias

Address: TypeAlias = IPv4Address | IPv6Address

_TRANSLATED = IPv6Network("64:ff9b::/96")
"""Addresses of version 4 behind a translator (RFC 6052)."""


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
