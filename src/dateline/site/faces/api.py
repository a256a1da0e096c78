"""The API: what the record holds, for programs, and decisions by those who may make them.

Ids hold for ever: one that an incident had once leads to what it is now, by a redirect. Lists come in
pages; ``next`` is the address of the page that follows, and nothing that is added meanwhile shifts it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import FastAPI, HTTPException, Path, Query, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from dateline import __version__
from dateline.record.chains import nearest
from dateline.record.codec import encode_whole_claim
from dateline.record.deciding import last_entry
from dateline.record.loading import reading_of
from dateline.show.jsonl import dumped
from dateline.site.faces import forms, pages
from dateline.site.faces.answers import Answer, response
from dateline.site.faces.asking import PAGE, Acting, After, Asked, Limit, allowed
from dateline.site.faces.deciding import Form
from dateline.site.faces.problems import Problem, tell_problems
from dateline.site.filters import LONGEST, Filter
from dateline.site.people.signed import reader_of
from dateline.site.publishing import Moved
from dateline.site.speakers import listed, said_by
from dateline.site.state import Site, record_of, settings_of, site_of

BASE = "/api/v1"
IncidentId = Annotated[str, Path(pattern="^i[0-9a-f]{32}$")]
ClaimId = Annotated[str, Path(pattern="^c[0-9a-f]{32}$")]
ArticleId = Annotated[str, Path(pattern="^a[0-9a-f]{32}$")]
About = Annotated[
    str | None, Query(pattern="^[aci][0-9a-f]{32}$", description="An incident, claim or article.")
]
Cursor = Annotated[str | None, Query(max_length=200, description="From ``next``.")]
Speaker = Annotated[str, Query(min_length=1, max_length=LONGEST, description="A speaker's name.")]
Told = Mapping[str, Any]


def _problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    content: dict[str, dict[str, str]] = {"application/problem+json": {}}
    return {status: {"model": Problem, "content": content} for status in statuses}


def _of(form: Any, *statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a route answers: a form, or one of some problems."""
    return {
        200: {"model": form},
        304: {"description": "It has not changed."},
        **_problems(400, 422, *statuses),
    }


def create_api(site: Site) -> FastAPI:
    """The API over what a process has opened, to be mounted at ``BASE``."""
    api = FastAPI(
        title=f"{site.settings.title} API",
        version=__version__,
        description=__doc__,
        docs_url=None,
        redoc_url=None,
        servers=[{"url": site.settings.base_url + BASE}],
    )
    api.state.site = site
    tell_problems(api)
    for path, handler, answers in READING:
        api.get(path, responses=answers, response_class=Response)(handler)
    written: dict[int | str, dict[str, Any]] = {201: {"model": forms.Made}}
    written |= _problems(400, 401, 403, 404, 409, 422)
    api.post("/decisions", status_code=201, responses=written, response_class=JSONResponse)(decide)
    return api


def incidents(
    request: Request, asked: Asked, limit: Limit = PAGE, cursor: str | None = Query(None, max_length=200)
) -> Response:
    """The incidents of a view, the latest first."""

    def make() -> Told:
        found, following = pages.incidents(record_of(request), asked.but(cursor=cursor), limit)
        told = [forms.brief(settings_of(request), each) for each in found]
        return forms.Incidents(incidents=told, next=_next(request, "/incidents", asked, limit, following))

    return _told(request, ("incidents", asked.query(), limit, cursor), make)


def incident(request: Request, identity: IncidentId) -> Response:
    """An incident: its claims, their values side by side, its origins, what it answers, what was decided.

    An id that the incident had once redirects to the one it has now.
    """
    settings = settings_of(request)

    def make() -> Told:
        found = record_of(request).incident(identity)
        if found.id != identity:
            raise Moved(f"{settings.base_url}{BASE}/incidents/{found.id}")
        return forms.whole(settings, found)

    try:
        return _told(request, ("incident", identity), make)
    except Moved as moved:
        return RedirectResponse(moved.address, 308)


