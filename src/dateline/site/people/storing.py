"""Comments in their table: put there once, found, erased."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from dateline.record.loading import SOME, chunks
from dateline.site.people.comments import Comment, Proposal, Sent, State
from dateline.site.people.moments import before, now
from dateline.site.people.tables import accounts, comments, moderations, proposals

SENDER_DAYS = 30
"""How long the digest of a writer's address is kept."""

_COMMENTS: Select[Any] = (
    select(
        comments,
        accounts.c.role,
        proposals.c.claim,
        proposals.c.field,
        proposals.c.value,
        proposals.c.words.label("field_words"),
        proposals.c.credit,
        proposals.c.decision,
        proposals.c.declined,
    )
    .outerjoin(accounts, accounts.c.account == comments.c.account)
    .outerjoin(proposals, proposals.c.comment == comments.c.comment)
)


_SEEN = _COMMENTS.where(comments.c.about.in_(SOME), comments.c.state.in_(("shown", "erased")))

LEFT = "left"
"""What is noted of a comment that somebody has left with the article, its claim being gone."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Who sends a comment: the number of an account, null without one; the digest of an address."""

    account: int | None
    sender: str


def put(
    connection: Connection, told: Sent, by: Writer, once: str, state: State, reason: str | None
) -> Comment:
    """Keep a comment. What was sent under the same ``once`` before is changed instead, so nothing doubles."""
    _forget_senders(connection)
    known = _found(connection, _COMMENTS.where(comments.c.once == once))
    if known and known[0].state != "erased":
        return _changed(connection, known[0], told, state, reason)
    identity = "m" + secrets.token_hex(16)
    row = {
        "id": identity,
        "about": told.about,
        "start": told.start,
        "end": told.end,
        "account": by.account,
        "name": told.name,
        "words": told.words,
        "written": now(),
        "state": state,
        "reason": reason,
        "sender": by.sender,
        "once": f"{once} {secrets.token_hex(4)}" if known else once,
    }
    connection.execute(insert(comments), row)
    new = by_id(connection, identity)
    assert new is not None
    return _proposing(connection, new, told.proposal)


def _changed(connection: Connection, known: Comment, told: Sent, state: State, reason: str | None) -> Comment:
    if (known.name, known.words) == (told.name, told.words):
        return known
    # What a moderator refused does not come back by being sent once more.
    kept = (
        {"state": "held", "reason": known.reason}
        if known.state == "refused"
        else {"state": state, "reason": reason}
    )
    row = comments.c.comment == known.number
    connection.execute(update(comments).where(row).values(name=told.name, words=told.words, **kept))
    return _proposing(connection, known, told.proposal)


def _proposing(connection: Connection, comment: Comment, proposal: Proposal | None) -> Comment:
    if proposal is not None and comment.proposal is None:
        connection.execute(insert(proposals), {"comment": comment.number, **asdict(proposal)})
    found = by_id(connection, comment.id)
    assert found is not None
    return found


def _forget_senders(connection: Connection) -> None:
    old = comments.c.written < before(now(), days=SENDER_DAYS)
    connection.execute(update(comments).where(old, comments.c.sender.is_not(None)).values(sender=None))


def by_id(connection: Connection, identity: str) -> Comment | None:
    """A comment by its id."""
    found = _found(connection, _COMMENTS.where(comments.c.id == identity))
    return found[0] if found else None


def about(connection: Connection, subjects: Iterable[str]) -> list[Comment]:
    """The comments that are shown on incidents and articles, the first first; tombstones are among them."""
    found: list[Comment] = []
    for some in chunks(subjects):
        found += map(_comment, connection.execute(_SEEN, {"some": some}).all())
    return sorted(found, key=lambda comment: (comment.written, comment.number))


def in_state(connection: Connection, state: State, below: int | None, limit: int) -> list[Comment]:
    """The latest comments in a state, of those numbered below a number."""
    query = _COMMENTS.where(comments.c.state == state)
    if below is not None:
        query = query.where(comments.c.comment < below)
    return _found(connection, query.order_by(comments.c.comment.desc()).limit(limit))


def proposing(connection: Connection, limit: int) -> list[Comment]:
    """The comments whose proposals nobody has decided on, the earliest first."""
    open_ = proposals.c.comment.is_not(None), proposals.c.decision.is_(None), proposals.c.declined.is_(None)
    query = _COMMENTS.where(*open_, comments.c.state == "shown")
    return _found(connection, query.order_by(comments.c.comment).limit(limit))


def anchored(connection: Connection, below: int | None, limit: int) -> list[Comment]:
    """The latest comments on phrases and incidents, of those numbered below a number.

    Those that somebody has left with the article are not among them.
    """
    on = comments.c.start.is_not(None) | comments.c.about.startswith("i")
    left = select(moderations.c.comment).where(
        moderations.c.comment == comments.c.comment, moderations.c.state == LEFT
    )
    query = _COMMENTS.where(on, comments.c.state == "shown", ~left.exists())
    if below is not None:
        query = query.where(comments.c.comment < below)
    return _found(connection, query.order_by(comments.c.comment.desc()).limit(limit))


def leave(connection: Connection, comment: Comment, article: str, by: str, reason: str) -> None:
    """Leave a comment with an article, whatever is read there."""
    if comment.about.startswith("i"):
        row = comments.c.comment == comment.number
        connection.execute(update(comments).where(row).values(about=article))
    note(connection, comment, by, LEFT, reason)


def of_account(connection: Connection, account: int) -> list[Comment]:
    """What somebody who signs in wrote, the latest first."""
    return _found(
        connection, _COMMENTS.where(comments.c.account == account).order_by(comments.c.comment.desc())
    )


def every(connection: Connection) -> list[Comment]:
    """All comments, as sent."""
    return _found(connection, _COMMENTS.order_by(comments.c.comment))


def erase(connection: Connection, comment: Comment, by: str, reason: str) -> None:
    """Take a comment's name and words away for good; that there was one stays."""
    gone = {"name": None, "words": None, "sender": None, "account": None, "state": "erased", "reason": reason}
    connection.execute(update(comments).where(comments.c.comment == comment.number).values(**gone))
    connection.execute(delete(proposals).where(proposals.c.comment == comment.number))
    note(connection, comment, by, "erased", reason)


def note(connection: Connection, comment: Comment, by: str, state: str, reason: str | None) -> None:
    """Note who brought a comment into a state, and why."""
    row = {"comment": comment.number, "by": by, "at": now(), "state": state, "reason": reason}
    connection.execute(insert(moderations), row)


def settle(
    connection: Connection, comment: Comment, *, decision: str | None = None, declined: str | None = None
) -> None:
    """Note what became of a comment's proposal."""
    row = proposals.c.comment == comment.number
    connection.execute(update(proposals).where(row).values(decision=decision, declined=declined))


def _found(connection: Connection, query: Select[Any]) -> list[Comment]:
    return [_comment(row) for row in connection.execute(query)]


def _comment(row: Row[Any]) -> Comment:
    proposal = None
    if row.claim is not None:
        proposal = Proposal(
            row.claim, row.field, row.value, row.field_words, row.credit, row.decision, row.declined
        )
    return Comment(
        row.comment,
        row.id,
        row.about,
        row.start,
        row.end,
        row.account,
        row.role,
        row.name,
        row.words,
        row.written,
        row.state,
        row.reason,
        row.sender,
        proposal,
    )
