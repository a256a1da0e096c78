"""That views lose the words is tested with the record; here, that no byte of them stays in the file."""

from __future__ import annotations

import shutil
from pathlib import Path

from logs import COURIER, article, first_reading, read, report

from dateline.record.ids import article_id
from dateline.record.record import Record
from dateline.types import Page

SECRET = "Zebulon Quarrier"
TEXT = f"{SECRET} attacked the depot."


def test_no_byte_of_the_words_stays_in_the_file(tmp_path: Path, empty_file: Path) -> None:
    path = shutil.copy(empty_file, tmp_path / "record.db")
    secret = read(article(text=TEXT, title=SECRET), [report(TEXT, "attacked")])
    with Record.open(path) as record:
        record.add(first_reading(COURIER))
        record.add(secret, Page("page.html", TEXT.encode(), "text/html"))
        name = article_id(secret.article)
        with_words = sum(b"zebulon" in each.read_bytes() for each in tmp_path.iterdir())
        assert with_words > 0  # in the index of the full text; the rest is compressed
        done = record.redact(name, "Ana", "asked for")
        assert (done.claims, done.pieces, done.same_text) == (1, 3, ())
    for each in tmp_path.iterdir():
        content = each.read_bytes().lower()
        assert b"zebulon" not in content and b"quarrier" not in content, each
