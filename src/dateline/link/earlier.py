"""In answer to what: words that name an earlier happening, and the claims of other articles that they fit.

    "Merovar bombed a camp near Lunova in response to Tuesday's attack that killed six guards at Brenik"
     answering claim ──────────── cue ─────────┘        mention: ASSAULT, 2024-03-12, 6, Brenik

A mention names a happening by its kind, and fits a claim of that kind, not later than the answer, by what
it says besides: the place or a party, the day, the toll, the very word. What it says and the claim says
otherwise speaks against it. Kinds alone tie nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dateline.types import Actor, Claim, Decision, Filler, Place, Reading

_CUE = re.compile(
    r"\b(?:in\s+(?:\w+\s+){0,3}?(?:response|answer|reaction|retaliation|revenge|reprisals?)\s+(?:to|for|over)"
    r"|(?:as\s+)?(?:an?|the)\s+(?:\w+\s+)?(?:response|answer|reaction|retaliation|revenge|reprisals?)\s+(?:to|for|over)"
    r"|(?:in\s+)?(?:responding|reacting|replying)\s+to|(?:respond|react|repli)(?:ed|s)?\s+to"
    r"|retaliat(?:ing|ed|es|e|ory|ion)\s+(?:for|against|after)|(?:to\s+)?aveng(?:e|es|ed|ing)"
    r"|(?:prompted|provoked|triggered|sparked|set\s+off)\s+by|in\s+protest\s+(?:at|over|against))\s+",
    re.IGNORECASE,
)
"""Words behind which stands what is answered."""
_BLAMES = re.compile(r"(?:condemn|denounc|deplor|decri|criticis|criticiz|blam|lament|mourn)", re.IGNORECASE)
"""Beginnings of triggers whose own object is what they answer."""
_END = re.compile(
    r"[,;:.!?“”\"()–—]|\b(?:said|says|saying|told|according|while|but|which|who|and\s+(?:said|told)|when)\b"
)
_BREAK = re.compile(r"[;:]|,\s+(?:and|but|while|as|after)\b|\b(?:after|before)\b", re.IGNORECASE)
"""Between a trigger and a cue, these begin another clause: the cue is not the trigger's."""
LONGEST = 120
"""Characters of a mention at most."""

_KINDS = """
ASSAULT attack assault raid bomb bombing bombardment strike airstrike shelling shooting killing massacre
    murder blast explosion ambush assassination execution rocket missile clash fighting violence death
    incursion invasion offensive kidnapping abduction beating torture stabbing burning
COERCE arrest detention seizure crackdown curfew closure blockade ban deportation clearing raid jailing
PROTEST protest demonstration march rally riot strike blockade boycott walkout
SANCTION sanction expulsion embargo suspension verdict sentence conviction withdrawal
THREATEN threat ultimatum warning
ACCUSE accusation charge allegation criticism complaint
REJECT refusal rejection veto denial
REQUEST demand call appeal request
AGREE agreement deal offer pact accord promise
MOBILIZE deployment mobilisation mobilization buildup reinforcement
RETREAT truce ceasefire release resignation withdrawal pardon
"""


def _by_noun(table: str) -> dict[str, list[str]]:
    """The event types of each noun that names a happening; a type's name is in capitals."""
    found: dict[str, list[str]] = {}
    kind = ""
    for word in table.split():
        if word.isupper():
            kind = word
        else:
            found.setdefault(word, []).append(kind)
    return found


TYPES = _by_noun(_KINDS)
VIOLENT = ("ASSAULT",)
"""What a mention is about that gives nothing but a name: "in answer to Brenik"."""

FAR = 45
"""Days that an answer may come after what it answers, where the mention tells no day."""
NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
NO_NAMES = frozenset(["the", "a", "an", "its", "his", "their", "on", "in", "at", *MONTHS, *DAYS])

PLACE, PARTY, DAY, RECENT, TOLL, WORD = 0.45, 0.2, 0.3, 0.1, 0.25, 0.15
"""What a mention's place, party, day, nearness in time, toll and very word weigh when a claim has them."""
LEAST = 0.6
"""From which sum on a claim is what is meant."""
APART = 0.99
"""How sure it is that what answers something is not that."""


@dataclass(frozen=True, slots=True)
class Mention:
    """What some words say of an earlier happening: its event types, names, day and number, as far as told."""

    words: str
    kinds: tuple[str, ...]
    nouns: tuple[str, ...]
    names: tuple[str, ...]
    day: date | None
    numbers: tuple[int, ...]


