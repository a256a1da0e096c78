"""Columns like those of POLECAT, ACLED and UCDP GED, filled as far as an incident tells.

They are for scripts that expect such columns. The data stay Dateline's: nobody of these projects has coded
or seen them, and their coding rules are not applied beyond the tables here, which docs/export.md explains.
What an incident does not tell stays empty.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Literal

from dateline.export.choice import day_code, place_code
from dateline.export.columns import (
    INCIDENTS,
    UNKNOWN,
    Cell,
    Column,
    Type,
    actors,
    articles_of,
    citation,
    fillers,
    kind,
    listed,
    outlets_of,
    part,
    plain,
    quoted,
    scales_of,
    when,
)
from dateline.export.views import Told
from dateline.ontology import PENTA, root
from dateline.record.origins import outlet
from dateline.record.spreads import named, speaker
from dateline.types import Actor, Filler

Names = Literal["own", "polecat", "acled", "ucdp"]
Of = Callable[[Told], Cell]

FORCES = frozenset({"MIL", "GOV", "COP", "SPY", "JUD", "LEG", "PRM"})
"""Sectors that act for a state."""
ARMED = frozenset({"REB", "UAF", "CRM"})
"""Sectors of armed people who act for none. All other sectors but IGO are civilians."""

QUADS = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}

REMOTE = {
    "aerial": "Air/drone strike",
    "bombing": "Remote explosive/landmine/IED",
    "suicide-attack": "Suicide bomb",
    "heavy-weapons": "Shelling/artillery/missile attack",
    "cbrn": "Chemical weapon",
}
ONE_SIDED = {"abduct": "Abduction/forced disappearance", "sexual": "Sexual violence"}
EVENT_TYPES: Mapping[tuple[str, str], tuple[str, str]] = {
    **{("ASSAULT", mode): ("Explosions/Remote violence", name) for mode, name in REMOTE.items()},
    **{("ASSAULT", mode): ("Violence against civilians", name) for mode, name in ONE_SIDED.items()},
    ("ASSAULT", "clash"): ("Battles", "Armed clash"),
    ("ASSAULT", "destroy"): ("Strategic developments", "Looting/property destruction"),
    ("ASSAULT", "crowd-control"): ("Protests", "Protest with intervention"),
    ("PROTEST", "riot"): ("Riots", "Violent demonstration"),
    ("PROTEST", "vandalize"): ("Riots", "Violent demonstration"),
    ("PROTEST", ""): ("Protests", "Peaceful protest"),
    ("COERCE", "arrest"): ("Strategic developments", "Arrests"),
    ("AGREE", ""): ("Strategic developments", "Agreement"),
    ("RETREAT", "ceasefire"): ("Strategic developments", "Agreement"),
}
"""ACLED's event and sub-event types by ours. A protest or agreement of another mode is that without one;
what is not here depends on the parties (``event_type``) or has none."""
DISORDER = {
    "Protests": "Demonstrations",
    "Riots": "Demonstrations",
    "Strategic developments": "Strategic developments",
}
"""All other event types are political violence."""
ABROAD = "External/Other forces"
INTERS = {
    **dict.fromkeys(FORCES, "State forces"),
    **dict.fromkeys(("PRM", "UAF", "CRM"), "Political militia"),
    "REB": "Rebel group",
    "IGO": ABROAD,
}
"""ACLED's kinds of parties; all other sectors are civilians, and a state's forces abroad ``ABROAD``."""
CROWDS = {"Protests": "Protesters", "Riots": "Rioters"}
SCALES = {
    "local": "Subnational",
    "national": "National",
    "regional": "Regional",
    "international": "International",
    "wire": "International",
    "party": "Other",
    UNKNOWN: "Other",
}
ACLED_DAYS = {1: 1, 2: 2, 3: 2, 4: 3}
ACLED_PLACES = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 6: 3}


def first(told: Told, role: str) -> Filler | None:
    """The most widely told party."""
    return next(iter(fillers(told, role)), None)


def party(told: Told, role: str) -> Actor | None:
    """Who that is."""
    filler = first(told, role)
    return filler.resolved if filler and isinstance(filler.resolved, Actor) else None


def side(told: Told, role: str) -> Actor | None:
    """The most widely told of the parties whose sector is known."""
    return next((actor for actor in actors(told, role) if actor.sector), None)


def sector(told: Told, role: str) -> str | None:
    """The sector of that party."""
    found = side(told, role)
    return found.sector if found else None


def is_civilian(code: str | None) -> bool:
    """Whether a sector is known and neither armed nor acting for a state or for states."""
    return code is not None and code not in FORCES | ARMED | {"IGO"}


def violence(told: Told) -> int | None:
    """UCDP's types: 1 a state and another, 2 parties without a state, 3 against civilians; else null."""
    sides = sector(told, "actor"), sector(told, "recipient")
    if kind(told)[0] != "ASSAULT" or sides[0] not in FORCES | ARMED:
        return None
    if is_civilian(sides[1]):
        return 3
    if sides[1] not in FORCES | ARMED:
        return None
    return 1 if FORCES.intersection(sides) else 2


