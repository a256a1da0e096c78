"""How often something may be tried: counted in the memory of each process."""

from __future__ import annotations

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import HTTPConnection


class Throttle:
    """Counts tries by what is tried and by whom."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def allows(self, limit: RateLimitItem, *who: str) -> bool:
        """Whether one more try is within a limit; it is counted."""
        return self._limiter.hit(limit, *who)


SIGN_INS_OF_ONE = parse("10 per 15 minutes")
SIGN_INS_OF_ADDRESS = parse("60 per hour")
SIGN_INS_OF_NAME = parse("100 per hour")
COMMENTS_OF_ADDRESS = parse("12 per 10 minutes")
COMMENTS_OF_ACCOUNT = parse("60 per 10 minutes")
DRAFTS_OF_ACCOUNT = parse("600 per 10 minutes")


def throttle_of(request: HTTPConnection) -> Throttle:
    """The counts of this process."""
    state = request.app.state
    if not hasattr(state, "throttle"):
        state.throttle = Throttle()
    throttle: Throttle = state.throttle
    return throttle


def may_sign_in(throttle: Throttle, name: str, address: str) -> bool:
    """Whether one more try at a name from an address is allowed, whether or not the name has an account."""
    return (
        throttle.allows(SIGN_INS_OF_ADDRESS, "sign-in", address)
        and throttle.allows(SIGN_INS_OF_ONE, "sign-in", address, name)
        and throttle.allows(SIGN_INS_OF_NAME, "sign-in of", name)
    )
