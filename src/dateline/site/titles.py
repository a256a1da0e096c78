"""Incidents and views named in a few words, without the name of any person.

Such names go where nobody looks at them again: to feed readers, mail boxes, search engines. So an incident
is named by what kind of thing happened, where, when and with what toll.
"""

from __future__ import annotations

import calendar
from datetime import date

from dateline.record.summary import Summary
from dateline.show.wording import words
from dateline.site.filters import Filter
from dateline.site.wording import sector

_MONTHS = tuple(calendar.month_name)[1:]
_STATUSES = {
    "actual": "that happened",
    "future": "to come",
    "hypothetical": "that may be",
    "negated": "that did not happen",
}


def title(brief: Summary) -> str:
    """An incident: "Assault (heavy weapons), Orlin, 12 March 2024: 6 killed, 4 to 11 injured"."""
    parts = (kind(brief.kind), words(brief.place), span(brief.first_day, brief.last_day))
    tolls = (toll(brief.killed, "killed"), toll(brief.injured, "injured"))
    told = ", ".join(filter(None, parts))
    return f"{told}: {', '.join(filter(None, tolls))}" if any(tolls) else told


def kind(told: str) -> str:
    """Type and mode: "ASSAULT heavy-weapons" is "Assault (heavy weapons)"."""
    type, _, mode = told.partition(" ")
    return f"{type.capitalize()} ({mode.replace('-', ' ')})" if mode else type.capitalize()


def toll(bounds: tuple[int | None, int | None, int | None], role: str) -> str:
    """How many, from the least to the most told; empty where no number is."""
    low, best, high = bounds
    if low is None and high is None:
        return "" if best is None else f"{best} {role}"
    if low == high or high is None:
        return f"{low} {role}"
    return f"up to {high} {role}" if low is None else f"{low} to {high} {role}"


def span(first: str | None, last: str | None) -> str:
    """The days from one to another: "12 March 2024", "12 to 14 March 2024", "since 12 March 2024"."""
    if first is None or last is None:
        return f"since {day(first)}" if first else f"until {day(last)}" if last else ""
    if first == last:
        return day(first)
    return f"{int(first[8:])} to {day(last)}" if first[:7] == last[:7] else f"{day(first)} to {day(last)}"


def day(told: str) -> str:
    """A day in words: "12 March 2024"."""
    found = date.fromisoformat(told)
    return f"{found.day} {_MONTHS[found.month - 1]} {found.year}"


def view(asked: Filter) -> str:
    """What a view shows: "assault, in Orlin, since 1 March 2024"; "all incidents" where nothing is asked."""
    parts = (
        asked.type and asked.type.lower(),
        asked.status and _STATUSES[asked.status],
        asked.actor and f"by or upon {asked.actor}",
        asked.place and f"in {asked.place}",
        asked.box and "in a part of the map",
        (asked.since or asked.until) and span(asked.since, asked.until),
        asked.source and f"told by {asked.source}",
        asked.sector and sector(asked.sector),
        asked.text and f"with the words {asked.text}",
        asked.as_of and f"as known on {day(asked.as_of)}",
    )
    return words(", ".join(filter(None, parts))) or "all incidents"
