"""Records are such as ``fastwarc`` reads, with digests that hold, and the same for the same content."""

from __future__ import annotations

import io

import pytest
from fastwarc.warc import ArchiveIterator
from hypothesis import given
from hypothesis import strategies as st

from dateline.ingest.warc import read_archive
from dateline.types import Page
from dateline.warcrecords import in_utc, info, made, resource

DATE = "2031-05-04T12:00:00.250+02:00"
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="<>"), min_size=1).filter(str.strip)


def test_fastwarc_reads_a_record_and_finds_its_digests_right() -> None:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Talks"
    more = [("WARC-IP-Address", "192.0.2.1")]
    uri = "https://news.example/a"
    data = made("response", DATE, block, "application/http; msgtype=response", uri, b"<p>Talks", more)
    archive = ArchiveIterator(io.BytesIO(data), parse_http=False)
    record = next(archive)
    assert record.verify_block_digest() and record.headers["WARC-IP-Address"] == "192.0.2.1"
    assert record.headers["WARC-Date"] == "2031-05-04T10:00:00Z"
    record.parse_http()
    assert record.verify_payload_digest()


def test_an_archive_says_what_made_it() -> None:
    archive = ArchiveIterator(io.BytesIO(info(DATE)))
    assert b"software: dateline " in next(archive).reader.read()


@given(
    address=st.one_of(TEXT.map(lambda path: f"https://news.example/{path.strip()}"), TEXT),
    content=st.binary(),
    media_type=st.sampled_from([None, "text/html", "text/html; charset=koi8-r", "text/plain"]),
)
def test_a_page_goes_round(address: str, content: bytes, media_type: str | None) -> None:
    address = " ".join(address.split()) if address.startswith("https:") else address
    page = Page(address, content, media_type, "2031-05-04T10:00:00Z")
    data = resource(page, DATE)
    assert list(read_archive("a", io.BytesIO(data))) == [page]
    assert resource(page, DATE) == data


@pytest.mark.parametrize(
    ("given", "written"),
    [("2031-05-04T12:00:00+02:00", "2031-05-04T10:00:00Z"), ("2031-05-04T12:00:00", "2031-05-04T12:00:00Z")],
)
def test_times_are_in_utc(given: str, written: str) -> None:
    assert in_utc(given) == written
