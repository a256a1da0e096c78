"""Pages from templates: autoescaped, and a name that is missing is an error."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from dateline.record.facets import folded
from dateline.show.wording import counted, visible, words
from dateline.site import glyphs, wording
from dateline.site.filters import boxed
from dateline.site.people.signed import person_of, reader_of
from dateline.site.security import TOKEN, csrf_token
from dateline.site.state import settings_of

STATIC = Path(str(files("dateline.site").joinpath("static")))


FILTERS = {
    "words": words,
    "visible": visible,
    "counted": counted,
    "kind": wording.kind,
    "tenor": wording.tenor,
    "sector": wording.sector,
    "day": wording.day,
    "when": wording.when,
    "bounds": wording.bounds,
    "publisher": wording.publisher,
    "speaker_path": wording.speaker_path,
    "folded": folded,
    "teller": wording.teller,
    "answer": wording.answer,
    "spread_glyph": glyphs.spread,
    "query": lambda asked: f"?{query}" if (query := asked.query()) else "",
    "box": lambda asked: boxed(asked.box) if asked.box else "",
}
"""What templates say of values."""


@cache
def environment() -> Environment:
    """The templates of ``site/templates``, with the filters that they share."""
    made = Environment(
        loader=PackageLoader("dateline.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= FILTERS
    made.globals |= {"asset": asset, "form_token_name": TOKEN}
    return made


@cache
def static_version() -> str:
    """A digest over all static files: it stands in their addresses, so that they may be kept for good."""
    sha = sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            sha.update(path.relative_to(STATIC).as_posix().encode() + b"\0" + path.read_bytes())
    return sha.hexdigest()[:12]


def asset(name: str) -> str:
    """The address of a static file, such as ``site.css``."""
    return f"/static/{static_version()}/{name}"


def render(
    request: Request,
    template: str,
    context: Mapping[str, Any],
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """The answer with a page."""
    return HTMLResponse(page(request, template, context), status, dict(headers or {}))


def page(request: Request, template: str, context: Mapping[str, Any]) -> str:
    """A page.

    Templates also have ``request``, ``settings``, ``reader`` (who is signed in, or null), ``person`` (the
    same, also when held), and ``csrf_token()`` for the hidden field of a form, named ``form_token_name``.
    """
    shared = {
        "request": request,
        "settings": settings_of(request),
        "reader": reader_of(request),
        "person": person_of(request),
        "csrf_token": lambda: csrf_token(request),
    }
    return environment().get_template(template).render({**shared, **context})
