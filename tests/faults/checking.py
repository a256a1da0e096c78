"""What must hold of a record, whatever happened while it was written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlalchemy import func, select

from dateline.errors import RecordError
from dateline.record import keeping, schema
from dateline.record.record import Record


def faults(target: str, acknowledged: Iterable[str], reports: Mapping[str, int]) -> list[str]:
    """What is wrong with a record; nothing when all is well.

    ``acknowledged`` are the ids of the articles that were said to be kept; ``reports`` gives the number
    of reports of each article that may be there.
    """
    found = [] if "://" in target else keeping.check(Path(target))
    try:
        with Record.open(target) as record:
            there = stored(record)
    except RecordError as error:
        return [*found, str(error)]
    found += [f"{article}: acknowledged, but lost" for article in acknowledged if article not in there]
    for article, readings in there.items():
        if len(readings) != 1:
            found.append(f"{article}: {len(readings)} readings of the one that was added")
        elif readings[0] != reports.get(article):
            found.append(f"{article}: {readings[0]} reports of {reports.get(article)}")
    return found


def stored(record: Record) -> dict[str, list[int]]:
    """For each article of the log how many reports each of its readings has."""
    articles, readings, claims = schema.articles, schema.readings, schema.claims
    query = (
        select(articles.c.article, articles.c.id, func.count(claims.c.claim))
        .outerjoin(readings, readings.c.article == articles.c.article)
        .outerjoin(claims, claims.c.reading == readings.c.reading)
        .group_by(articles.c.article, articles.c.id, readings.c.reading)
    )
    with record.reading() as connection:
        rows = connection.execute(query).all()
    twice = Counter(identity for _, identity in {(number, identity) for number, identity, _ in rows})
    assert max(twice.values(), default=1) == 1, f"stored twice: {twice.most_common(3)}"
    there: dict[str, list[int]] = {}
    for _, identity, reports in rows:
        there.setdefault(identity, []).append(reports)
    return there


def views_agree(target: str) -> bool:
    """Whether the incidents kept in tables are those that the log comes to."""
    with Record.open(target) as record:
        computed = {claim.id: told.id for told in record.incidents() for claim in told.claims}
        return computed == record.placed()
