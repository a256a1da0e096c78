"""What the words of one phrase say of an actor: which row they name, what country and sector they tell.

The head noun comes first, then what stands before it, then what follows it; each finding carries its
reason in plain words, and its range. Two countries in one phrase are none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from dateline.resolve.actor.lexicon import FUNCTION, HONORIFICS, PARTICLES, Lexicon, Row, Sense
from dateline.resolve.actor.phrases import Phrase, Piece
from dateline.resolve.tables import Actor as Body
from dateline.resolve.tables import Person, State, fold
from dateline.types import Range

ARMED = frozenset(("MIL", "REB", "PRM", "UAF", "CRM", "SPY", "COP"))
STATELESS = frozenset(("IGO", "NGO"))
OUTSIDE = frozenset(("CVL", "REF", "REB", "CRM", "UAF"))
"""Sectors of those who are not staff of the organisation that they are told of with ("UN refugees")."""
EMPLOYING = frozenset(("GOV", "MIL", "COP", "SPY", "MED", "EDU", "JRN"))
"""Sectors whose workers are theirs ("army employees")."""
GOVERNING = frozenset(
    ("government", "regime", "administration", "cabinet", "state", "ministry", "minister", "junta")
)
"""Heads that govern, whatever stands before them ("the military government")."""
PARTS = frozenset(
    ("group", "company", "team", "unit", "band", "crowd", "convoy", "column", "squad", "force", "coalition")
)
"""Heads that are what they are made of ("a convoy of refugees")."""
ADJECTIVES = frozenset(
    ("public", "national", "general", "private", "major", "civil", "daily", "local", "medical")
)
"""Nouns that before another are adjectives."""
RANKS = frozenset(("general", "major"))
"""Those that before a first name and a surname are ranks."""
VAGUE = frozenset(("group", "organization", "organisation", "side", "director"))
"""Heads that say nothing by themselves."""
NAMES = 2
"""A first name and a surname."""
QUANTITIES = frozenset(
    ("dozens", "hundreds", "thousands", "scores", "others", "more", "many", "several", "some")
)
"""Words that count people without naming them."""
ALLIANCES = frozenset(("coalition", "alliance"))
"""Heads that several states make up."""
HELD_BY_ONE = frozenset((
    "monarch", "crown-prince", "president", "vice-president", "prime-minister", "supreme-leader", "pope",
    "foreign-minister", "defence-minister", "interior-minister", "finance-minister", "justice-minister",
    "secretary-general", "army-chief", "speaker",
))  # fmt: skip
"""Offices that one person of a state holds at a time."""
MEMBERSHIP = frozenset(("of", "for", "from", "at", "in", "with", "to", "by"))
"""Prepositions before what somebody belongs to."""


class Found(NamedTuple):
    """A value, why, and the range of the words that say so; ``sure`` unless a better one may replace it,
    ``inferred`` if they only suggest it."""

    value: str
    reason: str
    range: Range
    sure: bool = True
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Description:
    """What a phrase says. ``name`` is the range of a proper name that no table knows, ``head`` the head
    noun in its plain form, ``offices`` those that it names; ``countries`` are all that it tells;
    ``affiliated`` if it tells of a body, ``people`` of an ethnic or religious group."""

    phrase: Phrase[Sense]
    row: Row | None = None
    name: Range | None = None
    head: str | None = None
    offices: frozenset[str] = frozenset()
    country: Found | None = None
    sector: Found | None = None
    sponsor: Found | None = None
    countries: frozenset[str] = frozenset()
    affiliated: bool = False
    people: bool = False


def described(lexicon: Lexicon, phrase: Phrase[Sense]) -> Description:
    """What the phrase says, by itself."""
    if not phrase.pieces:
        return Description(phrase)
    if phrase.pieces[0].sense is None and phrase.pieces[0].words[0].low in QUANTITIES and not phrase.follows:
        return _people_counted(lexicon, phrase)
    first = _name_start(lexicon, phrase.pieces)
    head = phrase.pieces[first - 1] if first else None
    noun = phrase.pieces[first - 2] if first > 1 and head and _is_person(lexicon, head) else head
    named = replace(phrase, pieces=phrase.pieces[:first])  # what a name looks like tells nothing
    countries = list(_countries(lexicon, named))
    told = Description(
        phrase,
        name=_name(phrase.pieces, first),
        head=_plain(noun) if noun else None,
        offices=_offices(noun),
        country=_agreed(countries),
        sector=_sector(lexicon, named, head),
        sponsor=_sponsor(lexicon, named),
        countries=frozenset(found.value for found in countries),
        affiliated=_affiliated(lexicon, named),
        people="people" in _kinds(lexicon, named),
    )
    told = _beside(lexicon, told)
    row = _row(lexicon, told, head)
    return _of_row(lexicon, replace(told, row=row), row) if row else _armed(told)


def _offices(noun: Piece[Sense] | None) -> frozenset[str]:
    return frozenset(office.office for office in noun.sense.offices) if noun and noun.sense else frozenset()


def _affiliated(lexicon: Lexicon, phrase: Phrase[Sense]) -> bool:
    own = any(kind != "people" for kind in _kinds(lexicon, phrase))
    return own or any(_affiliated(lexicon, rest) for _, rest in phrase.follows)


def _kinds(lexicon: Lexicon, phrase: Phrase[Sense]) -> list[str]:
    rows = (row for piece in phrase.pieces for row in _rows(lexicon, piece))
    return [row.kind for row in rows if isinstance(row, Body)]


def _people_counted(lexicon: Lexicon, phrase: Phrase[Sense]) -> Description:
    """A number without a noun: "dozens", "two others"."""
    range = _range(phrase.pieces[0])
    return Description(
        phrase, sector=Found("CVL", f"“{lexicon.text(range)}” of no group → CVL", range, False)
    )


def _name_start(lexicon: Lexicon, pieces: Sequence[Piece[Sense]]) -> int:
    """Where the name of somebody begins that no table has ("Col | Ana Brandt"); the end if there is none."""
    first = len(pieces)
    while first and _in_name(lexicon, pieces, first - 1):
        first -= 1
    while first < len(pieces) and not pieces[first].capital:
        first += 1
    while first < len(pieces) - 1 and pieces[first].words[0].low in HONORIFICS:
        first += 1
    return first


def _in_name(lexicon: Lexicon, pieces: Sequence[Piece[Sense]], position: int) -> bool:
    """Whether a piece is of a name: unknown, or what a first name or a surname may be, too."""
    piece = pieces[position]
    if piece.sense is None:
        return piece.capital or piece.words[0].low in PARTICLES
    if len(piece.words) > 1 or len(pieces) == 1 or piece.sense.link:
        return False
    if position < len(pieces) - 1:
        word, rank = piece.words[0].low, position < len(pieces) - NAMES
        adjective = piece.capital and word in ADJECTIVES and not (rank and word in RANKS)
        return _is_person(lexicon, piece) or adjective
    before = pieces[position - 1]
    named = before.capital and not before.owns and (before.sense is None or _is_person(lexicon, before))
    return named and not (piece.sense.agent or piece.sense.offices)


def _is_person(lexicon: Lexicon, piece: Piece[Sense]) -> bool:
    rows = _rows(lexicon, piece)
    return bool(rows) and all(isinstance(row, Person) for row in rows)


def _name(pieces: Sequence[Piece[Sense]], first: int) -> Range | None:
    """The range of a name; of a place that no more is said of; of a body called by a common noun."""
    if first < len(pieces):
        alone = all(word.low in FUNCTION for piece in pieces[first:] for word in piece.words)
        return None if alone else (pieces[first].start, _range(pieces[-1])[1])
    if (len(pieces) == 1 and _is_place(pieces[-1])) or _is_proper(pieces, pieces[-1]):
        return pieces[0].start, _range(pieces[-1])[1]
    return None


def _is_place(piece: Piece[Sense]) -> bool:
    sense = piece.sense
    return sense is not None and bool(sense.country) and not (sense.names or sense.agent or sense.offices)


def _is_proper(pieces: Sequence[Piece[Sense]], head: Piece[Sense]) -> bool:
    """Whether a known noun ends a name that is not known ("the Orlin Salvation Front")."""
    common = head.sense is not None and head.sense.agent is not None and not head.sense.names
    return common and head.capital and any(p.sense is None and p.capital for p in pieces)


def _plain(piece: Piece[Sense]) -> str:
    """The noun in its plain form."""
    last = piece.words[-1].low
    agent = piece.sense.agent if piece.sense else None
    if agent and agent.word.partition(" of ")[0].rpartition(" ")[2][:3] == last[:3]:
        return agent.word
    return last.removesuffix("s")


def _beside(lexicon: Lexicon, told: Description) -> Description:
    """With the name that is set beside an office or a role ("the president, Ana Brandt")."""
    if told.name or not told.phrase.beside or not _is_one(told.phrase.pieces[-1]):
        return told
    other = described(lexicon, told.phrase.beside[0])
    if isinstance(other.row, Person):
        return replace(told, row=other.row)
    return replace(told, name=other.name) if other.name and not other.head else told


def _is_one(head: Piece[Sense]) -> bool:
    """Whether a noun is of one person, as far as its form tells."""
    sense = head.sense
    if sense is None or (sense.agent and head.words[-1].low != sense.agent.word.split()[-1]):
        return False
    return bool(sense.offices or sense.agent)


def _row(lexicon: Lexicon, told: Description, head: Piece[Sense] | None) -> Row | None:
    """The row that the phrase names: by its head, by a name after a title, or as holder of an office."""
    if told.row:
        return told.row
    if told.name:
        return _person(lexicon, told)
    if head is None or head.sense is None or head.sense.link:
        return None
    if head.sense.offices:
        return _holder(lexicon, told)
    if len(told.countries) > 1:
        return None
    rows = _rows(lexicon, head)
    if head.sense.agent and all(isinstance(row, State) for row in rows):
        return _membership(lexicon, told, head)
    return _chosen(lexicon, told.phrase, rows)


def _person(lexicon: Lexicon, told: Description) -> Person | None:
    """The person whose name in the tables has all the words of a name; of a surname, the one whom the text
    or the title allows."""
    name = lexicon.text(told.name or (0, 0))
    words = fold(name).split()
    if len(words) == 1 and len(known := lexicon.bearers(name)) == 1:
        return lexicon.tables.people[known[0].id]
    rows = [lexicon.row(found) for found in lexicon.tables.named(words[-1])] if words else []
    people = {row.id: row for row in rows if isinstance(row, Person)}.values()
    fitting = [
        person for person in people if _bears(person, words) and (words[1:] or _fits(lexicon, told, person))
    ]
    return fitting[0] if len(fitting) == 1 else None


def _bears(person: Person, words: Sequence[str]) -> bool:
    return any(set(words) <= set(fold(name).split()) for name in (person.name, *person.aliases))


def _fits(lexicon: Lexicon, told: Description, person: Person) -> bool:
    """Whether the office told of is, or for a title of any office may be, one that the person holds."""
    terms = lexicon.tables.terms_of(person.id, lexicon.on)
    office = any(term.office in told.offices for term in terms)
    titled = told.sector is not None and any(lexicon.tables.sector_of(t) == told.sector.value for t in terms)
    return (office or titled) and (told.country is None or told.country.value == person.country)


def _holder(lexicon: Lexicon, told: Description) -> Person | None:
    """Who holds the office of the country on the day, if the day leaves only one."""
    if told.country is None or lexicon.on is None or told.phrase.counted:
        return None
    terms = [
        term
        for office in told.offices & HELD_BY_ONE
        for term in lexicon.tables.holders(office, told.country.value, lexicon.on)
    ]
    people = {term.person for term in terms}
    return lexicon.tables.people[people.pop()] if len(people) == 1 else None


def _membership(lexicon: Lexicon, told: Description, head: Piece[Sense]) -> Row | None:
    """An armed body, for its uncounted members: "Highland Front fighters" are the front."""
    position = told.phrase.pieces.index(head)
    before = told.phrase.pieces[position - 1] if position else None
    if before is None or before.sense is None or before.sense.link or told.phrase.counted:
        return None
    armed = [row for row in _rows(lexicon, before) if isinstance(row, Body) and row.sector in ARMED]
    plural = head.sense and head.sense.agent and head.words[-1].low != head.sense.agent.word
    fighting = told.sector is not None and told.sector.value in ARMED
    return armed[0] if plural and fighting and len(armed) == 1 else None


def _chosen(lexicon: Lexicon, phrase: Phrase[Sense], rows: list[Row]) -> Row | None:
    """The one row; of several the one that the text also calls by a longer name, else the one whose country
    the phrase, else the text, names most."""
    if len(rows) < 2:
        return rows[0] if rows else None
    near = {row.country for piece in phrase.pieces[:-1] for row in _rows(lexicon, piece)}
    for fitting in ([r for r in rows if lexicon.spells_out(r)], [r for r in rows if r.country in near]):
        if len(fitting) == 1:
            return fitting[0]
    first, second, *_ = sorted(rows, key=lambda row: -lexicon.mentioned[row.country or ""])
    much, less = (lexicon.mentioned[row.country or ""] for row in (first, second))
    return first if much > 2 * less else None


def _rows(lexicon: Lexicon, piece: Piece[Sense]) -> list[Row]:
    return [lexicon.row(name) for name in piece.sense.names] if piece.sense else []


def _countries(lexicon: Lexicon, phrase: Phrase[Sense]) -> Iterator[Found]:
    """Countries that the phrase tells, from the best of its parts that tells any: states before the head,
    bodies there, titles of one state only, place names, then what follows."""
    before = [piece for piece in phrase.pieces if piece.sense and piece.sense.link in (None, "origin")]
    states = [found for piece in before for found in _of_states(lexicon, piece)]
    if states:
        yield from _joined(phrase, states)
        return
    bodies = (f for piece in reversed(before) for f in _of_bodies(lexicon, piece))
    titles = (f for piece in before for f in _of_titles(lexicon, piece))
    places = (_place(lexicon, piece) for piece in before if piece.sense and piece.sense.country)
    for way in (bodies, titles, places):
        for found in way:
            yield found
            return
    yield from _following(lexicon, phrase)


def _joined(phrase: Phrase[Sense], found: list[Found]) -> list[Found]:
    """Countries joined by "and" all count; else the first does ("the US Syria envoy")."""
    joined = any(piece.sense is None and piece.words[0].low in ("and", "or") for piece in phrase.pieces)
    compound = len({f.range for f in found}) < len(found)
    return found if joined or compound else found[:1]


def _of_states(lexicon: Lexicon, piece: Piece[Sense]) -> Iterator[Found]:
    """The states that a piece names; where places are known, a capital's name is that of its place."""
    if piece.sense and piece.sense.country and all(name.how == "capital" for name in piece.sense.names):
        return
    for row in _rows(lexicon, piece):
        if isinstance(row, State):
            yield Found(row.country, f"“{_text(lexicon, piece)}” → {row.country}", _range(piece))


