"""The tables that actors and publishers are resolved with: ours, and the user's over them.

A table is a file of tab-separated values whose first line names its columns; by that line a
user's file is known for what it is, and its rows replace ours of the same key or join them.
``data/README.md`` explains the columns and names the sources.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateline.errors import InputError
from dateline.ontology import SECTORS

DATA = Path(__file__).with_name("data")

Kind = Literal[
    "government", "parliament", "court", "armed force", "police", "intelligence", "armed group",
    "criminal group", "party", "movement", "people", "igo", "ngo", "media", "company", "union", "religious",
]  # fmt: skip
Scale = Literal["local", "national", "regional", "international", "wire", "party"]
Strength = Literal["strong", "weak"]
How = Literal["name", "adjective", "people", "capital", "surname"]
"""How some words stand for an actor; "people" are a state's ("Iranians"), "capital" its metonym."""


class State(NamedTuple):
    """A state or territory.

    ``id`` is its alpha-3 code, for a former state the one it had ("SUN"); ``country`` is the ISO
    3166-1 alpha-3 code of today, of a former state its successor's.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    country: str
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]
    start: str | None
    end: str | None
    source: str

    @property
    def sector(self) -> str:
        """A state that acts is its government."""
        return "GOV"


class Actor(NamedTuple):
    """An organisation or group; ``sponsor`` is the country that well-known sources see behind it."""

    id: str
    name: str
    aliases: tuple[str, ...]
    country: str | None
    sector: str
    sponsor: str | None
    kind: Kind
    start: str | None
    end: str | None
    source: str


class Person(NamedTuple):
    """A person; what they are to an article hangs on its date (``Tables.terms_of``)."""

    id: str
    name: str
    aliases: tuple[str, ...]
    surname: str
    country: str | None
    source: str


class Office(NamedTuple):
    """An office and what it is called; with ``of``, what it is called in that state or body.

    A null ``sector`` is that of the body.
    """

    office: str
    of: str | None
    titles: tuple[str, ...]
    sector: str | None
    source: str


class Term(NamedTuple):
    """A person in an office of a state or body (``of``), from ``start`` to ``end``, both inclusive.

    Days are ISO 8601 of day, month or year; a null start is unknown, a null end unknown or to come.
    """

    person: str
    office: str
    of: str
    start: str | None
    end: str | None
    source: str


class Agent(NamedTuple):
    """A common noun that tells a sector; a weak one gives way to any other in its phrase."""

    word: str
    forms: tuple[str, ...]
    sector: str
    strength: Strength
    source: str


class Publisher(NamedTuple):
    """An outlet by its web domain, with its IANA time zone."""

    domain: str
    name: str
    country: str | None
    zone: str
    scale: Scale
    source: str


class Name(NamedTuple):
    """That some words stand for the state, actor or person ``id``, and how."""

    id: str
    how: How


Row = State | Actor | Person | Office | Term | Agent | Publisher


def during(start: str | None, end: str | None, on: str | None) -> bool:
    """Whether the ISO day, month or year ``on`` can lie within the interval; an unknown one can."""
    if on is None:
        return True
    return (start is None or _no_later(start, on)) and (end is None or _no_later(on, end))


def _no_later(first: str, second: str) -> bool:
    """Whether one ISO date can be no later than another, as far as the shorter tells."""
    precision = min(len(first), len(second))
    return first[:precision] <= second[:precision]


@lru_cache(maxsize=1 << 15)
def fold(words: str) -> str:
    """Words as names are compared: no case, accents, article, possessive, dots or hyphens."""
    return _fold_lines(" ".join(words.split()))


def _fold_lines(text: str) -> str:
    """Every line of a text folded; lines are folded together, as the tables have thousands."""
    if not text.isascii():
        text = _COMBINING.sub("", unicodedata.normalize("NFKD", text.replace("’", "'").replace("ı", "i")))
    text = _EDGES.sub("", text.casefold())
    for mark, plain in _MARKS.items():
        text = text.replace(mark, plain)
    return _SPACES.sub(" ", text)


_COMBINING = re.compile("[\u0300-\u036f]+")
_EDGES = re.compile("^the |'s$", re.MULTILINE)
_SPACES = re.compile("  +")
_MARKS = {"-": " ", "–": " ", **dict.fromkeys(".,'\"`ʻ", "")}


def exact(words: str) -> str:
    """Words as acronyms and names with an article are compared: with their case, without dots.

    "the U.S." is "US"; "the Times" is "The Times", which "times" is not.
    """
    words = words.replace(".", "")
    bare = words[4:] if words[:4].casefold() == "the " else words
    return bare if bare.isupper() else words[:1].upper() + words[1:]


def _with_case(name: str) -> bool:
    return (name.isupper() and " " not in name) or name.startswith("The ")


def _without_article(surname: str) -> str:
    """An Arabic surname as English news also has it: "al-Assad" is "Assad"."""
    return surname.removeprefix("al-").removeprefix("el-")


@dataclass(frozen=True, eq=False)
class Tables:
    """All tables, each row by its key; what they say of words and offices."""

    states: Mapping[str, State]
    actors: Mapping[str, Actor]
    people: Mapping[str, Person]
    offices: Mapping[tuple[str, str | None], Office]
    terms: Sequence[Term]
    agents: Mapping[str, Agent]
    publishers: Mapping[str, Publisher]

    def get(self, id: str) -> State | Actor | Person:
        """The row of a state, an actor or a person; ``KeyError`` when there is none."""
        return self.states.get(id) or self.actors.get(id) or self.people[id]

    def named(self, words: str, on: str | None = None) -> tuple[Name, ...]:
        """All that the words may stand for; several when they are ambiguous.

        Acronyms are compared with their case, so that "US" is never "us". Of several, those stay
        that existed on the ISO date ``on``, if any did.
        """
        with_case, folded = self._names
        found = tuple(dict.fromkeys((*with_case.get(exact(words), ()), *folded.get(fold(words), ()))))
        return tuple(name for name in found if self._existed(name.id, on)) or found

    def agent(self, words: str) -> Agent | None:
        """The agent word that the words, singular or plural, are."""
        return self._forms.get(fold(words))

    def titled(self, words: str, of: str | None = None) -> tuple[str, ...]:
        """The offices that a title ("foreign minister") names, in a state or body if given."""
        title = fold(words)
        return tuple(
            dict.fromkeys(o.office for o in self._titles.get(title, ()) if o.of is None or o.of == of)
        )

    def holders(self, office: str, of: str, on: str | None) -> tuple[Term, ...]:
        """Who can have held an office on an ISO date: one, or several where the dates are too coarse."""
        return tuple(t for t in self._held.get((office, of), ()) if during(t.start, t.end, on))

    def terms_of(self, person: str, on: str | None = None) -> tuple[Term, ...]:
        """The offices that a person can have held on an ISO date; all for no date."""
        return tuple(t for t in self._terms.get(person, ()) if during(t.start, t.end, on))

    def sector_of(self, term: Term) -> str:
        """The sector that a term gives its person: the office's, else the body's."""
        office = self.offices.get((term.office, term.of)) or self.offices[term.office, None]
        return office.sector or (self.states.get(term.of) or self.actors[term.of]).sector

    def publisher(self, domain: str) -> Publisher | None:
        """The publisher of a web domain or of the nearest domain above it ("www.", "edition.")."""
        parts = domain.casefold().rstrip(".").split(".")
        domains = (".".join(parts[i:]) for i in range(len(parts)))
        return next((self.publishers[d] for d in domains if d in self.publishers), None)

    def _existed(self, id: str, on: str | None) -> bool:
        row = self.get(id)
        return isinstance(row, Person) or during(row.start, row.end, on)

    @cached_property
    def _names(self) -> tuple[dict[str, list[Name]], dict[str, list[Name]]]:
        with_case: dict[str, list[Name]] = {}
        folded: dict[str, list[Name]] = {}
        pairs = tuple(self._all_names())
        keys = _fold_lines("\n".join(words for _, words in pairs)).split("\n")
        for (name, words), key in zip(pairs, keys, strict=True):
            if _with_case(words):
                with_case.setdefault(exact(words), []).append(name)
            else:
                folded.setdefault(key, []).append(name)
        return with_case, folded

    def _all_names(self) -> Iterator[tuple[Name, str]]:
        for table in (self.states, self.actors, self.people):
            for row in table.values():
                name = Name(row.id, "name")
                yield from ((name, words) for words in (row.name, *row.aliases))
        for state in self.states.values():
            yield from ((Name(state.id, "adjective"), words) for words in state.adjectives)
            yield from ((Name(state.id, "people"), words) for words in state.people)
            yield from ((Name(state.id, "capital"), words) for words in state.capitals)
        for person in self.people.values():
            name = Name(person.id, "surname")
            yield from ((name, words) for words in {person.surname, _without_article(person.surname)})

    @cached_property
    def _forms(self) -> dict[str, Agent]:
        pairs = [(form, agent) for agent in self.agents.values() for form in (agent.word, *agent.forms)]
        keys = _fold_lines("\n".join(form for form, _ in pairs)).split("\n")
        return {key: agent for key, (_, agent) in zip(keys, pairs, strict=True)}

    @cached_property
    def _titles(self) -> dict[str, list[Office]]:
        titles: dict[str, list[Office]] = {}
        for office in self.offices.values():
            for title in office.titles:
                titles.setdefault(fold(title), []).append(office)
        return titles

    @cached_property
    def _held(self) -> dict[tuple[str, str], list[Term]]:
        held: dict[tuple[str, str], list[Term]] = {}
        for term in self.terms:
            held.setdefault((term.office, term.of), []).append(term)
        return held

    @cached_property
    def _terms(self) -> dict[str, list[Term]]:
        terms: dict[str, list[Term]] = {}
        for term in self.terms:
            terms.setdefault(term.person, []).append(term)
        return terms


class _File(NamedTuple):
    """A table's rows as one file has them, from its second line on."""

    path: Path
    kind: type[Row]
    keys: tuple[Any, ...]
    rows: tuple[Row, ...]


