"""What the trainings share: the mask and the course of the learning rate."""

from __future__ import annotations

import math

MASK = 103
"""The vocabulary's mask; the entries below it are not words."""


def schedule(done: float) -> float:
    """Warm up over the first twentieth, then fall as a cosine to a fiftieth."""
    if done < 0.05:
        return done / 0.05 + 1e-3
    return 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, (done - 0.05) / 0.95)))
