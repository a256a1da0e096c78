"""A private PostgreSQL for the tests: a cluster of its own on a free port of the loopback."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any

import psycopg

PATIENCE_SECONDS = 60


def server_programs() -> Path | None:
    """The folder of the newest PostgreSQL server's programs; null when there is none."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    on_path = shutil.which("initdb")
    newest = max(found, key=lambda path: float(path.parent.name), default=None)
    return newest or (Path(on_path).parent if on_path else None)


class Cluster:
    """A running server with databases that are made as they are asked for."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._names = count(1)

    def url(self, database: str) -> str:
        return f"postgresql://dateline@127.0.0.1:{self.port}/{database}"

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """The URL of a new database, empty or as another one."""
        name = f"test{next(self._names)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.url(name)
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def cluster(more: Mapping[str, str] = MappingProxyType({})) -> Iterator[Cluster]:
    """A server that lasts as long as the context, with some more settings.

    It trusts whoever reaches it, and syncs nothing.
    """
    programs = server_programs()
    assert programs is not None
    # The server does not run as root.
    account: dict[str, Any] = {"user": "postgres", "group": "postgres"} if os.getuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="dateline-postgresql-"))
    if account:
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
    data, port = folder / "data", free_port()
    options = ["-A", "trust", "-U", "dateline", "-E", "UTF8", "--locale=C", "--no-sync"]
    subprocess.run(
        [programs / "initdb", "-D", data, *options], cwd=folder, check=True, capture_output=True, **account
    )
    settings = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off"} | dict(more)
    flags = [flag for name, value in settings.items() for flag in ("-c", f"{name}={value}")]
    command = [str(programs / "postgres"), "-D", str(data), "-p", str(port), *flags]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, **account)
    try:
        yield _ready(Cluster(port), server, folder / "log")
    finally:
        server.send_signal(signal.SIGINT)  # ends sessions and stops
        server.wait(PATIENCE_SECONDS)
        shutil.rmtree(folder)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _ready(started: Cluster, server: subprocess.Popen[bytes], log: Path) -> Cluster:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            psycopg.connect(started.url("postgres"), connect_timeout=2).close()
            return started
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text()[-2000:]}")
