"""What words of one article may mean: the tables as they hold on its day, and its own place names.

A name must be written as one (with a capital, unless the whole text is in one case); a surname alone counts
for a person of the tables only where the text or the day leaves no other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

from dateline.resolve.actor import phrases
from dateline.resolve.actor.phrases import Phrase, Piece, Word
from dateline.resolve.tables import Actor as Body
from dateline.resolve.tables import Agent, Name, Office, Person, State, Tables, fold
from dateline.types import Article, Range

Row = State | Body | Person

LINKS = {
    "backing": frozenset((
        "backed", "led", "funded", "financed", "sponsored", "supported", "trained", "armed", "allied",
        "aligned", "equipped", "supplied", "linked", "affiliated",
    )),
    "holding": frozenset((
        "held", "occupied", "controlled", "administered", "ruled", "run", "claimed", "dominated", "majority",
        "populated", "annexed", "imposed", "brokered", "sanctioned", "bound", "designated", "speaking",
    )),
    "origin": frozenset(("based", "born", "owned", "registered", "flagged", "style", "made", "built")),
}  # fmt: skip
"""Second halves of compounds, by what the first half is to the actor: it stands behind it ("US-backed"),
it is no part of it ("Israeli-occupied"), or it is where the actor is from ("London-based")."""
TOWARDS = {"pro-": "backing", "anti-": "holding"}
BEFORE = frozenset(("ex", "co", "vice", "then", "non", "sub", "mid", "deputy", "self"))
"""First halves of compounds that leave the second what it is."""
PARTICLES = frozenset(
    ("de", "del", "la", "van", "von", "der", "den", "bin", "ibn", "al", "el", "da", "dos", "abu", "ben", "di")
)
RANKS = frozenset(("major", "general", "private", "corporal"))
HONORIFICS = frozenset(("mr", "mrs", "ms", "miss", "dr", "sir", "lord", "lady", "dame", "messrs"))
FUNCTION = frozenset((
    "mr", "mrs", "ms", "but", "and", "when", "as", "in", "on", "for", "if", "while", "after", "that",
    "with", "to", "the", "although", "then", "like", "by", "from", "of", "what", "why", "how", "because",
    "since", "at", "he", "she", "they", "we", "it", "this", "these", "there", "not", "no", "a", "an",
    "i", "you", "his", "her", "its", "their", "our", "my", "yet", "also", "so", "or", "here", "now",
    "one", "some", "many", "most", "both", "before", "during", "under", "once", "even", "just", "only",
    "where", "who", "which", "dr", "sir", "such", "nor", "neither", "either", "whose", "whom", "him", "them",
    "everyone", "nobody", "others",
))  # fmt: skip
DAYS = frozenset((
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february",
    "march", "april", "june", "july", "august", "september", "october", "november", "december",
))  # fmt: skip
NO_NAMES = FUNCTION | DAYS | phrases.OPENINGS
"""Words that no name begins with."""
TRADES = frozenset(("CVL", "CRM", "AGR", "LAB"))
"""Sectors of the nouns that are surnames, too."""
REGIONAL = re.compile(r"\b(?:Central|Latin|South|North|Pan)[ -]$")
"""What before a state's adjective makes it a region's ("Central American")."""
LEADING = frozenset(("president", "prime-minister", "monarch", "supreme-leader", "secretary-general", "pope"))
"""Offices whose holders papers call by their surname alone."""
NEAR = 120
"""Characters before a name or an acronym in which the words that introduce it are sought."""
HOLDING_LAND = frozenset(("government", "parliament", "court", "armed force", "police", "intelligence"))
"""Kinds of bodies whose mention is a mention of their country."""
_ORDER = ("name", "acronym", "adjective", "people", "capital", "surname")


class Sense(NamedTuple):
    """What some words may mean; ``country`` is of a place so named, ``link`` a key of ``LINKS``."""

    names: tuple[Name, ...] = ()
    agent: Agent | None = None
    offices: tuple[Office, ...] = ()
    country: str | None = None
    link: str | None = None

    def __bool__(self) -> bool:
        return bool(self.names or self.agent or self.offices or self.country)


class Vocabulary:
    """With which words the names, agents and titles of some tables begin, and how many they have at most."""

    def __init__(self, tables: Tables) -> None:
        self.offices: dict[str, list[Office]] = {}
        for office in tables.offices.values():
            for title in office.titles:
                self.offices.setdefault(fold(title), []).append(office)
        self._most: dict[str, int] = {}
        agents = (form for agent in tables.agents.values() for form in (agent.word, *agent.forms))
        for words in chain((fold(name) for name in _names(tables)), self.offices, map(fold, agents)):
            first, *rest = words.split() or [""]
            self._most[first] = max(self._most.get(first, 0), 1 + len(rest))

    def most(self, word: str) -> int:
        """The most words that something may have which begins with a word; 0 if nothing does."""
        return self._most.get(_first(word), 0)


@lru_cache(maxsize=1)
def vocabulary(tables: Tables) -> Vocabulary:
    """The vocabulary of the tables last asked for."""
    return Vocabulary(tables)


@lru_cache(maxsize=10_000)
def _first(word: str) -> str:
    return fold(word).partition(" ")[0]


def _names(tables: Tables) -> Iterable[str]:
    for state in tables.states.values():
        yield from (state.name, *state.aliases, *state.adjectives, *state.people, *state.capitals)
    for body in tables.actors.values():
        yield from (body.name, *body.aliases)
    for person in tables.people.values():
        yield from (person.name, *person.aliases, person.surname)


@dataclass(frozen=True)
class Lexicon:
    """The meanings of an article's words; ``places`` are the countries of its place names by their range."""

    article: Article
    tables: Tables
    places: Mapping[Range, str]

    @cached_property
    def on(self) -> str | None:
        """The day that offices are looked up for."""
        return self.article.published[:10] if self.article.published else None

    @cached_property
    def cased(self) -> bool:
        """Whether the text tells names by capitals."""
        letters = [c for c in self.article.text[:4000] if c.isalpha()]
        capitals = sum(c.isupper() for c in letters)
        return 0 < capitals < 0.6 * len(letters)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return vocabulary(self.tables)

    def text(self, span: Range) -> str:
        """The words of a range."""
        return self.article.text[slice(*span)]

    def phrase(self, start: int, end: int) -> Phrase[Sense]:
        """The noun phrase that a range holds."""
        return phrases.parsed(self.pieces(start, end))

    def pieces(self, start: int, end: int) -> list[Piece[Sense]]:
        """The words of a range, those together that mean something together."""
        return phrases.pieces(phrases.words(self.article.text, start, end), self.sense, self._most)

    def _most(self, word: Word) -> int:
        """Of how many words, at most, something is that begins with a word."""
        longest = max(self._vocabulary.most(word.text), self._placed.get(word.start, 0))
        return longest or ("-" in word.text and word.text[0] != "-")

    @cached_property
    def _placed(self) -> dict[int, int]:
        """How many words, at most, the place names have that start at an offset."""
        return {
            start: len(phrases.words(self.article.text, start, end)) for start, end in sorted(self.places)
        }

    def row(self, name: Name) -> Row:
        """The row that a name stands for."""
        return self.tables.get(name.id)

    def sense(self, run: Sequence[Word]) -> Sense | None:
        """What a run of words means, None if nothing."""
        if not _is_word(run):
            return Sense(country=self.places.get(_extent(run))) or None
        extent = _extent(run)
        if extent not in self._senses:
            found = self._plain(run) or (self._compound(run[0]) if len(run) == 1 else None)
            self._senses[extent] = found or None
        return self._senses[extent]

    @cached_property
    def _senses(self) -> dict[Range, Sense | None]:
        """What runs meant so far: each is asked for some three times, in phrases that overlap."""
        return {}

    def _plain(self, run: Sequence[Word]) -> Sense:
        if len(run) == 1 and self._is_surname(run[0].text):
            return Sense(self._named(run[0].text, 1))
        country = self.places.get(_extent(run))
        if not self._vocabulary.most(run[0].text):
            return Sense(country=country)
        words = self.text(_extent(run))
        names = self._named(words, len(run)) if self._as_name(words) else self._departments(words)
        if REGIONAL.search(self.article.text[max(0, run[0].start - 9) : run[0].start]):
            names = tuple(name for name in names if not isinstance(self.row(name), State))
        agent, offices = self._agent(words), tuple(self._vocabulary.offices.get(fold(words), ()))
        return Sense(names, agent, offices, None if agent else country)

    def _agent(self, words: str) -> Agent | None:
        """The agent word; ranks that are adjectives, too ("major cities"), only with a capital."""
        return None if self.cased and words in RANKS else self.tables.agent(words)

    def _is_surname(self, word: str) -> bool:
        """Whether a word is somebody's surname in this text ("Kim Baker"), and never a common noun."""
        if word not in self._surnames or word.lower() in self._small:
            return False
        agent = self.tables.agent(word)
        return agent is None or agent.sector in TRADES

    @cached_property
    def _surnames(self) -> frozenset[str]:
        return frozenset(run[-1].text for run in self.unknown_names if len(run) > 1)

    @cached_property
    def _small(self) -> frozenset[str]:
        return frozenset(re.findall(r"\b[a-z]+\b", self.article.text))

    def _as_name(self, words: str) -> bool:
        return not self.cased or words[0].isupper() or words[:3] in ("al-", "el-") or words[0].isdigit()

    def _named(self, words: str, count: int) -> tuple[Name, ...]:
        found = sorted(self._rows_of(words, count), key=lambda name: _ORDER.index(name.how))
        others = tuple(name for name in found if count > 1 or not isinstance(self.row(name), Person))
        return self.bearers(words) if found and not others else others

    def _departments(self, words: str) -> tuple[Name, ...]:
        """Bodies that some papers write without capitals ("the state department", "the security council")."""
        found = self.tables.named(words, self.on) if " " in words else ()
        row = self.row(found[0]) if len(found) == 1 else None
        if not isinstance(row, Body):
            return ()
        known = row.kind == "igo" or (row.kind == "government" and self.mentioned[row.country or ""])
        return found if known else ()

    def _rows_of(self, words: str, count: int) -> tuple[Name, ...]:
        """What the tables say; of an acronym that the text spells out, what they say of the words in full."""
        if words in self.acronyms:
            return self.tables.named(self.text(self.acronyms[words]), self.on)
        if not self.cased and count == 1:
            if len(words) < 3 or words in FUNCTION or self.tables.agent(words):
                return ()  # "us" and "un" are no names where all is in one case
            return self.tables.named(words, self.on) or self.tables.named(words.upper(), self.on)
        return self.tables.named(words, self.on)

    @cached_property
    def acronyms(self) -> dict[str, Range]:
        """Acronyms in brackets with the initials of the words before them ("Highland Front (HF)")."""
        found: dict[str, Range] = {}
        for match in re.finditer(r"\(([A-Z][A-Za-z-]{1,9})\)", self.article.text):
            before = phrases.words(self.article.text, max(0, match.start() - NEAR), match.start())
            for count in range(min(len(before), 2 * len(match[1])), 1, -1):
                run = before[-count:]
                if _initials(run) == match[1].upper():
                    found.setdefault(match[1], _extent(run))
                    break
        return found

    def _compound(self, word: Word) -> Sense | None:
        """ "US-led", "pro-Kerlo", "ex-minister", "German-Iraqi"."""
        for prefix, link in TOWARDS.items():
            if word.low.startswith(prefix) and len(word.text) > len(prefix):
                return self._plain([_part(word, len(prefix), len(word.text))])._replace(link=link) or None
        dash = word.text.rfind("-")
        if dash < 1 or dash == len(word.text) - 1:
            return None
        first, last = _part(word, 0, dash), _part(word, dash + 1, len(word.text))
        before, after = self._plain([first]), self._plain([last])
        for link, endings in LINKS.items():
            if last.low in endings and before:
                return before._replace(link=link)
        if before.names and after.names:
            return Sense((*before.names, *after.names))
        if first.low in BEFORE or after.agent or after.offices:
            return after
        return before._replace(names=(), agent=None, offices=()) if before.country else None

    def bearers(self, surname: str) -> tuple[Name, ...]:
        """Whom of the tables a surname can mean in this article: one person, or several of one country."""
        key = fold(surname)
        if key not in self._bearers:
            self._bearers[key] = tuple(Name(person.id, "surname") for person in self._bearing(surname))
        return self._bearers[key]

    @cached_property
    def _bearers(self) -> dict[str, tuple[Name, ...]]:
        return {}

    def _bearing(self, surname: str) -> Sequence[Person]:
        people = (self.row(name) for name in self.tables.named(surname))
        bearers = list({person.id: person for person in people if isinstance(person, Person)}.values())
        first_names = self._first_names(surname)
        named = [p for p in bearers if self.spells_out(p) or first_names & _words(p)]
        if named or first_names or not self.cased:
            return named if len(named) == 1 else ()
        fitting = [p for p in bearers if self.tables.terms_of(p.id, self.on)] if self.on else bearers
        leading = [p for p in fitting if self.on and self._leads(p)]
        if len(leading) == 1:
            return leading
        countries = {person.country for person in fitting}
        return fitting if len(countries) == 1 and self.mentioned[countries.pop() or ""] else ()

    def _leads(self, person: Person) -> bool:
        return any(term.office in LEADING for term in self.tables.terms_of(person.id, self.on))

    def spells_out(self, row: Row) -> bool:
        """Whether the text has one of the longer names of a row."""
        return any(f" {fold(name)} " in self._folded for name in (row.name, *row.aliases) if " " in name)

    @cached_property
    def _folded(self) -> str:
        return f" {fold(self.article.text)} "

    def _first_names(self, surname: str) -> set[str]:
        """The first names that the text gives people of a surname."""
        before = re.finditer(rf"\b([A-Z][\w’'-]+) {re.escape(surname)}\b", self.article.text)
        words = (Word(match.start(1), match.end(1), match[1]) for match in before)
        return {fold(word.text) for word in words if not self._titles(word)}

    def _titles(self, word: Word) -> bool:
        """Whether a word before a surname is no first name: a title, or where somebody is from."""
        state = self._place_sense([word])
        return bool(
            word.low in FUNCTION
            or self._agent(word.text)
            or self._vocabulary.offices.get(fold(word.text))
            or (state and state.names)
        )

    @cached_property
    def mentioned(self) -> Counter[str]:
        """How often the text names each country, its people, its capital or a body of it, counted twice, or
        another place in it."""
        counts: Counter[str] = Counter()
        for span, country in self.countries:
            counts[country] += 1 if span in self.places else 2
        return counts

    @cached_property
    def countries(self) -> list[tuple[Range, str]]:
        """Where the text names which country, in text order."""
        return [((piece.start, piece.end), country) for piece, country in self._located]

    @cached_property
    def lands(self) -> list[tuple[Range, str]]:
        """Where the text names which country or a place in it, not merely its people or a body of it."""
        return [
            ((piece.start, piece.end), country)
            for piece, country in self._located
            if piece.sense and (piece.sense.country or any(self._is_land(name) for name in piece.sense.names))
        ]

    @cached_property
    def _located(self) -> list[tuple[Piece[Sense], str]]:
        """Pieces that name a country; a place's name may be a surname, too ("Ana Tarnow")."""
        pairs = zip((None, *self._capitalised), self._capitalised, strict=False)
        return [
            (piece, country)
            for before, piece in pairs
            if (country := self._country(piece)) and not (before and _is_name(before, piece))
        ]

    def _is_land(self, name: Name) -> bool:
        return isinstance(self.row(name), State) and name.how not in ("adjective", "people")

    @cached_property
    def unknown_names(self) -> list[list[Word]]:
        """Runs of capitalised words that no table has."""
        runs: list[list[Word]] = [[]]
        for piece in self._capitalised:
            word = piece.words[0]
            named = piece.sense is None and word.text[0].isupper() and word.low not in NO_NAMES
            if runs[-1] and word.start > runs[-1][-1].end + 2:
                runs.append([])
            if named or (piece.sense is None and word.low in PARTICLES and runs[-1]):
                runs[-1].append(word)
                if not word.owns:
                    continue
            runs.append([])
        return [run for run in map(_without_honorific, runs) if run]

    @cached_property
    def bodies(self) -> list[tuple[Range, Body]]:
        """Where the text names which body."""
        return [
            ((piece.start, piece.end), row)
            for piece in self._capitalised
            if piece.sense and len(piece.sense.names) == 1
            if isinstance(row := self.row(piece.sense.names[0]), Body)
        ]

    @cached_property
    def _capitalised(self) -> list[Piece[Sense]]:
        """All pieces, with the sense of states, bodies and places only: surnames hang on what these tell."""
        return [
            piece
            for start, end in self.article.body
            for piece in phrases.pieces(
                phrases.words(self.article.text, start, end), self._place_sense, self._most
            )
        ]

    def _place_sense(self, run: Sequence[Word]) -> Sense | None:
        country = self.places.get(_extent(run))
        if _is_word(run):
            words = self.text(_extent(run))
            if self._as_name(words):
                found = self._rows_of(words, len(run))
                others = tuple(n for n in found if len(run) > 1 or not isinstance(self.row(n), Person))
                return Sense(others, country=country) or None
        if country is None and len(run) == 1 and "-" in run[0].text:
            return (
                self._place_sense([_part(run[0], 0, run[0].text.index("-"))])
                if run[0].text[0] != "-"
                else None
            )
        return Sense(country=country) or None

    def _country(self, piece: Piece[Sense]) -> str | None:
        if piece.sense is None:
            return None
        if piece.sense.country:
            return piece.sense.country
        rows = [self.row(name) for name in piece.sense.names]
        land = {row.country for row in rows if not isinstance(row, Body) or row.kind in HOLDING_LAND}
        return land.pop() if len(land) == 1 else None


