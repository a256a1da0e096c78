"""Figures for Prometheus: what a record holds, and how fetching goes.

The log only grows and its rows are numbered without gaps, so the greatest number of each table is a
counter that any process can tell, whichever process wrote. It is asked of the record when it is scraped
and costs a look at the end of an index.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector
from sqlalchemy import Column, func, select

from dateline.record import schema
from dateline.record.record import Record

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
"""What ``exposed`` gives."""

COUNTED: dict[str, tuple[str, Column[int]]] = {
    "dateline_log_entries": ("Entries of the log.", schema.log.c.entry),
    "dateline_pages_kept": ("Pages kept.", schema.pages.c.page),
    "dateline_articles_added": ("Articles added.", schema.articles.c.article),
    "dateline_articles_read": ("Readings of articles added, anew ones too.", schema.readings.c.reading),
    "dateline_claims_added": ("Claims added.", schema.claims.c.claim),
    "dateline_links_decided": ("Decisions of linker and people.", schema.decisions.c.decision),
}


class OfRecord(Collector):
    """What a record holds, told at each scrape; ``dateline_record_up`` is 0 when it cannot be asked."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def describe(self) -> list[Metric]:
        """Nothing: registering must not ask the database."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The counters, and when the log was last appended to."""
        up = GaugeMetricFamily("dateline_record_up", "Whether the record can be read.")
        try:
            found = self._asked()
        except Exception:  # a scrape tells what is wrong, it does not fail of it
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        yield from found

    def _asked(self) -> list[Metric]:
        told: list[Metric] = []
        last = select(schema.log.c.recorded).order_by(schema.log.c.entry.desc()).limit(1)
        with self._record.reading() as connection:
            for name, (words, column) in COUNTED.items():
                count = connection.execute(select(func.max(column))).scalar() or 0
                told.append(CounterMetricFamily(name, words, value=count))
            recorded = connection.execute(last).scalar()
        if recorded is not None:
            moment = datetime.fromisoformat(recorded).timestamp()
            words = "When the log was last appended to."
            told.append(GaugeMetricFamily("dateline_log_last_entry_seconds", words, value=moment))
        return told


@dataclass(frozen=True, slots=True)
class Following:
    """How fetching goes in this process."""

    fetches: Counter
    """By ``outcome``: "new", "unchanged", "refused", "failed", …"""
    waiting: Gauge
    """Length of each ``queue``."""


def of_record(record: Record, registry: CollectorRegistry) -> None:
    """Have a registry tell what a record holds."""
    registry.register(OfRecord(record))


def of_following(registry: CollectorRegistry) -> Following:
    """Figures of fetching, to be counted up by whoever fetches."""
    return Following(
        Counter("dateline_fetches", "Fetches by what came of them.", ["outcome"], registry=registry),
        Gauge("dateline_waiting", "How many wait in a queue.", ["queue"], registry=registry),
    )


def exposed(registry: CollectorRegistry) -> bytes:
    """All figures in Prometheus' text format, of the type ``CONTENT_TYPE``."""
    return generate_latest(registry)
