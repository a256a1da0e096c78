from __future__ import annotations

import os
import signal

import pytest

from dateline.stopping import Stopped, stoppable


def test_what_must_be_whole_is_finished_first() -> None:
    done = []
    with pytest.raises(Stopped, match="stopped by SIGTERM") as told, stoppable() as stop:
        with stop.whole():
            os.kill(os.getpid(), signal.SIGTERM)
            done.append("kept")
        done.append("begun")
    assert done == ["kept"] and told.value.status == 143


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_between_things_it_stops_at_once(number: int) -> None:
    with pytest.raises(Stopped), stoppable():
        os.kill(os.getpid(), number)
        pytest.fail("went on")


def test_who_asks_twice_does_not_wait() -> None:
    with pytest.raises(Stopped), stoppable() as stop, stop.whole():
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)
        pytest.fail("went on")


def test_afterwards_signals_are_as_before() -> None:
    before = signal.getsignal(signal.SIGINT)
    with stoppable():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before