def _of_bodies(lexicon: Lexicon, piece: Piece[Sense]) -> Iterator[Found]:
    rows = [row for row in _rows(lexicon, piece) if not isinstance(row, State)]
    countries = {row.country for row in rows}
    if len(countries) == 1 and (country := countries.pop()):
        yield Found(country, f"{rows[0].name} is of {country}", _range(piece))


def _of_titles(lexicon: Lexicon, piece: Piece[Sense]) -> Iterator[Found]:
    """The state whose title it is ("home secretary"), of several the one that the text names most."""
    offices = piece.sense.offices if piece.sense else ()
    states = {office.of for office in offices}
    if states and None not in states:
        of = max(sorted(filter(None, states)), key=lambda id: lexicon.mentioned[id])
        if of in lexicon.tables.states and (len(states) == 1 or lexicon.mentioned[of]):
            yield Found(of, f"“{_text(lexicon, piece)}” is a title of {of}", _range(piece))


def _place(lexicon: Lexicon, piece: Piece[Sense]) -> Found:
    country = piece.sense.country if piece.sense and piece.sense.country else ""
    return Found(country, f"“{_text(lexicon, piece)}” is in {country}", _range(piece))


def _following(lexicon: Lexicon, phrase: Phrase[Sense]) -> Iterator[Found]:
    for preposition, rest in phrase.follows:
        inner = described(lexicon, rest)
        if preposition in ("of", "from", "in") or (preposition == "for" and _speaks(phrase)):
            yield from [inner.country] if inner.country else _countries(lexicon, rest)
        elif inner.country and not isinstance(inner.row, State) and preposition in MEMBERSHIP:
            yield inner.country
    for other in phrase.beside[:1]:
        inner = described(lexicon, other)
        if inner.country:
            yield inner.country


