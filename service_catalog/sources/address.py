"""Which addresses on the network a catalog may be fetched from: public ones only.

A name is looked up once, every address that it has is judged, and one of those judged is
connected to; a name that means something else a moment later (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Union

from service_catalog.errors import FetchError

Address = Union[IPv4Address, IPv6Address]
# IPv4 inside IPv6: NAT64 (RFC 6052, RFC 8215) and IPv4-compatible (RFC 4291). Whoever routes them
# could be led to a private network.
_CARRIERS = tuple(map(IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "::/96")))


def is_public(address: Address) -> bool:
    """Say whether `address` belongs to somebody on the open internet."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address.sixtofour is not None or address.teredo is not None:
            return False
        if any(address in carrier for carrier in _CARRIERS) or address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def is_number(host: str) -> bool:
    """Say whether `host` is an address, in whatever form, and no name."""
    try:
        socket.inet_aton(host)  # octal, decimal and hexadecimal forms too
    except OSError:
        try:
            ip_address(host)
        except ValueError:
            return False
    return True


async def addresses_of(host: str, port: int, allow_this_machine: bool = False) -> list[str]:
    """Return the addresses of `host`, all of them judged.

    Raises FetchError when the name is unknown or one of its addresses is not public. Numbers in
    odd forms (octal, decimal) are read here as the system reads them, then judged.
    """
    try:
        found = await asyncio.to_thread(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise FetchError("its name cannot be looked up", passing=True) from None
    # A zone (fe80::1%eth0) only goes with addresses of the local network.
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    for text in addresses:
        address = ip_address(text.partition("%")[0])
        if not (is_public(address) or (allow_this_machine and address.is_loopback)):
            raise FetchError("it lies on a private network or on this machine")
    return addresses
