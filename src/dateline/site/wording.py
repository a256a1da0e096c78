"""The field's words as people say them, and days and numbers as pages show them."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import quote

from dateline.ontology import PENTA, SECTORS, root
from dateline.record.facets import folded
from dateline.record.origins import outlet
from dateline.record.spreads import Telling
from dateline.record.summary import Summary
from dateline.record.times import LAST
from dateline.show.wording import words
from dateline.types import Citation

TYPES = {
    "AGREE": "Agreement",
    "CONSULT": "Talks",
    "SUPPORT": "Support",
    "CONCEDE": "Concession",
    "COOPERATE": "Cooperation",
    "AID": "Aid",
    "RETREAT": "Retreat",
    "REQUEST": "Demand",
    "ACCUSE": "Accusation",
    "REJECT": "Rejection",
    "THREATEN": "Threat",
    "PROTEST": "Protest",
    "SANCTION": "Sanction",
    "MOBILIZE": "Mobilisation",
    "COERCE": "Coercion",
    "ASSAULT": "Attack",
}
"""PLOVER's types in a word each."""
STATUSES = {
    "actual": "said to have happened",
    "future": "to come",
    "hypothetical": "may be",
    "negated": "said not to have happened",
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def kind(told: str) -> str:
    """A type and mode in words: "ASSAULT aerial" is "Attack, aerial"."""
    name, _, mode = told.partition(" ")
    return ", ".join(filter(None, (TYPES.get(name, name), mode.replace("-", " "))))


def tenor(told: str) -> int:
    """The PLOVER class of a type, 1 to 4, by which it is coloured; 0 when it has none."""
    name = told.partition(" ")[0]
    return PENTA.get(root(name), 0)


def sector(code: str) -> str:
    """A sector's meaning in few words."""
    return SECTORS.get(code, code).partition(":")[0]


def day(told: str | None) -> str:
    """A day, a time or a month as a page shows it: "12 Mar 2024"; other text as it is."""
    text = words(told or "")
    if len(text) == len("2024-03"):
        year, _, month = text.partition("-")
        return f"{MONTHS[int(month) - 1]} {year}" if month.isdigit() and 0 < int(month) < 13 else text
    try:
        parsed = date.fromisoformat(text[:10])
    except ValueError:
        return text
    return f"{parsed.day} {MONTHS[parsed.month - 1]} {parsed.year}"


def days(first: str | None, last: str | None) -> str:
    """An interval of days: "12 Mar 2024", "12–14 Mar 2024", "since 1 May 2011"."""
    if first is None or last is None:
        known = first or last
        return "" if known is None else f"until {day(last)}" if first is None else f"since {day(first)}"
    if first == last:
        return day(first)
    start, end = day(first).split(" "), day(last).split(" ")
    if len(start) != 3 or len(end) != 3:
        return f"{day(first)} – {day(last)}"
    if start[1:] == end[1:]:
        return f"{start[0]}–{end[0]} {end[1]} {end[2]}"
    return f"{' '.join(start[:2] if start[2] == end[2] else start)} – {' '.join(end)}"


def when(brief: Summary) -> str:
    """The days of an incident, else when it was first told."""
    told = days(brief.first_day, brief.last_day)
    return told or ("day unknown" if brief.first_told == LAST else f"told {day(brief.first_told)}")


def bounds(toll: tuple[int | None, int | None, int | None]) -> str:
    """A toll in brief: "6", "6 (4–13)", "24 or more"; empty when none is told."""
    low, best, high = toll
    if best is None:
        return ""
    if low == high:
        return str(best)
    return f"{best} ({'?' if low is None else low}–{'?' if high is None else high})"


def speaker_path(name: str) -> str:
    """The address of what a speaker said."""
    return f"/speakers?name={quote(folded(name), safe='')}"


def teller(telling: Telling) -> str:
    """The address of what the speaker of a value said; empty where the article speaks for itself."""
    return "" if telling.speaker == outlet(telling.citation) else speaker_path(telling.speaker)


def answer(value: str, key: str) -> str:
    """A value of an incident in words; ``key`` is that of ``Spread`` which has it."""
    if key == "kinds":
        return kind(value)
    return STATUSES.get(value, value) if key == "statuses" else dates(value) if key == "dates" else value


def dates(told: str) -> str:
    """Days as ``spreads.day`` writes them, in words."""
    parts = [part for part in told.split(" ") if part not in ("to", "since", "until")]
    if not all(re.fullmatch(r"\d{4}-\d\d-\d\d", part) for part in parts):
        return told
    if len(parts) == 2:
        return days(parts[0], parts[1])
    return (
        days(None, parts[0])
        if told.startswith("until")
        else days(parts[0], None if "since" in told else parts[0])
    )


def publisher(cited: Citation) -> str:
    """Who published, as a page names it."""
    name = outlet(cited)
    return "an unnamed outlet" if name == cited.address else words(name)
