"""Which mentions of an article are of one actor, and how its text introduces the names that no table has.

Mentions join by their row, by their name (a surname to the full name, an acronym to what it stands for), and
by their head noun ("the group" to the last one). A pronoun joins only the one party that it can mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from dateline.resolve.actor.descriptions import Description, described
from dateline.resolve.actor.lexicon import FUNCTION, NEAR, Lexicon, Sense
from dateline.resolve.actor.phrases import Piece
from dateline.resolve.place.signs import FIRST_NAMES, words
from dateline.resolve.tables import Actor as Body
from dateline.resolve.tables import Person, State, fold
from dateline.types import Range

GROUPS = frozenset((
    "group", "movement", "organisation", "organization", "outfit", "faction", "front", "network", "militia",
    "party", "cartel", "gang", "alliance", "militant", "insurgent", "rebel", "guerrilla", "fighter",
    "terrorist", "extremist", "jihadist", "separatist",
))  # fmt: skip
"""Nouns that, with "the" alone, mean the last group."""
GROUP_KINDS = frozenset(("armed group", "criminal group", "party", "movement"))
SMALL = frozenset(("of", "for", "the", "a", "an", "to", "and", "at", "in", "then"))
"""Words that stand within what introduces a name."""
DOCUMENTS = frozenset(
    ("statement", "release", "report", "communique", "communiqué", "announcement", "document")
)
"""Nouns that speak for whoever issued them."""
ISSUED = re.compile(r"(?:,? (?:issued|released|posted|published))? (?:by|from) ")
FIRST = frozenset(map(fold, words(FIRST_NAMES)))
GENDERS = dict.fromkeys(("he", "him", "his"), "m") | dict.fromkeys(("she", "her", "hers"), "f")
"""Pronouns that mean one person, and whether a man or a woman."""
TO_HIM = {"m": re.compile(r"\bhim\b"), "f": re.compile(r"\bher (?:to|that)\b")}
"""Words of a statement that is made to another."""
PRONOUN = re.compile(rf"\b(?:{'|'.join(GENDERS)})\b", re.IGNORECASE)
BESIDE = 12
"""Characters before somebody's words in which a title or a noun tells a man from a woman."""
NOUNS = {
    "f": r"mrs|ms|miss|lady|dame|queen|princess|sister|mother|daughter|wife|woman|girl|\w+woman|actress",
    "m": r"mr|sir|lord|king|prince|sheikh|imam|brother|father|son|husband|man|boy|\w+man",
}
TOLD_BY = {gender: re.compile(rf"\b(?:{nouns})\b", re.IGNORECASE) for gender, nouns in NOUNS.items()}


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for an actor, and what they say by themselves; ``person`` if the reader takes a part
    of them for a person's name."""

    range: Range
    told: Description
    person: bool = False

    @property
    def start(self) -> int:
        """Where it starts in the text."""
        return self.range[0]


Groups = dict[str, list[Mention]]
"""The mentions so far, by the key of their actor."""


class Statement(NamedTuple):
    """Who says something, where that stands, and where all of the statement ends."""

    source: Range
    content: tuple[Range, ...]
    end: int


@dataclass(frozen=True, slots=True)
class Speech:
    """An article's statements with one source each, in the order of their cues, and its quotations."""

    statements: Sequence[Statement] = ()
    quotations: Sequence[Range] = ()

    def quotation(self, offset: int) -> Range | None:
        """The quotation around an offset."""
        return next((span for span in self.quotations if span[0] <= offset < span[1]), None)

    def speakers(self, span: Range) -> Iterator[tuple[Range, int]]:
        """Who may go on as "he": who says the words around a span, then who said something just before its
        own statement; with where that ends."""
        if not self.quotation(span[0]):
            holding = [each for each in self.statements if _holds(each, span)]
            yield from ((each.source, each.source[1]) for each in holding[-1:])
        outer = [each for each in self.statements if not any(_holds(o, each.source) for o in self.statements)]
        yield from (
            (earlier.source, min(earlier.end, span[0]))
            for earlier, later in pairwise(outer)
            if later.source == span and earlier.source[0] < span[0]
        )


def _holds(statement: Statement, span: Range) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in statement.content)


def mention(lexicon: Lexicon, span: Range, person: bool = False) -> Mention:
    """The words of a range and what they say; of a document, what is said of whoever issued it."""
    small = lexicon.text(span).lower() in FUNCTION
    told = described(lexicon, lexicon.phrase(span[0] if small else _whole(lexicon, span[0]), span[1]))
    if told.head in DOCUMENTS:
        by = tuple(each for each in told.phrase.follows if each[0] in ("by", "from"))
        told = described(lexicon, replace(told.phrase, follows=by))
        if not told.countries and not (told.sector and told.sector.sure):
            told = _issuer(lexicon, told, span[1])
    return Mention(span, told, person)