def _speaks(phrase: Phrase[Sense]) -> bool:
    """Whether it is a spokesman, who is of what he is for; an envoy is not."""
    sense = phrase.pieces[-1].sense if phrase.pieces else None
    return sense is not None and any(office.office == "spokesperson" for office in sense.offices)


def _agreed(found: Sequence[Found]) -> Found | None:
    return found[0] if found and len({f.value for f in found}) == 1 else None


def _sector(lexicon: Lexicon, phrase: Phrase[Sense], head: Piece[Sense] | None) -> Found | None:
    """The head's, unless it only says that somebody belongs to something ("a UN official")."""
    own = _sector_of(lexicon, head) if head else None
    if own and _plain_head(head) in PARTS and phrase.follows and phrase.follows[0][0] == "of":
        return described(lexicon, phrase.follows[0][1]).sector or own
    if own and _plain_head(head) in GOVERNING:
        return own
    before = [
        found
        for piece in reversed(phrase.pieces)
        if piece is not head and piece.sense and not piece.sense.link and piece.words[0].low not in ADJECTIVES
        if (found := _sector_of(lexicon, piece))
    ]
    if own is None and (owner := next((p for p in phrase.pieces if p.owns and p.sense), None)):
        return _sector_of(lexicon, owner)
    others = [found for found in before if found.sure] or list(_member_of(lexicon, phrase))
    if not own or not others:
        return own or next(iter(others or before), None) or _of_state(lexicon, phrase, head)
    return others[0] if _gives_way(own, others[0]) else own


