"""The digest of a record: of what it holds and how that falls into incidents, not of times or order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dateline.record.ids import digest


def record_digest(ids: Iterable[str], partition: Mapping[str, str]) -> str:
    """Of content ids (articles, readings, claims, people's decisions) and each claim's incident.

    The linker's decisions are left out: what they come to is the partition, in whichever order the
    articles came.
    """
    tied = (f"{claim} {incident}" for claim, incident in partition.items())
    return digest("record", *sorted(ids), "", *sorted(tied))