def _whole(lexicon: Lexicon, start: int) -> int:
    """Where a noun phrase starts of which only the last words were marked ("an army [spokesman]")."""
    text = lexicon.article.text
    if not text[start].islower() or not text[start - 1 : start].isspace():
        return start
    before = lexicon.pieces(max(0, start - NEAR), start)
    known = bool(before) and text[before[-1].end : start].isspace() and before[-1].sense is not None
    return before[-1].start if known else start


def joined(
    lexicon: Lexicon, mentions: Sequence[Mention], speech: Speech | None = None
) -> list[list[Mention]]:
    """Mentions in text order, those of one actor together."""
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(_key(lexicon, mention, groups, speech or Speech()), []).append(mention)
    return list(groups.values())


def _key(lexicon: Lexicon, mention: Mention, groups: Groups, speech: Speech) -> str:
    """Under which key a mention joins those before it: that of its row, name or antecedent, else its own."""
    told = mention.told
    word = lexicon.text(mention.range).lower()
    if word in GENDERS:
        return _he(lexicon, mention, GENDERS[word], groups, speech) or f"at {mention.start}"
    if word == "who":
        return _who(lexicon, mention, groups) or f"at {mention.start}"
    if told.row:
        people = isinstance(told.row, State) and told.sector and told.sector.value != "GOV"
        return f"row {told.row.id}" + (" people" if people else "")
    if told.name:
        full = full_name(lexicon, told.name)
        return _body_called(lexicon, full) or f"name {fold(full)}"
    if told.head in DOCUMENTS and not told.sector:
        return _speaker(lexicon, mention, groups) or f"at {mention.start}"
    if not told.head or told.phrase.counted or told.phrase.owner:
        return f"at {mention.start}"
    if _bare(told) and (found := _antecedent(lexicon, mention, groups)):
        return found
    words = " ".join(word.low for piece in told.phrase.pieces for word in piece.words)
    return f"words {words} {told.country and told.country.value}"


def _speaker(lexicon: Lexicon, mention: Mention, groups: Groups) -> str | None:
    """The last person or body named before in the sentence, for "said in a statement"."""
    text = lexicon.article.text
    if not text[: mention.start].endswith(" in "):
        return None
    start = text.rfind(". ", 0, mention.start)
    said = {key: group[-1].start for key, group in groups.items() if start < group[-1].start}
    named = [key for key in said if key.startswith(("row ", "name "))]
    return max(named, key=lambda key: said[key], default=None)


def _body_called(lexicon: Lexicon, name: str) -> str | None:
    """The body of the text whose name ends with a word ("the Times")."""
    bodies = {body.id for span, body in lexicon.bodies if lexicon.text(span).endswith(f" {name}")}
    return f"row {bodies.pop()}" if len(bodies) == 1 else None


def _bare(told: Description) -> bool:
    """Whether a phrase says nothing but its noun, and so speaks of what was told before."""
    modified = any(piece.sense for piece in told.phrase.pieces[:-1])
    return not (told.countries or modified or told.phrase.follows)


def _antecedent(lexicon: Lexicon, mention: Mention, groups: Groups) -> str | None:
    """The last actor that a bare phrase can mean: of its noun or office, or any group for "the group"."""
    told = mention.told
    if found := _last(groups, lambda other: _same_noun(told, other)):
        return found
    held = told.offices if told.phrase.definite else frozenset()
    if found := _last(groups, lambda other: not other.offices.isdisjoint(held)):
        return found
    if told.phrase.opening == ("the",) and told.head in GROUPS:
        bodies = [row for span, row in lexicon.bodies if span[1] <= mention.start and row.kind in GROUP_KINDS]
        return f"row {bodies[-1].id}" if bodies else _last(groups, _is_group)
    return None


def _same_noun(told: Description, other: Description) -> bool:
    """ "The agencies" after "aid agencies", "the chief" after "chief of police"."""
    noun = (other.head or "").partition(" of ")[0]
    known = told.phrase.definite or not other.phrase.counted or other.row or other.name
    return bool(told.head and known) and f" {noun}".endswith(f" {told.head}")


def _last(groups: Groups, fits: Callable[[Description], bool]) -> str | None:
    fitting = [key for key, group in groups.items() if any(fits(mention.told) for mention in group)]
    return max(fitting, key=lambda key: groups[key][-1].start, default=None)


def _is_group(told: Description) -> bool:
    return bool(told.name and told.sector and told.sector.value in ("REB", "PRM", "PTY", "CRM"))


