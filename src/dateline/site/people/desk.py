"""The analysts' pages: what waits for them, values corrected, incidents merged and split, all undone again.

Whatever is decided goes into the log under the person's name. Whoever was overtaken sees what was decided
meanwhile, with the own entries kept, and decides once more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, HTTPException, Request
from sqlalchemy import Connection
from starlette.datastructures import FormData
from starlette.responses import Response

from dateline.errors import RecordError
from dateline.ontology import COUNTS, MODES, STATUSES, TYPES
from dateline.record import deciding
from dateline.record.corrections import FIELDS
from dateline.record.deciding import Overtaken, last_entry
from dateline.site.people import drafts, names, plain, queues, storing
from dateline.site.people.marking import pieces, values
from dateline.site.people.routes import (
    PeopleRoute,
    form_of,
    number_in,
    reading,
    see,
    text_in,
    texts,
    write,
)
from dateline.site.people.signed import Person, needs
from dateline.site.people.threads import Shown, one_shown
from dateline.site.rendering import render
from dateline.site.security import csrf_checked
from dateline.site.state import record_of
from dateline.types import Decision, Range

ANALYST = needs("analyst")
router = APIRouter(route_class=PeopleRoute, prefix="/desk", dependencies=[Depends(ANALYST)])

Form = Annotated[FormData, Depends(form_of)]
Analyst = Annotated[Person, Depends(ANALYST)]
CHECKED = [Depends(csrf_checked)]
PROPOSALS_AT_ONCE = 50
LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class Below:
    """The numbers below which the desk's queues go on; null from their beginnings."""

    links: int | None = None
    events: int | None = None
    decisions: int | None = None
    comments: int | None = None


@router.get("")
def desk(request: Request, below: Annotated[Below, Depends()]) -> Response:
    """What readers propose, where linker or reader is unsure, decisions and comments without claims."""
    return _desk(request, below)


def _desk(
    request: Request,
    below: Below = Below(),
    *,
    given: Mapping[str, str] = MappingProxyType({}),
    problem: str = "",
    status: int = 200,
) -> Response:
    record = record_of(request)

    def find(connection: Connection) -> dict[str, Any]:
        doubts, more_links = queues.unsure_links(connection, record.shelf, below.links)
        claims, more_events = queues.doubtful_events(connection, record.shelf, below.events)
        left, more_left = queues.without_claims(connection, record.shelf, below.decisions)
        adrift, more_adrift = queues.comments_adrift(connection, record.shelf, below.comments)
        proposed = storing.proposing(connection, PROPOSALS_AT_ONCE)
        return {
            "doubts": doubts,
            "more_links": more_links,
            "claims": claims,
            "more_events": more_events,
            "left": left,
            "more_left": more_left,
            "adrift": [(each, one_shown(connection, each.comment)) for each in adrift],
            "more_adrift": more_adrift,
            "proposed": [Shown(comment, plain.html(comment.words or "")) for comment in proposed],
            "seen": last_entry(connection),
        }

    context = {**reading(request, find), "given": given, "problem": problem}
    return render(request, "people/desk.html", context, status)


@router.post("/links", dependencies=CHECKED)
def judge(request: Request, reader: Analyst, form: Form) -> Response:
    """Say of two claims that they are about the same, about different happenings, or that one cannot tell."""
    kind = _one_of(form, "kind", ("same", "different", "unsure"))
    one, other = text_in(form, "one"), text_in(form, "other")

    def decide(seen: int | None) -> str:
        deciding.judge(record_of(request), kind, one, other, reader.name, _reason(form), seen)
        return "/desk"

    return _decided(request, form, decide, f"/desk/incidents/i{one[1:]}")


@router.post("/events", dependencies=CHECKED)
def confirm(request: Request, reader: Analyst, form: Form) -> Response:
    """Say that an event is what it was read as: its type stands as a person's correction would."""
    record, claim = record_of(request), text_in(form, "claim")
    told = deciding.claim_with_words(record, claim)

    def decide(seen: int | None) -> str:
        kind = told.event.type
        deciding.correct(record, claim, "type", kind, None, reader.name, _reason(form), seen=seen)
        return "/desk"

    return _decided(request, form, decide, f"/desk/claims/{claim}")


@router.post("/proposals/{identity}", dependencies=CHECKED)
def settle(request: Request, reader: Analyst, identity: str, form: Form) -> Response:
    """Accept a reader's correction, which then stands in the log with the reader's name, or decline it."""
    comment = reading(request, lambda connection: storing.by_id(connection, identity))
    if comment is None or comment.proposal is None:
        raise HTTPException(404, "there is no such proposal (any more)")
    proposal, reason = comment.proposal, _reason(form)
    if _one_of(form, "act", ("accept", "decline")) == "decline":
        write(request, lambda connection: storing.settle(connection, comment, declined=reason))
        return see("/desk")
    writer = comment.name if proposal.credit and comment.name else "a reader"
    why = f"{writer} proposed it: {reason}"

    def decide(seen: int | None) -> str:
        record = record_of(request)
        deciding.correct(
            record,
            proposal.claim,
            proposal.field,
            proposal.value,
            proposal.words,
            reader.name,
            why,
            seen=seen,
        )
        write(request, accepted)
        return "/desk"

    def accepted(connection: Connection) -> None:
        made = deciding.decided_since(connection, [proposal.claim], 0)
        last = [each.id for each in made if each.field == proposal.field][-1]
        storing.settle(connection, comment, decision=last)

    return _decided(request, form, decide, f"/desk/claims/{proposal.claim}")


