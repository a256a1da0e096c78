"""That something could not be delivered."""

from __future__ import annotations


class Undelivered(Exception):
    """A delivery that did not arrive; ``for_good`` when the receiver says that it never will."""

    def __init__(self, reason: str, *, for_good: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.for_good = for_good
