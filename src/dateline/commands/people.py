"""What a person decides: ``correct``, ``merge``, ``split``, ``undo``, ``redact``. All stays in the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dateline.commands.options import DEFAULT_RECORD, By, Reason, RecordOption, opened, person
from dateline.errors import RecordError
from dateline.types import Decision

if TYPE_CHECKING:
    from dateline.record.record import Record
    from dateline.types import Claim, Incident


def correct(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="Its id; the beginning will do.")],
    field: Annotated[str, typer.Argument(help="type, mode, status, when, or a role: actor, place, killed …")],
    value: Annotated[
        str, typer.Argument(help="A type …; 6, 3-5 or 24+; a day or FIRST..LAST; the article's words; none.")
    ],
    reason: Reason,
    words: Annotated[
        str | None, typer.Option(help="The article's words for a number or a day, if other than now.")
    ] = None,
    by: By = None,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Correct a value of a claim. The words for it must stand in the article.

    Examples: correct c7f3a9 killed 3-5 --words "three to five" --reason "misread";
    correct c7f3a9 place "the Merovar post" --reason "not the town"; correct c7f3a9 status negated …
    """
    from dateline.record.rewording import value_of

    name = person(by)
    with opened(record) as kept:
        identity = kept.full_id(claim)
        told = _claim(kept, identity)
        reading = kept.reading_of(told.citation.article)
        if reading is None:
            raise RecordError(f"{identity}: its article was redacted and cannot be corrected")
        try:
            new = value_of(reading, told, field, value, words, name)
        except ValueError as error:
            raise RecordError(f"{identity}: {error}") from error
        kept.insist(Decision("correction", name, (identity,), (), reason, None, field, new))
    typer.echo(f"{identity}: {field} is now {value}")


def _claim(kept: Record, identity: str) -> Claim:
    claim = kept.claim(identity) if identity.startswith("c") else None
    if claim is None:
        raise RecordError(f"{identity}: is no claim with words; dateline show lists an incident's claims")
    return claim


def merge(
    incidents: Annotated[
        list[str], typer.Argument(metavar="INCIDENT INCIDENT...", help="Ids, of incidents or of claims.")
    ],
    reason: Reason,
    by: By = None,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Say that incidents are one. This outranks the linker, and a split before it."""
    name = person(by)
    with opened(record) as kept:
        found = list({each.id: each for each in map(kept.incident, incidents)}.values())
        if len(found) < 2:
            raise RecordError(f"{found[0].id}: is one incident already; name two")
        first, *others = map(_ids, found)
        rest = tuple(claim for claims in others for claim in claims)
        kept.insist(Decision("same", name, first, rest, reason))
        merged = kept.incident(first[0])
    typer.echo(f"{merged.id}: {len(merged.claims)} claims")


def split(
    incident: Annotated[str, typer.Argument(help="Its id.")],
    claims: Annotated[list[str], typer.Argument(metavar="CLAIM...", help="The claims that are of another.")],
    reason: Reason,
    by: By = None,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Say that some claims of an incident are about another. This outranks the linker and merges before."""
    name = person(by)
    with opened(record) as kept:
        whole = kept.incident(incident)
        apart = tuple(dict.fromkeys(map(kept.full_id, claims)))
        rest = tuple(claim for claim in _ids(whole) if claim not in apart)
        if not rest or set(apart) - set(_ids(whole)):
            raise RecordError(f"{whole.id}: name some of its claims, not all; dateline show lists them")
        kept.insist(Decision("different", name, apart, rest, reason))
        new = {kept.incident(claim).id for claim in apart} | {kept.incident(claim).id for claim in rest}
    typer.echo(f"{whole.id} is now {', '.join(sorted(new))}")


def _ids(incident: Incident) -> tuple[str, ...]:
    return tuple(claim.id for claim in incident.claims)


def undo(
    decision: Annotated[str, typer.Argument(help="Its id; dateline log has them.")],
    reason: Reason,
    by: By = None,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Take back what a person, or the linker, decided. Both stay in the log."""
    name = person(by)
    with opened(record) as kept:
        identity = kept.full_id(decision)
        old = kept.decision(identity)
        if old.kind == "redaction":
            raise RecordError(f"{identity}: what was redacted is gone and cannot come back")
        kept.decide(Decision("withdrawal", name, old.subject, old.object, reason, supersedes=(identity,)))
    typer.echo(f"{identity}: taken back")


def redact(
    article: Annotated[str, typer.Argument(help="An article's id.")],
    reason: Reason,
    by: By = None,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Erase the words of an article for good: text, page, readings, claims.

    A tombstone with the reason stays. Backups and exports made before still have them.
    """
    name = person(by)
    with opened(record) as kept:
        identity = kept.full_id(article)
        done = kept.redact(identity, name, reason)
    typer.echo(f"{identity}: erased, with {done.claims} claims")
    if done.same_text:
        typer.echo(f"The same text stays with {', '.join(done.same_text)}; redact these as well if need be")
