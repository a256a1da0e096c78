"""What a program is told when something is wrong: a problem, as RFC 9457 has it."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from typing_extensions import TypedDict

from dateline.errors import InputError, RecordError
from dateline.record.deciding import Overtaken

TYPE = "application/problem+json"


class Problem(TypedDict):
    """What is wrong: ``title`` in general, ``detail`` in this case."""

    type: str
    title: str
    status: int
    detail: str


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """An answer that says what is wrong."""
    told = Problem(type="about:blank", title=HTTPStatus(status).phrase, status=status, detail=detail)
    return JSONResponse(told, status, headers, media_type=TYPE)


def tell_problems(app: FastAPI) -> None:
    """Have an application answer with problems, whatever goes wrong."""
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _misunderstood)
    app.add_exception_handler(InputError, lambda _, error: problem(400, str(error)))
    app.add_exception_handler(Overtaken, lambda _, error: problem(409, str(error)))
    app.add_exception_handler(RecordError, lambda _, error: problem(404, str(error)))
    app.add_exception_handler(Exception, lambda *_: problem(500, "something went wrong here, and was noted"))


def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return problem(error.status_code, error.detail, error.headers)


def _misunderstood(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = (f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
    return problem(422, "; ".join(faults))
