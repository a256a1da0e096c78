"""How often something may be tried: counted in the record's database, for all processes and over a restart.

A limit counts from a first try on; when its time is over, counting begins anew. Who tries is kept as a
digest by the site's key, and no longer than that time. A try is a write: reading a page is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from dateline.site.people.keys import keyed
from dateline.site.people.moments import after, now
from dateline.site.people.tables import tries

INSERTING: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgresql}
MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many tries in so many seconds, of what has this name."""

    name: str
    most: int
    seconds: int

    def by(self, *who: str) -> Try:
        """A try of somebody."""
        return Try(self, who)


@dataclass(frozen=True, slots=True)
class Try:
    """A try that counts for a limit; of others by the same ``who``."""

    limit: Limit
    who: tuple[str, ...]


SIGN_INS_OF_ONE = Limit("sign-ins under a name from an address", 10, 15 * MINUTE)
SIGN_INS_OF_ADDRESS = Limit("sign-ins from an address", 60, HOUR)
SIGN_INS_OF_NAME = Limit("sign-ins under a name", 100, HOUR)
CODES_OF_ACCOUNT = Limit("codes of an account", 10, 15 * MINUTE)
CODES_OF_ACCOUNT_A_DAY = Limit("codes of an account a day", 100, DAY)
COMMENTS_OF_ADDRESS = Limit("comments from an address", 12, 10 * MINUTE)
COMMENTS_OF_ACCOUNT = Limit("comments of an account", 60, 10 * MINUTE)
DRAFTS_OF_ACCOUNT = Limit("drafts of an account", 600, 10 * MINUTE)


def sign_ins(name: str, address: str) -> tuple[Try, ...]:
    """What a try at a name from an address counts for, whether or not the name has an account."""
    return SIGN_INS_OF_ADDRESS.by(address), SIGN_INS_OF_ONE.by(address, name), SIGN_INS_OF_NAME.by(name)


def codes(account: str) -> tuple[Try, ...]:
    """What a try at the second factor of an account counts for, from wherever it comes."""
    return CODES_OF_ACCOUNT.by(account), CODES_OF_ACCOUNT_A_DAY.by(account)


def used_up(connection: Connection, key: bytes, *tried: Try) -> Limit | None:
    """The first limit of which nothing is left, null when there is none; nothing is counted or written."""
    found = select(tries.c.who, tries.c.count).where(tries.c.until > now())
    found = found.where(tries.c.who.in_([_who(key, each) for each in tried]))
    counts = dict(connection.execute(found).all())
    return next((each.limit for each in tried if counts.get(_who(key, each), 0) >= each.limit.most), None)


def reached(connection: Connection, key: bytes, *tried: Try) -> Limit | None:
    """The first limit that a try is beyond, null when all allow it; those after it do not count it.

    Within a transaction that writes.
    """
    moment = now()
    connection.execute(delete(tries).where(tries.c.until <= moment))
    beyond = (each for each in tried if _count(connection, key, each, moment) > each.limit.most)
    return next((each.limit for each in beyond), None)


def _count(connection: Connection, key: bytes, tried: Try, moment: str) -> int:
    """How many tries it is by now, this one included."""
    row = {"who": _who(key, tried), "count": 1, "until": after(moment, seconds=tried.limit.seconds)}
    upsert = INSERTING[connection.dialect.name].insert(tries).values(row)
    upsert = upsert.on_conflict_do_update(index_elements=["who"], set_={"count": tries.c.count + 1})
    count: int = connection.execute(upsert.returning(tries.c.count)).scalar_one()
    return count


def _who(key: bytes, tried: Try) -> str:
    return keyed(key, "try", tried.limit.name, *tried.who)
