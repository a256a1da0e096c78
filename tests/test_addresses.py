from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.addresses import Resolve, public, resolved
from dateline.errors import AddressError

INNER = """
0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 168.63.129.16 169.254.169.254
172.16.0.1 172.31.255.255 192.0.0.1 192.0.2.7 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.9
224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
:: ::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::8.8.8.8 64:ff9b::a00:1 64:ff9b:1::a00:1 100::1 fc00::1 fd00:ec2::254
fe80::1 fe80::1%eth0 fec0::1 ff02::1 2001::1 2001:0:53aa:64c::1 2001:10::1 2001:db8::1 2002:7f00:1::1 3fff::1
2606:4700::5efe:7f00:1 2606:4700::200:5efe:a00:1 4000::1
"""
OUTER = "8.8.8.8 1.1.1.1 172.32.0.1 100.128.0.1 192.0.1.1 2606:4700::1111 2a00:1450:4001:80b::200e"


@pytest.mark.parametrize("text", INNER.split())
def test_an_inner_address_is_not_public(text: str) -> None:
    assert not public(ip_address(text))


@pytest.mark.parametrize("text", OUTER.split())
def test_an_address_of_the_internet_is_public(text: str) -> None:
    assert public(ip_address(text))


@given(st.ip_addresses(v=4))
def test_what_python_takes_for_private_is_not_public(address: IPv4Address) -> None:
    if address.is_private or address.is_multicast or address.is_reserved:
        assert not public(address)


@given(st.ip_addresses(v=4))
def test_no_address_that_carries_another_is_public(address: IPv4Address) -> None:
    number = int(address)
    mapped, sixtofour = 0xFFFF << 32 | number, 0x2002 << 112 | number << 80
    nat64, isatap = 0x64FF9B << 96 | number, 0x2606_4700 << 96 | 0x5EFE << 32 | number
    assert not any(public(IPv6Address(each)) for each in (number, mapped, sixtofour, nat64, isatap))


def answers(*addresses: str) -> Resolve:
    return lambda *_: addresses


def test_only_public_addresses_of_a_host_are_used() -> None:
    resolve = answers("10.0.0.1", "8.8.8.8", "::1", "2606:4700::1111", "8.8.8.8")
    assert resolved("feeds.example", 443, resolve=resolve) == ["8.8.8.8", "2606:4700::1111"]


def test_a_host_of_an_inner_network_is_refused() -> None:
    with pytest.raises(AddressError, match=r"feeds\.example: leads to 10\.0\.0\.1, 127\.0\.0\.1"):
        resolved("feeds.example", 443, resolve=answers("10.0.0.1", "127.0.0.1"))


def test_an_allowed_network_may_be_reached() -> None:
    resolve = answers("10.1.2.3", "10.2.0.1")
    assert resolved("feeds.example", 80, allow=("10.1.0.0/16",), resolve=resolve) == ["10.1.2.3"]


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f.1", "017700000001", "localhost", "[::1]"])
def test_the_loopback_is_refused_however_it_is_written(host: str) -> None:
    with pytest.raises(AddressError):
        resolved(host, 80)


def test_a_host_without_an_address_is_refused() -> None:
    def fails(*_: object) -> list[str]:
        raise OSError("name not known")

    with pytest.raises(AddressError, match=r"feeds\.example: has no address \(name not known\)"):
        resolved("feeds.example", 80, resolve=fails)
    with pytest.raises(AddressError, match="has no address"):
        resolved("feeds.example", 80, resolve=answers())
    with pytest.raises(AddressError):
        resolved("a" * 70 + ".example", 80)
    with pytest.raises(AddressError):
        resolved("feeds.example", 80, resolve=answers("nonsense"))