def _of_state(lexicon: Lexicon, phrase: Phrase[Sense], head: Piece[Sense] | None) -> Found | None:
    """For an office that any body has, the government of the state told ("the Kerlan envoy")."""
    states = [found for piece in phrase.pieces for found in _of_states(lexicon, piece)]
    if not (head and head.sense and head.sense.offices and states):
        return None
    return Found("GOV", f"“{_text(lexicon, head)}” of a state → GOV", _range(head), sure=False)


def _gives_way(own: Found, other: Found) -> bool:
    """Whether what a head says gives way to what the words around it say."""
    if other.value in STATELESS and other.sure:
        return own.value not in OUTSIDE
    if own.value == "LAB":
        return other.value in EMPLOYING
    if own.value in ARMED and other.value not in ARMED:
        return False
    return not own.sure or (other.sure and own.value in ("GOV", "UAF"))


def _plain_head(head: Piece[Sense] | None) -> str:
    return _plain(head) if head else ""


def _sector_of(lexicon: Lexicon, piece: Piece[Sense]) -> Found | None:
    """What one piece tells of the sector; a state, as its adjective, tells none."""
    sense = piece.sense
    if sense is None:
        return None
    said = f"“{_text(lexicon, piece)}”"
    rows = _rows(lexicon, piece)
    bodies = [row for row in rows if isinstance(row, Body)]
    if len({body.sector for body in bodies}) == 1:
        sector = bodies[0].sector
        return Found(sector, f"{said} → {sector}", _range(piece), bodies[0].kind != "people")
    held = [each for row in rows if isinstance(row, Person) and (each := _held(lexicon, row))]
    if len({sector for sector, _ in held}) == 1:
        return Found(*held[0], _range(piece), False)
    if sense.agent:
        sector, sure = sense.agent.sector, sense.agent.strength == "strong"
        if sense.agent.word in VAGUE:
            return None
        return Found(sector, f"{said} → {sector}", _range(piece), sure)
    sectors = {office.sector for office in sense.offices}
    if len(sectors) == 1 and (common := sectors.pop()):
        return Found(common, f"{said} → {common}", _range(piece))
    return None


