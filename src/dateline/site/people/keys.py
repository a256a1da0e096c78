"""What only this site can make: digests by its key, each for one purpose."""

from __future__ import annotations

import hmac
from hashlib import sha256
from ipaddress import IPv6Address, ip_address


def keyed(key: bytes, purpose: str, *parts: str) -> str:
    """HMAC-SHA-256, in hexadecimal digits, of parts for a purpose."""
    told = b"".join(b"%d:%b" % (len(data), data) for data in (part.encode() for part in (purpose, *parts)))
    return hmac.new(key, told, sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))


def sender(key: bytes, address: str | None) -> str:
    """What is kept of a network address for some weeks; of IPv6, of the network that one household has."""
    return keyed(key, "sender", network(address))[:32]


def network(address: str | None) -> str:
    """An address, or, of IPv6, its first 64 bits; empty when unknown."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return ""
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or IPv6Address(int(found) >> 64 << 64))
    return str(found)
