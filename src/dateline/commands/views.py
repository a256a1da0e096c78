"""What the record is asked: ``incidents``, ``show``, ``chain``, ``log``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.commands.options import (
    DEFAULT_RECORD,
    AsOf,
    At,
    Best,
    Json,
    Of,
    Query,
    Recorded,
    RecordOption,
    Since,
    Status,
    Type,
    Until,
    opened,
)

if TYPE_CHECKING:
    from rich.text import Text

    from dateline.record.record import Record
    from dateline.types import Incident

Limit = Annotated[int, typer.Option(min=1, help="At most so many.")]


def incidents(
    since: Since = None,
    until: Until = None,
    place: At = None,
    actor: Of = None,
    type: Type = None,
    status: Status = None,
    query: Query = None,
    as_of: AsOf = None,
    recorded: Recorded = None,
    limit: Limit = 50,
    json: Json = False,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """List incidents, the latest first.

    The past (--as-of, --recorded) is computed from the whole log: of a thousand articles in seconds.

    Examples: incidents --since 2024-03-01 --place Merovar; incidents --query '"border post" guards';
    incidents --type ASSAULT --as-of 2024-03-13 --json
    """
    from dateline.commands import telling
    from dateline.record.search import Wanted

    wanted = Wanted(since, until, place, actor, type, status, query)
    with opened(record) as kept:
        found = kept.find(wanted, limit, as_of=as_of, recorded=recorded)
    if json:
        return _print_json([_brief(each) for each in found])
    _print(telling.listed(each) for each in found)
    if not found:
        typer.echo("no incidents", err=True)


def show(
    identity: Annotated[str, typer.Argument(metavar="ID", help="Of an incident, a claim or an article.")],
    best: Best = "most-origins",
    as_of: AsOf = None,
    recorded: Recorded = None,
    json: Json = False,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Show an incident, a claim or an article: every value with its words, who says it, and where.

    Ids begin with i, c or a; their beginning will do. An id that an incident once had still leads to it.
    """
    with opened(record) as kept:
        full = kept.full_id(identity)
        if full.startswith("a"):
            return _article(kept, full, json)
        if full.startswith("c"):
            return _claim(kept, full, json)
        told, others = _surroundings(kept, full, as_of, recorded)
    if json:
        return _print_json(_incident(told, best))
    from dateline.commands import telling
    from dateline.record.spreads import spread
    from dateline.record.summary import summary

    _print(telling.incident(told, spread(told, best), summary(told, best), others))


def chain(
    identity: Annotated[str, typer.Argument(metavar="ID", help="Of an incident or a claim.")],
    as_of: AsOf = None,
    recorded: Recorded = None,
    json: Json = False,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """List what an incident is in answer to, and what was done in answer to it, as far as told."""
    from dateline.commands import telling
    from dateline.record.chains import chain as links

    with opened(record) as kept:
        told, others = _surroundings(kept, identity, as_of, recorded, steps=None)
    found = links(others, told.id)
    if json:
        return _print_json([_plain(each) for each in found])
    known = {each.id: each for each in others}
    _print(line for each in found for line in telling.link(each, known))


def log(
    identity: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Only what concerns an incident, claim or article.")
    ] = None,
    as_of: AsOf = None,
    recorded: Recorded = None,
    stranded: Annotated[
        bool,
        typer.Option(
            "--stranded", help="Only people's decisions for whose claims the readings of now have none."
        ),
    ] = False,
    limit: Limit = 20,
    json: Json = False,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """List what was appended and decided, the latest last: when, by whom, why.

    With --stranded, decisions that hold for nothing any more: decide anew about the nearest claim of now
    (dateline correct, merge, split), which supersedes them, or take them back (dateline undo).
    """
    from dateline.commands import telling

    if stranded:
        return _stranded(record, identity, as_of, recorded, limit, json)
    with opened(record) as kept:
        found = kept.latest(limit, identity, as_of=as_of, recorded=recorded)
    if json:
        return _print_json([_plain(each) for each in found])
    _print(line for each in found for line in telling.entry(each))


def _stranded(
    record: str, identity: str | None, as_of: str | None, recorded: str | None, limit: int, json: bool
) -> None:
    """List the decisions whose claims are gone, of now or of the past."""
    from rich.text import Text

    from dateline.commands import telling
    from dateline.record.holdings import gathered
    from dateline.record.incidents import stranded

    with opened(record) as kept:
        past = as_of is not None or recorded is not None
        known = stranded(gathered(kept.entries(as_of=as_of, recorded=recorded))) if past else kept.stranded()
        ids = None if identity is None else kept.concerning(identity)
    found = [each for each in known if ids is None or ids & {*each.subject, *each.object}][-limit:]
    if json:
        return _print_json([_plain(each) for each in found])
    _print(map(Text, map(telling.decided, found)))
    if not found:
        typer.echo("every decision has its claim", err=True)


def _surroundings(
    kept: Record, identity: str, as_of: str | None, recorded: str | None, steps: int | None = 1
) -> tuple[Incident, tuple[Incident, ...]]:
    """An incident with those around it, as of now or of the past."""
    if as_of is None and recorded is None:
        return kept.surroundings(identity, steps)
    from dateline.errors import RecordError
    from dateline.record.incidents import redirects

    known = kept.incidents(as_of=as_of, recorded=recorded)
    full = "i" + kept.full_id(identity)[1:]
    now = redirects(known).get(full)
    if now is None:
        raise RecordError(f"{full}: there was no such incident then; leave out --as-of and --recorded")
    return next(each for each in known if each.id == now), known


def _claim(kept: Record, identity: str, json: bool) -> None:
    from dateline.commands import telling
    from dateline.errors import RecordError

    told = kept.claim(identity)
    if told is None:
        raise RecordError(f"{identity}: its article was redacted; dateline log {identity} has the reason")
    placed = kept.incident_of(identity)
    now = next((each for each in placed.claims if each.id == identity), told) if placed else told
    if json:
        from dateline.record.codec import encode_whole_claim

        return _print_json({**encode_whole_claim(now), "incident": placed.id if placed else None})
    _print(telling.claim(now, placed.id if placed else None))


def _article(kept: Record, identity: str, json: bool) -> None:
    from dateline.commands import telling
    from dateline.errors import RecordError
    from dateline.show.jsonl import line
    from dateline.show.terminal import console
    from dateline.show.terminal import show as show_reading

    reading = kept.reading_of(identity)
    if reading is None:
        raise RecordError(f"{identity}: was redacted; dateline log {identity} has the reason")
    if json:
        return typer.echo(line(reading), nl=False)
    show_reading(reading, console())
    _print(telling.capture(kept.capture_of(identity)))


def _incident(told: Incident, best: str) -> Any:
    from dataclasses import asdict

    from dateline.record.codec import encode_incident
    from dateline.record.spreads import spread

    return {**encode_incident(told), "values": asdict(spread(told, best))}


def _brief(each: Any) -> Any:
    from dataclasses import asdict

    told = asdict(each)
    del told["facets"]
    return told


def _plain(each: Any) -> Any:
    """A type of the record as JSON; claims by their ids."""
    from dataclasses import asdict

    told = asdict(each)
    if "claims" in told:
        told["claims"] = [claim.id for claim in each.claims]
    return told


def _print(lines: Iterable[Text]) -> None:
    from dateline.show.terminal import ENDLESS, console

    out = console()
    for line in lines:
        out.print(line, soft_wrap=out.width == ENDLESS)


def _print_json(value: Any) -> None:
    from dateline.show.jsonl import dumped

    typer.echo(dumped(value), nl=False)
