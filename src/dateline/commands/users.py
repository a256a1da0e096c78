"""``dateline user``: who may sign in to the site, and in what role."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer

from dateline.commands.options import DEFAULT_RECORD, RecordOption, opened

if TYPE_CHECKING:
    from sqlalchemy import Connection

T = TypeVar("T")

user = typer.Typer(no_args_is_help=True, help="Accounts of the site: who may sign in, and in what role.")

Role = Literal["reader", "analyst", "moderator"]
Name = Annotated[str, typer.Argument(help="As the site and the log show it.")]


@user.command()
def add(
    name: Name,
    role: Annotated[
        Role, typer.Option(help="reader: comments; analyst: decides, too; moderator: moderates, too.")
    ] = "reader",
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Make an account. The password is asked for twice, or read as a line from standard input.

    Example: dateline user add "Ana Brill" --role analyst
    """
    from dateline.site.people import accounts

    password = _password()
    made = _writing(record, lambda connection: accounts.add(connection, name, password, role))
    typer.echo(f"{made.name}: may sign in as {made.role}")


@user.command("list")
def list_(record: RecordOption = DEFAULT_RECORD) -> None:
    """List the accounts."""
    from dateline.site.people import accounts

    for each in _writing(record, accounts.all_accounts):
        disabled = "  disabled" if each.disabled else ""
        typer.echo(f"{each.role:<10}{each.made[:10]}  {each.name}{disabled}")


@user.command()
def disable(
    name: Name,
    enable: Annotated[bool, typer.Option("--enable", help="Let it be used again.")] = False,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """End all sign-ins of an account, and allow no new one. The account stays, as the log names it."""
    from dateline.site.people import accounts, sessions

    def act(connection: Connection) -> str:
        found = accounts.named(connection, name)
        accounts.change(connection, found.number, disabled=not enable)
        sessions.end_all(connection, found.number)
        return found.name

    typer.echo(f"{_writing(record, act)}: {'may sign in' if enable else 'is disabled'}")


@user.command()
def role(
    name: Name,
    new: Annotated[Role, typer.Argument(metavar="ROLE", help="reader, analyst or moderator.")],
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Give an account another role. It has to sign in anew."""
    from dateline.site.people import accounts, sessions

    def act(connection: Connection) -> str:
        found = accounts.named(connection, name)
        accounts.change(connection, found.number, role=new)
        sessions.end_all(connection, found.number)
        return found.name

    typer.echo(f"{_writing(record, act)}: is {new} now")


def _writing(record: str, act: Callable[[Connection], T]) -> T:
    from dateline.record.engine import retrying, writing

    with opened(record) as kept:

        def whole() -> T:
            with writing(kept.engine) as connection:
                return act(connection)

        return retrying(whole)


def _password() -> str:
    """The password, typed twice without being shown, or a line from a pipe."""
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")
