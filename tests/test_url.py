from __future__ import annotations

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.ingest import url
from dateline.ingest.url import COMMON, host_of, plain


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://Kestrel.example:443/One#x", "https://kestrel.example/One"),
        ("https://kestrel.example/?utm_source=a&utm_medium=b", "https://kestrel.example/"),
        ("https://kestrel.example/?id=1&utm_source=a&b=2", "https://kestrel.example/?id=1&b=2"),
        ("https://kestrel.example", "https://kestrel.example/"),
        ("https://me:pw@kestrel.example/", None),
        ("https://[bad/", None),
        ("https:///x", None),
        ("https://kestrel.example/a/../b", "https://kestrel.example/b"),
        ("https://kestrel.example/a?b=1&&c=2#d", "https://kestrel.example/a?b=1&c=2"),
        ("https://kestrel.example/a?&", "https://kestrel.example/a"),
        ("https://kestrel.example/é", "https://kestrel.example/%C3%A9"),
    ],
)
def test_addresses_in_one_form(address: str, expected: str | None) -> None:
    assert plain(address) == expected


SIGNS = st.sampled_from([*"ab./-~?&=#:@%+,;", "utm_", "é", " ", "[", "//", "https://", "..", "443"])


@settings(max_examples=200, deadline=None)
@given(st.lists(SIGNS, max_size=12).map("".join))
def test_the_short_way_leads_where_the_long_one_does(rest: str) -> None:
    address = f"https://kestrel.example{rest}"
    if not COMMON.fullmatch(address):
        return
    host, short = host_of(address), plain(address)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(url, "COMMON", url.re.compile("never"))
        assert (host_of(address), plain(address)) == (host, short)
    assert short and str(httpx2.URL(short)) == short and plain(short) == short


def test_hosts() -> None:
    assert (
        host_of("https://Kestrel.example:8080/a") == host_of("https://kestrel.example/a") == "kestrel.example"
    )
    assert host_of("https://kestrel.example@courier.example/") == "courier.example"
    assert host_of("pages/today.txt") == ""
