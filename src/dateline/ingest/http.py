"""Safe fetching: addresses checked and pinned, every hop looked at, sizes and times capped.

    address ── gate (who may ask, and when) ── resolved, checked, pinned ── asked ──┐
       ▲                                                                            ▼
       └───────────── redirected ◂── hop ── body, inflated no further than the limit ── Fetched

A connection is made for one request. It leads to the very address that was checked, while TLS and the
``Host`` header keep the name; so a name that means another address a moment later leads nowhere. Proxies
of the environment are not used, as what lies behind them could not be checked.
"""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

import httpcore2
import httpx2

from dateline import __version__
from dateline.addresses import Resolve, resolved
from dateline.errors import InputError
from dateline.ingest.inflating import ACCEPTED, Damaged, TooLarge, inflated
from dateline.types import Page

Headers = tuple[tuple[str, str], ...]
"""Names and values in their order, names as they were written."""

REDIRECTS = (301, 302, 303, 307, 308)
HOST = re.compile(rb"[a-z0-9._:-]+")
"""A name or a number, as it is written in a connection."""
NOT_TEXT = re.compile(
    r"(image|audio|video|font|model)/|application/(pdf|zip|vnd\.|msword|x-tar)", re.IGNORECASE
)
"""Media types of which not a byte of the body is read."""
EVERYWHERE = ("0.0.0.0/0", "::/0")
"""The networks that may be reached when inner ones may."""
REPORTED = 200
"""Characters of a server's words that are told."""


