"""The tables of people: accounts, sign-ins, comments and what goes with them.

They lie outside the log: their rows may change and go. Times are ISO 8601 in UTC. Of a reader as little
as possible is kept; ``docs/people.md`` says what, and for how long. Changes go through the migrations; a
test holds both to be the same.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, MetaData, Table, Text, UniqueConstraint

metadata = MetaData()

accounts = Table(
    "accounts",
    metadata,
    Column("account", Integer, primary_key=True),
    Column("name", Text, nullable=False),  # as shown, and as the log names who decided
    Column("key", Text, nullable=False, unique=True),  # the name without regard to capitals and width
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),  # an Argon2id hash
    Column("made", Text, nullable=False),
    Column("disabled", Boolean, nullable=False),
)
sessions = Table(
    "sessions",
    metadata,
    Column("token", Text, primary_key=True),  # digest of the cookie's
    Column("account", ForeignKey("accounts.account"), nullable=False, index=True),
    Column("made", Text, nullable=False),
    Column("used", Text, nullable=False),
)
second_factors = Table(
    "second_factors",
    metadata,
    Column("account", ForeignKey("accounts.account"), primary_key=True, autoincrement=False),
    Column("nonce", Text, nullable=False),  # of which, with the site's key, the secret is made
    Column("made", Text, nullable=False),
    Column("step", Integer, nullable=False),  # of the last code that was taken
)
recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("code", Text, primary_key=True),  # digest by the site's key; gone once it was used
    Column("account", ForeignKey("accounts.account"), nullable=False, index=True),
)
tries = Table(
    "tries",
    metadata,
    Column("who", Text, primary_key=True),  # digest by the site's key, of who tries what
    Column("count", Integer, nullable=False),
    Column("until", Text, nullable=False, index=True),  # when counting begins anew
)
comments = Table(
    "comments",
    metadata,
    Column("comment", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("about", Text, nullable=False, index=True),  # the incident or article it was written to
    Column("start", Integer),  # of a phrase of the article, in code points; null for all of it
    Column("end", Integer),
    Column("account", ForeignKey("accounts.account")),
    Column("name", Text),  # both null once they are erased
    Column("words", Text),
    Column("written", Text, nullable=False, index=True),
    Column("state", Text, nullable=False, index=True),
    Column("reason", Text),  # why it is in that state, as the writer is told
    Column("sender", Text),  # keyed digest of the address; null after some weeks
    Column("once", Text, nullable=False, unique=True),  # digest of what tells one sending from another
)
proposals = Table(
    "proposals",
    metadata,
    Column("comment", ForeignKey("comments.comment"), primary_key=True, autoincrement=False),
    Column("claim", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("value", Text, nullable=False),  # as a person writes it
    Column("words", Text),  # of the article, for a number or a day
    Column("credit", Boolean, nullable=False),  # whether the writer wants to be named
    Column("decision", Text),  # that accepted it
    Column("declined", Text),  # why it was not accepted
)
moderations = Table(
    "moderations",
    metadata,
    Column("moderation", Integer, primary_key=True),
    Column("comment", ForeignKey("comments.comment"), nullable=False, index=True),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text),
)
blocks = Table(
    "blocks",
    metadata,
    Column("block", Integer, primary_key=True),
    Column("kind", Text, nullable=False),  # "name" or "sender"
    Column("value", Text, nullable=False),
    Column("reason", Text, nullable=False),  # as the writer is told
    Column("by", Text, nullable=False),
    Column("made", Text, nullable=False),
    UniqueConstraint("kind", "value"),
)
proofs = Table(
    "proofs",
    metadata,
    Column("nonce", Text, primary_key=True),  # of a challenge whose proof has been used
)
drafts = Table(
    "drafts",
    metadata,
    Column("account", ForeignKey("accounts.account"), primary_key=True, autoincrement=False),
    Column("page", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("words", Text, nullable=False),
    Column("saved", Text, nullable=False),
)
