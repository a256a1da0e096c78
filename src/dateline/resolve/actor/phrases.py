"""Noun phrases taken apart by their small words: the head with what stands before it, what follows, and
what is set beside it ("the army's spokesman for the south, Col Ana Brandt").

No parser: news names its actors in short phrases, whose prepositions, commas and brackets tell enough.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, NamedTuple, TypeVar

Sense = TypeVar("Sense")

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}(?:-\w+|[’']s)*|\d+(?:[.,]\d+)+|\w+(?:[-’'&‑]\w+)*(?:(?<=s)[’'](?=\s))?|[^\w\s]"
)
_OWNING = re.compile(r"(?<=[\w.])(?:[’']s|(?<=s)[’'])$")
_CAPITAL = re.compile(r"(?:[a-z]{1,3}[-’'])?[^\W\d_a-z]")
_ABBREVIATED = re.compile(r"[A-Z][a-z]{1,5}$")

DEEPEST = 3
"""How many phrases are read within one another ("members of the army of Sudan")."""
PREPOSITIONS = frozenset((
    "of", "in", "from", "for", "at", "on", "with", "by", "to", "against", "near", "between", "inside",
    "outside", "under", "across", "during", "after", "among", "within", "around", "over", "along",
    "like", "behind", "following", "including", "amid", "before", "than", "towards",
))  # fmt: skip
BREAKS = frozenset((
    "who", "that", "which", "whose", "whom", "where", "when", "while", "is", "are", "was", "were", "be",
    "been", "has", "have", "had", "as", "because", "not", "would", "will", "could", "may", "might",
    "can", "said", "says", "say", "told",
))  # fmt: skip
AFTER_HEAD = re.compile(r"(?:[a-z]+(?:ed|ing)|loyal|opposed|close|responsible|there|here|alone|back|alike)$")
SETTING_OFF = frozenset(",;:—–-")
QUOTES = frozenset("“”\"‘’'.")
OPENINGS = frozenset((
    "the", "a", "an", "this", "these", "those", "that", "some", "several", "many", "most", "all", "both",
    "any", "each", "every", "no", "other", "another", "more", "fewer", "half", "numerous", "various",
    "certain", "few", "least", "at", "about", "around", "nearly", "almost", "over", "up", "than", "only",
    "just", "approximately", "roughly", "first", "second", "third", "two", "three", "four", "five",
    "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty", "thirty", "forty", "fifty",
    "hundred", "thousand", "million",
))  # fmt: skip
DEFINITE = frozenset(("the", "this", "these", "those"))
OWNERS = frozenset(("his", "her", "its", "their", "our", "my", "your"))


class Word(NamedTuple):
    """A word or mark of an article with its offsets; ``text`` is without the ending of a possessive."""

    start: int
    end: int
    text: str
    owns: bool = False

    @property
    def low(self) -> str:
        """The word in lower case."""
        return self.text.lower()


class Piece(NamedTuple, Generic[Sense]):
    """Words that mean something together, or one word without ``sense``."""

    words: tuple[Word, ...]
    sense: Sense | None

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end

    @property
    def owns(self) -> bool:
        """Whether it is a possessive ("Turkey's")."""
        return self.words[-1].owns

    @property
    def capital(self) -> bool:
        """Whether it is written like a name ("Brandt", "al-Brandt")."""
        return _CAPITAL.match(self.words[0].text) is not None


@dataclass(frozen=True, slots=True)
class Phrase(Generic[Sense]):
    """A noun phrase: ``pieces`` up to and with its head; ``opening`` the words before them in lower case;
    ``follows`` the phrases after its prepositions; ``beside`` those set off by commas or brackets."""

    pieces: tuple[Piece[Sense], ...]
    opening: tuple[str, ...] = ()
    follows: tuple[tuple[str, Phrase[Sense]], ...] = ()
    beside: tuple[Phrase[Sense], ...] = ()

    @property
    def definite(self) -> bool:
        """Whether it speaks of one known already ("the group")."""
        return any(word in DEFINITE for word in self.opening)

    @property
    def counted(self) -> bool:
        """Whether a number or an indefinite article opens it ("two men", "a group")."""
        return bool(self.opening) and not self.definite and self.owner is None

    @property
    def owner(self) -> str | None:
        """The pronoun that owns it ("their")."""
        return next((word for word in self.opening if word in OWNERS), None)


def words(text: str, start: int, end: int) -> list[Word]:
    """The words and marks of a range; the dot of an abbreviated title belongs to its word."""
    found: list[Word] = []
    for match in _WORD.finditer(text, start, end):
        if match[0] == "." and found and match.end() < end and _abbreviated(found[-1], match.start()):
            found[-1] = found[-1]._replace(end=match.end())
            continue
        owning = _OWNING.search(match[0]) if "’" in match[0] or "'" in match[0] else None
        stem = match[0][: owning.start()] if owning else match[0]
        found.append(Word(match.start(), match.end(), stem, owning is not None))
    return found


def _abbreviated(word: Word, dot: int) -> bool:
    return word.end == dot and bool(_ABBREVIATED.match(word.text))


def pieces(
    given: Sequence[Word], sense: Callable[[Sequence[Word]], Sense | None], most: Callable[[Word], int]
) -> list[Piece[Sense]]:
    """Words grouped by the longest runs that have a sense; ``most`` is of how many words, at most, a run that
    begins with a word can be."""
    found: list[Piece[Sense]] = []
    position = 0
    while position < len(given):
        word = given[position]
        piece = _longest(given, position, sense, longest) if (longest := most(word)) else Piece((word,), None)
        found.append(piece)
        position += len(piece.words)
    return found


def _longest(
    given: Sequence[Word], position: int, sense: Callable[[Sequence[Word]], Sense | None], most: int
) -> Piece[Sense]:
    for length in range(min(most, len(given) - position), 0, -1):
        run = given[position : position + length]
        meaning = sense(run)
        if meaning is not None:
            return Piece(tuple(run), meaning)
    return Piece((given[position],), None)


def parsed(given: Sequence[Piece[Sense]]) -> Phrase[Sense]:
    """Pieces as a phrase: what commas, dashes and brackets set off stands beside the rest."""
    first, *others = _parted(given)
    return replace(_simple(first), beside=tuple(_simple(other) for other in others if other))


def _parted(given: Sequence[Piece[Sense]]) -> list[list[Piece[Sense]]]:
    """The main words, which go on after brackets, and each part that is set off."""
    parts: list[list[Piece[Sense]]] = [[]]
    into = back = parts[0]
    for piece in given:
        mark = piece.words[0].text if piece.sense is None else ""
        if mark in ("(", "["):
            back, into = into, []
            parts.append(into)
        elif mark in (")", "]"):
            into = back
        elif mark in SETTING_OFF:
            into = []
            parts.append(into)
        elif mark not in QUOTES:
            into.append(piece)
    return parts


def _simple(given: Sequence[Piece[Sense]], depth: int = 0) -> Phrase[Sense]:
    start = _opened(given)
    opening = tuple(piece.words[0].low for piece in given[:start])
    core: list[Piece[Sense]] = []
    for position in range(start, len(given)):
        piece = given[position]
        word = piece.words[0].low if piece.sense is None else ""
        if core and word in PREPOSITIONS:
            rest = _simple(given[position + 1 :], depth + 1) if depth < DEEPEST else None
            return Phrase(tuple(core), opening, ((word, rest),) if rest and rest.pieces else ())
        if core and (word in BREAKS or (AFTER_HEAD.match(word) and _ends(given[position + 1 :]))):
            return Phrase(tuple(core), opening)
        core.append(piece)
    return Phrase(tuple(core), opening)


def _opened(given: Sequence[Piece[Sense]]) -> int:
    """How many pieces open the phrase: determiners, numbers and pronouns that own it."""
    start = 0
    while start < len(given) - 1 and (
        _is(given[start], OPENINGS) or _is(given[start], OWNERS) or given[start].words[0].text[0].isdigit()
    ):
        if given[start].sense is not None or "-" in given[start].words[0].text:
            break
        start += 1
    return start


def _is(piece: Piece[Sense], among: frozenset[str]) -> bool:
    return piece.sense is None and piece.words[0].low in among


def _ends(rest: Sequence[Piece[Sense]]) -> bool:
    return not rest or _is(rest[0], PREPOSITIONS) or _is(rest[0], BREAKS)
