from __future__ import annotations

import asyncio
import socket
import time

from dateline.site.accepting import PAUSE_SECONDS, OneByOne


def taken(loop: asyncio.SelectorEventLoop) -> list[int]:
    """How many of six connections that wait a loop takes in each of its turns, until it has all."""
    made: list[asyncio.Protocol] = []

    def protocol() -> asyncio.Protocol:
        made.append(asyncio.Protocol())
        return made[-1]

    server = loop.run_until_complete(loop.create_server(protocol, "127.0.0.1", 0))
    address = server.sockets[0].getsockname()
    clients = [socket.create_connection(address) for _ in range(6)]
    counts = []
    until = time.monotonic() + 60
    while len(made) < len(clients):
        before = len(made)
        loop.call_soon(loop.stop)
        loop.run_forever()
        counts.append(len(made) - before)
        assert time.monotonic() < until
    for each in clients:
        each.close()
    server.close()
    loop.run_until_complete(server.wait_closed())
    loop.run_until_complete(asyncio.sleep(2 * PAUSE_SECONDS))
    loop.close()
    return counts


def test_few_connections_are_taken_at_a_time() -> None:
    assert max(taken(OneByOne())) <= 2  # newer asyncios take one more than they are told
    assert max(taken(asyncio.SelectorEventLoop())) == 6
