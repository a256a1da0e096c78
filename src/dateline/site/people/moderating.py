"""The moderators' pages: what waits, what was decided, blocks, and all comments as a file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request
from sqlalchemy import Connection
from starlette.datastructures import FormData
from starlette.responses import Response, StreamingResponse

from dateline.site.people import moderation, names, plain, storing
from dateline.site.people.comments import STATES, Comment, State
from dateline.site.people.routes import PeopleRoute, form_of, number_in, reading, see, text_in, write
from dateline.site.people.signed import Person, needs
from dateline.site.people.threads import Shown, article_text
from dateline.site.rendering import render
from dateline.site.security import csrf_checked

MODERATOR = needs("moderator")
router = APIRouter(route_class=PeopleRoute, prefix="/moderation", dependencies=[Depends(MODERATOR)])

Form = Annotated[FormData, Depends(form_of)]
Moderator = Annotated[Person, Depends(MODERATOR)]
CHECKED = [Depends(csrf_checked)]
AT_ONCE = 50
LONGEST_REASON = 500


@router.get("")
def queue(request: Request, state: State = "held", below: int | None = None) -> Response:
    """Comments in a state, the latest first; those that are held, unless another is asked for."""

    def find(connection: Connection) -> dict[str, Any]:
        found = storing.in_state(connection, state, below, AT_ONCE)
        return {
            "found": [_shown(connection, comment) for comment in found],
            "histories": {each.id: moderation.history(connection, each) for each in found},
            "blocks": moderation.all_blocks(connection),
            "further": found[-1].number if len(found) == AT_ONCE else None,
        }

    told = {"state": state, "states": STATES, "reasons": moderation.REASONS}
    return render(request, "people/moderation.html", {**reading(request, find), **told})


def _shown(connection: Connection, comment: Comment) -> Shown:
    text = article_text(connection, comment.about) if comment.start is not None else None
    quote = text[comment.start : comment.end] if text else None
    return Shown(comment, plain.html(comment.words or ""), quote)


@router.post("/comments/{identity}", dependencies=CHECKED)
def moderate(request: Request, reader: Moderator, identity: str, form: Form) -> Response:
    """Show, hold, refuse or erase a comment, and block its writer if that is asked for too."""
    state: Any = text_in(form, "state")
    reason = _reason(form) or None
    if state not in STATES:
        raise HTTPException(422, f"{state!r} is no state; choose one of {', '.join(STATES)}")
    if state in ("refused", "erased") and reason is None:
        raise HTTPException(422, "say why: the writer is told; go back, nothing is lost")

    def act(connection: Connection) -> None:
        comment = storing.by_id(connection, identity)
        if comment is None:
            raise HTTPException(404, "there is no such comment")
        # Before its name is erased.
        if text_in(form, "block") == "name" and comment.name:
            moderation.block(connection, "name", names.key(comment.name), reader.name, reason or "")
        if text_in(form, "block") == "sender" and comment.sender:
            moderation.block(connection, "sender", comment.sender, reader.name, reason or "")
        moderation.moderate(connection, comment, state, reader.name, reason)

    write(request, act)
    seen = text_in(form, "seen_state")
    return see(f"/moderation?state={seen if seen in STATES else 'held'}")


def _reason(form: FormData) -> str:
    reason = names.written(text_in(form, "reason"))
    if len(reason) > LONGEST_REASON:
        told = f"the reason has {len(reason):,} signs, {LONGEST_REASON} are taken; go back, nothing is lost"
        raise HTTPException(422, told)
    return reason


@router.post("/blocks", dependencies=CHECKED)
def block(request: Request, reader: Moderator, form: Form) -> Response:
    """Take no more comments under a name."""
    name, reason = names.key(text_in(form, "name")), _reason(form)
    if not name or not reason:
        raise HTTPException(422, "give a name and say why: the writer is told; go back, nothing is lost")
    write(request, lambda connection: moderation.block(connection, "name", name, reader.name, reason))
    return see("/moderation")


@router.post("/blocks/lift", dependencies=CHECKED)
def lift(request: Request, form: Form) -> Response:
    """Take comments from a blocked name or address again."""
    number = number_in(form, "block")

    def act(connection: Connection) -> None:
        for each in moderation.all_blocks(connection):
            if each.number == number:
                moderation.unblock(connection, each.kind, each.value)

    write(request, act)
    return see("/moderation")


COLUMNS = (
    "id",
    "about",
    "start",
    "end",
    "name",
    "role",
    "words",
    "written",
    "state",
    "reason",
    "claim",
    "field",
    "value",
    "decision",
)


def row_of(comment: Comment) -> dict[str, Any]:
    """A comment as a row of the export: what is kept of it but the digest of the address."""
    proposal = comment.proposal
    told = {name: getattr(comment, name, None) for name in COLUMNS}
    return told | {name: getattr(proposal, name, None) for name in COLUMNS[-4:]}


@router.get("/comments.csv")
def as_csv(request: Request) -> Response:
    """All comments as CSV; what a spreadsheet would take for a formula is made text."""
    found = reading(request, storing.every)
    return StreamingResponse(csv_lines(found), media_type="text/csv; charset=utf-8", headers=_file("csv"))


@router.get("/comments.jsonl")
def as_json_lines(request: Request) -> Response:
    """All comments as JSON lines."""
    found = reading(request, storing.every)
    lines = (json.dumps(row_of(comment), ensure_ascii=False) + "\n" for comment in found)
    return StreamingResponse(lines, media_type="application/jsonl", headers=_file("jsonl"))


def _file(suffix: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="comments.{suffix}"'}


def csv_lines(found: Iterable[Comment]) -> Iterator[str]:
    """The lines of a CSV file of comments, header first."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS)
    writer.writeheader()
    for comment in found:
        writer.writerow({name: _guarded(value) for name, value in row_of(comment).items()})
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _guarded(value: Any) -> Any:
    return (
        f"'{value}"
        if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r"))
        else value
    )
