"""Fetching from servers on this machine, good ones and bad ones."""

from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import httpcore2
import pytest
from newsstand import Answer, Site, site

from dateline.errors import AddressError
from dateline.ingest.http import (
    EVERYWHERE,
    Fetcher,
    FetchError,
    Limits,
    agent,
    connected,
    page_of,
    parsed,
)

SHORT = Limits(seconds=1.0, stall=0.5, transferred=200_000, inflated=400_000)


@pytest.fixture
def here() -> Iterator[Site]:
    with site() as made:
        yield made


@pytest.fixture
def fetcher() -> Fetcher:
    return Fetcher(agent("desk@kestrel.example"), SHORT, allow=EVERYWHERE)


def test_a_page_comes_with_all_that_is_known_of_it(here: Site, fetcher: Fetcher) -> None:
    address = here.page("/story?a=1", "Guards killed")
    fetched = fetcher.fetch(address + "#top", (("If-None-Match", '"e1"'),))
    page = page_of(fetched)
    assert page.address == address and b"Guards killed" in page.content
    assert page.media_type == "text/html" and page.fetched == fetched.last.at
    assert fetched.last.ip == "127.0.0.1" and fetched.last.target == "/story?a=1"
    _, sent = here.asked[0]
    assert sent["User-Agent"].startswith("dateline/") and "(+desk@kestrel.example)" in sent["User-Agent"]
    assert sent["Host"] == here.base.removeprefix("http://") and sent["If-None-Match"] == '"e1"'
    assert ("User-Agent", sent["User-Agent"]) in fetched.last.request


def test_marks_go_back_as_they_came(here: Site) -> None:
    here.routes["/a"] = 200, {"ETag": '"\xe9"'}, b"<p>one"
    fetcher = Fetcher(agent("Вести"), SHORT, allow=EVERYWHERE)
    mark = fetcher.fetch(here.base + "/a").last.header("etag") or ""
    fetcher.fetch(here.base + "/a", (("If-None-Match", mark),))
    assert here.asked[1][1]["If-None-Match"] == '"\xe9"'


def test_a_compressed_body_is_kept_as_it_came_and_inflated(here: Site, fetcher: Fetcher) -> None:
    sent = gzip.compress(b"gunmen " * 1_000)
    here.routes["/a"] = 200, {"Content-Encoding": "gzip", "Content-Type": "text/plain"}, sent
    fetched = fetcher.fetch(here.base + "/a")
    assert (fetched.body, fetched.content) == (sent, b"gunmen " * 1_000)


def test_redirects_are_followed_hop_by_hop(here: Site, fetcher: Fetcher) -> None:
    here.page("/c")
    here.routes["/a"] = 301, {"Location": "b?x=1"}, b""
    here.routes["/b?x=1"] = 302, {"Location": here.base + "/c#end"}, b""
    entered: list[str] = []

    @contextmanager
    def gate(address: str) -> Iterator[None]:
        entered.append(address)
        yield

    fetched = fetcher.fetch(here.base + "/a", gate=gate)
    assert [hop.status for hop in fetched.hops] == [301, 302, 200]
    assert entered == [hop.address for hop in fetched.hops] == [here.base + p for p in ("/a", "/b?x=1", "/c")]
    assert (fetched.asked, fetched.address) == (here.base + "/a", here.base + "/c")


def test_a_redirect_to_an_inner_network_is_not_followed(here: Site) -> None:
    here.routes["/a"] = 302, {"Location": "http://inner.example/secret"}, b""
    names = {"outer.example": "127.0.0.1", "inner.example": "10.0.0.1"}
    fetcher = Fetcher("test", SHORT, allow=["127.0.0.1/32"], resolve=lambda host, _: [names[host]])
    with pytest.raises(AddressError, match=r"inner\.example"):
        fetcher.fetch(here.base.replace("127.0.0.1", "outer.example") + "/a")
    assert here.counts() == {"/a": 1}


def refused(fetcher: Fetcher, address: str) -> FetchError:
    with pytest.raises(FetchError) as told:
        page_of(fetcher.fetch(address))
    return told.value


def test_circles_and_long_ways_are_given_up(here: Site, fetcher: Fetcher) -> None:
    here.routes["/a"] = 302, {"Location": "/b"}, b""
    here.routes["/b"] = 302, {"Location": "/a"}, b""
    assert "circle" in refused(fetcher, here.base + "/a").reason
    here.routes |= {f"/{n}": (307, {"Location": f"/{n + 1}"}, b"") for n in range(9)}
    assert "more than 5 times" in refused(fetcher, here.base + "/0").reason
    assert here.counts()["/6"] == 0


