from __future__ import annotations

from random import Random
from typing import Any

import pytest
from scorers import invented_events

from dateline.evaluation import annotated

TEXT = "The rebels shelled Orlin, killing three, Minister Brandt said. She vowed an answer."


def test_events_are_read_and_written_as_inverses() -> None:
    for seed in range(50):
        record = invented_events(Random(seed), TEXT)
        written = annotated.recorded_events(annotated.with_events(record))
        assert written == {"id": record["id"], "events": record["events"], "incidents": {}}


def test_attributions_are_read_and_written_as_inverses() -> None:
    attribution = {
        "id": "a1",
        "kind": "direct",
        "source": [[41, 56]],
        "cue": [[57, 61]],
        "content": [[0, 39]],
    }
    record = {"id": "x", "text": TEXT, "attributions": [attribution]}
    reading = annotated.with_attributions(record)
    assert reading.attributions[0].source[0].text == "Minister Brandt"
    assert annotated.recorded_attributions(reading) == {"id": "x", "attributions": [attribution]}


def event(**changed: Any) -> dict[str, Any]:
    trigger = {"start": 11, "end": 18, "text": "shelled"}
    return {"id": "e1", "trigger": trigger, "type": "ASSAULT", "status": "actual", "incident": "A"} | changed


def test_what_an_event_leaves_out_is_empty() -> None:
    (read,) = annotated.with_events({"id": "x", "text": TEXT, "events": [event()]}).events
    assert (read.actor, read.killed, read.mode, read.answers) == ((), (), "", ())


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"type": "WAR"}, "the type 'WAR'"),
        ({"status": "maybe"}, "the status 'maybe'"),
        ({"trigger": {"start": 11, "end": 18, "text": "shelling"}}, "reads 'shelled', not 'shelling'"),
        ({"actor": [{"start": 0, "end": 900}]}, "span 0-900 is not inside the text"),
    ],
)
def test_a_bad_event_says_what_is_wrong(changed: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        annotated.with_events({"id": "x", "text": TEXT, "events": [event(**changed)]})