@cache
def load(*own: Path) -> Tables:
    """Our tables with the rows of the user's files over them, later files over earlier ones.

    Raises ``InputError`` for a bad row, naming file, line, reason and remedy.
    """
    theirs = tuple(map(_read, own))
    files = (*_ours(), *theirs)
    if theirs:
        _check(theirs, files)
    tables: dict[type[Row], dict[Any, Any]] = {kind: {} for kind in _KEYS}
    for file in files:
        tables[file.kind].update(zip(file.keys, file.rows, strict=True))
    states, actors, people, offices, terms, agents, publishers = tables.values()
    return Tables(states, actors, people, offices, tuple(terms.values()), agents, publishers)


@cache
def _ours() -> tuple[_File, ...]:
    return tuple(_read(DATA / f"{name}.tsv") for name in _FILES)


def _read(path: Path) -> _File:
    """The rows of a file, whose first line tells the table; read by columns, as most values recur."""
    try:
        header, *lines = path.read_text("utf-8-sig").splitlines() or [""]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"cannot be read: {error}", "give a file of UTF-8 text") from error
    kind = next((kind for kind in _KEYS if list(_COLUMNS[kind]) == header.split("\t")), None)
    if kind is None:
        known = "; ".join(" ".join(columns) for columns in _COLUMNS.values())
        raise InputError(f"{path}:1", "names the columns of no table", f"write one of: {known}")
    cells = [line.split("\t") for line in lines]
    for row, line in enumerate(cells):
        if len(line) != len(_COLUMNS[kind]):
            reason = f"has {len(line)} columns, not {len(_COLUMNS[kind])}"
            raise _bad_line(path, row, reason, "separate them with single tabs, empty ones too")
    columns = [
        _column(path, column, reader, texts)
        for (column, reader), texts in zip(_COLUMNS[kind].items(), zip(*cells, strict=True), strict=False)
    ]
    rows = tuple(kind(*values) for values in zip(*columns, strict=True))
    count = _KEYS[kind]
    return _File(path, kind, tuple(row[0] if count == 1 else row[:count] for row in rows), rows)


