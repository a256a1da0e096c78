"""A site made for a test, on 127.0.0.1: what each of its addresses answers is set by the test."""

from __future__ import annotations

import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

Headers = dict[str, str]
Answer = tuple[int, Headers, bytes]
Route = Answer | Callable[[BaseHTTPRequestHandler], Answer | None]

ARTICLE = (
    "<!doctype html><html lang=en><head><title>{title}</title>"
    '<meta property="article:published_time" content="2024-03-12T10:00:00+01:00"></head><body><article>'
    "<h1>{title}</h1><p>Gunmen stormed the border post at Brenik before dawn on Tuesday and killed six"
    " guards, the interior ministry said.</p><p>The attackers fled across the river, the ministry said, and"
    " soldiers were looking for them in the hills around the town.</p></article></body></html>"
)


class Quiet(ThreadingHTTPServer):
    """Says nothing of those who hang up."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        pass


class Site:
    """Answers by path, and notes what it was asked."""

    def __init__(self, server: ThreadingHTTPServer, scheme: str = "http") -> None:
        self.server = server
        self.base = f"{scheme}://127.0.0.1:{server.server_port}"
        self.routes: dict[str, Route] = {}
        self.asked: list[tuple[str, Headers]] = []
        self.at_once = self.most_at_once = 0
        self._lock = threading.Lock()

    def page(self, path: str, title: str = "Guards killed at the post") -> str:
        """Have an article at a path, and give its address."""
        self.routes[path] = 200, {"Content-Type": "text/html"}, ARTICLE.format(title=title).encode()
        return self.base + path

    def feed(self, path: str, *pages: str) -> str:
        """Have an RSS feed of addresses at a path, and give its address."""
        items = "".join(f"<item><link>{page}</link></item>" for page in pages)
        feed = f"<?xml version='1.0'?><rss version='2.0'><channel>{items}</channel></rss>"
        self.routes[path] = 200, {"Content-Type": "application/rss+xml"}, feed.encode()
        return self.base + path

    def counts(self) -> Counter[str]:
        """How often each path was asked for."""
        return Counter(path for path, _ in self.asked)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one request."""
        with self._lock:
            self.asked.append((handler.path, dict(handler.headers)))
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            route = self.routes.get(handler.path, (404, {}, b""))
            answer = route(handler) if callable(route) else route
            if answer is not None:
                send(handler, *answer)
        except OSError:
            pass  # whoever asked has hung up
        finally:
            with self._lock:
                self.at_once -= 1


def send(handler: BaseHTTPRequestHandler, status: int, headers: Headers, body: bytes) -> None:
    """Send an answer; its length is told unless the headers tell another."""
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def site(certificate: Path | None = None) -> Iterator[Site]:
    """A site for as long as it is wanted, encrypted with a certificate and its key."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 20

        def do_GET(self) -> None:
            made.answer(self)
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = Quiet(("127.0.0.1", 0), Handler)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    made = Site(server, "http" if certificate is None else "https")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
