"""The comments that are seen with an incident or an article, as its page shows them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from sqlalchemy import Connection, bindparam, select

from dateline.record import schema
from dateline.record.corrections import FIELDS
from dateline.record.loading import text_of
from dateline.record.lookup import around
from dateline.record.record import Record
from dateline.site.people import anchors, drafts, plain
from dateline.site.people.comments import Comment
from dateline.site.people.signed import Person

QUOTED = 300
"""Signs of a phrase that are repeated over a comment."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A comment as a page shows it.

    ``claim`` is the claim of now that its phrase belongs to, ``quote`` the phrase; ``earlier`` is whether it
    was written to an earlier text at the article's address.
    """

    comment: Comment
    html: Markup
    quote: str | None = None
    claim: str | None = None
    earlier: bool = False


def form_context(
    connection: Connection, reader: Person | None, given: Mapping[str, str], faults: Mapping[str, str]
) -> dict[str, Any]:
    """What the form needs: what stands in it already, what is wrong with that, what may be corrected."""
    page = f"comment:{given['about']}"
    kept = {}
    if reader is not None and len(given) == 1:
        kept = {key: draft.words for key, draft in drafts.of_page(connection, int(reader.id), page).items()}
    return {
        "comment_page": page,
        "given": {**kept, **given},
        "faults": dict(faults),
        "once": given.get("once") or secrets.token_urlsafe(16),
        "correctable": FIELDS,
    }


def shown(connection: Connection, record: Record, subject: str, found: Sequence[Comment]) -> list[Shown]:
    """Comments as the page of an incident or an article shows them, as far as they belong there."""
    if found and subject.startswith("i"):
        return _of_incident(connection, record, subject, found)
    return [
        Shown(comment, _html(comment), _quote(connection, comment), None, comment.about != subject)
        for comment in found
    ]


def _of_incident(
    connection: Connection, record: Record, identity: str, found: Iterable[Comment]
) -> list[Shown]:
    incident, _ = around(connection, record.shelf, identity, 0)
    made = []
    for comment in found:
        claim = anchors.claim_under(comment, incident)
        if claim or comment.about.startswith("i"):
            made.append(Shown(comment, _html(comment), _quote(connection, comment), claim))
    return made


def one_shown(connection: Connection, comment: Comment) -> Shown:
    """A comment with its phrase, wherever that belongs."""
    return Shown(comment, _html(comment), _quote(connection, comment))


def versions(connection: Connection, article: str) -> list[str]:
    """The ids of all texts at the address of an article."""
    return list(connection.execute(_VERSIONS, {"article": article}).scalars())


_VERSIONS = select(schema.articles.c.id).where(
    schema.articles.c.address
    == select(schema.articles.c.address).where(schema.articles.c.id == bindparam("article")).scalar_subquery()
)


def _html(comment: Comment) -> Markup:
    return plain.html(comment.words or "")


def _quote(connection: Connection, comment: Comment) -> str | None:
    """The phrase that a comment is about; null when it is about no phrase, or that is erased."""
    if comment.start is None or comment.end is None:
        return None
    text = article_text(connection, comment.about)
    words = " ".join(text[comment.start : comment.end].split()) if text else ""
    return (words if len(words) <= QUOTED else words[: QUOTED - 1] + "…") or None


def article_text(connection: Connection, article: str) -> str | None:
    """The text of an article by its id; null when there is none (any more)."""
    query = select(schema.articles.c.article).where(schema.articles.c.id == article)
    number = connection.execute(query).scalar()
    return None if number is None else text_of(connection, number)


def is_known(connection: Connection, subject: str) -> bool:
    """Whether an incident or an article with this id is, or was, in the record."""
    table = {"i": schema.claims, "a": schema.articles}.get(subject[:1])
    if table is None:
        return False
    identity = "c" + subject[1:] if table is schema.claims else subject
    return connection.execute(select(table.c.id).where(table.c.id == identity)).first() is not None
