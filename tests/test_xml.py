from __future__ import annotations

from itertools import pairwise

import pytest

from dateline.errors import InputError
from dateline.ingest.xml import repaired, tree, words

BASE = "https://kestrel.example/feed"


def text(content: bytes) -> str:
    return words(tree("feed", content, BASE), "title")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"<rss><title>Guards &amp; gunmen</title></rss>", "Guards & gunmen"),
        (b"<rss><title>Guards & gunmen</title></rss>", "Guards & gunmen"),
        (b"<rss><title>a?x=1&y=2&amp;z=3</title></rss>", "a?x=1&y=2&z=3"),
        (b"<rss><title>Caf&eacute; &nbsp;raid</title></rss>", "Café \xa0raid"),
        (b"<rss><title>never closed</title><item>", "never closed"),
        (b"<?xml version='1.0' encoding='utf-8'?><rss><title>Caf\xe9</title></rss>", "Caf\ufffd"),
        (b"<?xml version='1.0' encoding='iso-8859-1'?><rss><title>Caf\xe9</title></rss>", "Café"),
        ("<?xml version='1.0' encoding='utf-16'?><rss><title>Café</title></rss>".encode("utf-16"), "Café"),
        (b"\xef\xbb\xbf\n <rss><title>marked</title></rss>", "marked"),
        (b"<rss xmlns:x='urn:x'><x:title>in a namespace</x:title></rss>", "in a namespace"),
        (b"<!DOCTYPE rss PUBLIC '-//N//DTD' 'http://n.example/rss.dtd'><rss><title>old</title></rss>", "old"),
    ],
)
def test_the_words_of_sound_and_of_somewhat_broken_documents(content: bytes, expected: str) -> None:
    assert text(content) == expected


def bomb(levels: int) -> bytes:
    """A billion laughs."""
    names = [bytes([97 + i]) for i in range(levels)]
    nested = [b'<!ENTITY %s "%s">' % (b, b"&%s;" % a * 10) for a, b in pairwise(names)]
    return b'<!DOCTYPE r [<!ENTITY a "laugh">%s]><r><title>&%s;</title></r>' % (b"".join(nested), names[-1])


@pytest.mark.parametrize(
    "content",
    [
        bomb(10),
        b"<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><r><title>&x;</title></r>",
        b"<!DOCTYPE r [<!ENTITY % p SYSTEM 'http://127.0.0.1/x.dtd'> %p;]><r/>",
        b"<!DOCTYPE r [<!ELEMENT r ANY>]><r/>",
        "<!DOCTYPE r [<!ENTITY a 'b'>]><r>&a;</r>".encode("utf-16"),
    ],
)
def test_a_document_type_that_declares_anything_is_refused(content: bytes) -> None:
    with pytest.raises(InputError, match=r"document type|not XML"):
        tree("feed", content, BASE)


@pytest.mark.parametrize("content", [b"", b"  ", b"gunmen", b"\x00\x01", b"{}"])
def test_what_is_no_xml_is_told(content: bytes) -> None:
    with pytest.raises(InputError, match="not XML"):
        tree("feed", content, BASE)


def test_an_unknown_encoding_is_read_as_utf_8() -> None:
    assert repaired(b"<?xml version='1.0' encoding='no-such'?><r>\xc3\xa9</r>") == "<r>é</r>".encode()
