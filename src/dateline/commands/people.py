"""What a person decides: ``correct``, ``merge``, ``split``, ``answer``, ``undo``, ``redact``; all logged."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.commands.options import DEFAULT_RECORD, By, Reason, RecordOption, opened, person


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
    from dateline.record import deciding

    with opened(record) as kept:
        identity = kept.full_id(claim)
        deciding.correct(kept, identity, field, value, words, person(by), reason)
    typer.echo(f"{identity}: {field} is now {value}")


def merge(
    incidents: Annotated[
        list[str], typer.Argument(metavar="INCIDENT INCIDENT...", help="Ids, of incidents or of claims.")
    ],
    reason: Reason,
    by: By = None,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Say that incidents are one. This outranks the linker, and a split before it."""
    from dateline.record import deciding

    with opened(record) as kept:
        merged = deciding.merge(kept, incidents, person(by), reason)
    typer.echo(f"{merged.id}: {len(merged.claims)} claims")


def split(
    incident: Annotated[str, typer.Argument(help="Its id.")],
    claims: Annotated[list[str], typer.Argument(metavar="CLAIM...", help="The claims that are of another.")],
    reason: Reason,
    by: By = None,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Say that some claims of an incident are about another. This outranks the linker and merges before."""
    from dateline.record import deciding

    with opened(record) as kept:
        whole = kept.incident(incident)
        now = deciding.split(kept, whole.id, claims, person(by), reason)
    typer.echo(f"{whole.id} is now {', '.join(now)}")


def answer(
    incident: Annotated[str, typer.Argument(help="The id of what was done in answer.")],
    answered: Annotated[str, typer.Argument(metavar="TO", help="The id of what that answers.")],
    reason: Reason,
    no: Annotated[bool, typer.Option("--not", help="It is not in answer to it.")] = False,
    by: By = None,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Say that an incident is in answer to another, or with --not that it is not.

    This outranks the linker, and what was said before.
    """
    from dateline.record import deciding

    with opened(record) as kept:
        one, other = deciding.answer(kept, incident, answered, person(by), reason, no=no)
    typer.echo(f"{one.id} is {'not ' if no else ''}in answer to {other.id}")


def undo(
    decision: Annotated[str, typer.Argument(help="Its id; dateline log has them.")],
    reason: Reason,
    by: By = None,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Take back what a person, or the linker, decided. Both stay in the log."""
    from dateline.record import deciding

    with opened(record) as kept:
        identity = deciding.undo(kept, decision, person(by), reason)
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
