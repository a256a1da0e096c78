"""A large record made quickly: some thousand claims are told, and then again and again on other days.

The first claims are those of ``stories.py``, with who says so, and now and then an answer. What the tables
say of them is then written once more for each copy, under the ids that its articles and claims have by their
other addresses, so that every page and query finds a copy as it finds the first. Names stay the same: the
more copies, the more incidents has each party, place and outlet, as in a record that grows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Connection, Table, select, text
from stories import World, stories

from dateline.record import appending, projection, schema
from dateline.record.engine import writing
from dateline.record.ids import article_id, claim_ids, decision_id, incident_id, reading_id
from dateline.record.packing import pack_json, unpack_json
from dateline.record.projection import search_words
from dateline.record.record import Record
from dateline.types import Attribution, Claim, Decision, Reading, Span

FIRST = 3000
"""Claims that are told and brought together one by one."""
SHIFT_DAYS, SHIFTS = 5, 97
"""A copy is later by a multiple of so many days, one of so many."""
TELLING = (" said", " witnesses", " reporters")
"""What a sentence ends with that says who told it."""
ANSWERED = 0.05
"""Of the reports of an article, those that are in answer to the one before."""
_DAY = re.compile(r"\b20\d\d-\d\d-\d\d")

Row = dict[str, Any]


def make(path: Path, claims: int) -> None:
    """A record in a file, of about so many claims."""
    with Record.open(path, create=True) as record:
        told = list(_told(World(claims), min(FIRST, claims)))
        with writing(record.engine) as connection:
            kept = [appending.told(reading) for reading in told]
            _first(connection, record, kept)
            projection.recompute(connection)
        with writing(record.engine) as connection:
            _multiply(connection, record, kept, claims)
        with writing(record.engine) as connection:
            connection.execute(text("ANALYZE"))


def _told(world: World, claims: int) -> Iterator[Reading]:
    """The first readings of a world, as many as have so many claims."""
    draw = Random(world.seed)
    for reading in stories(world):
        if claims <= 0:
            return
        yield voiced(reading, draw)
        claims -= len(reading.events)


def voiced(reading: Reading, draw: Random) -> Reading:
    """A reading in which some reports are attributed to their parties, and some are answers."""
    said, events = [], []
    for place, (event, (start, end)) in enumerate(zip(reading.events, reading.sentences, strict=True)):
        more: Row = {}
        words = reading.article.text[start:end].rstrip(".")
        if event.actor and words.endswith(TELLING):
            who, tail = event.actor[0], start + words.rindex(", ")
            source = Span(who.start, who.end, who.text)
            cue = reading.article.span(tail + 2, start + len(words))
            content = reading.article.span(start, tail)
            said.append(Attribution(f"a{place}", (source,), (cue,), (content,), "indirect", 0.9))
            more["attributions"] = (f"a{place}",)
        before = reading.events[place - 1].happening
        if place and before != event.happening and draw.random() < ANSWERED:
            more["answers"] = (before,)
        events.append(replace(event, **more))
    parties = {each.resolved.id: each for event in events for each in event.actor if each.resolved}
    actors = tuple(
        replace(each.resolved, mentions=(Span(each.start, each.end, each.text),)) for each in parties.values()
    )
    return replace(reading, attributions=tuple(said), events=tuple(events), actors=actors)


def _first(connection: Connection, record: Record, told: Iterable[appending.Told]) -> None:
    """Readings as entries of the log, each claim tied to the one before of its happening."""
    last: dict[str, str] = {}
    for new in told:
        entry = appending.append_entry(connection)
        article = appending.append_article(connection, entry, new)
        reading = appending.append_reading(connection, entry, article, None, new)
        claims = appending.append_claims(connection, reading, new.claims)
        projection.set_head(connection, new.citation.address, article, reading)
        ties = [
            Decision("same", "linker", (claim.id,), (last[claim.event.id],), "one happening", 0.9)
            for claim in claims.values()
            if claim.event.id in last
        ]
        last |= {claim.event.id: claim.id for claim in claims.values()}
        decisions = appending.append_decisions(connection, entry, ties)
        projection.joined(connection, record.shelf, added=claims, decisions=decisions)


class _Rows:
    """The rows of the first claims, and the greatest number of each kind of row."""

    def __init__(self, connection: Connection) -> None:
        self.of = {table.name: _rows(connection, table) for table in (*schema.LOG, *schema.WORDS)}
        self.of |= {table.name: _rows(connection, table) for table in schema.COMPUTED}
        self.most = {
            name: max((row[name] for row in self.of[table]), default=0)
            for name, table in (
                ("entry", "log"),
                ("article", "articles"),
                ("reading", "readings"),
                ("claim", "claims"),
                ("decision", "decisions"),
            )
        }
        self.words = {row["content"]: row["data"] for row in self.of["contents"]}
        self.claims = {row["claim"]: row for row in self.of["claims"]}
        self.packed: dict[tuple[int, int], bytes] = {}


def _rows(connection: Connection, table: Table) -> list[Row]:
    return [dict(row._mapping) for row in connection.execute(select(table))]


def _multiply(connection: Connection, record: Record, told: Sequence[appending.Told], claims: int) -> None:
    rows = _Rows(connection)
    numbers = record.shelf.claims(connection, rows.claims)
    for copy in range(1, -(-claims // len(rows.claims))):
        for table, made in _copied(rows, told, copy).items():
            appending.put(connection, schema.metadata.tables[table], made)
        for number, claim in numbers.items():
            _index(connection, number + copy * rows.most["claim"], claim)
    connection.execute(text("DELETE FROM facet_values"))
    labels = {(row["kind"], row["value"]): row["label"] for row in rows.of["facet_values"]}
    counted = "SELECT kind, value, count(*) AS incidents FROM facets GROUP BY kind, value"
    made = [
        {**row._mapping, "label": labels.get((row.kind, row.value), row.value)}
        for row in connection.execute(text(counted))
    ]
    appending.put(connection, schema.facet_values, made)


def _index(connection: Connection, number: int, claim: Claim) -> None:
    put = text("INSERT INTO claim_search (rowid, words) VALUES (:number, :words)")
    connection.execute(put, {"number": number, "words": search_words(claim)})


def _copied(rows: _Rows, told: Sequence[appending.Told], copy: int) -> dict[str, list[Row]]:
    """The rows of a copy, by table, each after what it refers to."""
    shift = copy % SHIFTS * SHIFT_DAYS
    articles = {new.citation.article: _article_of(new, copy) for new in told}
    ids = {
        old: now
        for new in told
        for old, now in zip(
            (claim.id for claim in new.claims),
            claim_ids(articles[new.citation.article], new.reading.events),
            strict=True,
        )
    }
    named = {**articles, **ids}
    made: dict[str, list[Row]] = {}
    made["log"] = [_moved(rows, copy, row) for row in rows.of["log"]]
    made["articles"] = [
        {**_moved(rows, copy, row), "id": articles[row["id"]], "address": f"{row['address']}?{copy}"}
        for row in rows.of["articles"]
    ]
    made["contents"], made["readings"] = [], []
    for new, row in zip(told, rows.of["readings"], strict=True):
        name = reading_id(articles[new.citation.article], f"{row['id']} {copy}")
        record = json.loads(_later(json.dumps(unpack_json(rows.words[row["id"]])), shift))
        record["url"] = f"{new.citation.address}?{copy}"
        made["contents"].append({"content": name, "data": pack_json(record)})
        made["readings"].append({**_moved(rows, copy, row), "id": name})
    made["claims"] = [{**_moved(rows, copy, row), "id": ids[row["id"]]} for row in rows.of["claims"]]
    made["claim_words"] = [
        {**_moved(rows, copy, row), "data": _words(rows, row, shift)} for row in rows.of["claim_words"]
    ]
    made["decisions"] = [_decision(rows, copy, row, ids) for row in rows.of["decisions"]]
    for table in ("decision_words", "decision_ends"):
        made[table] = [_moved(rows, copy, row) for row in rows.of[table]]
    for row in made["decision_ends"]:
        row["target"] = named[row["target"]]
    made["citations"] = [
        {**_moved(rows, copy, row), "published": _later(row["published"], shift)}
        for row in rows.of["citations"]
    ]
    made["heads"] = [
        {**_moved(rows, copy, row), "address": f"{row['address']}?{copy}"} for row in rows.of["heads"]
    ]
    return made | _computed(rows, ids, copy, shift)


def _computed(rows: _Rows, ids: dict[str, str], copy: int, shift: int) -> dict[str, list[Row]]:
    """The rows of a copy's incidents: each has the number and the id of its smallest claim."""
    least: dict[int, tuple[str, int]] = {}
    for row in rows.of["membership"]:
        here = ids[rows.claims[row["claim"]]["id"]], row["claim"] + copy * rows.most["claim"]
        least[row["incident"]] = min(least.get(row["incident"], here), here)
    days = ("first_day", "last_day", "first_told", "last_told", "latest")
    incidents = [
        {
            **row,
            "incident": least[row["incident"]][1],
            "id": incident_id([least[row["incident"]][0]]),
            "entry": row["entry"] + copy * rows.most["entry"],
            **{name: row[name] and _later(row[name], shift) for name in days},
        }
        for row in rows.of["incidents"]
    ]
    latest = {row["incident"]: row["latest"] for row in incidents}
    facets = [{**row, "incident": least[row["incident"]][1]} for row in rows.of["facets"]]
    for row in facets:
        if row["kind"] == "month":
            row["value"] = latest[row["incident"]][:7]
    membership = [
        {**_moved(rows, copy, row), "incident": least[row["incident"]][1]} for row in rows.of["membership"]
    ]
    for row in membership:
        row["component"] += copy * rows.most["claim"]
    changes = [{"incident": row["incident"], "entry": row["entry"]} for row in incidents]
    return {
        "membership": membership,
        "incidents": incidents,
        "facets": facets,
        "incident_changes": changes,
    }


