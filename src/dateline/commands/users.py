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
    from dateline.site.people import accounts, audit

    password = _password()
    made = _writing(record, lambda connection: accounts.add(connection, name, password, role))
    audit.note("account-made", made, role=made.role, by="command")
    typer.echo(f"{made.name}: may sign in as {made.role}")


@user.command("list")
def list_(record: RecordOption = DEFAULT_RECORD) -> None:
    """List the accounts."""
    from dateline.site.people import accounts, second_factor

    def find(connection: Connection) -> list[tuple[accounts.Account, bool]]:
        every = accounts.all_accounts(connection)
        return [(each, second_factor.found(connection, each.number) is not None) for each in every]

    for each, twofold in _writing(record, find):
        notes = ("  second factor" if twofold else "") + ("  disabled" if each.disabled else "")
        typer.echo(f"{each.role:<10}{each.made[:10]}  {each.name}{notes}")


@user.command()
def disable(
    name: Name,
    enable: Annotated[bool, typer.Option("--enable", help="Let it be used again.")] = False,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """End all sign-ins of an account, and allow no new one. The account stays, as the log names it."""
    from dateline.site.people import accounts, audit, sessions

    def act(connection: Connection) -> accounts.Account:
        found = accounts.named(connection, name)
        accounts.change(connection, found.number, disabled=not enable)
        sessions.end_all(connection, found.number)
        return found

    found = _writing(record, act)
    audit.note("account-enabled" if enable else "account-disabled", found, by="command")
    typer.echo(f"{found.name}: {'may sign in' if enable else 'is disabled'}")


@user.command()
def role(
    name: Name,
    new: Annotated[Role, typer.Argument(metavar="ROLE", help="reader, analyst or moderator.")],
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Give an account another role. It has to sign in anew."""
    from dateline.site.people import accounts, audit, sessions

    def act(connection: Connection) -> accounts.Account:
        found = accounts.named(connection, name)
        accounts.change(connection, found.number, role=new)
        sessions.end_all(connection, found.number)
        return found

    found = _writing(record, act)
    audit.note("role-changed", found, was=found.role, role=new, by="command")
    typer.echo(f"{found.name}: is {new} now")


@user.command("second-factor")
def second_factor_(
    name: Name,
    off: Annotated[
        bool, typer.Option("--off", help="Take it away, and end all sign-ins: of a lost phone.")
    ] = False,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Tell whether an account has a second factor, or take it away. Its owner sets it up on the site.

    Example: dateline user second-factor "Ana Brill" --off
    """
    from dateline.site.people import accounts, audit, second_factor, sessions

    def act(connection: Connection) -> tuple[accounts.Account, second_factor.SecondFactor | None]:
        found = accounts.named(connection, name)
        had = second_factor.found(connection, found.number)
        if off:
            second_factor.remove(connection, found.number)
            sessions.end_all(connection, found.number)
        return found, had

    found, had = _writing(record, act)
    if had is None:
        typer.echo(f"{found.name}: has no second factor")
    elif off:
        audit.note("second-factor-removed", found, by="command")
        typer.echo(f"{found.name}: has no second factor any more")
    else:
        typer.echo(
            f"{found.name}: has a second factor since {had.made[:10]}, recovery codes left: {had.left}"
        )


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
