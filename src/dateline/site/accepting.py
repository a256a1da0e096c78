"""An event loop that takes connections one at a time, so that several processes share them."""

from __future__ import annotations

import asyncio
from typing import Any


class OneByOne(asyncio.SelectorEventLoop):
    """Whichever process is free takes the next connection.

    asyncio takes all that wait at once. Of processes that listen on one socket the first to wake then has
    them all, for as long as browsers keep them, and the others rest.
    """

    def _accept_connection(
        self, protocol_factory: Any, sock: Any, sslcontext: Any = None, server: Any = None, *more: Any
    ) -> None:
        _, *others = more or (1,)
        super()._accept_connection(protocol_factory, sock, sslcontext, server, 1, *others)  # type: ignore[misc]