NEVER = threading.Event()


def drip(handler: BaseHTTPRequestHandler) -> None:
    """A body that comes a byte at a time, each soon enough."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    while not NEVER.wait(0.1):
        handler.wfile.write(b"x")


def drip_head(handler: BaseHTTPRequestHandler) -> None:
    """The same within the head."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while not NEVER.wait(0.1):
        handler.wfile.write(b"x")


def silent(_: BaseHTTPRequestHandler) -> None:
    NEVER.wait(0.8)


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        handler.wfile.write(b"word " * 10_000)


def endless_head(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        handler.wfile.write(b"X-More: and more\r\n" * 1_000)


def cut(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<p>half of it")


def nonsense(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"SSH-2.0-something else\r\n\r\n")


BAD = {
    drip: "no whole answer within 1 s",
    drip_head: "no whole answer within 1 s",
    silent: "no whole answer",
    endless: "larger than 0.2 MB",
    endless_head: "broken or cut off",
    cut: "broken or cut off",
    nonsense: "broken or cut off",
}


@pytest.mark.parametrize("serve", BAD, ids=lambda serve: serve.__name__)
def test_a_bad_server_is_left_in_time_and_told(serve: object, here: Site, fetcher: Fetcher) -> None:
    here.routes["/a"] = serve  # type: ignore[assignment]
    assert BAD[serve] in refused(fetcher, here.base + "/a").reason  # type: ignore[index]


ANSWERS: list[tuple[Answer, str, bool]] = [
    ((200, {"Content-Type": "image/png"}, b"x"), "image/png, not text", True),
    ((200, {"Content-Encoding": "gzip"}, b"<p>no gzip"), "not the gzip", True),
    ((200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(400_001))), "larger than 0.4 MB", True),
    ((200, {}, bytes(200_001)), "larger than 0.2 MB", True),
    ((200, {}, b"  \n"), "empty", False),
    ((403, {}, b""), "refused (403)", True),
    ((404, {}, b"a long apology"), "no such page (404)", True),
    ((500, {}, b""), "answered 500", False),
    ((302, {"Location": "ftp://kestrel.example/"}, b""), "no address of the web", True),
    ((302, {"Location": "http://[bad"}, b""), "redirects to", True),
    ((302, {}, b""), "answered 302", False),
]


@pytest.mark.parametrize(("answer", "reason", "lasting"), ANSWERS)
def test_an_answer_that_is_no_page_is_told(
    answer: Answer, reason: str, lasting: bool, here: Site, fetcher: Fetcher
) -> None:
    here.routes["/a"] = answer
    error = refused(fetcher, here.base + "/a")
    assert reason in error.reason and error.lasting == lasting


def test_of_an_answer_that_is_no_success_no_body_is_read(here: Site, fetcher: Fetcher) -> None:
    here.routes["/a"] = 404, {}, b"a long apology"
    fetched = fetcher.fetch(here.base + "/a")
    assert (fetched.status, fetched.body, fetched.content) == (404, b"", b"")


def test_nobody_there_is_told(fetcher: Fetcher) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "cannot be reached" in refused(fetcher, f"http://127.0.0.1:{port}/").reason


@pytest.mark.parametrize(
    "address",
    [
        "ftp://a.example/",
        "kestrel.example",
        "http://",
        "https://me:pw@a.example/",
        "http://[::1",
        "http://a b/",
    ],
)
def test_what_is_no_address_of_the_web_is_refused(address: str) -> None:
    with pytest.raises(FetchError) as told:
        parsed(address)
    assert told.value.lasting


def test_inner_addresses_are_refused_unless_allowed(here: Site, fetcher: Fetcher) -> None:
    here.page("/a")
    with pytest.raises(AddressError, match="not on the public internet"):
        Fetcher("test", SHORT).fetch(here.base + "/a")
    assert here.counts() == {} and fetcher.fetch(here.base + "/a").content


PUBLIC = "8.8.4.4"


def test_a_name_that_flips_between_outside_and_inside_never_leads_inside(here: Site) -> None:
    """The classic of DNS rebinding: the resolver says another thing each time it is asked."""
    port = int(here.base.rpartition(":")[2])
    here.page("/a")
    answers = [[PUBLIC], ["127.0.0.1"], [PUBLIC, "127.0.0.1"], ["127.0.0.1", PUBLIC], ["::ffff:127.0.0.1"]]
    asked: list[str] = []
    dialled: list[str] = []

    def resolve(host: str, _: int) -> list[str]:
        asked.append(host)
        return answers[len(asked) % len(answers)]

    def connect(ip: str, port: int, seconds: float) -> httpcore2.NetworkStream:
        dialled.append(ip)
        if ip == PUBLIC:
            raise httpcore2.ConnectError("nobody there")
        return connected(ip, port, seconds)

    fetcher = Fetcher("test", SHORT, resolve=resolve, connect=connect)
    for _ in range(1_000):
        with pytest.raises((FetchError, AddressError)):
            fetcher.fetch(f"http://flipping.example:{port}/a")
    assert len(asked) == 1_000  # once for each, what was checked is what is connected to
    assert set(dialled) == {PUBLIC} and len(dialled) == 600
    assert here.counts() == {}


def test_the_next_address_of_a_host_is_tried(here: Site) -> None:
    here.page("/a")
    fetcher = Fetcher("test", SHORT, allow=EVERYWHERE, resolve=lambda *_: ["127.0.0.77", "127.0.0.1"])
    fetched = fetcher.fetch(here.base.replace("127.0.0.1", "two.example") + "/a")
    assert fetched.last.ip == "127.0.0.1" and here.asked[0][1]["Host"].startswith("two.example:")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of kestrel.example that nobody vouches for, with its key; made by OpenSSL."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl program to make a certificate with")
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -batch"
    name = ["-subj", "/CN=kestrel.example", "-addext", "subjectAltName=DNS:kestrel.example"]
    files = ["-keyout", str(path), "-out", f"{path}.crt"]
    subprocess.run([*command.split(), *name, *files], check=True, capture_output=True)
    path.write_text(path.read_text() + Path(f"{path}.crt").read_text())
    return path


