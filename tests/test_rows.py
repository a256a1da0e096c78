from __future__ import annotations

import csv
import io
from dataclasses import replace

from logs import first_reading, log

from dateline.record.incidents import incidents
from dateline.record.summary import Summary, summary
from dateline.site.faces.answers import Answer
from dateline.site.faces.rows import COLUMNS, table
from dateline.site.settings import SiteSettings

BRIEF = summary(next(each for each in incidents(log(first_reading())) if len(each.claims) > 1))


def made(*told: Summary, next: str | None = None) -> Answer:
    return table(SiteSettings(base_url="https://site.example"), told, next)


def rows(*told: Summary) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made(*told).body.decode(), newline="")))


def test_a_row_has_what_a_list_shows() -> None:
    (row,) = rows(BRIEF)
    assert list(row) == list(COLUMNS)
    assert row["address"] == f"https://site.example/incidents/{BRIEF.id}"
    assert (row["type"], row["killed_best"], row["disputed"]) == ("ASSAULT", "6", "true")
    assert row["injured_low"] == "" and row["first_told"] == "2024-03-12T10:00:00"


def test_what_is_unknown_is_empty() -> None:
    (row,) = rows(replace(BRIEF, first_told="9999"))
    assert row["first_told"] == ""


def test_no_cell_is_a_formula() -> None:
    for text in ("=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1"):
        (row,) = rows(replace(BRIEF, headline=text, place=text))
        assert row["sentence"] == row["place"] == f"'{text}"


def test_the_rows_that_follow_are_named() -> None:
    assert "Link" not in made(BRIEF).headers
    assert (
        made(BRIEF, next="https://site.example/x").headers["Link"] == '<https://site.example/x>; rel="next"'
    )