def keys(claim: Claim) -> tuple[str, ...]:
    """Keys under which an answering claim meets what it may answer.

    A key that ends in ">" meets those that end in "<", as the record looks claims up.
    """
    asked = [
        f"answers {kind} {name[:4]} >"
        for mention in mentions(claim)
        for kind in mention.kinds
        for name in mention.names
    ]
    told = [
        f"answers {claim.event.type} {name[:4]} <"
        for name in dict.fromkeys((*places(claim), *parties(claim)))
    ]
    return tuple(dict.fromkeys((*asked, *told)))


def decisions(claim: Claim, candidates: Iterable[Claim]) -> list[Decision]:
    """What is decided, by the linker, between a claim and others, whichever of the two answers.

    "answers", and "different" besides: what is in answer to something is not that.
    """
    own = mentions(claim)
    found: list[Decision] = []
    for other in candidates:
        found += _answers(claim, own, other)
        found += _answers(other, mentions(other), claim)
    return found


def _answers(claim: Claim, told: Iterable[Mention], other: Claim) -> Iterator[Decision]:
    fits = ((*fit(mention, claim, other), mention.words) for mention in told)
    score, reason, words = max(fits, default=(0.0, "", ""))
    if score >= LEAST:
        ends, why = ((claim.id,), (other.id,)), f"“{words}”: {reason}"
        yield Decision("answers", "linker", *ends, why, round(min(score, 1.0), 4))
        yield Decision("different", "linker", *ends, f"in answer to it: {why}", APART)


def fit(mention: Mention, claim: Claim, other: Claim) -> tuple[float, str]:
    """How well another claim fits a mention that a claim makes, and by what: 0 when it cannot be meant."""
    if other.event.type not in mention.kinds or other.event.status != "actual" or mentions(other):
        return 0.0, ""
    first, last = _days(other)
    by = _days(claim)[1]
    if first is not None and by is not None and first > by:
        return 0.0, "later"
    found = [*_named(mention, other), *_dated(mention, first, last, by), *_counted(mention, other)]
    if any(noun[:5] == other.event.trigger.text.casefold()[:5] for noun in mention.nouns):
        found.append((WORD, f"“{other.event.trigger.text}”"))
    score = sum(weight for weight, _ in found)
    return score, ", ".join([other.event.type, *(reason for _, reason in found)])


Part = tuple[float, str]


def _named(mention: Mention, other: Claim) -> Iterator[Part]:
    """A name of the mention at the claim's place, else among its parties."""
    for weight, names in ((PLACE, places(other)), (PARTY, parties(other))):
        shared = [name for name in mention.names if any(_alike(name, each) for each in names)]
        if shared:
            yield weight, " ".join(shared)
            return


def _dated(mention: Mention, first: date | None, last: date | None, by: date | None) -> Iterator[Part]:
    """The mention's day within the claim's, or, where it tells none, the claim not long before the answer."""
    if mention.day is not None and first is not None and last is not None:
        within = first - timedelta(1) <= mention.day <= last + timedelta(1)
        yield (DAY, mention.day.isoformat()) if within else (-1.0, f"not on {mention.day}")
    elif by is not None and last is not None and mention.day is None:
        apart = (by - last).days
        yield (RECENT, f"{max(apart, 0)} days before") if apart <= FAR else (-1.0, "long before")


def _counted(mention: Mention, other: Claim) -> Iterator[Part]:
    """One of the mention's numbers as the claim's toll."""
    tolls = {count.value for count in (*other.event.killed, *other.event.injured)}
    shared = [number for number in mention.numbers if number in tolls]
    if shared:
        yield TOLL, f"{shared[0]} killed or injured"


def mentions(claim: Claim) -> tuple[Mention, ...]:
    """What a claim's sentence says that it is in answer to; nothing for claims within such a mention."""
    if claim.event.status == "negated":
        return ()
    start = claim.event.trigger.start - claim.sentence.start
    end = start + len(claim.event.trigger.text)
    blames = claim.event.type in ("ACCUSE", "REJECT") and _BLAMES.match(claim.event.trigger.text) is not None
    return _mentioned(
        claim.sentence.text, start, end, blames, claim.citation.title or "", claim.citation.published or ""
    )


def within(reading: Reading) -> list[tuple[int, int]]:
    """Which event reports of a reading answer which, by their places: those in whose words the others stand.

    The two of a pair are not one happening.
    """
    found = []
    for number, event in enumerate(reading.events):
        start, end = next(
            (each for each in reading.sentences if each[0] <= event.trigger.start < each[1]), (0, 0)
        )
        sentence, place = reading.article.text[start:end], event.trigger.start - start
        for cue, first, last in _passages(sentence):
            apart = place + len(event.trigger.text) <= cue and _BREAK.search(sentence, place, cue)
            if apart or first <= place < last or event.status == "negated":
                continue
            found += [
                (number, other)
                for other, answered in enumerate(reading.events)
                if first <= answered.trigger.start - start < last
            ]
    return found


