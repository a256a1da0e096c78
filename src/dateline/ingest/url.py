"""Addresses of pages in one form, so that each is known again.

A list may hold tens of thousands, and taking one apart in full costs a tenth of a millisecond and more; so
those of the common kind are seen to be in that form by a pattern.
"""

from __future__ import annotations

import re

import httpx2

from dateline.ingest.http import FetchError, parsed

COMMON = re.compile(
    r"https?://(?P<host>[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?P<path>(?!.*/\.)/[A-Za-z0-9._~+,;=@/-]*)"
    r"(?:\?(?!(?:.*&)?utm_)[A-Za-z0-9._~+,;=@/-][A-Za-z0-9._~+,;=@/&-]*(?<!&))?(?:#.*)?"
)


def plain(address: str) -> str | None:
    """An address without its fragment and ``utm_`` parameters, null for one that is none."""
    if COMMON.fullmatch(address) and "&&" not in address:
        return address.partition("#")[0]
    try:
        url = parsed(address)
    except FetchError:
        return None
    path, _, query = url.raw_path.partition(b"?")
    kept = [part for part in query.split(b"&") if part and not part.startswith(b"utm_")]
    return str(url.copy_with(raw_path=b"?".join([path, b"&".join(kept)][: 1 + bool(kept)])))


def host_of(address: str) -> str:
    """The host of an address, in lower case, "" for a file's path."""
    if common := COMMON.fullmatch(address):
        return common["host"]
    return httpx2.URL(address).host.lower() if "://" in address else ""