def _article_of(new: appending.Told, copy: int) -> str:
    url = f"{new.citation.address}?{copy}"
    return article_id(replace(new.reading.article, url=url))


def _moved(rows: _Rows, copy: int, row: Row) -> Row:
    """A row with its numbers behind those of the copies before."""
    return row | {
        name: row[name] + copy * most for name, most in rows.most.items() if row.get(name) is not None
    }


def _decision(rows: _Rows, copy: int, row: Row, ids: dict[str, str]) -> Row:
    sides = {name: [ids[end] for end in json.loads(row[name])] for name in ("subject", "object")}
    said = Decision(
        row["kind"], row["by"], tuple(sides["subject"]), tuple(sides["object"]), "one happening", row["score"]
    )
    lists = {name: json.dumps(ends) for name, ends in sides.items()}
    return {**_moved(rows, copy, row), **lists, "id": decision_id(said)}


def _words(rows: _Rows, row: Row, shift: int) -> bytes:
    """A claim's words so many days later; those of many copies are the same."""
    key = row["claim"], shift
    if key not in rows.packed:
        rows.packed[key] = pack_json(json.loads(_later(json.dumps(unpack_json(row["data"])), shift)))
    return rows.packed[key]


def _later(told: str, shift: int) -> str:
    return _DAY.sub(lambda found: _day(found[0], shift), told)


@cache
def _day(told: str, shift: int) -> str:
    return str(date.fromisoformat(told) + timedelta(shift))
