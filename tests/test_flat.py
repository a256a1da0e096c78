"""Adding an article looks at what it touches alone: no statement walks through a table that grows."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from logs import article, claims, count, read, report
from sqlalchemy import Engine, event

from dateline.record.linking import Document, Unlinked
from dateline.record.record import Record
from dateline.types import Claim, Decision, Reading


class Joining(Unlinked):
    """Joins all attacks of a place, and articles of one beginning."""

    def claim_keys(self, claim: Claim) -> Iterable[str]:
        return [claim.sentence.text.split()[-1], f"{claim.event.trigger.text} <", f"{claim.event.type} >"]

    def article_keys(self, document: Document) -> Iterable[str]:
        return document.text.split()[:2]

    def decide(self, claim: Claim, candidates: Sequence[Claim]) -> Iterator[Decision]:
        for other in candidates:
            if other.sentence.text.split()[-1] == claim.sentence.text.split()[-1]:
                yield Decision("same", "linker", (claim.id,), (other.id,), "one place", 0.9)

    def copies(self, document: Document, candidates: Sequence[Document]) -> Iterator[Decision]:
        for other in candidates[:1]:
            ends = (document.citation.article,), (other.citation.article,)
            yield Decision("copy", "linker", *ends, "one beginning", 0.9)


def told(number: int, address: str | None = None) -> Reading:
    sentence = f"Gunmen killed {number} guards on the road at Post{number % 2}"
    events = [report(sentence, "killed", killed=(count(sentence, str(number), number, number),))]
    return read(article(address or f"https://n{number}.example/", sentence), events)


def plans(engine: Engine, into: list[str]) -> None:
    """Keep how SQLite does each statement from now on."""

    @event.listens_for(engine, "before_cursor_execute")
    def explain(connection: Any, _: Any, statement: str, values: Any, *more: Any) -> None:
        if not re.match(r"SELECT|UPDATE|DELETE", statement):
            return
        first = values[0] if more[-1] and isinstance(values, list) else values
        driver = connection.connection.driver_connection
        into.extend(
            f"{row[3]} -- {statement}" for row in driver.execute(f"EXPLAIN QUERY PLAN {statement}", first)
        )


def test_no_table_is_walked_through(tmp_path: Path, empty_file: Path) -> None:
    with Record.open(shutil.copy(empty_file, tmp_path / "record.db")) as record:
        for number in range(10, 20):
            record.add(told(number), linker=Joining())
        found: list[str] = []
        plans(record.engine, found)
        record.add(told(20), linker=Joining())  # a new article, joined and a copy
        record.add(told(21, "https://n11.example/"), linker=Joining())  # a revision
        (one,), (other,) = claims(told(20)), claims(told(13))
        record.insist(Decision("different", "Ana", (one.id,), (other.id,), "seen"))
    assert len(found) > 100
    walked = [each for each in found if re.match(r"SCAN (?!CONSTANT|\(|json_each|near\b)|.*AUTOMATIC", each)]
    assert walked == []
