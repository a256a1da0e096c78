"""What moderators do: show, refuse and erase comments, block names and addresses; all with reasons."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from dateline.site.people import names
from dateline.site.people.comments import Comment, State
from dateline.site.people.moments import now
from dateline.site.people.storing import erase, note
from dateline.site.people.tables import blocks, comments, moderations

REASONS = (
    "It attacks a person.",
    "It names a private person.",
    "It is an advertisement.",
    "It has nothing to do with what it stands under.",
    "It calls for violence.",
    "It says the same as another comment.",
)
"""Offered to the moderator; another may be written."""


@dataclass(frozen=True, slots=True)
class Block:
    """A name or an address whose comments are not taken, and the reason that its writer is told."""

    number: int
    kind: str
    value: str
    reason: str
    by: str
    made: str


def moderate(connection: Connection, comment: Comment, state: State, by: str, reason: str | None) -> None:
    """Bring a comment into a state. What was erased stays so."""
    if comment.state == "erased":
        return
    if state == "erased":
        return erase(connection, comment, by, reason or "")
    row = comments.c.comment == comment.number
    connection.execute(update(comments).where(row).values(state=state, reason=reason))
    note(connection, comment, by, state, reason)


def history(connection: Connection, comment: Comment) -> list[tuple[str, str, str, str | None]]:
    """What was done with a comment: by whom, when, the state, and why."""
    query = select(moderations).where(moderations.c.comment == comment.number)
    rows = connection.execute(query.order_by(moderations.c.moderation))
    return [(row.by, row.at, row.state, row.reason) for row in rows]


def block(connection: Connection, kind: str, value: str, by: str, reason: str) -> None:
    """Take no more comments from a name or from an address, given by its digest."""
    unblock(connection, kind, value)
    row = {"kind": kind, "value": value, "reason": reason, "by": by, "made": now()}
    connection.execute(insert(blocks), row)


def unblock(connection: Connection, kind: str, value: str) -> None:
    """Take comments from a name or an address again."""
    connection.execute(delete(blocks).where(blocks.c.kind == kind, blocks.c.value == value))


def blocked(connection: Connection, name: str, sender: str) -> str | None:
    """Why no comment of this name or from this address is taken; null when one is."""
    either = ((blocks.c.kind == "name") & (blocks.c.value == names.key(name))) | (
        (blocks.c.kind == "sender") & (blocks.c.value == sender)
    )
    return connection.execute(select(blocks.c.reason).where(either)).scalar()


def all_blocks(connection: Connection) -> list[Block]:
    """All blocks, the latest first."""
    rows = connection.execute(select(blocks).order_by(blocks.c.block.desc()))
    return [Block(row.block, row.kind, row.value, row.reason, row.by, row.made) for row in rows]