def event_type(told: Told) -> tuple[str, str] | None:
    """ACLED's event and sub-event type; null for what is none of theirs, or depends on unknown parties."""
    name, mode = kind(told)
    found = EVENT_TYPES.get((name, mode))
    if found or name != "ASSAULT":
        return found or EVENT_TYPES.get((name, ""))
    battle = violence(told)
    if battle is None:
        return None
    if battle == 3:
        return "Violence against civilians", "Attack"
    if mode == "seize-territory":
        regained = sector(told, "actor") in FORCES
        return "Battles", (
            "Government regains territory" if regained else "Non-state actor overtakes territory"
        )
    return "Battles", "Armed clash"


def disorder(told: Told) -> str | None:
    """ACLED's class of event types."""
    found = event_type(told)
    return DISORDER.get(found[0], "Political violence") if found else None


def inter(told: Told, role: str) -> str | None:
    """ACLED's kind of a party."""
    party, found = side(told, role), event_type(told)
    code = party.sector if party else None
    if role == "actor" and found and found[0] in CROWDS and code not in FORCES:
        return CROWDS[found[0]]
    if party is None or code is None:
        return None
    countries = {party.country, told.place.country if told.place else None} - {None}
    return ABROAD if code in FORCES and len(countries) > 1 else INTERS.get(code, "Civilians")


def _listed(telling: Callable[[Told], Iterable[str | None]]) -> Of:
    return lambda told: listed(telling(told))


def _year(told: Told) -> int | None:
    return int(told.when.start[:4]) if told.when and told.when.start else None


def _name(role: str) -> Of:
    return lambda told: named(filler) if (filler := first(told, role)) else None


def _words(role: str) -> Of:
    return lambda told: plain(filler.text) if (filler := first(told, role)) else None


def _country(told: Told) -> str | None:
    """The country's name, else its code."""
    code = told.place.country if told.place else None
    return (told.known.country(code) or code) if code else None


def _is(role: str, fact: str) -> Of:
    return part(lambda told: party(told, role), fact)


def _is_at(fact: str) -> Of:
    return part(lambda told: told.place, fact)


def _place_words(told: Told) -> str | None:
    """The words that stand for the place."""
    return listed(plain(span.text) for span in told.place.evidence.spans) if told.place else None


def _settlement(told: Told) -> str | None:
    return told.place.name if told.place and told.place.precision == "settlement" else None


def _quad(told: Told) -> str:
    """PLOVER's quadrant. It has CONCEDE under verbal cooperation; its root YIELD is material."""
    name = kind(told)[0]
    return QUADS[1 if name == "CONCEDE" else PENTA[root(name)]]


def _geometry(told: Told) -> str | None:
    return f"POINT ({told.place.lon} {told.place.lat})" if told.place else None


def _dyad(told: Told) -> str | None:
    sides = _name("actor")(told), _name("recipient")(told)
    return f"{sides[0]} - {sides[1]}" if all(sides) else None


