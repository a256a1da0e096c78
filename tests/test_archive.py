"""Archives cut off, soiled and inflated: whole records are kept, the rest is told with its place."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zlib
from itertools import accumulate

import pytest
from archives import news, record, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.ingest import archive
from dateline.ingest.archive import Gap, Raw, find, records

RECORDS = news(range(3))
FORMS = {"plain": RECORDS, "gzip": zipped(RECORDS)}


def cut_out(data: bytes) -> tuple[list[bytes], list[Gap]]:
    """Whole records, and gaps."""
    found = list(records(io.BytesIO(data)))
    return [each.data for each in found if isinstance(each, Raw)], [
        each for each in found if isinstance(each, Gap)
    ]


def blocks(pieces: list[bytes]) -> list[bytes]:
    """Records as ``records`` gives them: without the blank lines that end them."""
    return [each.removesuffix(b"\r\n\r\n") for each in pieces]


@pytest.mark.parametrize("form", FORMS)
def test_a_sound_file_gives_its_records_and_their_places(form: str) -> None:
    pieces = FORMS[form]
    found = list(records(io.BytesIO(b"".join(pieces))))
    assert [each.data for each in found if isinstance(each, Raw)] == blocks(RECORDS)
    assert [each.start for each in found] == [0, *accumulate(map(len, pieces))][:-1]


@pytest.mark.parametrize("form", FORMS)
def test_cut_anywhere_whole_records_are_kept_and_the_tail_is_told_once(form: str) -> None:
    pieces = FORMS[form]
    data, ends = b"".join(pieces), list(accumulate(map(len, pieces)))
    offsets = {round(step * len(data) / 1000) for step in range(1, 1000)}
    for offset in sorted({*offsets, *ends, *(end - 1 for end in ends)}):
        kept, gaps = cut_out(data[:offset])
        # Of a plain record only the blank lines after it may be missing.
        whole = [end - (4 if form == "plain" else 0) <= offset for end in ends]
        assert kept == blocks(RECORDS)[: sum(whole)], offset
        start = ([0, *ends])[sum(whole)]
        expected = [Gap(start, offset, "cut", "ends within a record")] if offset > start else []
        assert gaps == expected, offset


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=50)
@given(
    places=st.lists(st.integers(0, len(RECORDS)), min_size=1, max_size=3),
    junk=st.binary(min_size=1, max_size=300).filter(lambda junk: junk.strip(b"\r\n") and b"WARC" not in junk),
)
def test_after_junk_every_record_is_found_again(form: str, places: list[int], junk: bytes) -> None:
    pieces = list(FORMS[form])
    for place in sorted(places, reverse=True):
        pieces.insert(place, junk)
    kept, gaps = cut_out(b"".join(pieces))
    assert kept == blocks(RECORDS) and gaps


@pytest.mark.parametrize("form", FORMS)
def test_of_a_spoilt_record_the_others_stay(form: str) -> None:
    pieces = list(FORMS[form])
    spoilt = bytearray(pieces[5])
    spoilt[:60] = b"\x00" * 60
    pieces[5] = bytes(spoilt)
    kept, (gap,) = cut_out(b"".join(pieces))
    assert kept == blocks(RECORDS[:5] + RECORDS[6:])
    assert (gap.start, gap.end) == (sum(map(len, pieces[:5])), sum(map(len, pieces[:6])))
    assert gap.kind == "damaged"


def test_a_wrong_checksum_is_damage() -> None:
    pieces = zipped(RECORDS[:3])
    pieces[1] = pieces[1][:-8] + b"\0\0\0\0" + pieces[1][-4:]
    kept, (gap,) = cut_out(b"".join(pieces))
    assert kept == blocks([RECORDS[0], RECORDS[2]]) and "check" in gap.reason


def test_many_records_in_one_member_are_read() -> None:
    kept, gaps = cut_out(gzip.compress(b"".join(RECORDS)))
    assert kept == blocks(RECORDS) and gaps == []


@pytest.mark.parametrize("form", FORMS)
def test_a_large_record_is_passed_over(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_RECORD", 100_000)
    large = record("response", "https://news.example/x", bytes(range(256)) * 1000, "text/html")
    pieces = [RECORDS[0], large, RECORDS[1]]
    kept, (gap,) = cut_out(b"".join(zipped(pieces) if form == "gzip" else pieces))
    assert kept == blocks([RECORDS[0], RECORDS[1]])
    assert (gap.kind, gap.reason) == ("large", "response")


def test_a_bomb_is_given_up_before_it_takes_memory() -> None:
    head, _, _ = record("response", "https://news.example/x", b"", "text/html").partition(b"Content-Length")
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = packer.compress(head + b"Content-Length: 800000000\r\n\r\n")
    zeros = b"\0" * 8_000_000
    bomb += b"".join(packer.compress(zeros) for _ in range(100)) + packer.flush()
    before, after = zipped(RECORDS[:2])
    tracemalloc.start()
    kept, (gap,) = cut_out(before + bomb + after)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(bomb) < 1_000_000 and peak < 10_000_000
    assert kept == blocks(RECORDS[:2])
    assert gap.reason == "inflates to more than 200 times its size"


def test_a_header_without_end_or_length_is_damage() -> None:
    endless = b"WARC/1.0\r\n" + b"X: y\r\n" * 20_000
    kept, gaps = cut_out(endless + RECORDS[0] + b"WARC/1.0\r\nWARC-Type: response\r\n\r\n" + RECORDS[1])
    assert kept == blocks(RECORDS[:2])
    assert [gap.reason for gap in gaps] == [
        "has a record without end of its header",
        "has a record without length",
    ]


def test_what_is_no_archive_is_one_gap() -> None:
    assert cut_out(b"<html>") == ([], [Gap(0, 6, "damaged", "is no record of a web archive")])
    assert cut_out(b"") == ([], [])


@given(st.binary(max_size=40), st.integers(0, 10))
def test_find_is_that_of_bytes(data: bytes, offset: int) -> None:
    for size in (3, 65_536):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(archive, "PIECE", size)
            found = find(io.BytesIO(data), b"ab", offset)
        assert found == (None if data.find(b"ab", offset) < 0 else data.find(b"ab", offset))
