"""``dateline doctor``: whether all is in place."""

from __future__ import annotations

import json
from dataclasses import asdict

import typer

from dateline.commands.options import DEFAULT_RECORD, Json, RecordOption


def doctor(record: RecordOption = DEFAULT_RECORD, as_json: Json = False) -> None:
    """Look over what Dateline needs: model, gazetteer, SQLite, the record, the disk.

    A line for each thing, with the remedy where one is needed. Nothing is changed. Exit status 1 when
    something needs a remedy.
    """
    from dateline.checkup import findings
    from dateline.show.wording import words

    well = True
    for found in findings(record):
        well &= found.well
        if as_json:
            typer.echo(json.dumps(asdict(found)))
        else:
            mark, remedy = ("ok", "") if found.well else ("!!", f"; {found.remedy}")
            typer.echo(f"{mark}  {found.thing:9}  {words(found.state + remedy)}")
    raise typer.Exit(not well)