def _interaction(told: Told) -> str | None:
    return "-".join(filter(None, (inter(told, "actor"), inter(told, "recipient")))) or None


def _targeting(told: Told) -> str | None:
    violent = disorder(told) == "Political violence"
    return "Civilian targeting" if violent and is_civilian(sector(told, "recipient")) else None


def _source_scale(told: Told) -> str | None:
    return "-".join(dict.fromkeys(SCALES[scale] for scale, _ in scales_of(told).most_common())) or None


def _columns(
    names: str, filled: Mapping[str, Of], integers: Collection[str] = (), reals: Collection[str] = ()
) -> tuple[Column[Told], ...]:
    """Columns by their names, separated by commas; those that are not filled stay empty."""

    def empty(told: Told) -> Cell:  # noqa: ARG001
        return None

    def type_of(name: str) -> Type:
        return "integer" if name in integers else "real" if name in reals else "text"

    each = " ".join(names.split()).split(", ")
    return tuple(Column(name, filled.get(name, empty), type_of(name)) for name in each)


POLECAT = _columns(
    """
    Event ID, Event Date, Event Type, Event Mode, Intensity, Quad Code, Contexts, Actor Name, Actor
    Country, Actor COW, Primary Actor Sector, Actor Sectors, Actor Title, Actor Name Raw, Wikipedia
    Actor ID, Recipient Name, Recipient Country, Recipient COW, Primary Recipient Sector, Recipient
    Sectors, Recipient Title, Recipient Name Raw, Wikipedia Recipient ID, Placename, City, District,
    Province, Country, Latitude, Longitude, GeoNames ID, Raw Placename, Feature Type, Source,
    Publication Date, Story People, Story Organizations, Story Locations, Language, Version
    """,
    {
        "Event ID": lambda told: told.incident.id,
        "Event Date": part(when, "start"),
        "Event Type": lambda told: kind(told)[0],
        "Event Mode": lambda told: kind(told)[1] or None,
        "Quad Code": _quad,
        "Actor Name": _name("actor"),
        "Actor Country": _is("actor", "country"),
        "Primary Actor Sector": _is("actor", "sector"),
        "Actor Sectors": _listed(lambda told: (actor.sector for actor in actors(told, "actor"))),
        "Actor Name Raw": _words("actor"),
        "Recipient Name": _name("recipient"),
        "Recipient Country": _is("recipient", "country"),
        "Primary Recipient Sector": _is("recipient", "sector"),
        "Recipient Sectors": _listed(lambda told: (actor.sector for actor in actors(told, "recipient"))),
        "Recipient Name Raw": _words("recipient"),
        "Placename": _is_at("name"),
        "City": _settlement,
        "Province": _is_at("admin1"),
        "Country": _is_at("country"),
        "Latitude": _is_at("lat"),
        "Longitude": _is_at("lon"),
        "GeoNames ID": _is_at("geonameid"),
        "Raw Placename": _place_words,
        "Source": _listed(outlets_of),
        "Publication Date": lambda told: min(
            (cited.published[:10] for cited in articles_of(told) if cited.published), default=None
        ),
        "Language": _listed(lambda told: (cited.language for cited in articles_of(told))),
    },
    integers=("GeoNames ID",),
    reals=("Intensity", "Latitude", "Longitude"),
)