def _member_of(lexicon: Lexicon, phrase: Phrase[Sense]) -> Iterator[Found]:
    """The sector of what a phrase's head is said to be of: "a spokesman for the front"."""
    for preposition, rest in phrase.follows:
        inner = described(lexicon, rest)
        named = preposition == "of" or inner.row or inner.name
        if inner.sector and named and preposition in MEMBERSHIP and not isinstance(inner.row, State):
            yield inner.sector
    for other in phrase.beside[:1]:
        inner = described(lexicon, other)
        if inner.sector:
            yield inner.sector


def _held(lexicon: Lexicon, person: Person) -> tuple[str, str] | None:
    """The sector of the office that a person holds on the day, if one and the same, and the reason."""
    terms = lexicon.tables.terms_of(person.id, lexicon.on)
    sectors = {lexicon.tables.sector_of(term) for term in terms}
    if len(sectors) != 1:
        return None
    sector = sectors.pop()
    return sector, f"{person.name}, {terms[0].office} of {terms[0].of} → {sector}"


def _sponsor(lexicon: Lexicon, phrase: Phrase[Sense]) -> Found | None:
    for piece in phrase.pieces:
        if piece.sense and piece.sense.link == "backing":
            return _agreed([*_of_states(lexicon, piece), *_of_bodies(lexicon, piece)])
    return None


