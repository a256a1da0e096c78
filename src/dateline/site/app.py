"""The site as an ASGI application: routers of the pages, behind what every answer needs."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from http import HTTPStatus

from anyio import to_thread
from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from dateline import __version__, logs
from dateline.record.record import Record
from dateline.site import article, figures, front, incident, speakers, timeline
from dateline.site.bounded import Bounded
from dateline.site.faces import api, views
from dateline.site.filters import Filter
from dateline.site.heads import Heads
from dateline.site.listing import listed
from dateline.site.people import commenting, desk, enrolling, moderating, signing
from dateline.site.rendering import STATIC, environment, render, static_version
from dateline.site.security import SecurityHeaders, headers, key_in
from dateline.site.settings import SiteSettings
from dateline.site.state import Site, settings_of
from dateline.site.subscribe import pages
from dateline.site.subscribe.delivering import Office
from dateline.site.subscribe.working import at_work

ROUTERS: tuple[APIRouter, ...] = (
    front.router,
    incident.router,
    article.router,
    timeline.router,
    speakers.router,
    signing.router,
    enrolling.router,
    commenting.router,
    moderating.router,
    desk.router,
    views.router,
    pages.router,
    figures.router,
)
"""Every page's routes. To add a page: a module with a ``router``, a template, and a line here."""
AT_ONCE = 7
"""Requests that a process works on at once; each takes two connections to the record at most, of fifteen."""
COLLECTED_AFTER = 100_000
"""New objects after which garbage is looked for: a process keeps so many that looking takes long."""
BROKEN = "something went wrong here, and was noted"


def create_app(settings: SiteSettings) -> FastAPI:
    """The site over a record. Raises ``RecordError`` when that cannot be opened."""
    site = Site(settings, Record.open(settings.record), key_in(settings.secret_path))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = AT_ONCE
        await to_thread.run_sync(_prepared, site.record)
        office = Office(site.record, settings, site.key)
        with at_work(office) if settings.deliver else nullcontext():
            yield
        site.record.close()

    app = FastAPI(
        title=settings.title,
        version=__version__,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.site = site
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(Bounded)
    app.add_middleware(SecurityHeaders, settings=settings)
    app.add_middleware(Heads)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _misunderstood)
    app.add_exception_handler(Exception, _broken)
    app.mount(f"/static/{static_version()}", Assets(directory=STATIC))
    app.mount(api.BASE, api.create_api(site))
    for router in ROUTERS:
        app.include_router(router)
    return app


def _prepared(record: Record) -> None:
    """Make now what counts incidents, and the templates' code, so that no reader has to wait for them."""
    for name in environment().list_templates():
        environment().get_template(name)
    with record.reading() as connection:
        listed(connection, record, Filter())


def from_environment() -> FastAPI:
    """The site of the environment's settings: what each worker of ``dateline serve`` runs."""
    gc.set_threshold(COLLECTED_AFTER)
    logs.configure_worker()
    return create_app(SiteSettings.of())


class Assets(StaticFiles):
    """Static files under a version: they may be kept for good."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return problem(request, error.status_code, error.detail, dict(error.headers or {}))


async def _misunderstood(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = [f"{'.'.join(map(str, each['loc'][1:]))}: {each['msg']}" for each in error.errors()]
    return problem(request, 422, "; ".join(faults), {})


async def _broken(request: Request, _: Exception) -> Response:
    """Told outside of all middleware, so that the headers are put on here."""
    told = headers(settings_of(request))
    try:
        return problem(request, 500, BROKEN, told)
    except Exception:  # the page itself cannot be made
        return PlainTextResponse(BROKEN, 500, told)


def problem(request: Request, status: int, detail: str, headers: dict[str, str]) -> Response:
    """What is told of an error: a page, and under ``/api/`` a problem as RFC 9457 has it."""
    title = HTTPStatus(status).phrase
    if request.url.path.startswith("/api/"):
        told = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        return JSONResponse(told, status, headers, media_type="application/problem+json")
    return render(
        request, "problem.html", {"status": status, "problem": title, "detail": detail}, status, headers
    )