class FetchError(InputError):
    """An address that gave nothing to read.

    ``status`` is that of the answer, null when there was none; ``lasting`` is whether asking again will
    not help.
    """

    def __init__(
        self, name: str, reason: str, remedy: str, *, status: int | None = None, lasting: bool = False
    ) -> None:
        super().__init__(name, reason, remedy)
        self.status = status
        self.lasting = lasting


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may take.

    ``seconds`` for each hop, from the connection to the last byte, ``stall`` for each step of it; bytes as
    ``transferred`` and as ``inflated``; ``redirects`` in a row.
    """

    seconds: float = 30.0
    stall: float = 10.0
    transferred: int = 10_000_000
    inflated: int = 20_000_000
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Hop:
    """One request and its answer. ``at`` is when it was sent, ISO 8601 in UTC; ``ip`` who was asked;
    ``seconds`` how long it took to the last byte; ``target`` is the request line's."""

    address: str
    ip: str
    at: str
    target: str
    request: Headers
    version: str
    status: int
    phrase: str
    headers: Headers
    seconds: float

    def header(self, name: str) -> str | None:
        """The value of a header of the answer, whatever its case; several are joined by commas."""
        values = [value for key, value in self.headers if key.lower() == name.lower()]
        return ", ".join(values) if values else None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: redirects first among ``hops``, the last is the answer's.

    ``body`` is as it was transferred (without the framing of chunks), still in its ``Content-Encoding``;
    ``content`` is inflated. Both are empty unless the status is 2xx. ``notes`` are in words, such as that
    a redirect led to an address without encryption.
    """

    asked: str
    hops: tuple[Hop, ...]
    body: bytes
    content: bytes
    notes: tuple[str, ...] = ()

    @property
    def last(self) -> Hop:
        """The hop that gave the answer."""
        return self.hops[-1]

    @property
    def address(self) -> str:
        """Where the answer came from, after redirects."""
        return self.last.address

    @property
    def status(self) -> int:
        """The status of the answer."""
        return self.last.status

    @property
    def media_type(self) -> str | None:
        """``Content-Type`` as the server gave it, with its charset."""
        return self.last.header("content-type")


Capture = Callable[[Fetched], None]
"""Is handed every answer that was fetched whole, for instance to keep it as WARC."""


class Gate(Protocol):
    """Entered around every hop with its address: may wait, and raises ``FetchError`` to refuse it."""

    def __call__(self, address: str, /) -> AbstractContextManager[object]: ...


Connect = Callable[[str, int, float], httpcore2.NetworkStream]
"""From an address that was checked, a port and a limit in seconds to a connection."""


def connected(ip: str, port: int, seconds: float) -> httpcore2.NetworkStream:
    """A connection to an address given in numbers; no name is resolved."""
    return httpcore2.SyncBackend().connect_tcp(ip, port, seconds)


def _asks_nothing(_: str) -> AbstractContextManager[object]:
    return nullcontext()


def agent(contact: str | None = None) -> str:
    """How Dateline names itself to servers, with whom to turn to."""
    return f"dateline/{__version__}" + (f" (+{contact})" if contact else "")


class Fetcher:
    """Fetches addresses. Safe to use from several threads; keeps nothing between fetches."""

    def __init__(
        self,
        name: str,
        limits: Limits | None = None,
        *,
        allow: Sequence[str] = (),
        resolve: Resolve | None = None,
        connect: Connect = connected,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self.name = name
        self.limits = limits or Limits()
        self.allow = allow
        self.resolve = resolve
        self.connect = connect
        self.trust = trust or httpcore2.default_ssl_context()

    def fetch(self, address: str, headers: Headers = (), gate: Gate = _asks_nothing) -> Fetched:
        """What an address gives, whatever the status of its answer, after redirects.

        ``headers`` are sent besides ours. Raises ``FetchError`` when there is no whole answer within the
        limits or a hop is refused, ``AddressError`` where an inner network is led to.
        """
        hops: list[Hop] = []
        notes: list[str] = []
        url = parsed(address)
        while True:
            with gate(str(url)):
                hop, body, content = self._hop(url, headers)
            hops.append(hop)
            onward = redirected(url, hop)
            if onward is None:
                return Fetched(address, tuple(hops), body, content, tuple(notes))
            if url.scheme == "https" and onward.scheme == "http":
                notes.append(f"{url} leads on to {onward}, without encryption")
            if str(onward) in {each.address for each in hops}:
                raise FetchError(address, "redirects in a circle", "look at it in a browser")
            if len(hops) > self.limits.redirects:
                reason = f"redirects more than {self.limits.redirects} times"
                raise FetchError(address, reason, "look at it in a browser")
            url = onward

    def _hop(self, url: httpx2.URL, headers: Headers) -> tuple[Hop, bytes, bytes]:
        """One request to an address that was checked, and its whole answer."""
        clock = _Clock(self.limits)
        backend = _Pinned(self, clock)
        asked = _request(url, self._sent(url, headers))
        at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        with (
            _told(url, self.limits),
            httpcore2.HTTPConnection(asked.url.origin, self.trust, network_backend=backend) as connection,
        ):
            answer = connection.handle_request(asked)
            body, content = self._body(answer)
        return _hop(url, backend.ip, at, asked, answer, clock.passed()), body, content

    def _sent(self, url: httpx2.URL, headers: Headers) -> Headers:
        return (
            ("Host", url.netloc.decode("ascii")),
            ("User-Agent", self.name),
            ("Accept", "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8"),
            ("Accept-Encoding", ACCEPTED),
            ("Connection", "close"),
            *headers,
        )

    def _body(self, answer: httpcore2.Response) -> tuple[bytes, bytes]:
        """The body of a success as transferred and inflated; of anything else nothing is read."""
        if not 200 <= answer.status < 300:
            return b"", b""
        named = {key.lower(): value for key, value in _decoded(answer.headers)}
        if NOT_TEXT.match(named.get("content-type", "").strip()):
            raise Damaged(f"{named['content-type']}, not text")
        body = bytearray()

        def pieces() -> Iterator[bytes]:
            for piece in answer.iter_stream():
                body.extend(piece)
                if len(body) > self.limits.transferred:
                    raise TooLarge(f"larger than {self.limits.transferred / 1_000_000:g} MB")
                yield piece

        content = inflated(pieces(), named.get("content-encoding", ""), self.limits.inflated)
        return content if body == content else bytes(body), content


def parsed(address: str) -> httpx2.URL:
    """A web address taken apart, without its fragment. Raises ``FetchError`` for what is none."""
    try:
        url = httpx2.URL(address)
    except (httpx2.InvalidURL, ValueError) as error:
        raise FetchError(address, f"no address ({error})", "check it", lasting=True) from None
    if url.scheme not in ("http", "https") or not HOST.fullmatch(url.raw_host):
        reason, remedy = "not an address of the web", "give one that begins with https:// or http://"
        raise FetchError(address, reason, remedy, lasting=True)
    if url.userinfo:
        raise FetchError(address, "holds a name or password", "leave them out", lasting=True)
    return url.copy_with(fragment=None)


def redirected(url: httpx2.URL, hop: Hop) -> httpx2.URL | None:
    """Where a hop leads on to, null when it is the answer. Raises ``FetchError`` for what is no address."""
    location = hop.header("location")
    if hop.status not in REDIRECTS or not location:
        return None
    try:
        return parsed(str(url.join(location.encode("latin-1").decode("utf-8", "replace"))))
    except (FetchError, httpx2.InvalidURL, ValueError):
        reason = f"redirects to {location[:REPORTED]!r}, which is no address of the web"
        raise FetchError(str(url), reason, "look at it in a browser", lasting=True) from None


def page_of(fetched: Fetched) -> Page:
    """The page that was fetched. Raises ``FetchError`` where there is none."""
    if fetched.status in (401, 402, 403, 451):
        reason, remedy = f"refused ({fetched.status})", "open it in a browser and save it"
        raise FetchError(fetched.asked, reason, remedy, status=fetched.status, lasting=True)
    if fetched.status in (404, 410):
        reason = f"there is no such page ({fetched.status})"
        raise FetchError(fetched.asked, reason, "check the address", status=fetched.status, lasting=True)
    if not 200 <= fetched.status < 300:
        reason = f"the server answered {fetched.status} {fetched.last.phrase}".rstrip()
        raise FetchError(fetched.asked, reason, "try again later", status=fetched.status)
    if not fetched.content.strip():
        raise FetchError(fetched.asked, "empty", "give a page with text", status=fetched.status)
    return Page(fetched.address, fetched.content, fetched.media_type, fetched.last.at)


def _request(url: httpx2.URL, headers: Headers) -> httpcore2.Request:
    target = httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    sent = [(name.encode("latin-1"), value.encode("latin-1", "replace")) for name, value in headers]
    return httpcore2.Request("GET", target, headers=sent)


def _hop(
    url: httpx2.URL, ip: str, at: str, asked: httpcore2.Request, answer: httpcore2.Response, seconds: float
) -> Hop:
    return Hop(
        str(url),
        ip,
        at,
        url.raw_path.decode("ascii"),
        _decoded(asked.headers),
        answer.extensions["http_version"].decode("ascii"),
        answer.status,
        answer.extensions["reason_phrase"].decode("latin-1"),
        _decoded(answer.headers),
        round(seconds, 3),
    )


def _decoded(headers: Iterable[tuple[bytes, bytes]]) -> Headers:
    return tuple((key.decode("latin-1"), value.decode("latin-1")) for key, value in headers)


@contextmanager
def _told(url: httpx2.URL, limits: Limits) -> Iterator[None]:
    """What goes wrong in a fetch, as ``FetchError``."""
    try:
        yield
    except (TooLarge, Damaged) as error:
        raise FetchError(str(url), str(error), "give another address", lasting=True) from None
    except (httpcore2.TimeoutException, TimeoutError):
        reason = f"gave no whole answer within {limits.seconds:g} s, or none for {limits.stall:g} s"
        raise FetchError(str(url), reason, "try again later") from None
    except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError) as error:
        raise FetchError(str(url), _fault(error), "try again later") from None


def _fault(error: Exception) -> str:
    """What went wrong with a connection, in words."""
    cause = error.__cause__ or error
    words = " ".join(str(cause).split())[:REPORTED]
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"its certificate is not to be trusted ({cause.verify_message})"
    if isinstance(cause, ssl.SSLError):
        return f"its encryption is broken ({cause.reason or words})"
    if isinstance(error, httpcore2.ProtocolError):
        return f"its answer is broken or cut off ({words})"
    return f"cannot be reached ({words})" if words else "cannot be reached"


class _Clock:
    """How much time a hop has left."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.begun = time.monotonic()

    def passed(self) -> float:
        return time.monotonic() - self.begun

    def left(self) -> float:
        """Seconds for the next step. Raises ``TimeoutException`` when there are none."""
        left = self.limits.seconds - self.passed()
        if left <= 0:
            raise httpcore2.ReadTimeout
        return min(left, self.limits.stall)


