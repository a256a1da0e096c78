from __future__ import annotations

from dateline.site.people.moments import before, now


def test_moments_sort_as_text() -> None:
    moment = now()
    assert moment.endswith("+00:00") and len(moment) == 25
    assert before(moment, days=8) < before(moment, hours=12) < before(moment, minutes=5) < moment
    assert before("2024-03-01T00:00:00+00:00", days=1) == "2024-02-29T00:00:00+00:00"