def _he(lexicon: Lexicon, mention: Mention, gender: str, groups: Groups, speech: Speech) -> str | None:
    """Who says so, or said something just before; else the only person told of shortly before.

    That is in the sentence or the one before it. Nobody whom the text takes for a man is "she"; and where
    somebody else is named since, nobody is sure.
    """
    people = {key: group for key, group in groups.items() if _is_one_person(lexicon, group, gender)}
    quotation = speech.quotation(mention.start)
    for speaker, end in speech.speakers(mention.range):
        for key, group in people.items():
            if any(m.range == speaker for m in group):
                since = _named(lexicon, people, (end, mention.start), speech, quotation)
                spoken_to = TO_HIM[gender].search(lexicon.article.text, end, mention.start)
                return key if since <= {_surname(lexicon, group)} and not spoken_to else None
    text = lexicon.article.text
    start = text.rfind(". ", 0, max(0, text.rfind(". ", 0, mention.start)))
    room = max(start, quotation[0] if quotation else 0), mention.start
    near = [key for key, group in people.items() if _latest(group, room, speech, quotation)]
    names = {_surname(lexicon, people[key]) for key in near}
    if len(names) != 1 or _named(lexicon, people, room, speech, quotation) - names:
        return None
    known = people[near[0]][0].start
    earlier = any(
        GENDERS[m[0].lower()] == gender for m in PRONOUN.finditer(text, room[0], max(known, room[0]))
    )
    return None if earlier else near[-1]


def _who(lexicon: Lexicon, mention: Mention, groups: Groups) -> str | None:
    """Whoever is named right before, by the most words: "a baker from Kerlo, [who] said"."""
    text = lexicon.article.text
    named = [
        (m.start, key)
        for key, group in groups.items()
        for m in group
        if m.range[1] < mention.start and text[m.range[1] : mention.start] in (" ", ", ")
    ]
    return min(named)[1] if named else None


def _latest(group: Sequence[Mention], room: Range, speech: Speech, quotation: Range | None) -> Mention | None:
    """The last of some mentions in a range, of those in the same quotation or in none."""
    inside = (m for m in reversed(group) if room[0] <= m.start < room[1])
    return next((m for m in inside if speech.quotation(m.start) == quotation), None)


def _named(
    lexicon: Lexicon, people: Groups, room: Range, speech: Speech, quotation: Range | None
) -> set[str]:
    """The surnames of those named in a range: of some people, and of whoever else has a first name."""
    named = {_surname(lexicon, group) for group in people.values() if _latest(group, room, speech, quotation)}
    for run in lexicon.unknown_names:
        known = room[0] <= run[0].start < room[1] and fold(run[0].text) in FIRST
        if known and speech.quotation(run[0].start) == quotation:
            named.add(fold(run[-1].text))
    return named


def _surname(lexicon: Lexicon, group: Sequence[Mention]) -> str:
    """The last word of the name of a group, else of its first words."""
    name = next((m.told.name for m in group if m.told.name), group[0].range)
    return fold(lexicon.text(name)).rpartition(" ")[2]


def _is_one_person(lexicon: Lexicon, group: Sequence[Mention], gender: str) -> bool:
    """Whether a group is of one person, and of no other gender as far as the text tells."""
    named = any(isinstance(m.told.row, Person) or (m.person and m.told.name) for m in group)
    held = any(m.told.offices and not m.told.phrase.counted for m in group)
    return (named or held) and _gender(lexicon, group) in (None, gender)


def _gender(lexicon: Lexicon, group: Sequence[Mention]) -> str | None:
    """Whether the text takes somebody for a man or a woman: by the pronouns joined so far, else by a title or
    a noun in or right before the words for them."""
    for mention in group:
        if (word := lexicon.text(mention.range).lower()) in GENDERS:
            return GENDERS[word]
        words = lexicon.text((max(0, mention.start - BESIDE), mention.range[1]))
        for gender, told_by in TOLD_BY.items():
            if told_by.search(words):
                return gender
    return None


def full_name(lexicon: Lexicon, name: Range) -> str:
    """The fullest form that the text gives of a name, be it a surname or an acronym."""
    text = " ".join(lexicon.text(name).split())
    if " " in text:
        return text
    if text in lexicon.acronyms:
        return lexicon.text(lexicon.acronyms[text])
    full = sorted(
        {full for run in _names(lexicon) if (full := lexicon.text(run)).endswith(f" {text}")}, key=len
    )
    return full[0] if full and all(longer.endswith(full[0]) for longer in full) else text


