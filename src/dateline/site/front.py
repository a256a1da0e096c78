"""The front page: what happened, the newest first."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from dateline.site.rendering import render

router = APIRouter()


@router.get("/")
def front(request: Request) -> Response:
    """What happened."""
    return render(request, "front.html", {})
