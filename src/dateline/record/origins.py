"""Whose reporting articles go back to: copies folded into one origin, an outlet counted once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from dateline.record.decisions import ordered
from dateline.record.partition import grouped
from dateline.record.times import earliest_first
from dateline.types import Citation, Decision, Origin


def roots(citations: Mapping[str, Citation], decisions: Iterable[Decision]) -> dict[str, str]:
    """For each article the earliest published of those that "copy" decisions make one with it."""
    groups = grouped(citations, ordered(decisions), "copy", "not-copy")
    earliest: dict[str, str] = {}
    for cited in sorted(citations.values(), key=earliest_first):
        earliest.setdefault(groups.find(cited.article), cited.article)
    return {article: earliest[groups.find(article)] for article in citations}


def origins(
    articles: Iterable[Citation], root_of: Mapping[str, str], citations: Mapping[str, Citation]
) -> tuple[Origin, ...]:
    """The articles by the outlet that each goes back to, the earliest origin first."""
    folded: dict[str, list[Citation]] = defaultdict(list)
    for cited in sorted({cited.article: cited for cited in articles}.values(), key=earliest_first):
        folded[outlet(citations[root_of[cited.article]])].append(cited)
    return tuple(Origin(name, tuple(group)) for name, group in folded.items())


def outlet(cited: Citation) -> str:
    """Who published: the publisher's name, else the address's host, else the address."""
    return cited.publisher or urlsplit(cited.address).hostname or cited.address