@router.post("/comments/{identity}", dependencies=CHECKED)
def leave(request: Request, reader: Analyst, identity: str, form: Form) -> Response:
    """Leave a comment whose claim is gone with its article."""
    record = record_of(request)

    def find(connection: Connection) -> queues.Adrift | None:
        comment = storing.by_id(connection, identity)
        return None if comment is None else queues.adrift(connection, record.shelf, comment)

    found = reading(request, find)
    if found is None:
        raise HTTPException(404, "there is no such comment without a claim (any more)")
    if problem := _missing(form, ("reason",)):
        return _desk(request, given=texts(form), problem=problem, status=422)
    why = _reason(form)
    write(request, lambda c: storing.leave(c, found.comment, found.article, reader.name, why))
    return see("/desk#adrift")


@router.get("/claims/{identity}")
def claim_page(request: Request, reader: Analyst, identity: str, done: str = "") -> Response:
    """A claim in its article: any value is corrected by choosing other words."""
    kept = reading(
        request, lambda connection: drafts.of_page(connection, int(reader.id), f"correct:{identity}")
    )
    given = {field: draft.words for field, draft in kept.items()}
    return _claim_page(request, identity, given, done=done)


def _claim_page(
    request: Request,
    identity: str,
    given: Mapping[str, str],
    *,
    problem: str = "",
    overtaken: tuple[Decision, ...] = (),
    done: str = "",
    status: int = 200,
) -> Response:
    record = record_of(request)
    claim = deciding.claim_with_words(record, record.full_id(identity))
    told = record.reading_of(claim.citation.article)
    if told is None:
        raise RecordError(f"{identity}: its article was redacted and cannot be corrected")
    incident = record.incident_of(claim.id)
    now = next((each for each in incident.claims if each.id == claim.id), claim) if incident else claim
    context = {
        "claim": now,
        "incident": incident,
        "values": values(now.event),
        "pieces": pieces(told.article, now.event),
        "fields": FIELDS,
        "counts": COUNTS,
        "choices": {"type": TYPES, "status": STATUSES, "mode": ("none", *MODES[now.event.type])},
        "given": dict(given),
        "problem": problem,
        "overtaken": overtaken,
        "done": done if done in FIELDS else "",
        "seen": reading(request, last_entry),
        "comment_page": f"correct:{claim.id}",
    }
    return render(request, "people/claim.html", context, status)


@router.post("/claims/{identity}", dependencies=CHECKED)
def correct(request: Request, reader: Analyst, identity: str, form: Form) -> Response:
    """Correct a value of a claim."""
    record, given = record_of(request), texts(form)
    field, value = given.get("field", ""), names.written(given.get("value", ""))
    problem = _missing(form, ("field", "value", "reason"))
    if problem:
        return _claim_page(request, identity, given, problem=problem, status=422)
    try:
        words = names.written(given.get("words", "")) or None
        at = ranges(given.get("at", ""))
        seen = number_in(form, "seen")
        deciding.correct(record, identity, field, value, words, reader.name, _reason(form), at=at, seen=seen)
    except Overtaken as error:
        return _claim_page(request, identity, given, overtaken=error.decisions, status=409)
    except (RecordError, ValueError) as error:
        told = (
            str(error)
            .removeprefix(f"{identity}: ")
            .replace("; give them by --words", "; choose them in the text")
        )
        return _claim_page(request, identity, given, problem=told, status=422)
    write(request, lambda connection: drafts.discard(connection, int(reader.id), f"correct:{identity}"))
    return see(f"/desk/claims/{identity}?done={quote(field)}")


def ranges(text: str) -> tuple[Range, ...]:
    """Places of the article's text, as "120-135 140-152". Raises ``ValueError`` for anything else."""
    found = []
    for part in text.split():
        start, _, end = part.partition("-")
        if not (start.isdigit() and end.isdigit()):
            raise ValueError(f"{part!r} is no place of the text; choose the words anew")
        found.append((int(start), int(end)))
    return tuple(found)


@router.get("/incidents/{identity}")
def incident_page(request: Request, identity: str) -> Response:
    """An incident's claims to be parted, merged with others, and what was decided to be taken back."""
    return _incident_page(request, identity, {})


