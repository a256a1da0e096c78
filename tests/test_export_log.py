"""Lines of a log: what they hold."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path

import pytest
from logs import WIRE, claims, first_reading
from readings import RESOLVED

from dateline.errors import RecordError
from dateline.export.log import SCHEMA, lines, write_log
from dateline.record.ids import article_id, reading_id
from dateline.record.record import Record
from dateline.show import jsonl
from dateline.types import Decision, Page


def test_a_line_has_all_that_was_appended_at_once(tmp_path: Path) -> None:
    killed, *_ = claims(first_reading())
    fixed = Decision("correction", "Ana", (killed.id,), (), "seen", None, "status", '"future"')
    with Record.open(tmp_path / "record.db", create=True) as record:
        record.add(RESOLVED, Page(WIRE, b"<p>\xff", "text/html", "2031-05-04T10:00:00Z"))
        record.add(first_reading())
        record.decide(fixed)
        record.redact(article_id(first_reading().article), "Ben", "an error")
        assert write_log(record, tmp_path / "log.jsonl") == 4
        first, second, third, fourth = lines(record)
    text = (tmp_path / "log.jsonl").read_text("utf-8")
    assert [json.loads(line) for line in text.splitlines()] == [first, second, third, fourth]
    assert {line["schema"] for line in (first, second, third, fourth)} == {SCHEMA}
    assert jsonl.decode(first["reading"]) == RESOLVED
    assert b64decode(first["page"]["content"]) == b"<p>\xff"
    assert first["page"]["fetched"] == "2031-05-04T10:00:00Z"
    assert first["reading_id"] == reading_id(first["article"]["id"], jsonl.line(RESOLVED))
    assert (first["erased"], second["reading"], second["page"]) == ([], None, None)
    assert [claim["id"] for claim in second["erased"]] == [claim.id for claim in claims(first_reading())]
    assert (third["article"], third["decisions"][0]["value"]) == (None, None)
    assert second["reading_id"] in fourth["tombstones"]
    assert set(fourth["tombstones"].values()) == {fourth["decisions"][0]["id"]}
    assert "Gunmen" not in text


def test_a_log_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with (
        Record.open(tmp_path / "record.db", create=True) as record,
        pytest.raises(RecordError, match=r"none/log.jsonl: cannot be written"),
    ):
        write_log(record, tmp_path / "none" / "log.jsonl")
