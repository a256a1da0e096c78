"""Ids that are digests of content: the same content has the same id, in any record and at any time.

An id is a letter for its kind (article, reading, claim, decision, incident, page) and 32 hexadecimal
digits. An incident's digits are those of its smallest claim.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable

from dateline.show.jsonl import Printed
from dateline.types import Article, Decision, EventReport

DIGITS = 32
KINDS = {
    "a": "article",
    "r": "reading",
    "c": "claim",
    "d": "decision",
    "i": "incident",
    "p": "page",
}


def digest(*parts: str | bytes) -> str:
    """128 bits of SHA-256 over parts, each behind its length so that no two lists of parts are alike."""
    sha = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        sha.update(b"%d:" % len(data) + data)
    return sha.hexdigest()[:DIGITS]


def address_of(article: Article) -> str:
    """What tells an article from the others, whatever its text: its URL, else the id it came with."""
    return article.url or article.id


def article_id(article: Article) -> str:
    """Of address and text: identical copies at two addresses are two articles."""
    return "a" + digest("article", address_of(article), article.text)


def reading_id(article: str, line: str) -> str:
    """Of the article's id and the reading's JSON, which names the model."""
    return "r" + digest("reading", article, line)


def printed_id(printed: Printed) -> str:
    """The id that the reading of a line has if the line is as this version prints it.

    Being a digest, it is in no record unless it is.
    """
    return reading_id(article_id(printed.article), printed.line)


def page_id(address: str, content: bytes) -> str:
    """Of address and bytes."""
    return "p" + digest("page", address, content)


def claim_ids(article: str, events: Iterable[EventReport]) -> list[str]:
    """Of article, type and the trigger's place, and its number where two reports share these.

    Nothing else of a report goes in, so that reading the article with a better model keeps the ids.
    """
    met: Counter[tuple[str, ...]] = Counter()
    ids = []
    for event in events:
        place = (article, event.type, str(event.trigger.start), str(event.trigger.end))
        ids.append("c" + digest("claim", *place, str(met[place])))
        met[place] += 1
    return ids


def decision_id(decision: Decision) -> str:
    """Of all that was decided; deciding the same once more is the same decision."""
    if decision.id:
        return decision.id
    parts = (
        decision.kind,
        decision.by,
        decision.subject,
        decision.object,
        decision.reason,
        decision.score,
        decision.field,
        decision.value,
        decision.supersedes,
    )
    return "d" + digest("decision", json.dumps(parts))


def incident_id(claims: Iterable[str]) -> str:
    """Of the smallest of the claims' ids."""
    return "i" + min(claims)[1:]