def _incident_page(
    request: Request,
    identity: str,
    given: Mapping[str, str],
    *,
    problem: str = "",
    overtaken: tuple[Decision, ...] = (),
    chosen: tuple[str, ...] = (),
    status: int = 200,
) -> Response:
    record = record_of(request)
    seen = reading(request, last_entry)
    context = {
        "incident": record.incident(identity),
        "given": dict(given),
        "chosen": chosen,
        "problem": problem,
        "overtaken": overtaken,
        "seen": seen,
    }
    return render(request, "people/incident.html", context, status)


@router.post("/incidents/{identity}/merge", dependencies=CHECKED)
def merge(request: Request, reader: Analyst, identity: str, form: Form) -> Response:
    """Say that this incident and another are one."""
    other = identity_in(text_in(form, "other"))

    def decide(seen: int | None) -> str:
        record = record_of(request)
        return _page_of(deciding.merge(record, [identity, other], reader.name, _reason(form), seen).id)

    return _decided(request, form, decide, _page_of(identity))


@router.post("/incidents/{identity}/split", dependencies=CHECKED)
def split(request: Request, reader: Analyst, identity: str, form: Form) -> Response:
    """Say that some claims of this incident are about another happening."""
    chosen = [claim for claim in form.getlist("claims") if isinstance(claim, str)]

    def decide(seen: int | None) -> str:
        deciding.split(record_of(request), identity, chosen, reader.name, _reason(form), seen)
        return _page_of(identity)

    return _decided(request, form, decide, _page_of(identity), tuple(chosen))


@router.post("/incidents/{identity}/unsure", dependencies=CHECKED)
def unsure(request: Request, reader: Analyst, identity: str, form: Form) -> Response:
    """Say that one cannot tell whether this incident and another are one."""
    record, other = record_of(request), identity_in(text_in(form, "other"))

    def decide(seen: int | None) -> str:
        one, two = record.incident(identity), record.incident(other)
        if one.id == two.id:
            raise RecordError(f"{one.id}: is one incident already; part it instead")
        decision = Decision("unsure", reader.name, deciding.ids_of(one), deciding.ids_of(two), _reason(form))
        record.insist(decision, seen)
        return _page_of(one.id)

    return _decided(request, form, decide, _page_of(identity))


@router.post("/decisions/{identity}/undo", dependencies=CHECKED)
def undo(request: Request, reader: Analyst, identity: str, form: Form) -> Response:
    """Take a decision back."""

    def decide(_: int | None) -> str:
        deciding.undo(record_of(request), identity, reader.name, _reason(form))
        return _back(form)

    return _decided(request, form, decide, _back(form))


def _decided(
    request: Request,
    form: FormData,
    decide: Callable[[int | None], str],
    page: str,
    chosen: tuple[str, ...] = (),
) -> Response:
    """Go on after a decision; or, with what was entered kept, the page again, with what hinders it."""
    problem = _missing(form, ("reason",))
    overtaken: tuple[Decision, ...] = ()
    status = 422
    if not problem:
        try:
            return see(decide(number_in(form, "seen")))
        except Overtaken as error:
            overtaken, status = error.decisions, 409
        except RecordError as error:
            problem = str(error)
    if page == "/desk":
        return _desk(request, given=texts(form), problem=problem, status=status)
    given, identity = texts(form), page.rpartition("/")[2]
    if page.startswith("/desk/claims/"):
        return _claim_page(request, identity, given, problem=problem, overtaken=overtaken, status=status)
    return _incident_page(
        request, identity, given, problem=problem, overtaken=overtaken, chosen=chosen, status=status
    )


def _page_of(incident: str) -> str:
    return f"/desk/incidents/{incident}"


def _back(form: FormData) -> str:
    """The page of the desk that a form stood on."""
    back = text_in(form, "back")
    return back if back.startswith(("/desk/incidents/", "/desk/claims/")) else "/desk"


def identity_in(text: str) -> str:
    """The id in what was entered: an id, or the address of an incident's page."""
    return text.strip().rstrip("/").rpartition("/")[2].partition("#")[0].partition("?")[0]


def _reason(form: FormData) -> str:
    return names.written(text_in(form, "reason"))


def _missing(form: FormData, needed: tuple[str, ...]) -> str:
    """Which field has still to be filled in, or to be shortened; empty when none has."""
    if len(_reason(form)) > LONGEST_REASON:
        return f"Please shorten the reason to {LONGEST_REASON:,} signs."
    told = {
        "field": "Please choose what is to be corrected.",
        "value": "Please enter what it should be.",
        "reason": "Please say why; it stays in the log.",
    }
    return next((told[name] for name in needed if not text_in(form, name).strip()), "")


def _one_of(form: FormData, name: str, allowed: tuple[str, ...]) -> str:
    value = text_in(form, name)
    if value not in allowed:
        raise HTTPException(422, f"{value!r} cannot be; choose one of {', '.join(allowed)}")
    return value
