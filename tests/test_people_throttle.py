from __future__ import annotations

from limits import parse

from dateline.site.people.throttle import Throttle, may_sign_in


def test_tries_are_counted_by_who_tries() -> None:
    throttle, twice = Throttle(), parse("2 per hour")
    assert [throttle.allows(twice, "a") for _ in range(3)] == [True, True, False]
    assert throttle.allows(twice, "b")


def test_sign_ins_are_limited_by_name_and_address() -> None:
    throttle = Throttle()
    assert [may_sign_in(throttle, "ana", "192.0.2.1") for _ in range(11)] == [True] * 10 + [False]
    assert may_sign_in(throttle, "mo", "192.0.2.1") and may_sign_in(throttle, "ana", "192.0.2.2")
    assert sum(may_sign_in(throttle, f"name {n}", "192.0.2.1") for n in range(100)) < 60