def _column(path: Path, column: str, reader: Callable[[str], Any], texts: Sequence[str]) -> list[Any]:
    """A column's values; each text is read once, as most recur."""
    read = {}
    for text in dict.fromkeys(texts):
        try:
            read[text] = reader(text)
        except _BadCell as bad:
            raise _bad_line(path, texts.index(text), f"{column} {bad.reason}", bad.remedy) from None
    return [read[text] for text in texts]


def _bad_line(path: Path, row: int, reason: str, remedy: str) -> InputError:
    return InputError(f"{path}:{row + 2}", reason, remedy)


def _check(theirs: Sequence[_File], files: Sequence[_File]) -> None:
    """Raise for the first of their rows that repeats one, names what no file has, or ends before it starts.

    Ours are held to the same by the tests.
    """
    keys: dict[type[Row], set[Any]] = {kind: set() for kind in _KEYS}
    for file in files:
        keys[file.kind].update(file.keys)
    countries = {row.country for file in files for row in file.rows if isinstance(row, State)}
    code = "give an ISO 3166-1 alpha-3 code"
    known: dict[str, tuple[Container[Any], str]] = {
        "country": (countries, code),
        "sponsor": (countries, code),
        "of": (keys[State] | keys[Actor], "give an id of the states or actors"),
        "person": (keys[Person], "give an id of the people"),
        "office": ({office for office, of in keys[Office] if of is None}, "give one of the offices"),
        "zone": (_Zones(), "give an IANA name such as Asia/Kolkata"),
    }
    for file in theirs:
        for column in known.keys() & set(file.kind._fields):
            _check_column(file, column, *known[column])
        _check_repetition(file)
        _check_dates(file)