@lru_cache(maxsize=4096)
def _mentioned(
    sentence: str, start: int, end: int, blames: bool, title: str, published: str
) -> tuple[Mention, ...]:
    found = []
    for cue, first, last in _passages(sentence):
        if first <= start < last:
            return ()
        if not (end <= cue and _BREAK.search(sentence, end, cue)):
            found.append(sentence[first:last])
    told = [mention(words, title, published) for words in found]
    if blames:
        blamed = mention(_phrase(sentence, end), title, published)
        told += [blamed] if blamed.nouns else []
    return tuple(each for each in told if each.names)


def _passages(sentence: str) -> Iterator[tuple[int, int, int]]:
    """Where each cue begins, and where the words behind it stand."""
    for cue in _CUE.finditer(sentence):
        yield cue.start(), cue.end(), cue.end() + len(_phrase(sentence, cue.end()))


def _phrase(sentence: str, start: int) -> str:
    """The words from a place on to the end of their clause."""
    stop = _END.search(sentence, start + 1)
    return sentence[start : min(stop.start() if stop else len(sentence), start + LONGEST)]


def mention(words: str, title: str, published: str) -> Mention:
    """What some words say. Where they name nobody, what the title says with the same noun is meant."""
    nouns = tuple(noun for word in re.findall(r"\w+", words.casefold()) if (noun := _noun(word)))
    names = _names(words)
    if nouns and not names and set(nouns) & {_noun(word) for word in re.findall(r"\w+", title.casefold())}:
        names = _names(title)
    kinds = tuple(dict.fromkeys(kind for noun in nouns for kind in TYPES[noun])) or (VIOLENT if names else ())
    return Mention(" ".join(words.split()), kinds, nouns, names, _day(words, published), _numbers(words))


def _noun(word: str) -> str:
    """The noun for a happening that a word is, without its plural; empty for other words."""
    singulars = (word, word.removesuffix("s"), word.removesuffix("es"))
    return next((each for each in singulars if each in TYPES), "")


def _names(words: str) -> tuple[str, ...]:
    """The words with a capital letter, in lower case."""
    found = (word.casefold() for word in re.findall(r"\b[A-Z]\w{2,}", words))
    return tuple(dict.fromkeys(name for name in found if name not in NO_NAMES and not _noun(name)))


def _numbers(words: str) -> tuple[int, ...]:
    """The numbers in some words, in figures or, up to twelve, spelt out."""
    found = re.findall(r"\w+", words.casefold())
    return tuple(
        int(word) if word.isdecimal() else NUMBERS.index(word) + 1
        for word in found
        if (word.isdecimal() and len(word) < 6) or word in NUMBERS
    )


def _day(words: str, published: str) -> date | None:
    """The day that a weekday's name, "yesterday", or a day and month in some words mean."""
    told = _date(published)
    if told is None:
        return None
    text = words.casefold()
    for number, name in enumerate(DAYS):
        if re.search(rf"\b{name}\b", text):
            return told - timedelta((told.weekday() - number) % 7)
    if re.search(r"\byesterday\b", text):
        return told - timedelta(1)
    for number, name in enumerate(MONTHS, 1):
        found = re.search(rf"\b(\d{{1,2}})\s+{name}\b|\b{name}\s+(\d{{1,2}})\b", text)
        if found:
            return _last(told, number, int(found[1] or found[2]))
    return None


def _last(told: date, month: int, day: int) -> date | None:
    """The last such day not after another."""
    for year in (told.year, told.year - 1):
        try:
            found = date(year, month, day)
        except ValueError:
            return None
        if found <= told:
            return found
    return None


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _days(claim: Claim) -> tuple[date | None, date | None]:
    """The first and last day of a claim, at the latest that of publication."""
    when = claim.event.when
    published = _date(claim.citation.published)
    if when is None:
        return None, published
    return _date(when.start), _date(when.end) or published


def places(claim: Claim) -> tuple[str, ...]:
    """The names of a claim's places, word by word, in lower case."""
    return _of(claim.event.place)


def parties(claim: Claim) -> tuple[str, ...]:
    """The names of those who acted and were acted on, and of things that were, word by word."""
    return _of((*claim.event.recipient, *claim.event.actor))


def _of(fillers: Iterable[Filler]) -> tuple[str, ...]:
    resolved = (each.resolved for each in fillers)
    known = " ".join(each.name for each in resolved if isinstance(each, Actor | Place))
    return _names(" ".join([*(f"{each.text} ." for each in fillers), known]))


def _alike(one: str, other: str) -> bool:
    """Whether two words name the same: equal, or one the other's people ("Dostrea", "Dostrean")."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= 4 and long.startswith(short) and len(long) - len(short) <= 3)
