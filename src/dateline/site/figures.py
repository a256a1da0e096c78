"""``/metrics``: what the record holds, for Prometheus."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from prometheus_client import CollectorRegistry

from dateline.metrics import CONTENT_TYPE, exposed, of_record
from dateline.site.state import record_of

router = APIRouter()


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """Figures of the record, the same whichever process answers."""
    registry = CollectorRegistry()
    of_record(record_of(request), registry)
    return Response(exposed(registry), media_type=CONTENT_TYPE)
