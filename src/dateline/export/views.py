"""The record → what the rows of a table are about: incidents, claims, attributions, articles.

Incidents, claims and attributions come one after another and are not kept; only what the record held on a
day of the past (``as_of``, ``recorded``) is computed from the log in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from dateline.export.choice import day_of, place_of
from dateline.record.appending import number_of
from dateline.record.claims import actor_of
from dateline.record.decisions import standing
from dateline.record.ids import claim_ids
from dateline.record.loading import chunks, entries, reading_of
from dateline.record.lookup import several
from dateline.record.origins import roots
from dateline.record.record import Record
from dateline.record.schema import readings
from dateline.record.search import Wanted, among, found
from dateline.record.spreads import DEFAULT_RULE, Spread, spread
from dateline.record.times import earliest_first
from dateline.types import Actor, Attribution, Citation, Claim, Decision, Entry, Incident, Place, When

AT_ONCE = 100
"""Incidents taken from the record in one step."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the record is exported: which incidents, as of when, and how tolls are chosen (``RULES``)."""

    wanted: Wanted = field(default_factory=Wanted)
    as_of: str | None = None
    recorded: str | None = None
    rule: str = DEFAULT_RULE


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the record: an outlet's scale by its web host, a country's name by its code."""

    scale: Callable[[str], str | None] = lambda host: None  # noqa: ARG005
    country: Callable[[str], str | None] = lambda code: None  # noqa: ARG005


@dataclass(frozen=True, slots=True)
class Told:
    """An incident with its values side by side, and the day and place that stand for it."""

    incident: Incident
    spread: Spread
    when: When | None
    place: Place | None
    known: Known


@dataclass(frozen=True, slots=True)
class Reported:
    """A claim with the id of its incident."""

    incident: str
    claim: Claim


@dataclass(frozen=True, slots=True)
class Held:
    """An article of the record.

    ``reading`` is the id of its latest reading, ``claims`` how many claims that has; ``current`` is whether
    it is the latest text at its address, ``redacted`` whether its words are erased; ``origin`` is the
    article that it goes back to, itself where it is no copy.
    """

    citation: Citation
    reading: str
    model: str
    recorded: str
    claims: int
    current: bool
    redacted: bool
    origin: str
    known: Known


@dataclass(frozen=True, slots=True)
class Said:
    """An attribution of an article, who its source is, and the ids of the claims that it tells."""

    article: Held
    attribution: Attribution
    source: Actor | None
    claims: tuple[str, ...]


def incidents(record: Record, asked: Asked, known: Known) -> Iterator[Told]:
    """The incidents that are wanted, the latest first."""
    for incident in _incidents(record, asked):
        yield Told(incident, spread(incident, asked.rule), day_of(incident), place_of(incident), known)


def claims(record: Record, asked: Asked) -> Iterator[Reported]:
    """The claims of the incidents that are wanted."""
    return (Reported(each.id, claim) for each in _incidents(record, asked) for claim in each.claims)


def attributions(record: Record, asked: Asked, known: Known) -> Iterator[Said]:
    """The attributions of the latest readings of articles, of those that the wanted incidents are told by."""
    told = [held for held in articles(record, asked, known) if held.current and not held.redacted]
    with record.reading() as connection:
        for held in told:
            number = number_of(connection, readings, held.reading)
            reading = None if number is None else reading_of(connection, number)
            if reading is None:
                continue  # redacted meanwhile
            ids = claim_ids(held.citation.article, reading.events)
            for said in reading.attributions:
                source = next((actor_of(span, reading.actors) for span in said.source), None)
                telling = (
                    name
                    for name, event in zip(ids, reading.events, strict=True)
                    if said.id in event.attributions
                )
                yield Said(held, said, source, tuple(telling))


def articles(record: Record, asked: Asked, known: Known) -> list[Held]:
    """The articles that the wanted incidents are told by; where nothing is asked, all that were added."""
    if asked.as_of is not None:
        found = held(record.entries(as_of=asked.as_of, recorded=asked.recorded), known)
    else:
        with record.reading() as connection:
            found = held(entries(connection, record.shelf, asked.recorded), known)
    if asked.wanted == Wanted():
        return found
    telling = {claim.citation.article for each in _incidents(record, asked) for claim in each.claims}
    return [each for each in found if each.citation.article in telling]


def held(log: Iterable[Entry], known: Known) -> list[Held]:
    """The articles of a log in the order of publication."""
    found: dict[str, Held] = {}
    latest: dict[str, str] = {}
    decisions: list[Decision] = []
    for entry in log:
        decisions += (each for each in entry.decisions if each.kind in _ABOUT_ARTICLES)
        if entry.citation is None or entry.reading is None:
            continue
        cited = entry.citation
        if cited.article not in found:
            latest[cited.address] = cited.article
        told = entry.reading, entry.model or "", entry.recorded, len(entry.claims) + len(entry.erased)
        found[cited.article] = Held(cited, *told, False, False, cited.article, known)
    decisions = standing(decisions)
    gone = {article for each in decisions if each.kind == "redaction" for article in each.subject}
    root_of = roots({name: each.citation for name, each in found.items()}, decisions)
    return sorted(
        (
            replace(
                each,
                current=latest[each.citation.address] == name,
                redacted=name in gone,
                origin=root_of[name],
            )
            for name, each in found.items()
        ),
        key=lambda each: earliest_first(each.citation),
    )


_ABOUT_ARTICLES = ("copy", "not-copy", "redaction", "withdrawal")


def _incidents(record: Record, asked: Asked) -> Iterator[Incident]:
    if asked.as_of is not None or asked.recorded is not None:
        past = {each.id: each for each in record.incidents(as_of=asked.as_of, recorded=asked.recorded)}
        yield from (past[brief.id] for brief in among(past.values(), asked.wanted))
        return
    with record.reading() as connection:
        for some in chunks((brief.id for brief in found(connection, asked.wanted)), AT_ONCE):
            yield from several(connection, record.shelf, some)
