"""What was fetched is kept, and added again it gives the same articles."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from archives import html
from fastwarc.warc import ArchiveIterator

from dateline.errors import InputError
from dateline.extract.article import Extractor
from dateline.ingest import capture
from dateline.ingest.capture import Capture
from dateline.ingest.files import open_inputs
from dateline.ingest.http import Fetched, Hop, page_of
from dateline.record.ids import article_id
from dateline.types import Page

AT = "2031-05-04T10:00:00Z"


def hop(address: str, status: int, *headers: tuple[str, str]) -> Hop:
    asked = (("Host", "news.example"), ("User-Agent", "dateline"))
    return Hop(address, "192.0.2.1", AT, "/1.html", asked, "HTTP/1.1", status, "Fine", headers, 0.25)


def fetched(number: int = 1) -> Fetched:
    """An answer after a redirect, compressed on its way."""
    there = f"https://news.example/{number}.html"
    moved = hop("http://news.example/1", 301, ("Location", there))
    came = hop(
        there,
        200,
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Encoding", "gzip"),
        ("Transfer-Encoding", "chunked"),
        ("X-Name", "Ångström"),
    )
    content = html(number)
    return Fetched(moved.address, (moved, came), gzip.compress(content), content, ("leads\r\non",))


def test_each_hop_is_kept_with_what_was_asked(tmp_path: Path) -> None:
    Capture(tmp_path / "kept")(fetched())
    (file,) = (tmp_path / "kept").iterdir()
    records = [
        (record.headers["WARC-Type"], record.headers.get("WARC-Target-URI"), record.reader.read())
        for record in ArchiveIterator(file, parse_http=False)
    ]
    assert [kind for kind, _, _ in records] == [
        "warcinfo",
        "request",
        "response",
        "request",
        "response",
        "metadata",
    ]
    assert records[1][2] == b"GET /1.html HTTP/1.1\r\nHost: news.example\r\nUser-Agent: dateline\r\n\r\n"
    assert records[2][2].startswith(b"HTTP/1.1 301 Fine\r\nLocation: https://news.example/1.html\r\n\r\n")
    assert b"X-Archive-Orig-Transfer-Encoding: chunked" in records[4][2]
    assert "X-Name: Ångström".encode("latin-1") in records[4][2]
    assert records[4][2].endswith(fetched().body)
    assert records[5][2] == b"via: http://news.example/1\r\nfetchTimeMs: 500\r\nnote: leads on\r\n"


def test_captured_and_read_again_the_articles_are_the_same(tmp_path: Path) -> None:
    keep = Capture(tmp_path)
    for number in range(3):
        keep(fetched(number))
    assert len(list(tmp_path.iterdir())) == 1
    once = [page_of(fetched(number)) for number in range(3)]
    again = [item for item in open_inputs([str(tmp_path)]) if isinstance(item, Page)]
    assert again == once
    with Extractor() as extractor:
        ids = [[article_id(extractor.extract(page)) for page in pages] for pages in (once, again)]
    assert ids[0] == ids[1] and len(set(ids[0])) == 3


def test_a_full_file_is_followed_by_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture, "MAX_FILE", 10)
    keep = Capture(tmp_path)
    keep(fetched(1))
    keep(fetched(2))
    assert len(list(tmp_path.iterdir())) == 2


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match=r"cannot be written to .* name another folder"):
        Capture(tmp_path / "file" / "kept")(fetched())
