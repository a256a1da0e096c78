from __future__ import annotations

from pathlib import Path

import pytest
from logs import claims, first_reading
from post import raid
from pydantic import TypeAdapter, ValidationError

from dateline.record.record import Record
from dateline.site.faces.deciding import Form

KILLED, DENIED, _ = claims(first_reading())
(RAID,) = claims(raid(1))
FORMS: TypeAdapter[Form] = TypeAdapter(Form)


def test_each_form_is_said_to_the_record(empty_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    path.write_bytes(empty_file.read_bytes())
    with Record.open(path) as record:
        record.add(first_reading())
        record.add(raid(1))
        judged = FORMS.validate_python({"kind": "unsure", "one": KILLED.id, "other": RAID.id, "reason": "?"})
        assert judged.decide(record, "Ana") == [KILLED.id, RAID.id]
        (decision,) = record.entries()[-1].decisions
        assert (decision.kind, decision.by, decision.reason) == ("unsure", "Ana", "?")
        taken_back = FORMS.validate_python({"kind": "undo", "decision": decision.id, "reason": "seen"})
        assert taken_back.decide(record, "Ana") == [KILLED.id, RAID.id]
        merged = FORMS.validate_python({"kind": "merge", "incidents": [KILLED.id, RAID.id], "reason": "one"})
        (incident,) = merged.decide(record, "Ana")
        assert len(record.incident(incident).claims) == 3


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"kind": "redaction", "article": "a" + "0" * 32, "reason": "x"},
        {"kind": "same", "one": "c1", "other": RAID.id, "reason": "x"},
        {"kind": "same", "one": KILLED.id, "other": RAID.id, "reason": ""},
        {"kind": "same", "one": KILLED.id, "other": RAID.id, "reason": "x", "by": "Ben"},
        {"kind": "merge", "incidents": [KILLED.id], "reason": "x"},
        {"kind": "split", "incident": KILLED.id, "claims": [], "reason": "x"},
    ],
)
def test_another_form_is_refused(form: object) -> None:
    with pytest.raises(ValidationError):
        FORMS.validate_python(form)