def _names(lexicon: Lexicon) -> list[Range]:
    """Ranges of names of two words and more that no table has."""
    found: list[Range] = []
    for run in lexicon.unknown_names:
        words = list(run)
        while words and (lexicon.tables.agent(words[0].text) or lexicon.tables.titled(words[0].text)):
            words.pop(0)
        if len(words) > 1:
            found.append((words[0].start, words[-1].start + len(words[-1].text)))
    return found


def _issuer(lexicon: Lexicon, told: Description, before: int) -> Description:
    """For "the statement", what the text says of whoever issued the last one; nothing else is an actor."""
    text = lexicon.article.text
    for match in reversed(list(re.finditer(rf"\b{told.head}s?\b", text[:before]))):
        if by := ISSUED.match(text, match.end()):
            return described(lexicon, lexicon.phrase(by.end(), _stop(text, by.end())))
        found = described(lexicon, lexicon.phrase(_opening(text, match.start()), match.end()))
        if found.country or (found.sector and found.sector.sure):
            return found
    return replace(told, sector=None)


def _opening(text: str, noun: int) -> int:
    """Where the phrase of a noun begins: at an article or a possessive of at most four words before it."""
    found = re.search(
        r"(?:\b(?:an?|the) |\S+[’']s? )(?:(?:[\w’'-]+|(?:[A-Z]\.)+) ){0,4}$",
        text[max(0, noun - NEAR) : noun],
        re.I,
    )
    return noun - len(found[0]) if found else noun


def introductions(lexicon: Lexicon, name: str) -> Iterator[Description]:
    """What the text says of a name where it sets words beside it, before or after."""
    for body in lexicon.article.body:
        for start, end in _standing(lexicon.article.text, name, body):
            yield from _before(lexicon, start)
            yield from _after(lexicon, end)


def _standing(text: str, name: str, within: Range) -> Iterator[Range]:
    """Where a name stands in a part of a text, and not within a word."""
    start = text.find(name, *within)
    while name and start >= 0:
        end = start + len(name)
        apart = not _is_in_word(text[start - 1 : start]) and not (end < within[1] and _is_in_word(text[end]))
        if apart:
            yield start, end
        start = text.find(name, end if apart else start + 1, within[1])


def _is_in_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _before(lexicon: Lexicon, start: int) -> Iterator[Description]:
    """ "Foreign Ministry spokeswoman Ana Brandt", "Kerlo's president, Ana Brandt"."""
    pieces = lexicon.pieces(max(0, start - NEAR), start)
    apart = bool(pieces) and pieces[-1].words[0].text == ","
    taken = pieces[:-1] if apart else pieces
    first = len(taken)
    while first and _introduces(taken[first - 1]):
        first -= 1
    while first < len(taken) and taken[first].words[0].low in SMALL - {"the", "a", "an"}:
        first += 1
    if first < len(taken):
        told = described(lexicon, lexicon.phrase(taken[first].start, taken[-1].end))
        titled = told.offices if apart else any(map(_is_noun, told.phrase.pieces[-2:]))
        if titled and told.sector and not isinstance(told.row, State | Person):
            yield told


def _is_noun(piece: Piece[Sense]) -> bool:
    return piece.sense is not None and bool(piece.sense.agent or piece.sense.offices)


def _introduces(piece: Piece[Sense]) -> bool:
    word = piece.words[0]
    return piece.sense is not None or word.low in SMALL or (piece.capital and word.text[0].isalpha())


def _after(lexicon: Lexicon, end: int) -> Iterator[Description]:
    """ "Ana Brandt, 41, a doctor", "Ana Brandt of the Orlin Front"."""
    text = lexicon.article.text
    if match := re.compile(r" (?:of|from) (?=(?:the )?[A-Z])").match(text, end):
        told = described(lexicon, lexicon.phrase(match.end(), _stop(text, match.end())))
        if isinstance(told.row, Body) or told.name:
            yield told
        return
    while match := re.compile(r",\s+").match(text, end):
        end = _stop(text, match.end())
        told = described(lexicon, lexicon.phrase(match.end(), end))
        if _is_role(told):
            yield told
            return
        if not text[match.end()].isdigit():
            return


def _stop(text: str, start: int) -> int:
    match = re.compile(r"[,;:()—–“”\"\n]|\.(?=\s|$)").search(text, start, start + 2 * NEAR)
    return match.start() if match else min(len(text), start + 2 * NEAR)


def _is_role(told: Description) -> bool:
    """Whether a phrase says what somebody is ("a spokesman for the front")."""
    if not told.phrase.pieces or told.name or not told.sector or isinstance(told.row, State | Person):
        return False
    marked = bool(told.phrase.opening or told.phrase.follows or told.offices or len(told.phrase.pieces) > 1)
    return marked and told.head != "police"
