"""A Dask cluster of real processes: workers, pages and links that fail leave the digest as it is."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from hosts import Hosts, dask, running, three_hosts
from scaling import alone, batch, digest, faults, opened, pages, until, without_model

from dateline.errors import BatchError, ModelError
from dateline.scale import cluster
from dateline.scale.cluster import Cluster

DIED = "the process that read it died; read it alone, or leave it out"
PATIENCE = 200
"""Seconds that a busy machine may take to start a cluster; nothing waits longer than it needs."""
pytestmark = pytest.mark.filterwarnings("default")  # Dask and its server warn of their own


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A scheduler with two workers, one under a nanny that replaces it."""
    folder = tmp_path_factory.mktemp("cluster")
    address = f"tcp://127.0.0.1:{free_port()}"
    worker = dask("worker", address, "--nthreads", "1", "--local-directory", str(folder))
    with ExitStack() as started:
        command = dask("scheduler", "--host", "127.0.0.1", "--port", address.rpartition(":")[2])
        started.enter_context(running(command, folder / "scheduler.log"))
        for number, more in enumerate(([], ["--no-nanny"])):
            started.enter_context(running([*worker, *more], folder / f"worker{number}.log"))
        yield address


def test_workers_and_readers_that_die_leave_the_digest_as_it_is(scheduler: str, tmp_path: Path) -> None:
    items = pages(["fine", "die once", "good", "refuse", "kill worker once", "die", "skip", "bright"])
    jobs = batch(Cluster(partial(opened, tmp_path), scheduler, PATIENCE), tmp_path / "out", items, 2)
    assert faults(jobs) == [
        "3.html: no article; give another",
        f"5.html: {DIED}",
        "6.html: in French; ask for it",
    ]
    assert (tmp_path / "4.html.mark").exists()
    assert digest(tmp_path / "out", jobs) == alone(tmp_path, items)


def test_a_reader_that_cannot_start_stops_the_batch(scheduler: str, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="install dateline again"):
        batch(Cluster(without_model, scheduler, PATIENCE), tmp_path / "out", pages(["fine"]))


def test_a_scheduler_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="no scheduler answers; start one with: dask scheduler"):
        Cluster(partial(opened, tmp_path), f"tcp://127.0.0.1:{free_port()}", 0.5)


def test_without_the_extra_the_remedy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(BatchError, match=r"pip install 'dateline\[dask\]'"):
        Cluster(partial(opened, tmp_path), "tcp://127.0.0.1:1", 0.5)


def test_a_process_started_for_something_else_is_not_taken(tmp_path: Path) -> None:
    try:
        first = cluster._reader(partial(opened, tmp_path))
        assert cluster._reader(partial(opened, tmp_path)) is first
        assert cluster._reader(partial(opened, tmp_path / "other")) is not first
    finally:
        cluster._close()
    assert cluster._readers == {}


DRIVER = """
import sys
from functools import partial
from pathlib import Path
from scaling import batch, digest, faults, opened, pages
from dateline.errors import BatchError
from dateline.scale.cluster import Cluster

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    try:
        executor = Cluster(partial(opened, folder), sys.argv[2], 120)
        jobs = batch(executor, folder / "out", pages(sys.argv[3:]), 2)
    except BatchError as error:
        sys.exit(str(error))
    (folder / "digest").write_text(digest(folder / "out", jobs) + str(faults(jobs)))
"""


@pytest.fixture
def hosts() -> Iterator[Hosts]:
    with three_hosts() as hosts:
        yield hosts


def test_three_hosts_whose_links_are_cut_come_to_the_same_digest(hosts: Hosts, tmp_path: Path) -> None:
    """The driver on one host, the scheduler and a worker on the second, a worker on the third.

    First the third is cut off while it reads, for good; then the driver is, for a while.
    """
    contents = ["fine", "wait", "good", "wait", "well", "fair", "bright", "fine"]
    (tmp_path / "driver.py").write_text(DRIVER)
    address = "tcp://10.77.0.2:8786"
    worker = dask("worker", address, "--nthreads", "1", "--no-nanny", "--local-directory", str(tmp_path))
    command = [*hosts.on(1), sys.executable, str(tmp_path / "driver.py"), str(tmp_path), address, *contents]
    with ExitStack() as started:

        def start(host: int, name: str, command: list[str]) -> None:
            started.enter_context(running([*hosts.on(host), *command], tmp_path / f"{name}.log"))

        start(2, "scheduler", dask("scheduler", "--host", "10.77.0.2", "--port", "8786"))
        for host in (2, 3):
            start(host, f"worker{host}", [*worker, "--host", f"10.77.0.{host}"])
        for host in (2, 3):  # else the first worker would be given all that the driver sends at first
            until(tmp_path / f"worker{host}.log", lambda log: "Registered to" in log.read_text())
        driver = started.enter_context(running(command, tmp_path / "driver.log"))
        until(tmp_path / "1.html.mark")
        until(tmp_path / "3.html.mark")
        hosts.link(3, "down")
        hosts.link(1, "down")
        (tmp_path / "go").touch()
        with pytest.raises(subprocess.TimeoutExpired):
            driver.wait(5)
        hosts.link(1, "up")
        if driver.wait(200):  # it gave up, and is run again
            started.enter_context(running(command, tmp_path / "again.log")).wait(200)
    assert (tmp_path / "digest").read_text() == alone(tmp_path, pages(contents)) + "[]"
