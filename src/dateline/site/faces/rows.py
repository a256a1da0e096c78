"""A view as CSV (RFC 4180): a row an incident."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from dateline.record.summary import Summary
from dateline.site.faces.answers import Answer
from dateline.site.settings import SiteSettings

TYPE = "text/csv; charset=utf-8; header=present"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes a cell for a formula by, when it begins so."""
BOUNDS = ("low", "best", "high")
COLUMNS = (
    "id",
    "address",
    "first_day",
    "last_day",
    "type",
    "mode",
    "place",
    "lat",
    "lon",
    "radius_km",
    *(f"{role}_{bound}" for role in ("killed", "injured") for bound in BOUNDS),
    "claims",
    "articles",
    "origins",
    "disputed",
    "first_told",
    "sentence",
)


def table(settings: SiteSettings, found: Iterable[Summary], next: str | None) -> Answer:
    """The rows of incidents; ``next`` is the address of those that follow, named in a ``Link`` header."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(map(_cell, _row(settings, brief)) for brief in found)
    headers = {"Content-Disposition": 'attachment; filename="incidents.csv"'}
    if next is not None:
        headers["Link"] = f'<{next}>; rel="next"'
    return Answer(out.getvalue().encode(), TYPE, headers=headers)


def _row(settings: SiteSettings, brief: Summary) -> tuple[object, ...]:
    type, _, mode = brief.kind.partition(" ")
    told = None if brief.first_told == "9999" else brief.first_told
    return (
        brief.id,
        f"{settings.base_url}/incidents/{brief.id}",
        brief.first_day,
        brief.last_day,
        type,
        mode,
        brief.place,
        brief.lat,
        brief.lon,
        brief.radius_km,
        *brief.killed,
        *brief.injured,
        brief.claims,
        brief.articles,
        brief.origins,
        str(brief.disputed).lower(),
        told,
        brief.headline,
    )


def _cell(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
