"""What of a log holds now: the latest text at each address, its latest reading, the standing decisions.

A claim is of now when it is in the latest reading of the latest text at its article's address.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from dateline.record.decisions import standing
from dateline.record.times import LAST, instant
from dateline.types import Citation, Claim, Decision, Entry, Span

NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Holdings:
    """What some entries come to, before claims are brought together.

    ``live`` and ``former`` are the claims of now and those of superseded readings and texts;
    ``erased`` the ids of redacted ones; ``decisions`` the standing ones in the order of the log.
    """

    citations: Mapping[str, Citation] = field(default_factory=dict)
    live: tuple[Claim, ...] = ()
    former: tuple[Claim, ...] = ()
    erased: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()


def gathered(entries: Iterable[Entry]) -> Holdings:
    """What the entries hold, with what is superseded told from what is not."""
    entries = list(entries)
    citations: dict[str, Citation] = {}
    latest: dict[str, str] = {}
    readings: dict[str, str] = {}
    for entry in entries:
        if entry.citation is not None and entry.reading is not None:
            if entry.citation.article not in citations:
                latest[entry.citation.address] = entry.citation.article
            citations[entry.citation.article] = entry.citation
            readings[entry.citation.article] = entry.reading
    current = {readings[article] for article in latest.values()}
    live = [claim for entry in entries if entry.reading in current for claim in entry.claims]
    now = {claim.id for claim in live}
    former = {claim.id: claim for entry in entries for claim in entry.claims if claim.id not in now}
    decisions = standing([decision for entry in entries for decision in entry.decisions])
    erased = tuple(dict.fromkeys(claim for entry in entries for claim in entry.erased))
    return Holdings(citations, tuple(live), tuple(former.values()), erased, tuple(decisions))


def as_of(entries: Iterable[Entry], day: str, before: Mapping[str, str] = NONE) -> list[Entry]:
    """The entries as known at the end of a day: of articles published by then, and what people decided.

    ``day`` is an ISO 8601 date or date-time. Where the publisher gave no time, that of appending
    counts; a later text at the same address counts from when the page says it was modified. ``before`` has
    the first article at each address, where the entries are not all and do not begin with it.
    """
    texts = dict(before)
    kept = []
    for entry in entries:
        cited = entry.citation
        first = cited is None or texts.setdefault(cited.address, cited.article) == cited.article
        if cited is None or _by(day, cited, first, entry.recorded):
            kept.append(entry)
    return kept


def _by(day: str, cited: Citation, first: bool, recorded: str) -> bool:
    told = cited.published if first else cited.modified or cited.published
    when, limit = instant(told), instant(day)
    return (instant(recorded) if when == LAST else when)[: len(limit)] <= limit


def successors(former: Iterable[Claim], live: Sequence[Claim]) -> dict[str, str]:
    """For former claims, the claim of now that tells the same, as far as there is one.

    In the same text it is the one whose trigger overlaps most, one of the same type before others;
    in another text at the address, one whose trigger has the same place in the same sentence.
    """
    here: dict[str, list[Claim]] = defaultdict(list)
    told: dict[tuple[str, str, int, int], Claim] = {}
    for claim in live:
        here[claim.citation.article].append(claim)
        told.setdefault(_passage(claim), claim)
    found = {}
    for claim in former:
        became = _overlapping(claim, here[claim.citation.article]) or told.get(_passage(claim))
        if became is not None:
            found[claim.id] = became.id
    return found


def revised(former: Iterable[Claim], live: Sequence[Claim]) -> dict[str, str]:
    """For former claims, the one of now that seems to be the same with its sentence rewritten.

    It has the same type, trigger words and address, and of all such the most words in common, at
    least half. Good enough to show what was said before, not to let a decision follow.
    """
    alike: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in live:
        alike[_told(claim)].append(claim)
    found = {}
    for claim in former:
        shares = [(shared_words(claim, other), other.id) for other in alike[_told(claim)]]
        share, name = max(shares, default=(0.0, ""))
        if share >= 0.5:
            found[claim.id] = name
    return found


def _told(claim: Claim) -> tuple[str, str, str]:
    return claim.citation.address, claim.event.type, claim.event.trigger.text.casefold()


def shared_words(one: Claim, other: Claim) -> float:
    """The share of the words of two claims' sentences that both have, from 0 to 1."""
    words, others = (set(claim.sentence.text.casefold().split()) for claim in (one, other))
    return len(words & others) / len(words | others)


def _passage(claim: Claim) -> tuple[str, str, int, int]:
    trigger, sentence = claim.event.trigger, claim.sentence
    start = trigger.start - sentence.start
    return claim.citation.address, sentence.text, start, start + len(trigger.text)


def _overlapping(claim: Claim, others: Iterable[Claim]) -> Claim | None:
    trigger, kind = claim.event.trigger, claim.event.type
    shared = ((_overlap(trigger, other.event.trigger), other.event.type == kind, other) for other in others)
    most = max((each for each in shared if each[0] > 0), key=lambda each: each[:2], default=None)
    return None if most is None else most[2]


def _overlap(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)