def chain(request: Request, identity: IncidentId, limit: Limit = PAGE) -> Response:
    """What an incident is in answer to, and what was done in answer to it, as far as told; causes first.

    Of a longer chain the incidents that are the fewest answers away.
    """

    def make() -> Told:
        links = record_of(request).chain(identity)
        told = [forms.link(each.incident, each.steps, each.to) for each in nearest(links, limit)]
        asked = next(each.incident for each in links if each.steps == 0)
        return forms.Chain(incident=asked, links=told, cut=len(told) < len(links))

    return _told(request, ("chain", identity, limit), make)


def claims(request: Request, asked: Asked, after: After, limit: Limit = PAGE) -> Response:
    """The claims of the incidents of a view, the last added first."""

    def make() -> Told:
        record = record_of(request)
        with record.reading() as connection:
            page = pages.claims(connection, record.shelf, asked.wanted(), limit, after)
        told = [forms.claim(*each) for each in page.items]
        return forms.Claims(claims=told, next=_next(request, "/claims", asked, limit, page.next))

    return _told(request, ("claims", asked.query(), limit, after), make)


def claim(request: Request, identity: ClaimId) -> Response:
    """A claim: an event report with who says so, every value with its words."""

    def make() -> Told:
        record = record_of(request)
        told = record.claim(record.full_id(identity))
        if told is None:
            raise HTTPException(410, "its article was redacted")
        placed = record.incident_of(identity)
        now = next((each for each in placed.claims if each.id == identity), told) if placed else told
        return {**encode_whole_claim(now), "incident": placed.id if placed else None}

    return _told(request, ("claim", identity), make)


def articles(request: Request, asked: Asked, after: After, limit: Limit = PAGE) -> Response:
    """The articles by which a view is told, the last added first."""

    def make() -> Told:
        record = record_of(request)
        with record.reading() as connection:
            page = pages.articles(connection, record.shelf, asked.wanted(), limit, after)
        told = [forms.article(settings_of(request), cited) for _, cited in page.items]
        return forms.Articles(articles=told, next=_next(request, "/articles", asked, limit, page.next))

    return _told(request, ("articles", asked.query(), limit, after), make)


def article(request: Request, identity: ArticleId) -> Response:
    """An article: what it is cited by, and the sentences that its claims rest on.

    Its text is there for those who are signed in, or for all where the site shows it.
    """
    full = _full(request)

    def make() -> Told:
        record = record_of(request)
        reading = record.reading_of(identity)
        if reading is None:
            raise HTTPException(410, "its words were redacted")
        with record.reading() as connection:
            placed = pages.incidents_of(connection, identity)
        return forms.whole_article(settings_of(request), reading, placed, full)

    return _for(full, _told(request, ("article", identity, full), make))


def _full(request: Request) -> bool:
    """Whether the one who asks may see whole texts."""
    return settings_of(request).show_text == "full" or reader_of(request) is not None


def _for(full: bool, answer: Response) -> Response:
    """An answer with words that others may not see is not kept for these on its way."""
    if full:
        answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def attributions(request: Request, asked: Asked, after: After, limit: Limit = PAGE) -> Response:
    """Who says what, by which words, in the articles by which a view is told; pages are of articles.

    What tells no claim is there for those who may see the whole text.
    """
    full = _full(request)

    def make() -> Told:
        record = record_of(request)
        with record.reading() as connection:
            page = pages.articles(connection, record.shelf, asked.wanted(), limit, after)
            told = [
                said
                for number, cited in page.items
                if (reading := reading_of(connection, number)) is not None
                for said in pages.attributions(reading, cited.article, full)
            ]
        return forms.Attributions(
            attributions=told, next=_next(request, "/attributions", asked, limit, page.next)
        )

    return _for(full, _told(request, ("attributions", asked.query(), limit, after, full), make))


def speakers(request: Request) -> Response:
    """Who is cited most, with for how many incidents; private persons are not listed."""

    def make() -> Told:
        with record_of(request).reading() as connection:
            found = listed(connection)
        return forms.Speakers(speakers=[forms.Speaker(name=name, incidents=n) for name, n in found])

    return _told(request, ("speakers",), make)


