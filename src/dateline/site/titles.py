"""Incidents and views named in a few words, without the name of any person.

Such names go where nobody looks at them again: to feed readers, mail boxes, search engines. So an incident
is named by what kind of thing happened, where, when and with what toll.
"""

from __future__ import annotations

from collections.abc import Mapping

from dateline.record.summary import Summary
from dateline.show.wording import words
from dateline.site.filters import Filter
from dateline.site.wording import STATUSES, TYPES, bounds, day, days, kind, sector


def title(brief: Summary) -> str:
    """An incident: "Attack, heavy weapons, Orlin, 12 Mar 2024: 6 (4–11) killed, 3 injured"."""
    parts = (kind(brief.kind), words(brief.place), days(brief.first_day, brief.last_day))
    tolls = ((bounds(brief.killed), "killed"), (bounds(brief.injured), "injured"))
    told = [f"{number} {role}" for number, role in tolls if number]
    named = ", ".join(filter(None, parts))
    return f"{named}: {', '.join(told)}" if told else named


TYPED = {"actor": ("party",), "place": ("place", "country"), "source": ("publisher",)}
"""Keys whose values may be anybody's words, with the record's kinds of values that are shown for them."""


def feed(asked: Filter, shown: Mapping[str, str]) -> str:
    """What a feed of a view is called: as ``view`` has it, but without words that somebody typed.

    ``shown`` are the labels of the ``TYPED`` values that are shown to the public.
    """
    named = {key: shown.get(key) for key in TYPED}
    told = view(asked.but(text=None, **named))
    typed = asked.text or any(getattr(asked, key) and not named[key] for key in TYPED)
    return f"{told}, with words asked for" if typed else told


def view(asked: Filter) -> str:
    """What a view shows: "attack, in Orlin, since 1 Mar 2024"; "all incidents" where nothing is asked."""
    parts = (
        asked.type and TYPES[asked.type].lower(),
        asked.status and STATUSES[asked.status],
        asked.actor and f"by or upon {asked.actor}",
        asked.sector and f"with {sector(asked.sector)}",
        asked.place and f"in {asked.place}",
        asked.box and "in a part of the map",
        (asked.since or asked.until) and days(asked.since, asked.until),
        asked.source and f"told by {asked.source}",
        asked.text and f"with the words {asked.text}",
        asked.as_of and f"as known on {day(asked.as_of)}",
    )
    return words(", ".join(filter(None, parts))) or "all incidents"
