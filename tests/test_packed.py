from __future__ import annotations

import gzip
from random import Random

from hypothesis import example, given
from hypothesis import strategies as st

from dateline.site.packed import packed

TEXT = st.text(max_size=300)


@given(st.lists(TEXT, min_size=1, max_size=4), st.binary(max_size=100), st.binary(max_size=70))
@example(["", ""], b"", b"x")
def test_what_is_packed_and_filled_is_unpacked_again(texts: list[str], token: bytes, once: bytes) -> None:
    gaps = ["{token}", "{once}"]
    names = [gaps[n % 2] for n in range(len(texts) - 1)]
    page = texts[0] + "".join(name + text for name, text in zip(names, texts[1:], strict=True))
    filled = page.encode().replace(b"{token}", token).replace(b"{once}", once)
    made = packed(page, gaps)
    assert gzip.decompress(made.filled({"{token}": token, "{once}": once})) == filled
    assert made.gaps == ("{token}" in page or "{once}" in page)


def test_a_long_page_is_packed_well() -> None:
    draw = Random(3)
    page = " ".join(draw.choices(["attack", "talks", "protest", "six killed"], k=50_000))
    made = packed(page, ["{token}"])
    assert gzip.decompress(made.filled({})).decode() == page
    assert made.weight < len(page) / 8
