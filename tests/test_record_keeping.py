from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from logs import COURIER, article, claims, first_reading, read, report, tie
from sqlalchemy import text

from dateline.errors import RecordError
from dateline.record import keeping
from dateline.record.ids import article_id
from dateline.record.record import Record
from dateline.types import Page

KILLED, DENIED, _ = claims(first_reading())


@pytest.fixture
def path(tmp_path: Path, empty_file: Path) -> Path:
    path = Path(shutil.copy(empty_file, tmp_path / "record.db"))
    with Record.open(path) as record:
        record.add(
            first_reading(),
            Page("page.html", b"<p>", None, "2031-05-04T10:00:00Z"),
            vectors=[b"1", b"2", b"3"],
        )
        record.add(first_reading(COURIER))
        record.decide(tie(KILLED, DENIED, "different", "Ana", reason="seen"))
    return path


def digest(path: Path) -> str:
    with Record.open(path) as record:
        return record.digest()


def test_a_backup_taken_while_others_write_is_the_record(path: Path, tmp_path: Path) -> None:
    with Record.open(path) as record:
        before = record.digest()
        keeping.backup(path, tmp_path / "copy.db")
        record.add(first_reading("https://later.example/"))
    assert digest(tmp_path / "copy.db") == before != digest(path)
    assert keeping.check(tmp_path / "copy.db") == []
    with pytest.raises(RecordError, match="is there already; choose another name"):
        keeping.backup(path, tmp_path / "copy.db")
    with pytest.raises(RecordError, match="there is no such file"):
        keeping.backup(tmp_path / "gone.db", tmp_path / "other.db")


def test_a_sound_record_is_salvaged_whole(path: Path, tmp_path: Path) -> None:
    done = keeping.salvage(path, str(tmp_path / "new.db"))
    assert (done.kept, done.lost) == (3, 0)
    assert digest(tmp_path / "new.db") == digest(path)
    with Record.open(path) as old, Record.open(tmp_path / "new.db") as new:
        assert new.entries() == old.entries()
        name = article_id(first_reading().article)
        assert new.page_of(name) == b"<p>" and new.capture_of(name) == old.capture_of(name)
    with pytest.raises(RecordError, match="is not empty; salvage into a new record"):
        keeping.salvage(path, str(tmp_path / "new.db"))


def test_what_was_redacted_stays_out_and_is_not_missed(path: Path, tmp_path: Path) -> None:
    name = article_id(first_reading().article)
    with Record.open(path) as record:
        record.redact(name, "Ana", "asked for")
    done = keeping.salvage(path, str(tmp_path / "new.db"))
    assert done.lost <= 1  # the decision about its claims has lost its reason
    with Record.open(tmp_path / "new.db") as new:
        assert new.add(first_reading(model="m2")).outcome == "redacted"


def test_a_reading_whose_words_were_changed_is_left_out(path: Path, tmp_path: Path) -> None:
    with Record.open(path) as record, record.engine.connect() as connection:
        for trigger in ("claim_words_no_update", "contents_no_update"):
            connection.execute(text(f"DROP TRIGGER {trigger}"))
        connection.execute(text("UPDATE claim_words SET data = x'7a00' WHERE claim = 1"))
        connection.commit()
    done = keeping.salvage(path, str(tmp_path / "new.db"))
    assert (done.kept, done.lost) == (2, 1)


def test_of_a_damaged_file_the_rest_is_salvaged(path: Path, tmp_path: Path) -> None:
    with Record.open(path) as record:
        for number in range(40):
            words = f"Gunmen killed {number} guards at post {number} on Tuesday, ministry {number} said."
            told = article(f"https://n{number}.example/", words)
            record.add(read(told, [report(words, "killed")]), Page(f"{number}.html", bytes(range(256)) * 40))
    content = bytearray(path.read_bytes())
    for page in range(len(content) // 4096 - 6, len(content) // 4096 - 3):
        content[page * 4096 : (page + 1) * 4096] = b"\xaa" * 4096
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(content)
    assert keeping.check(damaged) != []
    with pytest.raises(RecordError, match="dateline salvage"):
        keeping.backup(damaged, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()
    done = keeping.salvage(damaged, str(tmp_path / "new.db"))
    assert done.kept >= 1 and done.kept + done.lost >= 40
    with Record.open(tmp_path / "new.db") as record:
        assert len(record.entries()) >= done.kept


def test_of_what_is_no_record_nothing_is_salvaged(tmp_path: Path) -> None:
    (tmp_path / "noise.db").write_bytes(b"noise" * 4096)
    with pytest.raises(RecordError, match="nothing can be read of it; restore a backup"):
        keeping.salvage(tmp_path / "noise.db", str(tmp_path / "new.db"))
    with pytest.raises(RecordError, match="dateline salvage"):
        Record.open(tmp_path / "noise.db")


def test_a_damaged_schema_is_told_even_where_it_is_no_text(path: Path, tmp_path: Path) -> None:
    content = path.read_bytes()
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(content.replace(b"CREATE TABLE readings (", b"\xff\xfe TABLE \xffreadings \xff"))
    assert damaged.read_bytes() != content and keeping.check(damaged) != []
    with pytest.raises(RecordError, match="dateline salvage"):
        Record.open(damaged)
    with pytest.raises(RecordError, match="nothing can be read of it; restore a backup"):
        keeping.salvage(damaged, str(tmp_path / "new.db"))
