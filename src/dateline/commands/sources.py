"""``dateline sources``: what is followed, added to, listed, paused and tried."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from dateline.commands.inputs import AllowPrivate
from dateline.commands.options import Json
from dateline.errors import InputError

if TYPE_CHECKING:
    from dateline.ingest.finding import Found
    from dateline.ingest.sources import Source, Sources
    from dateline.ingest.visiting import Visitor

DEFAULT_SOURCES = "SOURCES.toml"

sources = typer.Typer(
    help="What dateline watch follows: a file of sources, SOURCES.toml.", no_args_is_help=True
)
File = Annotated[
    Path,
    typer.Option(
        "--file", envvar="DATELINE_SOURCES", dir_okay=False, metavar="FILE", help="The file of sources."
    ),
]
Named = Annotated[str, typer.Argument(metavar="NAME", help="A source's name or address.")]


@sources.command("add")
def add_source(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="Of a feed, a sitemap, or a site.")],
    name: Annotated[str | None, typer.Option("--name", help="What to call it; else its host.")] = None,
    every: Annotated[
        str | None, typer.Option("--every", metavar="TIME", help='How often it is looked at: "15m", "2h".')
    ] = None,
    file: File = Path(DEFAULT_SOURCES),
    allow_private: AllowPrivate = False,
) -> None:
    """Add a source: the list at an address, or, of a site, the feed or news sitemap that it has."""
    from dateline.ingest.finding import find_list
    from dateline.ingest.sources import EVERY, Source, Sources, duration, parse_sources, with_source

    text = file.read_text("utf-8") if file.exists() else ""
    before = parse_sources(file, text) if text else Sources(file)
    seconds = EVERY if every is None else duration(every)
    if seconds is None:
        raise typer.BadParameter(f"{every!r} is no time; write 90s, 15m, 2h or 1d", param_hint="--every")
    visitor = guest(before, allow_private)
    found = find_list(address, visitor.get, visitor.rules)
    called = name or urlsplit(found.address).hostname or found.address
    source = Source(called, found.address, found.listing.kind, seconds)
    changed = with_source(text, source)
    parse_sources(file, changed)
    write(file, changed)
    typer.echo(f"added {source.name!r}: {told(found)}")


@sources.command("list")
def list_sources(file: File = Path(DEFAULT_SOURCES), as_json: Json = False) -> None:
    """List the sources of a file."""
    from dateline.ingest.sources import read_sources

    found = read_sources(file).sources
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=2))
        return
    for each in found:
        typer.echo(f"{'paused' if each.paused else 'active'}  {each.name}  {each.address}")


@sources.command("pause")
def pause_source(name: Named, file: File = Path(DEFAULT_SOURCES)) -> None:
    """Leave a source alone for now; what is known of it stays."""
    change(file, name, paused=True)


@sources.command("resume")
def resume_source(name: Named, file: File = Path(DEFAULT_SOURCES)) -> None:
    """Follow a paused source again."""
    change(file, name, paused=False)


@sources.command("test", epilog="Exit status: 0 all lists can be had, 1 otherwise.")
def test_sources(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME...]", help="Names or addresses; else all sources.")
    ] = None,
    file: File = Path(DEFAULT_SOURCES),
    allow_private: AllowPrivate = False,
) -> None:
    """Ask for each list once and tell what it holds; nothing is read or kept."""
    from dateline.ingest.sources import read_sources

    known = read_sources(file)
    chosen = [known.named(name) for name in names] if names else known.sources
    visitor = guest(known, allow_private)
    bad = sum(not tried(source, visitor, known) for source in chosen)
    raise typer.Exit(int(bad > 0 or not chosen))


def tried(source: Source, visitor: Visitor, known: Sources) -> bool:
    """Ask for a source's list, and say what it holds, or why it cannot be had."""
    from dateline.cli import say
    from dateline.ingest.finding import Found, at
    from dateline.ingest.following import listed_in
    from dateline.ingest.url import host_of

    try:
        if host_of(source.address):
            found = at(source.address, visitor.get)
        else:
            found = Found(source.address, listed_in(known.path.parent / source.address))
    except InputError as error:
        say(error)
        return False
    typer.echo(f"{source.name}: {told(found)}")
    return True


def guest(known: Sources, allow_private: bool) -> Visitor:
    """Who asks for lists, with the contact of the file or of DATELINE_CONTACT."""
    from dateline.ingest.http import EVERYWHERE, Fetcher, agent
    from dateline.ingest.politeness import Hosts
    from dateline.ingest.visiting import Visitor

    name = agent(contact_of(known))
    return Visitor(Fetcher(name, allow=EVERYWHERE if allow_private else ()), Hosts(known.manners))


def contact_of(known: Sources) -> str | None:
    """Whom a server's people may turn to: DATELINE_CONTACT, or what the file says."""
    return os.environ.get("DATELINE_CONTACT") or known.contact


def told(found: Found) -> str:
    """A list in a line: what it is, where, how much it holds, and when the latest was."""
    from dateline.show.wording import counted, words

    holds = counted(len(found.listing.pages), "page")
    if found.listing.parts:
        holds += f", {counted(len(found.listing.parts), 'further list')}"
    latest = max((page.told for page in [*found.listing.pages, *found.listing.parts]), default="")
    return words(
        f"{found.listing.kind} {found.address}, {holds}{f', the latest of {latest}' if latest else ''}"
    )


def change(file: Path, name: str, *, paused: bool) -> None:
    """Pause a source of a file, or follow it again, and say so."""
    from dateline.ingest.sources import read_sources, with_paused

    known = read_sources(file)
    source = known.named(name)
    if source.paused != paused:
        write(file, with_paused(file, file.read_text("utf-8"), source, paused))
    typer.echo(f"{'paused' if paused else 'following'} {source.name!r}")


def write(file: Path, text: str) -> None:
    """Put a file's new text in its place at once. Raises ``InputError``."""
    new = file.with_name(file.name + ".new")
    try:
        new.write_text(text, "utf-8", newline="\n")
        new.replace(file)
    except OSError as error:
        raise InputError(str(file), f"cannot be written ({error.strerror})", "check its folder") from None