@pytest.fixture
def encrypted(certificate: Path) -> Iterator[Site]:
    with site(certificate) as made:
        yield made


def trusting(certificate: Path | None) -> Fetcher:
    trust = ssl.create_default_context(cafile=None if certificate is None else str(certificate))
    return Fetcher("test", SHORT, allow=EVERYWHERE, resolve=lambda *_: ["127.0.0.1"], trust=trust)


def test_encryption_keeps_the_name_though_the_address_is_pinned(encrypted: Site, certificate: Path) -> None:
    encrypted.page("/a")
    here = encrypted.base.replace("127.0.0.1", "kestrel.example")
    assert trusting(certificate).fetch(here + "/a").last.ip == "127.0.0.1"
    assert "not to be trusted" in refused(trusting(None), here + "/a").reason
    other = encrypted.base.replace("127.0.0.1", "courier.example")
    assert "not to be trusted" in refused(trusting(certificate), other + "/a").reason
    assert encrypted.counts() == {"/a": 1}


def test_a_redirect_that_gives_up_encryption_is_noted(encrypted: Site, certificate: Path, here: Site) -> None:
    encrypted.routes["/a"] = 302, {"Location": here.page("/b")}, b""
    fetched = trusting(certificate).fetch(encrypted.base.replace("127.0.0.1", "kestrel.example") + "/a")
    (note,) = fetched.notes
    assert "without encryption" in note and here.base in note


def test_broken_encryption_is_told(here: Site) -> None:
    error = refused(trusting(None), here.base.replace("http:", "https:") + "/a")
    assert "encryption is broken" in error.reason or "cannot be reached" in error.reason


MEASURED = """
import sys
from pathlib import Path
from dateline.ingest.http import EVERYWHERE, FetchError, Fetcher
try:
    Fetcher("test", allow=EVERYWHERE).fetch(sys.argv[1])
except FetchError as error:
    (peak,) = (line for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
    print(error.reason, peak.split()[1], sep=":")
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is read in /proc")
def test_a_bomb_of_800_megabytes_is_refused_in_less_than_100(here: Site) -> None:
    made = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    first = made.compress(bytes(1_000_000)) + made.flush(zlib.Z_FULL_FLUSH)
    more = made.compress(bytes(1_000_000)) + made.flush(zlib.Z_FULL_FLUSH)  # refers to nothing before it
    bomb = first + more * 799
    assert 700_000 < len(bomb) < 1_200_000
    here.routes["/a"] = 200, {"Content-Encoding": "gzip", "Content-Type": "text/html"}, bomb
    command = [sys.executable, "-c", MEASURED, here.base + "/a"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    reason, _, kilobytes = told.rpartition(":")
    assert reason == "larger than 20 MB" and int(kilobytes) < 100_000
