"""A site in a thread, on a port that it keeps when it is stopped and started again."""

from __future__ import annotations

import socket
import threading
import time
from pathlib import Path

import uvicorn

from dateline.record.record import Record
from dateline.site.app import create_app
from dateline.site.settings import SiteSettings


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


class Served:
    """A site over the record in a file."""

    def __init__(self, record: Path) -> None:
        self.path = record
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        app = create_app(SiteSettings(record=str(self.path), base_url=self.url))
        config = uvicorn.Config(app, port=self.port, log_level="error", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)

    def stop(self) -> None:
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join()
            self._server = None

    def record(self) -> Record:
        """The record, opened once more beside the site's."""
        return Record.open(self.path)