class _Pinned(httpcore2.NetworkBackend):
    """Connects to addresses that were checked, the first that answers; ``ip`` is that."""

    def __init__(self, fetcher: Fetcher, clock: _Clock) -> None:
        self.fetcher = fetcher
        self.clock = clock
        self.ip = ""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 the clock's counts
        local_address: str | None = None,  # noqa: ARG002
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore2.NetworkStream:
        allowed = resolved(host, port, allow=self.fetcher.allow, resolve=self.fetcher.resolve)
        for self.ip in allowed[:-1]:
            with suppress(httpcore2.ConnectError, httpcore2.ConnectTimeout):
                return self._dialled(port)
        self.ip = allowed[-1]
        return self._dialled(port)

    def _dialled(self, port: int) -> httpcore2.NetworkStream:
        return _Timed(self.fetcher.connect(self.ip, port, self.clock.left()), self.clock)


class _Timed(httpcore2.NetworkStream):
    """A connection whose every step ends with the clock, however slowly the other side drips."""

    def __init__(self, stream: httpcore2.NetworkStream, clock: _Clock) -> None:
        self.stream = stream
        self.clock = clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 the clock's counts
        return self.stream.read(max_bytes, self.clock.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self.stream.write(buffer, self.clock.left())

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore2.NetworkStream:
        return _Timed(self.stream.start_tls(ssl_context, server_hostname, self.clock.left()), self.clock)

    def get_extra_info(self, info: str) -> object:
        return self.stream.get_extra_info(info)
