"""Comments sent, looked at again by their writer, and erased on request."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, HTTPException, Request
from sqlalchemy import Connection
from starlette.datastructures import FormData
from starlette.responses import JSONResponse, Response

from dateline.errors import RecordError
from dateline.record import deciding
from dateline.record.rewording import value_of
from dateline.site.people import accounts, comments, drafts, moderation, names, plain, proofs, storing
from dateline.site.people.comments import Comment, Proposal, Sent
from dateline.site.people.keys import keyed, same, sender
from dateline.site.people.marking import values
from dateline.site.people.routes import (
    PeopleRoute,
    form_of,
    network_of,
    reading,
    see,
    text_in,
    texts,
    wants_json,
    within,
    write,
)
from dateline.site.people.signed import Person, needs, reader_of
from dateline.site.people.storing import Writer
from dateline.site.people.threads import Shown, article_text, form_context, is_known
from dateline.site.people.throttle import COMMENTS_OF_ACCOUNT, COMMENTS_OF_ADDRESS, DRAFTS_OF_ACCOUNT
from dateline.site.rendering import environment, render
from dateline.site.security import cookie_name, csrf_checked, csrf_token
from dateline.site.state import record_of, settings_of, site_of

router = APIRouter(route_class=PeopleRoute)

Form = Annotated[FormData, Depends(form_of)]
CHECKED = [Depends(csrf_checked)]
WAIT_SECONDS = 120


async def from_our_form(request: Request) -> bool:
    """Whether a comment came from a form of ours. Else it counts as one of somebody who is not signed in.

    It is not refused: a form may have been open longer than its cookie lasted.
    """
    try:
        await csrf_checked(request)
    except HTTPException:
        return False
    return True


@router.get("/proof")
def proof(request: Request) -> dict[str, Any]:
    """A human check to be solved, and a token for the form, both fetched when a comment is sent."""
    return {"challenge": proofs.challenge(site_of(request).key), "token": csrf_token(request)}


@router.get("/comments/new")
def new(
    request: Request, about: str, start: str = "", end: str = "", claim: str = "", field: str = ""
) -> Response:
    """The form on a page of its own, for a phrase or for a correction, also without scripts."""
    asked = {"about": about, "start": start, "end": end, "claim": claim, "field": field}
    given = {name: value for name, value in asked.items() if value}
    _placed(request, _understood(given))
    return _form(request, reader_of(request), given, {}, 200)


@dataclass(frozen=True, slots=True)
class Sending:
    """A comment on its way: what was sent, by whom, from where, with which proof, as which sending."""

    told: Sent
    reader: Person | None
    writer: Writer
    nonce: str | None
    once: str


@router.post("/comments")
def send(request: Request, form: Form, ours: Annotated[bool, Depends(from_our_form)]) -> Response:
    """Take a comment: shown at once, or held for a moderator. Sent twice it is there once."""
    reader = reader_of(request) if ours else None
    told = _understood(texts(form))
    if not told.about:
        raise HTTPException(422, "what this is about is missing; send it from its page")
    if reader is not None:
        told = replace(told, name=reader.name)
    faults = comments.faults(told) or _placed(request, told)
    if faults:
        return _answer_faults(request, reader, form, faults)
    sending = _sending(request, reader, form, told)
    given = text_in(form, "proof")
    if given and sending.nonce is None and reader is None:
        return _again(request, reader, form)
    if not _may_send(request, sending):
        detail = (
            "Many comments came from here of late. What you wrote is kept; please send it in two minutes."
        )
        return _refused(request, reader, form, 429, detail)
    kept = write(request, lambda connection: _keep(connection, sending))
    if kept is None:
        return _again(request, reader, form)
    if isinstance(kept, str):
        return _refused(request, reader, form, 403, f"No comments are taken from you here: {kept}")
    return _taken(request, kept)


def _understood(fields: Mapping[str, str]) -> Sent:
    try:
        return comments.sent(fields)
    except ValueError:
        raise HTTPException(400, "this is not what our form sends; go back and send it again") from None


def _placed(request: Request, told: Sent) -> dict[str, str]:
    """What is wrong with where a comment is to stand, and with what it proposes.

    Raises ``HTTPException`` when there is no such place, and ``RecordError`` when there is no such claim.
    """

    def look(connection: Connection) -> None:
        if not is_known(connection, told.about):
            raise HTTPException(404, "there is no such incident or article to comment on")
        if told.start is not None or told.end is not None:
            text = article_text(connection, told.about)
            if text is None or not 0 <= (told.start or 0) < (told.end or 0) <= len(text):
                raise HTTPException(404, "the article has no such words to comment on (any more)")

    reading(request, look)
    return {} if told.proposal is None else _proposed(request, told.proposal)


def _proposed(request: Request, proposal: Proposal) -> dict[str, str]:
    record = record_of(request)
    claim = deciding.claim_with_words(record, proposal.claim)
    told = record.reading_of(claim.citation.article)
    if told is None:
        raise RecordError(f"{proposal.claim}: its article was redacted and cannot be corrected")
    if proposal.value:
        try:
            value_of(told, claim, proposal.field, proposal.value, proposal.words, "a reader")
        except ValueError as error:
            said = str(error).replace("; give them by --words", "; enter them below")
            return {"value": said[:1].upper() + said[1:]}
    return {}


def _sending(request: Request, reader: Person | None, form: FormData, told: Sent) -> Sending:
    key = site_of(request).key
    address = request.client.host if request.client else None
    account = None if reader is None else int(reader.id)
    given = text_in(form, "once")
    browser = request.cookies.get(cookie_name(settings_of(request), "form"), "")
    # Without a cookie two readers could have the same page of some cache: then all must be the same.
    parts = (given, told.about) if browser else (given, told.about, told.name, told.words)
    once = keyed(key, "once", browser, *parts) if given else secrets.token_hex(32)
    nonce = proofs.nonce_of(key, text_in(form, "proof"))
    return Sending(told, reader, Writer(account, sender(key, address)), nonce, once)


def _may_send(request: Request, sending: Sending) -> bool:
    reader = sending.reader
    if reader is not None:
        return within(request, COMMENTS_OF_ACCOUNT.by(reader.id), who=reader)
    return within(request, COMMENTS_OF_ADDRESS.by(network_of(request)))


def _keep(connection: Connection, sending: Sending) -> Comment | str | None:
    """The comment as it is kept; the reason of a block; null when its proof was used before."""
    told, reader = sending.told, sending.reader
    reason = moderation.blocked(connection, told.name, sending.writer.sender)
    if reason is not None:
        return reason
    if reader is None and sending.nonce is not None and not proofs.use(connection, sending.nonce):
        return None
    state, why = comments.first_state(
        told,
        signed_in=reader is not None,
        proven=sending.nonce is not None,
        names_known=names.key(told.name)
        in {names.key(each.name) for each in accounts.all_accounts(connection)},
    )
    kept = storing.put(connection, told, sending.writer, sending.once, state, why)
    if reader is not None:
        drafts.discard(connection, int(reader.id), f"comment:{told.about}")
    return kept


def _taken(request: Request, kept: Comment) -> Response:
    link = link_of(request, kept.id)
    if not wants_json(request):
        return see(link)
    shown = Shown(kept, plain.html(kept.words or ""))
    html = environment().get_template("people/comment.html").render(each=shown, reader=None)
    told = {"id": kept.id, "state": kept.state, "reason": kept.reason, "link": link, "html": html}
    return JSONResponse(told, 201)


def link_of(request: Request, identity: str) -> str:
    """The private address of a comment: whoever has it may see what became of it, and erase it."""
    return f"/comments/{identity}?key={_key(request, identity)}"


def _key(request: Request, identity: str) -> str:
    return keyed(site_of(request).key, "comment", identity)[:32]


def _answer_faults(
    request: Request, reader: Person | None, form: FormData, faults: dict[str, str]
) -> Response:
    if wants_json(request):
        return JSONResponse({"faults": faults}, 422)
    return _form(request, reader, texts(form), faults, 422)


def _again(request: Request, reader: Person | None, form: FormData) -> Response:
    """The human check did not hold: a script solves another; else the sender is asked to send again."""
    if wants_json(request):
        return JSONResponse({"again": "proof"}, 409)
    given = {name: value for name, value in texts(form).items() if name != "proof"}
    return _form(
        request, reader, given, {}, 409, "The human check did not come through. Please send once more."
    )


def _refused(request: Request, reader: Person | None, form: FormData, status: int, detail: str) -> Response:
    if wants_json(request):
        return JSONResponse({"problem": detail}, status, {"Retry-After": str(WAIT_SECONDS)})
    return _form(request, reader, texts(form), {}, status, detail)


def _form(
    request: Request,
    reader: Person | None,
    given: Mapping[str, str],
    faults: dict[str, str],
    status: int,
    problem: str = "",
) -> Response:
    quote = None
    told = _understood(given)
    if told.start is not None and told.end is not None:
        text = reading(request, lambda connection: article_text(connection, told.about))
        quote = (text or "")[told.start : told.end] or None
    context = reading(request, lambda connection: form_context(connection, reader, given, faults))
    claim = deciding.claim_with_words(record_of(request), given["claim"]) if given.get("claim") else None
    more = {
        "subject": told.about,
        "quote": quote,
        "problem": problem,
        "claim": claim,
        "values": values(claim.event) if claim else {},
    }
    # Not "no-store": without scripts, what was typed must still be there when one comes back to this page.
    kept = {"Cache-Control": "private, no-cache"}
    return render(request, "people/comment_form.html", {**context, **more}, status, kept)


@router.get("/comments/{identity}")
def own(request: Request, identity: str, key: str = "") -> Response:
    """A comment as its writer sees it: its state, and why."""
    comment = _own(request, identity, key)
    if wants_json(request):
        return JSONResponse({"id": comment.id, "state": comment.state, "reason": comment.reason})
    shown = Shown(comment, plain.html(comment.words or ""))
    return render(request, "people/own_comment.html", {"each": shown, "comment": comment, "key": key})


@router.post("/comments/{identity}/erase", dependencies=CHECKED)
def erase(request: Request, identity: str, form: Form) -> Response:
    """Erase a comment at its writer's request; that there was one stays."""
    key = text_in(form, "key")
    comment = _own(request, identity, key)

    def take_away(connection: Connection) -> None:
        moderation.moderate(connection, comment, "erased", "the writer", "at the writer's request")

    write(request, take_away)
    return see(link_of(request, identity))


