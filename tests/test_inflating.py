from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from functools import partial

import brotli  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.ingest.inflating import PIECE, Damaged, TooLarge, inflated

LIMIT = 1_000_000


def bare(data: bytes) -> bytes:
    """Deflate without zlib's frame, as some servers send it."""
    made = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return made.compress(data) + made.flush()


WAYS: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("", bytes),
    ("identity", bytes),
    ("gzip", gzip.compress),
    ("x-gzip", gzip.compress),
    ("deflate", zlib.compress),
    ("deflate", bare),
    ("br", partial(brotli.compress, quality=5)),
]


@pytest.mark.parametrize(("encoding", "compress"), WAYS)
@settings(max_examples=25, deadline=None)
@given(start=st.binary(max_size=300), words=st.integers(0, PIECE), parts=st.integers(1, 20))
def test_what_was_compressed_comes_back_however_it_is_cut(
    encoding: str, compress: Callable[[bytes], bytes], start: bytes, words: int, parts: int
) -> None:
    data = start + b"ab " * words
    sent = compress(data)
    size = len(sent) // parts + 1
    pieces = [sent[i : i + size] for i in range(0, len(sent), size)]
    assert inflated(pieces, encoding, LIMIT) == data


def test_several_members_are_one_text_and_padding_is_none() -> None:
    assert inflated([gzip.compress(b"one "), gzip.compress(b"two") + b"\0\0"], "gzip", LIMIT) == b"one two"


@pytest.mark.parametrize(("encoding", "compress"), WAYS)
def test_more_than_the_limit_is_refused(encoding: str, compress: Callable[[bytes], bytes]) -> None:
    assert inflated([compress(bytes(LIMIT))], encoding, LIMIT) == bytes(LIMIT)
    with pytest.raises(TooLarge, match="larger than 1 MB"):
        inflated([compress(bytes(LIMIT + 1))], encoding, LIMIT)


@pytest.mark.parametrize(("encoding", "compress"), WAYS[2:])
def test_what_is_cut_off_or_something_else_is_told(encoding: str, compress: Callable[[bytes], bytes]) -> None:
    with pytest.raises(Damaged, match="cut off"):
        inflated([compress(b"gunmen" * 99)[:-5]], encoding, LIMIT)
    with pytest.raises(Damaged, match="not the"):
        inflated([b"<html>gunmen"], encoding, LIMIT)


def test_an_empty_body_is_empty() -> None:
    assert inflated([], "gzip", LIMIT) == inflated([b""], "br", LIMIT) == b""


@pytest.mark.parametrize("encoding", ["zstd", "gzip, br"])
def test_other_encodings_are_named(encoding: str) -> None:
    with pytest.raises(Damaged, match=encoding):
        inflated([b"x"], encoding, LIMIT)
