from __future__ import annotations

import asyncio
import socket

import pytest

from dateline.site.accepting import OneByOne


def taken(loop: asyncio.SelectorEventLoop, turns: int = 20) -> list[int]:
    """How many of three connections that wait a loop takes in each of its turns."""
    made: list[asyncio.Protocol] = []

    def protocol() -> asyncio.Protocol:
        made.append(asyncio.Protocol())
        return made[-1]

    server = loop.run_until_complete(loop.create_server(protocol, "127.0.0.1", 0))
    address = server.sockets[0].getsockname()
    clients = [socket.create_connection(address) for _ in range(3)]
    counts = []
    for _ in range(turns):
        before = len(made)
        loop.call_soon(loop.stop)
        loop.run_forever()
        counts.append(len(made) - before)
    for each in clients:
        each.close()
    server.close()
    loop.run_until_complete(server.wait_closed())
    loop.close()
    return counts


@pytest.mark.parametrize(("kind", "most"), [(OneByOne, 1), (asyncio.SelectorEventLoop, 3)])
def test_connections_are_taken_one_at_a_time(kind: type[asyncio.SelectorEventLoop], most: int) -> None:
    counts = taken(kind())
    assert (sum(counts), max(counts)) == (3, most)
