from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.ingest.politeness import (
    LONGEST_HOLD,
    LONGEST_WAIT,
    Hosts,
    Manners,
    PutOff,
    Stopped,
    backoff,
    pause,
    retry_after,
)

PAGE, HOST = "https://kestrel.example/a", "kestrel.example"


@pytest.mark.parametrize(
    ("took", "asked", "expected"),
    [
        (0.0, None, 1.0),
        (0.1, None, 1.0),
        (2.0, None, 10.0),
        (99.0, None, 60.0),
        (2.0, 30.0, 30.0),
        (0.1, 300.0, 300.0),
    ],
)
def test_the_pause_is_a_multiple_of_what_the_request_took(
    took: float, asked: float | None, expected: float
) -> None:
    assert pause(Manners(), took, asked) == expected


NOW = 1_710_237_600.0  # Tuesday 12 March 2024, 10:00 UTC


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("99999999999", LONGEST_HOLD),
        ("Tue, 12 Mar 2024 10:02:00 GMT", 120.0),
        ("Tue, 12 Mar 2024 09:00:00 GMT", 0.0),
        ("Tue, 12 Mar 2034 10:00:00 GMT", LONGEST_HOLD),
        ("-5", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after(value: str | None, expected: float | None) -> None:
    assert retry_after(value, NOW) == expected


@given(st.floats(60, 86_400), st.integers(0, 1_000), st.text())
def test_failures_are_met_with_ever_longer_waits(every: float, failures: int, seed: str) -> None:
    wait = backoff(every, failures, seed)
    assert wait == backoff(every, failures, seed)  # the same for the same seed
    assert 0.75 * min(every * 2.0 ** min(failures, 12), 86_400) <= wait <= 1.25 * 86_400


def test_sources_that_failed_together_are_not_tried_again_together() -> None:
    assert len({backoff(600, 3, f"https://{n}.example/") for n in range(20)}) == 20


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_host_rests_after_each_request(clock: Clock) -> None:
    hosts = Hosts(Manners(), clock=clock)
    with hosts.turn(PAGE, HOST):
        clock.now += 2.0
    assert hosts.free_at(HOST) == 1_012.0
    assert hosts.resting(1_011.0) == {HOST} and hosts.resting(1_012.0) == set()
    clock.now = 1_012.0
    with pytest.raises(RuntimeError), hosts.turn(PAGE, HOST, 20.0):
        raise RuntimeError("also when it failed")
    assert hosts.free_at(HOST) == 1_032.0


def test_one_that_is_to_be_left_alone_for_long_is_put_off(clock: Clock) -> None:
    hosts = Hosts(Manners(), clock=clock)
    hosts.hold(HOST, clock.now + LONGEST_WAIT + 1)
    hosts.hold(HOST, clock.now)  # an earlier end changes nothing
    with pytest.raises(PutOff) as told, hosts.turn(PAGE, HOST):
        pytest.fail("was its turn")
    assert told.value.seconds == LONGEST_WAIT + 1


def test_who_waits_is_told_when_all_is_stopped(clock: Clock) -> None:
    hosts = Hosts(Manners(), clock=clock)
    hosts.hold(HOST, clock.now + 100)
    threading.Timer(0.05, hosts.stop.set).start()
    with pytest.raises(Stopped), hosts.turn(PAGE, HOST):
        pytest.fail("was its turn")


def test_no_two_requests_to_a_host_at_once() -> None:
    hosts = Hosts(Manners(1.0, 0.0, 0.0))
    inside, most = [], []

    def ask() -> None:
        for _ in range(50):
            with hosts.turn(PAGE, HOST):
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(most) == 200 and max(most) == 1
