"""``dateline watch`` on a site on this machine; the reader is a faked one, the record a real one."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from logs import first_reading
from newsstand import Answer, Site, site
from typer.testing import CliRunner, Result

from dateline import cli
from dateline.errors import InputError, SkippedInput
from dateline.pipeline import Item, Options, Read
from dateline.record.record import Record
from dateline.types import Page

SOURCES = """\
[watch]
contact = "desk@dateline.example"
least = "0s"
factor = 1

[[source]]
name = "Kestrel"
address = "{feed}"
"""


@contextmanager
def fake_pipeline(_: Options) -> Iterator[Read]:
    def read(item: Item) -> object:
        assert isinstance(item, Page) and item.fetched
        if b"auf Deutsch" in item.content:
            raise SkippedInput(item.address, "skipped for its language", "use --any-language")
        if b"no article" in item.content:
            raise InputError(item.address, "no article was found", "give another")
        return first_reading(item.address)

    yield read  # type: ignore[misc]


@pytest.fixture
def here() -> Iterator[Site]:
    with site() as made:
        yield made


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr("dateline.pipeline.pipeline", fake_pipeline)
    monkeypatch.delenv("DATELINE_CONTACT", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def watch(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, ["watch", *arguments])


def once(*arguments: str) -> Result:
    return watch("--once", "--allow-private", *arguments)


def test_what_is_new_is_kept_with_its_page(here: Site, folder: Path) -> None:
    one = here.page("/one")
    (folder / "SOURCES.toml").write_text(SOURCES.format(feed=here.feed("/feed", one, here.page("/two"))))
    result = once()
    lines = result.stdout.splitlines()
    assert lines[0] == "2 new pages: Kestrel" and lines[1].startswith("new       a")
    assert lines[-1] == "1 look at sources, 0 failed; 2 pages fetched: 2 new" and result.exit_code == 0
    assert here.asked[-1][1]["User-Agent"].endswith("(+desk@dateline.example)")
    with Record.open("dateline.db") as record:
        addresses = [entry.citation.address for entry in record.entries() if entry.citation]
        assert sorted(addresses) == [one, here.base + "/two"]
        assert b"Guards killed" in (record.page_of(lines[1].split()[1]) or b"")
    here.feed("/feed", here.page("/three"), one)
    assert "1 page fetched: 1 new" in once().stdout


def test_what_is_not_read_is_told_and_not_asked_for_again(here: Site, folder: Path) -> None:
    other, none = here.page("/other", "auf Deutsch"), here.page("/none", "no article")
    (folder / "SOURCES.toml").write_text(SOURCES.format(feed=here.feed("/feed", other, none)))
    result = once()
    assert "2 pages fetched: 1 in another language, 1 not read" in result.stdout and result.exit_code == 0
    assert "no article was found" in result.stderr
    assert "0 pages fetched" in once().stdout


def test_a_source_that_fails_is_told(here: Site, folder: Path) -> None:
    (folder / "SOURCES.toml").write_text(SOURCES.format(feed=here.base + "/none"))
    result = once()
    assert "there is no such page (404)" in result.stderr and result.exit_code == 1


def test_how_sources_fare(here: Site, folder: Path) -> None:
    (folder / "SOURCES.toml").write_text(SOURCES.format(feed=here.feed("/feed", here.page("/one"))))
    assert "never" in watch("--status").stdout and not (folder / "dateline.watch.db").exists()
    once()
    words = watch("--status").stdout.splitlines()
    assert any("Kestrel" in line and "well" in line for line in words)
    (told,) = json.loads(watch("--status", "--json").stdout)
    assert (told["name"], told["fares"], told["read"], told["failures"]) == ("Kestrel", "well", 1, 0)


def test_without_a_contact_nobody_is_asked(here: Site, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = SOURCES.format(feed=here.feed("/feed")).replace("contact", "# contact")
    (folder / "SOURCES.toml").write_text(text)
    result = once()
    assert result.exit_code == 1 and "names no contact" in str(result.exception) and here.asked == []
    monkeypatch.setenv("DATELINE_CONTACT", "https://desk.example/bot")
    assert once().exit_code == 0 and "desk.example" in here.asked[0][1]["User-Agent"]


def test_inner_networks_are_not_asked_unless_allowed(here: Site, folder: Path) -> None:
    (folder / "SOURCES.toml").write_text(SOURCES.format(feed=here.feed("/feed")))
    assert watch("--once").exit_code == 1 and here.asked == []


def test_fetched_pages_are_kept_as_archives_if_wanted(here: Site, folder: Path) -> None:
    (folder / "SOURCES.toml").write_text(SOURCES.format(feed=here.feed("/feed", here.page("/one"))))
    once("--warc", "archive")
    (archive,) = (folder / "archive").iterdir()
    assert archive.name.endswith(".warc.gz") and archive.stat().st_size > 500


def test_asked_to_stop_it_ends_well(here: Site, folder: Path) -> None:
    """The site itself asks, with the last page that it is asked for."""

    def stop(_: BaseHTTPRequestHandler) -> Answer:
        os.kill(os.getpid(), signal.SIGTERM)
        return 404, {}, b""

    here.routes["/last"] = stop
    feed = here.feed("/feed", here.page("/one"), here.base + "/last")
    (folder / "SOURCES.toml").write_text(SOURCES.format(feed=feed))
    result = watch("--allow-private")
    assert result.exit_code == 143 and "stopped by SIGTERM" in result.stderr
    assert result.stdout.splitlines()[-1].startswith("1 look at sources")


def test_a_changed_file_of_sources_is_followed_at_once(
    here: Site, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder / "SOURCES.toml"
    sound = SOURCES.format(feed=here.feed("/feed", here.page("/one")))
    more = f'{sound}\n[[source]]\nname = "Courier"\naddress = "{here.feed("/other", here.base + "/two")}"\n'
    file.write_text(sound)
    texts = ["[nonsense", more]

    def edited(_: Path) -> float:
        """The file is another each time that it is looked at, after the first."""
        if looks:
            file.write_text(texts.pop(0) if texts else more)
        looks.append(1)
        return float(len(looks))

    def stop(_: BaseHTTPRequestHandler) -> Answer:
        os.kill(os.getpid(), signal.SIGTERM)
        return 404, {}, b""

    looks: list[int] = []
    module = sys.modules["dateline.commands.watch"]  # of the same name as its command
    monkeypatch.setattr(module, "LONGEST", 0.05)
    monkeypatch.setattr(module, "stamp", edited)
    here.routes["/two"] = stop
    result = watch("--allow-private")
    assert "1 new page: Courier" in result.stdout and "not TOML" in result.stderr


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_prometheus_is_told_how_fetching_goes(here: Site, folder: Path) -> None:
    port, told = free_port(), list[str]()

    def scraped(_: BaseHTTPRequestHandler) -> Answer:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
            told.append(answer.read().decode())
        return 404, {}, b""

    here.routes["/last"] = scraped
    feed = here.feed("/feed", here.page("/one"), here.base + "/last")
    (folder / "SOURCES.toml").write_text(SOURCES.format(feed=feed))
    once("--metrics", str(port))
    assert 'dateline_fetches_total{outcome="looked"} 1.0' in told[0]
    assert "dateline_record_up 1.0" in told[0]
    taken = int(here.base.rpartition(":")[2])
    assert "cannot be had" in str(once("--metrics", str(taken)).exception)


CHILD = """
import sys
sys.path.insert(0, sys.argv[1])
import dateline.pipeline
from test_watch import fake_pipeline
dateline.pipeline.pipeline = fake_pipeline
from dateline import cli
cli.app(["watch", "--once", "--allow-private"])
"""


def test_a_terminal_is_shown_how_far_it_is(here: Site, folder: Path) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    (folder / "SOURCES.toml").write_text(SOURCES.format(feed=here.feed("/feed", here.page("/one"))))
    command = [sys.executable, "-c", CHILD, str(Path(__file__).parent)]
    variables = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    child = subprocess.Popen(command, stdout=theirs, stderr=theirs, env=variables)
    os.close(theirs)
    shown = b""
    with suppress(OSError):  # how Linux tells the end
        while piece := os.read(ours, 4_096):
            shown += piece
    os.close(ours)
    assert child.wait() == 0
    assert b"1 sources" in shown and b"1 new page: Kestrel" in shown and b"1 page fetched: 1 new" in shown


def test_a_run_that_is_killed_goes_on_where_it_was(here: Site, folder: Path) -> None:
    """Killed twice, in the midst of a page each time; in the end all is there, and little was asked twice."""
    paths = [f"/{number}" for number in range(12)]
    feed = here.feed("/feed", *(here.page(path) for path in paths))
    (folder / "SOURCES.toml").write_text(SOURCES.format(feed=feed))
    child: list[subprocess.Popen[bytes]] = []
    for path in ("/4", "/8"):
        answer = here.routes[path]

        def kill(_: BaseHTTPRequestHandler, path: str = path, answer: object = answer) -> object:
            here.routes[path] = answer  # type: ignore[assignment]
            child[-1].send_signal(signal.SIGKILL)
            return answer

        here.routes[path] = kill  # type: ignore[assignment]
    statuses = []
    for _ in range(3):
        child.append(subprocess.Popen([sys.executable, "-c", CHILD, str(Path(__file__).parent)]))
        statuses.append(child[-1].wait())
    assert statuses == [-signal.SIGKILL, -signal.SIGKILL, 0]
    with Record.open("dateline.db") as record:
        addresses = sorted(entry.citation.address for entry in record.entries() if entry.citation)
    assert addresses == sorted(here.base + path for path in paths)
    counts = here.counts()
    assert sum(counts[path] for path in paths) <= len(paths) + 4 and counts["/robots.txt"] == 1
