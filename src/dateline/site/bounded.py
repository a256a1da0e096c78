"""No request may send more than the site can want: forms, comments and decisions are small."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 1 << 20


class Bounded:
    """Refuses what is sent with a request beyond ``MOST_BYTES``, whether or not its length was announced."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        announced = Headers(scope=scope).get("content-length", "0")
        taken = int(announced) if announced.isascii() and announced.isdigit() else 0
        counted = 0

        async def receive_some() -> Message:
            nonlocal counted
            message = await receive()
            counted += len(message.get("body", b""))
            if max(taken, counted) > MOST_BYTES:
                raise HTTPException(413, f"a request may send {MOST_BYTES >> 10} KB and no more; send less")
            return message

        await self.app(scope, receive_some, send)
