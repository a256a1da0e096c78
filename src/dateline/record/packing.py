"""Words as bytes: texts, readings and claims, compressed.

A claim's JSON is mostly its keys, so it is packed with a dictionary of them. What has been packed is read
for ever: the dictionary never changes, and another one would get another mark.
"""

from __future__ import annotations

import json
import zlib
from typing import Any

from dateline.errors import RecordError

Json = dict[str, Any]

PLAIN = b"z"
KEYED = b"k"
_DICTIONARY = (
    b'"evidence": [{"field": "published"}], "reason": "", "confidence": 1.0, "value": null, "low": null, "'
    b'high": null}], "attributions": [{"id": "a1", "source": [{"start": , "cue": [{"start": , "content": ['
    b'{"start": , "kind": "indirect", "direct", "mixed", "resolved": {"name": "", "lat": , "lon": , "radiu'
    b's_km": , "country": "", "admin1": "", "geonameid": , "precision": "settlement", "kind": "literal", "'
    b'basis": "inherited", "stated", "inferred", "resolved": {"id": "", "name": "", "country": null, "sect'
    b'or": "GOV", "MIL", "sponsor": null, "when": {"start": "20", "end": "20", "precision": "day", "time":'
    b' null, "basis": "stated", "when": null, "attributions": [], "incident": "A", "answers": []}, "senten'
    b'ce": {"start": , "speakers": [], {"event": {"id": "e1", "trigger": {"start": , "end": , "text": ""},'
    b' "type": "ASSAULT", "mode": "", "status": "actual", "confidence": 0.9, "actor": [], "recipient": [],'
    b' "place": [], "date": [], "weapon": [], "source": [], "killed": [], "injured": []'
)


class DamagedWords(RecordError, ValueError):
    """Bytes that are not as they were packed."""

    def __init__(self, reason: object) -> None:
        super().__init__(f"the record: damaged words ({reason}); see what can be read with dateline salvage")


def pack_text(text: str) -> bytes:
    """A text, whatever is in it."""
    return PLAIN + zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def unpack_text(data: bytes) -> str:
    """The text that ``pack_text`` took."""
    return unpack_bytes(data).decode("utf-8", "surrogatepass")


def pack_bytes(content: bytes) -> bytes:
    """A page's bytes."""
    return PLAIN + zlib.compress(content, 6)


def unpack_bytes(data: bytes) -> bytes:
    """The bytes that ``pack_bytes`` or ``pack_json`` took; raises ``DamagedWords``."""
    packed = data[1:]
    try:
        if data[:1] == PLAIN:
            return zlib.decompress(packed)
        if data[:1] == KEYED:
            keyed = zlib.decompressobj(zdict=_DICTIONARY)
            content = keyed.decompress(packed)
            if not keyed.eof:
                raise DamagedWords("cut off")
            return content
    except zlib.error as error:
        raise DamagedWords(error) from error
    raise DamagedWords(f"packed in an unknown way, {data[:1]!r}")


def pack_json(record: Json) -> bytes:
    """A JSON object with keys as the reading's schema has them."""
    keyed = zlib.compressobj(6, zdict=_DICTIONARY)
    return KEYED + keyed.compress(json.dumps(record).encode()) + keyed.flush()


def unpack_json(data: bytes) -> Json:
    """The object that ``pack_json`` took."""
    record: Json = json.loads(unpack_bytes(data))
    return record
