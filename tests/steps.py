"""A clock that tests turn, and the codes of an app that shows them by it."""

from __future__ import annotations

import pytest
from pyotp import TOTP

from dateline.site.people import moments

START = 1_800_000_000


class Clock:
    """What the site takes for the time: it stands still until somebody turns it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seconds = START
        monkeypatch.setattr(moments, "seconds", lambda: float(self.seconds))

    def pass_by(self, seconds: int) -> None:
        self.seconds += seconds

    def code(self, secret: str, steps: int = 0) -> str:
        """What an app shows for a secret, some steps from now."""
        return TOTP(secret).at(self.seconds + 30 * steps)
