"""An event loop that takes connections one at a time, so that several processes share them."""

from __future__ import annotations

import asyncio
from typing import Any

PAUSE_SECONDS = 0.003
"""After a connection the others have so long to take the next."""


class OneByOne(asyncio.SelectorEventLoop):
    """Whichever process is free takes the next connection, one that has just taken one last.

    asyncio takes all that wait at once. Of processes that listen on one socket the first to wake then has
    them all, for as long as browsers keep them, and the others rest.
    """

    def _accept_connection(
        self, protocol_factory: Any, sock: Any, sslcontext: Any = None, server: Any = None, *more: Any
    ) -> None:
        _, *others = more or (1,)
        given = protocol_factory, sock, sslcontext, server, 1, *others
        super()._accept_connection(*given)  # type: ignore[misc]
        self.remove_reader(sock)
        self.call_later(PAUSE_SECONDS, self._go_on, *given)

    def _go_on(self, protocol_factory: Any, sock: Any, *more: Any) -> None:
        if sock.fileno() != -1:  # the server may have been closed meanwhile
            self._start_serving(protocol_factory, sock, *more)  # type: ignore[attr-defined]