def _without_honorific(run: list[Word]) -> list[Word]:
    return run[1:] if run and run[0].low in HONORIFICS else run


def _extent(run: Sequence[Word]) -> Range:
    """The range of words without the ending of a possessive."""
    return run[0].start, run[-1].start + len(run[-1].text)


def _initials(run: Sequence[Word]) -> str:
    """The initials of words that begin and end with capitals, else nothing."""
    if not (run[0].text[0].isupper() and run[-1].text[0].isupper()):
        return ""
    return "".join(word.text[0] for word in run if word.text[0].isupper())


def _is_name(before: Piece[Sense], piece: Piece[Sense]) -> bool:
    first = before.words[0]
    named = before.sense is None and before.capital and first.low not in FUNCTION and not first.owns
    only = piece.sense is not None and not piece.sense.names and len(piece.words) == 1
    return named and only and piece.start == before.end + 1


def _words(person: Person) -> set[str]:
    return {word for name in (person.name, *person.aliases) for word in fold(name).split()}


def _part(word: Word, first: int, last: int) -> Word:
    return Word(word.start + first, word.start + last, word.text[first:last])


def _is_word(run: Sequence[Word]) -> bool:
    first, last = run[0].text, run[-1].text
    return first[0].isalnum() and (last[-1].isalnum() or (last[-1] == "." and len(last) > 1))
