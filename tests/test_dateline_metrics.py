from __future__ import annotations

from logs import COURIER, claims, first_reading, tie
from prometheus_client import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families

from dateline.metrics import exposed, of_following, of_record
from dateline.record.record import Record


def told(registry: CollectorRegistry) -> dict[str, float]:
    """Each sample with its labels' values: "dateline_fetches_total new"."""
    families = text_string_to_metric_families(exposed(registry).decode())
    return {
        " ".join([sample.name, *sample.labels.values()]): sample.value
        for family in families
        for sample in family.samples
    }


def test_a_record_tells_what_any_process_added(target: str) -> None:
    registry = CollectorRegistry()
    with Record.open(target) as record, Record.open(target) as other:
        of_record(record, registry)
        assert told(registry)["dateline_claims_added_total"] == 0
        other.add(first_reading())
        other.add(first_reading(model="m2"))
        other.add(first_reading(COURIER))
        other.decide(tie(claims(first_reading())[0], claims(first_reading(COURIER))[0]))
        found = told(registry)
    assert found.pop("dateline_log_last_entry_seconds") > 1.7e9
    assert found == {
        "dateline_record_up": 1,
        "dateline_log_entries_total": 4,
        "dateline_pages_kept_total": 0,
        "dateline_articles_added_total": 2,
        "dateline_articles_read_total": 3,
        "dateline_claims_added_total": 9,
        "dateline_links_decided_total": 1,
    }


def test_a_record_that_cannot_be_asked_is_down() -> None:
    registry = CollectorRegistry()
    of_record(None, registry)  # type: ignore[arg-type]
    assert told(registry) == {"dateline_record_up": 0}


def test_fetching_is_counted_by_outcome() -> None:
    registry = CollectorRegistry()
    following = of_following(registry)
    following.fetches.labels("new").inc()
    following.waiting.labels("pages").set(7)
    found = told(registry)
    assert found["dateline_fetches_total new"] == 1 and found["dateline_waiting pages"] == 7