def _of_row(lexicon: Lexicon, told: Description, row: Row) -> Description:
    """What the row says goes before what the words around it say."""
    range = _range(told.phrase.pieces[-1])
    country = Found(row.country, f"{row.name} is of {row.country}", range) if row.country else told.country
    if isinstance(row, Person):
        held = _held(lexicon, row)
        return replace(told, country=country, sector=Found(*held, range) if held else told.sector)
    sector = Found(row.sector, f"{row.name} → {row.sector}", range)
    if isinstance(row, State):
        return replace(told, country=country, sector=_people(lexicon, told, sector))
    sponsor = (
        Found(row.sponsor, f"{row.name} is backed by {row.sponsor}", range) if row.sponsor else told.sponsor
    )
    stateless = row.sector in STATELESS
    return replace(told, country=None if stateless else country, sector=sector, sponsor=sponsor)


def _people(lexicon: Lexicon, told: Description, sector: Found) -> Found:
    """A state's people are civilians, but "the Syrians" as a party are the state."""
    last = told.phrase.pieces[-1]
    ways = {name.how for name in last.sense.names} if last.sense else set()
    counted = told.phrase.counted and not ways.isdisjoint(("people", "adjective"))
    if counted or ("people" in ways and not told.phrase.definite):
        return sector._replace(value="CVL", reason=f"“{_text(lexicon, last)}” are people → CVL")
    return sector


def _armed(told: Description) -> Description:
    """Forces that no state leads are no army: those of a people, an opposition, or a state's backing."""
    if told.sector is None and told.sponsor and told.head in VAGUE:
        reason = f"a {told.head} that {told.sponsor.value} backs → REB"
        return replace(told, sector=told.sponsor._replace(value="REB", reason=reason))
    if told.sector is None or told.sector.sure or told.sector.value != "MIL":
        return told
    pieces = [piece for piece in told.phrase.pieces if piece.sense and not piece.sense.link]
    opposed = any(p.sense and p.sense.agent and p.sense.agent.sector in ("OPP", "REB") for p in pieces)
    if told.people or opposed or (told.sponsor and not told.country and told.head not in ALLIANCES):
        reason = f"{told.sector.reason}, of no state → REB"
        return replace(told, sector=told.sector._replace(value="REB", reason=reason))
    return told


def _text(lexicon: Lexicon, piece: Piece[Sense]) -> str:
    return lexicon.text(_range(piece))


def _range(piece: Piece[Sense]) -> Range:
    return piece.start, piece.words[-1].start + len(piece.words[-1].text)