def statements(request: Request, speaker: Speaker) -> Response:
    """What somebody said over time, the latest first: of the latest incidents for which they are cited."""

    def make() -> Told:
        found = said_by(record_of(request), speaker)
        return forms.Statements(speaker=speaker, statements=[forms.statement(each) for each in found])

    return _told(request, ("statements", speaker), make)


def decisions(
    request: Request,
    after: After,
    about: Annotated[
        str | None, Query(pattern="^[aci][0-9a-f]{32}$", description="An incident, claim or article.")
    ] = None,
    limit: Limit = PAGE,
) -> Response:
    """What was decided: by the linker, or by people, with the reason; the latest first."""

    def make() -> Told:
        record = record_of(request)
        ids = None if about is None else record.concerning(about)
        with record.reading() as connection:
            page = pages.decisions(connection, limit, after, ids)
        more = {"about": about} if about else {}
        return forms.Decisions(
            decisions=page.items, next=_next(request, "/decisions", Filter(), limit, page.next, more)
        )

    return _told(request, ("decisions", about, limit, after), make)


def log(request: Request, after: After, limit: Limit = PAGE) -> Response:
    """The log: what was added and decided at once, the latest entry first."""

    def make() -> Told:
        with record_of(request).reading() as connection:
            page = pages.log(connection, limit, after)
        return forms.Log(entries=page.items, next=_next(request, "/log", Filter(), limit, page.next))

    return _told(request, ("log", limit, after), make)


def decide(request: Request, acting: Acting, form: Form) -> Response:
    """Correct a value, merge, split, judge two claims, or take a decision back, for an analyst."""
    allowed(request, acting, "analyst")
    record = record_of(request)
    concerned = form.decide(record, acting.name)
    found = {placed.id for each in concerned if each[0] in "ci" and (placed := record.incident_of(each))}
    with record.reading() as connection:
        made = forms.Made(incidents=sorted(found), entry=last_entry(connection))
    return JSONResponse(made, 201, {"Cache-Control": "no-store"})


READING: tuple[tuple[str, Callable[..., Response], dict[int | str, dict[str, Any]]], ...] = (
    ("/incidents", incidents, _of(forms.Incidents)),
    (
        "/incidents/{identity}",
        incident,
        _of(forms.Whole, 404) | {308: {"description": "The id that it has now."}},
    ),
    ("/incidents/{identity}/chain", chain, _of(forms.Chain, 404)),
    ("/claims", claims, _of(forms.Claims)),
    ("/claims/{identity}", claim, _of(forms.Json, 404, 410)),
    ("/articles", articles, _of(forms.Articles)),
    ("/articles/{identity}", article, _of(forms.WholeArticle, 404, 410)),
    ("/attributions", attributions, _of(forms.Attributions)),
    ("/speakers", speakers, _of(forms.Speakers)),
    ("/statements", statements, _of(forms.Statements)),
    ("/decisions", decisions, _of(forms.Decisions, 404)),
    ("/log", log, _of(forms.Log)),
)
"""Paths, what answers, and what the answers are."""


def _told(request: Request, key: tuple[object, ...], make: Callable[[], Told]) -> Response:
    return response(request, _made(request, key, make))


def _made(request: Request, key: tuple[object, ...], make: Callable[[], Told]) -> Answer:
    site = site_of(request)
    return site.kept.answer(
        site.record.engine,
        site.turn,
        repr(key),
        lambda: Answer(dumped(dict(make())).encode(), "application/json"),
    )


def _next(
    request: Request,
    path: str,
    asked: Filter,
    limit: int,
    cursor: object,
    more: Mapping[str, str] | None = None,
) -> str | None:
    """The address of the next page."""
    if cursor is None:
        return None
    query = [*asked.items(), *(more or {}).items(), ("limit", limit), ("cursor", cursor)]
    return f"{settings_of(request).base_url}{BASE}{path}?{urlencode(query)}"