def _own(request: Request, identity: str, key: str) -> Comment:
    """A comment, for whoever has its private address or wrote it signed in."""
    comment = reading(request, lambda connection: storing.by_id(connection, identity))
    reader = reader_of(request)
    is_writers = comment is not None and reader is not None and comment.account == int(reader.id)
    if comment is None or not (is_writers or same(key, _key(request, identity))):
        raise HTTPException(404, "there is no comment at this address; was all of it copied?")
    return comment


Reader = Annotated[Person, Depends(needs("reader"))]


@router.get("/drafts")
def drafts_of(request: Request, reader: Reader, page: str) -> dict[str, dict[str, str]]:
    """What is kept of a page's fields: the words and when they were typed."""
    kept = reading(request, lambda connection: drafts.of_page(connection, int(reader.id), page))
    return {field: {"words": draft.words, "saved": draft.saved} for field, draft in kept.items()}


@router.put("/drafts", dependencies=CHECKED)
def save_drafts(
    request: Request,
    reader: Reader,
    page: Annotated[str, Body(max_length=200)],
    fields: Annotated[dict[str, str], Body(max_length=20)],
) -> dict[str, bool]:
    """Keep what stands in a page's fields."""
    if not within(request, DRAFTS_OF_ACCOUNT.by(reader.id), who=reader):
        raise HTTPException(
            429, "that was often; it is kept again in a while", {"Retry-After": str(WAIT_SECONDS)}
        )
    write(request, lambda connection: drafts.save(connection, int(reader.id), page, fields))
    return {"kept": True}
