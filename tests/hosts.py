"""Three hosts made of network namespaces, whose links can be cut, and the processes that run on them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
QUICK = {
    "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "3s",
    "DASK_DISTRIBUTED__COMM__TIMEOUTS__TCP": "12s",
    "DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": "4s",
    "DASK_DISTRIBUTED__SCHEDULER__WORK_STEALING": "False",
    "DASK_DISTRIBUTED__DEPLOY__LOST_WORKER_TIMEOUT": "3s",
}
"""A cluster that notices losses within seconds."""


def ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


class Hosts:
    """Hosts 1 to 3 at 10.77.0.N, joined by a switch; nothing of this machine's own network is touched."""

    def __init__(self) -> None:
        self.switch, *self.names = [f"dl{os.getpid()}{name}" for name in ("s", "h1", "h2", "h3")]

    def start(self) -> None:
        for name in (self.switch, *self.names):
            ip("netns", "add", name)
        ip("-n", self.switch, "link", "add", "bridge", "type", "bridge")
        ip("-n", self.switch, "link", "set", "bridge", "up")
        for number, name in enumerate(self.names, 1):
            port = f"port{number}"
            ip("-n", self.switch, "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", name)
            ip("-n", self.switch, "link", "set", port, "master", "bridge", "up")
            ip("-n", name, "addr", "add", f"10.77.0.{number}/24", "dev", "eth0")
            for link in ("lo", "eth0"):
                ip("-n", name, "link", "set", link, "up")

    def stop(self) -> None:
        for name in (self.switch, *self.names):
            subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True)

    def link(self, number: int, state: str) -> None:
        """Cut the link of a host ("down"), or mend it ("up")."""
        ip("-n", self.switch, "link", "set", f"port{number}", state)

    def on(self, number: int) -> list[str]:
        """What a command begins with that runs on a host."""
        return ["ip", "netns", "exec", self.names[number - 1]]


@contextmanager
def three_hosts() -> Iterator[Hosts]:
    """Skipped by name where namespaces cannot be made."""
    hosts = Hosts()
    if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("ip") is None:
        pytest.skip("three hosts need network namespaces: Linux, root, iproute2")
    try:
        hosts.start()
    except subprocess.CalledProcessError as error:
        hosts.stop()
        pytest.skip(f"three hosts need network namespaces: {error.stderr.decode().strip()}")
    try:
        yield hosts
    finally:
        hosts.stop()


@contextmanager
def running(command: Sequence[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is killed in the end, with the tests' modules on its path."""
    environment = os.environ | QUICK | {"PYTHONPATH": str(TESTS)}
    with (
        log.open("wb") as told,
        subprocess.Popen(
            command, env=environment, stdout=told, stderr=told, start_new_session=True
        ) as process,
    ):
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, 9)


def dask(program: str, *arguments: str) -> list[str]:
    """The command of a Dask scheduler or worker."""
    return [sys.executable, "-m", f"distributed.cli.dask_{program}", *arguments, "--no-dashboard"]
