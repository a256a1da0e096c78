from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from logs import claims, first_reading

from dateline.record.codec import encode_claim
from dateline.record.packing import pack_bytes, pack_json, pack_text, unpack_bytes, unpack_json, unpack_text


@given(st.text(st.characters(exclude_categories=())))
def test_texts_come_back(text: str) -> None:
    assert unpack_text(pack_text(text)) == text


@given(st.binary())
def test_bytes_come_back(content: bytes) -> None:
    assert unpack_bytes(pack_bytes(content)) == content


@given(st.dictionaries(st.text(), st.none() | st.integers() | st.floats(allow_nan=False) | st.text()))
def test_objects_come_back(record: dict[str, object]) -> None:
    assert unpack_json(pack_json(record)) == record


def test_a_claim_takes_little_room() -> None:
    record = encode_claim(claims(first_reading())[0])
    assert len(pack_json(record)) < len(json.dumps(record)) / 4


@pytest.mark.parametrize("data", [b"", b"?1", b"z1", b"k1"])
def test_damage_is_told(data: bytes) -> None:
    with pytest.raises(ValueError, match="words"):
        unpack_bytes(data)
