"""Archives in the layout of Common Crawl's news: pages, what is left out, damage, bombs, progress."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from archives import DATE, address, html, news, page, record, response, zipped

from dateline.errors import InputError, SkippedInput
from dateline.ingest import archive
from dateline.ingest.files import open_inputs, size_of
from dateline.ingest.warc import is_archive, read_archive, unchunked
from dateline.types import Page


def read(*records: bytes) -> list[Page | InputError]:
    return list(read_archive("news.warc", io.BytesIO(b"".join(records))))


def test_pages_are_the_responses_with_address_type_and_time() -> None:
    assert read(*news(range(3))) == [page(0), page(1), page(2)]
    assert read(*zipped(news(range(3)))) == [page(0), page(1), page(2)]


def test_what_is_no_page_is_counted_by_reason() -> None:
    uri = "https://news.example/x"
    found = read(
        response(uri, b"", "404 Not Found"),
        response(uri, b"", "404 Not Found"),
        response(uri, b"", "301 Moved", None, "Location: /y"),
        response(uri, b"GIF89a", content_type="image/gif"),
        response(uri, b"?", content_type=None),
        record("revisit", uri, b"HTTP/1.1 200 OK\r\n\r\n", "application/http"),
        record("response", uri, b"\x16\x03\x01", "application/http"),
        response(address(1), html(1)),
    )
    told = found.pop()
    assert found == [page(1)]
    assert isinstance(told, SkippedInput) and told.name == "news.warc"
    assert told.reason == (
        "responses left out: 2 of status 404, 1 of status 301, 1 of type image/gif, 1 without type, "
        "1 seen before (revisit), 1 without HTTP"
    )


def test_a_type_that_only_the_archive_tells_counts() -> None:
    block = b"HTTP/1.1 200 OK\r\n\r\n" + html(1)
    identified = "WARC-Identified-Payload-Type: text/html"
    (found,) = read(record("response", address(1), block, "application/http", identified))
    assert found == Page(address(1), html(1), "text/html", DATE)


def test_a_resource_is_a_page_and_a_file_has_its_name_back() -> None:
    found = read(
        record("resource", "file:folder/raid%20one.html", html(1), "text/html"),
        record("resource", "https://news.example/a.txt", b"Talks went on.", "text/plain"),
        record("resource", "https://news.example/a.png", b"PNG", "image/png"),
    )
    assert found[:2] == [
        Page("folder/raid one.html", html(1), "text/html", DATE),
        Page("https://news.example/a.txt", b"Talks went on.", "text/plain", DATE),
    ]
    assert "1 of type image/png" in str(found[2])


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(html(1)), ["Content-Encoding: gzip"]),
        (html(1), ["Content-Encoding: gzip"]),  # undone when it was archived
        (
            b"5\r\n" + html(1)[:5] + b"\r\n%x;x=y\r\n" % len(html(1)[5:]) + html(1)[5:] + b"\r\n0\r\n\r\n",
            ["TE"],
        ),
        (html(1), ["TE"]),
    ],
)
def test_what_the_server_did_to_a_body_is_undone(body: bytes, headers: list[str]) -> None:
    told = ["Transfer-Encoding: chunked" if header == "TE" else header for header in headers]
    assert read(response(address(1), body, "200 OK", "text/html; charset=utf-8", *told)) == [page(1)]


@pytest.mark.parametrize("body", [b"", b"zz\r\nab", b"5\r\nab", b"3\r\nabc\r\n"])
def test_a_body_that_is_not_in_chunks_stays(body: bytes) -> None:
    assert unchunked(body) == body


def test_a_body_that_inflates_without_end_is_refused() -> None:
    bomb = gzip.compress(b"\0" * 30_000_000)
    large, other = read(
        response(address(0), bomb, "200 OK", "text/html", "Content-Encoding: gzip"),
        response(address(1), html(1)),
    )
    assert str(large) == f"{address(0)}: larger than 20 MB; give a smaller page"
    assert other == page(1)


def test_a_large_response_is_told_and_other_large_records_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_RECORD", 10_000)
    large = b"x" * 10_000
    error, found = read(
        record("metadata", address(0), large, "text/plain"),
        response(address(0), large),
        response(address(1), html(1)),
    )
    assert "has a page larger than 20 MB; it is left out" in str(error)
    assert found == page(1)


def test_a_record_that_does_not_fit_its_digest_is_told() -> None:
    error, found = read(
        response(address(0), html(0)).replace(b"killing", b"kissing"), response(address(1), html(1))
    )
    assert str(error).startswith(
        "news.warc, byte 0: has a record that does not fit its digest; it is left out"
    )
    assert found == page(1)


def test_damage_is_told_in_its_place() -> None:
    pieces = zipped(news(range(2)))
    start = sum(map(len, pieces[:4]))
    first, error, second, tail = read(*pieces[:4], b"junk", *pieces[4:6], pieces[6][:-3])
    assert (first, second) == (page(0), page(1))
    assert str(error) == (
        f"news.warc, byte {start:,}: 4 bytes cannot be read (incorrect header check); what comes after them "
        f"is read; get the file afresh"
    )
    assert "ends within a record; those before it are read; get the file afresh" in str(tail)


def test_a_file_that_is_no_archive_is_told() -> None:
    damage, nothing = read(b"%PDF-1.4")
    assert "8 bytes cannot be read" in str(damage)
    assert str(nothing) == "news.warc: holds no whole record of a web archive; get the file afresh"


def test_archives_are_known_by_name_and_by_how_they_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, packed = b"".join(news(range(1))), b"".join(zipped(news(range(1))))
    files = {
        "a.warc": plain,
        "b.warc.gz": packed,
        "c.bin": plain,
        "d.gz": packed,
        "e.WARC.gz": b"cut" + packed,
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        assert page(0) in list(open_inputs([str(tmp_path / name)])), name
    assert [found for found in open_inputs([str(tmp_path)]) if isinstance(found, Page)] == [page(0)] * 3
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(packed)))
    assert list(open_inputs(["-"])) == [page(0)]
    assert not is_archive(gzip.compress(b"<html>")) and not is_archive(b"\x1f\x8b\x08\xff")


@pytest.mark.parametrize("form", [lambda records: records, zipped])
def test_progress_comes_to_the_size_of_the_files(form: object, tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(b"".join(form(news(range(3)))))  # type: ignore[operator]
    (tmp_path / "b.html").write_bytes(html(1))
    steps: list[int] = []
    list(open_inputs([str(tmp_path)], steps.append))
    assert sum(steps) == size_of([str(tmp_path)]) > 0
    assert len([step for step in steps if step]) > 5 and min(steps) >= 0
