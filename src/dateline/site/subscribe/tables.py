"""The tables of subscriptions, of what is to be delivered to them, and of tokens for programs.

They lie outside the log: their rows may change and go. Times are ISO 8601 in UTC, to the second. No words
of the record are kept here, only ids, so that a redaction has nothing to erase. Changes go through the
migrations; a test holds both to be the same.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, Text

metadata = MetaData()

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("subscription", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),  # "mail" or "webhook"
    Column("target", Text, nullable=False, index=True),  # an address of either
    Column("view", Text, nullable=False),  # a filter as the site's addresses have it
    Column("pace", Text, nullable=False),  # "once" it happens, "daily", "weekly"
    Column("state", Text, nullable=False),  # "pending", "active", "paused"
    Column("account", Text, index=True),  # whose webhook it is
    Column("secret", Text),  # by which a webhook is signed
    Column("made", Text, nullable=False),
    Column("told", Integer, nullable=False),  # the entry of the log as far as which news are told
    Column("due", Text, nullable=False, index=True),  # when to look for news next
    Column("failing", Text),  # since when deliveries have failed
    Column("reason", Text),  # why the last one did
)
deliveries = Table(
    "deliveries",
    metadata,
    Column("delivery", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("subscription", ForeignKey("subscriptions.subscription"), nullable=False, index=True),
    Column("kind", Text, nullable=False),  # "confirm", "news", "test"
    Column("since", Integer, nullable=False),  # news are of the entries after this one
    Column("until", Integer, nullable=False),  # up to this one
    Column("incidents", Text, nullable=False),  # a JSON list of their ids
    Column("made", Text, nullable=False),
    Column("due", Text, nullable=False),  # when to try next
    Column("attempts", Integer, nullable=False),
    Column("leased", Text),  # until when a process is at it
    Column("done", Text, index=True),  # when it was delivered, or given up
    Column("outcome", Text),  # "delivered", or why not
)
tokens = Table(
    "api_tokens",
    metadata,
    Column("token", Text, primary_key=True),  # digest of what a program sends
    Column("account", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),  # as its owner calls it
    Column("made", Text, nullable=False),
)