class _Zones(Container[object]):
    """The time zones that this machine knows."""

    def __contains__(self, zone: object) -> bool:
        try:
            ZoneInfo(str(zone))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return False
        return True


def _check_column(file: _File, column: str, known: Container[Any], remedy: str) -> None:
    field = file.kind._fields.index(column)
    for row, value in enumerate(row[field] for row in file.rows):
        if value is not None and value not in known:
            raise _bad_line(file.path, row, f"{column} {value!r} is unknown", remedy)


def _check_repetition(file: _File) -> None:
    seen: dict[Any, int] = {}
    for row, key in enumerate(file.keys):
        if seen.setdefault(key, row) != row:
            raise _bad_line(file.path, row, f"repeats {key!r} of line {seen[key] + 2}", "keep one of them")


def _check_dates(file: _File) -> None:
    for row, line in enumerate(file.rows):
        start, end = getattr(line, "start", None), getattr(line, "end", None)
        if start and end and not _no_later(start, end):
            raise _bad_line(file.path, row, f"ends {end}, before it starts {start}", "swap them")


class _BadCell(Exception):
    def __init__(self, reason: str, remedy: str) -> None:
        self.reason = reason
        self.remedy = remedy


def _text(cell: str) -> str:
    if not cell or cell != cell.strip():
        raise _BadCell("is empty or padded", "fill it in")
    return cell


def _list(cell: str) -> tuple[str, ...]:
    return tuple(map(_text, cell.split("|"))) if cell else ()


def _day(cell: str) -> str:
    try:
        date.fromisoformat((cell + "-01-01")[:10] if _DAY.fullmatch(cell) else "")
    except ValueError:
        raise _BadCell(f"{cell!r} is no date", "write YYYY, YYYY-MM or YYYY-MM-DD") from None
    return cell


_DAY = re.compile(r"\d{4}(-\d\d){0,2}")


def _one_of(choices: Iterable[str]) -> Callable[[str], str]:
    known = frozenset(choices)

    def read(cell: str) -> str:
        if cell not in known:
            raise _BadCell(f"{cell!r} is unknown", "choose of " + ", ".join(sorted(known)))
        return cell

    return read


def _optional(reader: Callable[[str], str]) -> Callable[[str], str | None]:
    return lambda cell: reader(cell) if cell else None


def _columns(kind: type[Row]) -> dict[str, Callable[[str], Any]]:
    """The columns of a table, in order, with how a cell of each is read."""
    special: dict[str, Callable[[str], str]] = {
        "start": _day,
        "end": _day,
        "sector": _one_of(SECTORS),
    }
    columns: dict[str, Callable[[str], Any]] = {}
    for field, hint in get_type_hints(kind).items():
        column = {"start": "from", "end": "to"}.get(field, field)
        if get_origin(hint) is tuple:
            columns[column] = _list
        elif get_origin(hint) is Literal:
            columns[column] = _one_of(get_args(hint))
        else:
            reader = special.get(field, _text)
            columns[column] = _optional(reader) if type(None) in get_args(hint) else reader
    return columns


_KEYS: dict[type[Row], int] = {State: 1, Actor: 1, Person: 1, Office: 2, Term: 4, Agent: 1, Publisher: 1}
"""How many of its first columns tell a row of each table from the others."""
_FILES = ("states", "actors", "people", "offices", "terms", "agents", "publishers")
_COLUMNS = {kind: _columns(kind) for kind in _KEYS}
