from __future__ import annotations

import asyncio
import socket

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


def test_few_connections_are_taken_at_a_time() -> None:
    counts = taken(OneByOne())
    assert sum(counts) == 3 and max(counts) <= 2  # newer asyncios take one more than they are told
    assert max(taken(asyncio.SelectorEventLoop())) == 3
