"""Calibrated confidence: of what is told with 0.8, four fifths should be right.

A network's own chances are not that. Platt's scaling (1999) maps them by two numbers, ``logit q = scale *
logit p + shift``, and swaps no two chances. One table maps the chance of a report's trigger and type, one
the chance of a filler times that of its report: a filler is right only where its report is. They are
applied to finished reports, so that all choices before are made on the network's chances.
training/calibrate.py fits the tables; settings.json carries them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dateline.ontology import ROLES
from dateline.types import EventReport

Table = Sequence[float]
"""Scale and shift."""

IDENTITY: Table = (1.0, 0.0)
NEAREST = 1e-4
"""How near to 0 or 1 a chance may come."""


def logit(chance: float) -> float:
    """The logarithm of a chance's odds, bounded."""
    p = min(max(chance, NEAREST), 1 - NEAREST)
    return math.log(p) - math.log1p(-p)


def apply(table: Table, chance: float) -> float:
    """The calibrated chance in (0, 1) of a network's chance in [0, 1]."""
    scale, shift = table
    return 1 / (1 + math.exp(-(scale * logit(chance) + shift)))


def calibrated(reports: Iterable[EventReport], tables: Mapping[str, Table]) -> list[EventReport]:
    """Reports whose confidence, and whose fillers', is the calibrated one; tables "event" and "filler"."""
    return [_calibrated(report, tables["event"], tables["filler"]) for report in reports]


def _calibrated(report: EventReport, event: Table, filler: Table) -> EventReport:
    fillers: dict[str, Any] = {
        role: tuple(
            replace(f, confidence=round(apply(filler, f.confidence * report.confidence), 4))
            for f in getattr(report, role)
        )
        for role in ROLES
    }
    return replace(report, confidence=round(apply(event, report.confidence), 4), **fillers)
