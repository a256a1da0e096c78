"""Calibrated confidence: of what is told with 0.8, four fifths should be right.

A network's own chances are not that. Beta calibration (Kull, Silva Filho, Flach 2017) maps them by three
numbers a, b >= 0 and c, ``logit q = a ln p - b ln(1 - p) + c``: it never swaps two chances, and (1, 1, 0)
changes nothing. training/calibrate.py fits the numbers; settings.json carries them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

IDENTITY: tuple[float, float, float] = (1.0, 1.0, 0.0)
_NEAREST = 1e-6
"""How near to 0 or 1 a chance may come."""


def apply(table: Sequence[float], chance: float) -> float:
    """The calibrated chance in (0, 1) of a network's chance in [0, 1] by the three numbers of a table."""
    a, b, c = table
    p = min(max(chance, _NEAREST), 1 - _NEAREST)
    return 1 / (1 + math.exp(-(a * math.log(p) - b * math.log1p(-p) + c)))
