"""Which network addresses may be reached: those of the public internet, and none of an inner network.

Whoever fetches from, or delivers to, an address that somebody else has given resolves it here and connects
to the very addresses returned, so that a name cannot mean another one a moment later (DNS rebinding).
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from dateline.errors import AddressError

Resolve = Callable[[str, int], Iterable[str]]
"""From a host and a port to the addresses that the host has."""

INNER_V4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # this network, and what is unspecified
            "10.0.0.0/8",
            "100.64.0.0/10",  # behind a carrier's NAT
            "127.0.0.0/8",
            "168.63.129.16/32",  # a cloud's own service, at a public address
            "169.254.0.0/16",  # link-local; clouds' metadata
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",  # relays of 6to4
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, and broadcast
        ),
    )
)
"""What of IPv4 is not the public internet (IANA's registry of special-purpose addresses)."""

PUBLIC_V6 = IPv6Network("2000::/3")
"""What of IPv6 is given out; loopback, link-local, unique local, multicast and NAT64 lie outside."""
INNER_V6 = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # protocols' own, Teredo among them
            "2001:db8::/32",
            "2002::/16",  # 6to4
            "3fff::/20",
        ),
    )
)
"""What of that is not the public internet, or carries an IPv4 address within."""
ISATAP = (0x0000_5EFE, 0x0200_5EFE)
"""The third quarter of an IPv6 address that carries an IPv4 address as its last."""


def public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is of the public internet; never one that carries another address within."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in INNER_V4)
    carries = (int(address) >> 32) & 0xFFFF_FFFF in ISATAP
    return address in PUBLIC_V6 and not carries and not any(address in network for network in INNER_V6)


def resolved(host: str, port: int, *, allow: Sequence[str] = (), resolve: Resolve | None = None) -> list[str]:
    """The addresses of a host that may be connected to, in the resolver's order; there is at least one.

    ``allow`` names networks ("10.1.0.0/16") that may be reached although they are inner ones. Raises
    ``AddressError`` for a host without addresses, and for one that has none but inner ones.
    """
    networks = [ip_network(network) for network in allow]
    found = list(dict.fromkeys(_found(host, port, resolve or by_system)))
    usable = [text for text in found if _usable(text, networks)]
    if not usable:
        reason = f"leads to {', '.join(found)}, which is not on the public internet"
        raise AddressError(host, reason, "give an address that is, or have the operator allow its network")
    return usable


def _found(host: str, port: int, resolve: Resolve) -> list[str]:
    try:
        found = list(resolve(host.strip("[]"), port))
    except (OSError, UnicodeError) as error:
        raise AddressError(host, f"has no address ({error})", "look at the host's name") from error
    if not found:
        raise AddressError(host, "has no address", "look at the host's name")
    return found


def _usable(text: str, networks: Sequence[IPv4Network | IPv6Network]) -> bool:
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return public(address) or any(address in network for network in networks)


def by_system(host: str, port: int) -> list[str]:
    """A host's addresses as the system resolves them. Raises ``OSError`` when there is none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]
