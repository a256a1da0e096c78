"""The lines hold to the schema, are one line each, and decode to what was encoded."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from readings import ARMY, ARTICLE, ORLIN, READING, RESOLVED, any_reading, retitled

from dateline.errors import InputError
from dateline.ontology import MODES, ROLES, SECTORS, TYPES
from dateline.show import jsonl
from dateline.types import Basis, DatePrecision, FurnitureKind, PlacePrecision, Reading, ToponymKind

SCHEMA: dict[str, Any] = json.loads(jsonl.schema())
VALIDATOR = Draft202012Validator(SCHEMA)


def test_the_schema_is_a_schema_and_knows_the_ontology() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    event = SCHEMA["$defs"]["event"]["properties"]
    assert SCHEMA["properties"]["schema"] == {"const": jsonl.SCHEMA}
    assert event["type"]["enum"] == list(TYPES)
    assert set(event["mode"]["enum"]) == {"", *(mode for modes in MODES.values() for mode in modes)}
    assert set(ROLES) <= set(event)
    assert set(SCHEMA["$defs"]["actor"]["properties"]["sector"]["enum"]) == {*SECTORS, None}


@pytest.mark.parametrize(
    ("path", "choices"),
    [
        ("furniture properties kind", FurnitureKind),
        ("basis", Basis),
        ("when properties precision", DatePrecision),
        ("place properties precision", PlacePrecision),
        ("toponym_kind", ToponymKind),
    ],
)
def test_the_schema_knows_the_choices_of_the_types(path: str, choices: Any) -> None:
    found = SCHEMA["$defs"]
    for key in path.split():
        found = found[key]
    assert found["enum"] == list(get_args(choices))


@settings(max_examples=150, deadline=None)
@given(any_reading())
def test_any_reading_makes_one_valid_line_and_comes_back(reading: Reading) -> None:
    line = jsonl.line(reading)
    assert line.encode("utf-8").decode("utf-8") == line
    assert line.splitlines(keepends=True) == [line]
    record = json.loads(line)
    VALIDATOR.validate(record)
    assert jsonl.decode(record) == reading


def test_every_span_is_the_words_it_covers() -> None:
    record = json.loads(jsonl.line(RESOLVED))

    def walk(value: Any) -> int:
        if isinstance(value, list):
            return sum(map(walk, value))
        if not isinstance(value, dict):
            return 0
        found = {"start", "end", "text"} <= set(value)
        if found:
            assert record["text"][value["start"] : value["end"]] == value["text"]
        return found + sum(map(walk, value.values()))

    assert walk(record) > 30


def test_the_contract_in_one_example() -> None:
    record = jsonl.encode(READING)
    wounded = record["events"][5]
    assert wounded["injured"][0] == {
        "start": ARTICLE.text.index("11"),
        "end": ARTICLE.text.index("11") + 2,
        "text": "11",
        "confidence": 0.8,
        "value": 11,
        "low": 11,
        "high": None,
    }
    assert wounded["injured"][1]["value"] is None
    assert (wounded["incident"], wounded["when"], wounded["answers"]) == ("C", None, [])
    assert record["events"][4]["answers"] == ["B"]
    assert (record["dates"], record["places"], record["actors"]) == ([], [], [])
    assert record["headline"]["text"] == ARTICLE.title


def test_resolved_values_carry_what_they_rest_on() -> None:
    record = jsonl.encode(RESOLVED)
    (army,), (saturday,) = record["events"][4]["actor"], record["events"][4]["date"]
    assert army["resolved"]["sector"] == ARMY.sector and "mentions" not in army["resolved"]
    assert saturday["resolved"] == record["events"][4]["when"] == record["dates"][1]["when"]
    assert saturday["resolved"]["evidence"][-1] == {"field": "published"}
    assert record["events"][5]["when"]["basis"] == "inherited"
    assert (record["dates"][0]["when"], record["dates"][0]["reason"]) == (
        None,
        "no day of this week is known",
    )
    assert record["places"][0]["place"]["lat"] == ORLIN.lat and record["places"][1]["place"] is None
    assert [mention["text"] for mention in record["actors"][1]["mentions"]] == ["We", "a rebel spokesman"]
    VALIDATOR.validate(record)
    assert jsonl.decode(record) == RESOLVED


def test_characters_that_end_lines_elsewhere_are_escaped() -> None:
    line = jsonl.line(retitled("a\u2028b\u2029c\x85d\ud800e é 日本"))
    assert r"a\u2028b\u2029c\u0085d\ud800e é 日本" in line


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"schema": "dateline.reading/9"}, "its schema is 'dateline.reading/9'"),
        ({"events": [{}]}, "does not fit dateline.reading/2 .KeyError"),
        ({"actors": [{"mentions": []}]}, "a resolved value has the keys mentions"),
        ({"furniture": [{"start": 0, "end": 9, "text": "short", "kind": "share"}]}, "cannot hold 'short'"),
    ],
)
def test_an_object_that_does_not_fit_is_refused(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        jsonl.decode(jsonl.encode(READING) | change)


def test_without_a_headline() -> None:
    reading = replace(READING, article=replace(ARTICLE, headline=None))
    assert jsonl.encode(reading)["headline"] is None
    assert jsonl.decode(jsonl.encode(reading)) == reading
