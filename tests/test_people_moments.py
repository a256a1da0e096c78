from __future__ import annotations

from datetime import datetime

from dateline.site.people.moments import after, before, now, seconds


def test_moments_sort_as_text() -> None:
    moment = now()
    assert moment.endswith("+00:00") and len(moment) == 25
    assert before(moment, days=8) < before(moment, hours=12) < before(moment, minutes=5) < moment
    assert before("2024-03-01T00:00:00+00:00", days=1) == "2024-02-29T00:00:00+00:00"
    assert after(before(moment, seconds=90), seconds=90) == moment
    assert abs(seconds() - datetime.fromisoformat(moment).timestamp()) < 60
