from __future__ import annotations

from dateline.record.digest import record_digest


def test_order_does_not_matter_and_content_does() -> None:
    one = record_digest(["c2", "c1"], {"c1": "i1", "c2": "i1"})
    assert one == record_digest(iter(["c1", "c2"]), {"c2": "i1", "c1": "i1"})
    assert one != record_digest(["c1", "c2"], {"c1": "i1", "c2": "i2"})
    assert one != record_digest(["c1", "c2", "d1"], {"c1": "i1", "c2": "i1"})