ACLED = _columns(
    """
    event_id_cnty, event_date, year, time_precision, disorder_type, event_type, sub_event_type,
    actor1, assoc_actor_1, inter1, actor2, assoc_actor_2, inter2, interaction, civilian_targeting,
    iso, region, country, admin1, admin2, admin3, location, latitude, longitude, geo_precision,
    source, source_scale, notes, fatalities, tags, timestamp
    """,
    {
        "event_id_cnty": lambda told: told.incident.id,
        "event_date": part(when, "start"),
        "year": _year,
        "time_precision": lambda told: ACLED_DAYS.get(day_code(told.when) or 0),
        "disorder_type": disorder,
        "event_type": lambda told: (found := event_type(told)) and found[0],
        "sub_event_type": lambda told: (found := event_type(told)) and found[1],
        "actor1": _name("actor"),
        "assoc_actor_1": _listed(lambda told: map(named, fillers(told, "actor")[1:])),
        "inter1": lambda told: inter(told, "actor"),
        "actor2": _name("recipient"),
        "assoc_actor_2": _listed(lambda told: map(named, fillers(told, "recipient")[1:])),
        "inter2": lambda told: inter(told, "recipient"),
        "interaction": _interaction,
        "civilian_targeting": _targeting,
        "country": _country,
        "admin1": _is_at("admin1"),
        "location": _is_at("name"),
        "latitude": _is_at("lat"),
        "longitude": _is_at("lon"),
        "geo_precision": lambda told: ACLED_PLACES.get(place_code(told.place) or 0),
        "source": lambda told: "; ".join(outlets_of(told)),
        "source_scale": _source_scale,
        "notes": lambda told: quoted(told.incident.claims),
        "fatalities": lambda told: told.spread.killed.best,
    },
    integers=("year", "time_precision", "iso", "geo_precision", "fatalities", "timestamp"),
    reals=("latitude", "longitude"),
)

UCDP = _columns(
    """
    id, relid, year, active_year, code_status, type_of_violence, conflict_dset_id, conflict_new_id,
    conflict_name, dyad_dset_id, dyad_new_id, dyad_name, side_a_dset_id, side_a_new_id, side_a,
    side_b_dset_id, side_b_new_id, side_b, number_of_sources, source_article, source_office,
    source_date, source_headline, source_original, where_prec, where_coordinates, where_description,
    adm_1, adm_2, latitude, longitude, geom_wkt, priogrid_gid, country, country_id, region,
    event_clarity, date_prec, date_start, date_end, deaths_a, deaths_b, deaths_civilians,
    deaths_unknown, best, high, low, gwnoa, gwnob
    """,
    {
        "id": lambda told: told.incident.id,
        "relid": lambda told: told.incident.id,
        "year": _year,
        "type_of_violence": violence,
        "dyad_name": _dyad,
        "side_a": _name("actor"),
        "side_b": _name("recipient"),
        "number_of_sources": lambda told: len(articles_of(told)),
        "source_article": _listed(lambda told: map(citation, articles_of(told))),
        "source_office": _listed(lambda told: map(outlet, articles_of(told))),
        "source_date": _listed(lambda told: (cited.published for cited in articles_of(told))),
        "source_headline": _listed(lambda told: (plain(cited.title or "") for cited in articles_of(told))),
        "source_original": _listed(lambda told: map(speaker, told.incident.claims)),
        "where_prec": lambda told: place_code(told.place),
        "where_coordinates": _is_at("name"),
        "where_description": _listed(lambda told: (plain(f.text) for f in fillers(told, "place"))),
        "adm_1": _is_at("admin1"),
        "latitude": _is_at("lat"),
        "longitude": _is_at("lon"),
        "geom_wkt": _geometry,
        "country": _country,
        "date_prec": lambda told: day_code(told.when),
        "date_start": part(when, "start"),
        "date_end": part(when, "end"),
        "deaths_unknown": lambda told: told.spread.killed.best,
        "best": lambda told: told.spread.killed.best,
        "high": lambda told: told.spread.killed.high,
        "low": lambda told: told.spread.killed.low,
    },
    integers=(
        "year", "active_year", "type_of_violence", "number_of_sources", "where_prec", "priogrid_gid",
        "event_clarity", "date_prec", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown",
        "best", "high", "low",
    ),
    reals=("latitude", "longitude"),
)  # fmt: skip

SETS: dict[Names, tuple[Column[Told], ...]] = {
    "own": INCIDENTS,
    "polecat": POLECAT,
    "acled": ACLED,
    "ucdp": UCDP,
}
"""The columns that incidents can be exported with."""
