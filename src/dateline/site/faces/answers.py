"""Answers for programs: kept as long as the record does not grow, and not sent to who has them already."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from threading import Lock
from typing import Generic, Protocol, TypeVar

from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response

from dateline.record.deciding import last_entry

MOST_BYTES = 64 << 20
OPEN_TO_ALL = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
"""Pages of other sites may read what is public anyway; nobody's cookie goes with such a request."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program gets. ``modified`` is when it changed last, ISO 8601, null where that is not known."""

    body: bytes
    media_type: str
    modified: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def weight(self) -> int:
        """About how many bytes of memory it takes."""
        return len(self.body)

    @property
    def tag(self) -> str:
        """What tells it from other answers of its address; weak, as it may be compressed on its way."""
        return f'W/"{sha256(self.body).hexdigest()[:32]}"'


class Weighed(Protocol):
    """What takes about so many bytes of memory."""

    @property
    def weight(self) -> int: ...


T = TypeVar("T", bound=Weighed)


class Kept(Generic[T]):
    """Answers of one state of the record, up to a number of bytes; of an older state nothing is kept."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._lock = Lock()
        self._entry = -1
        self._bytes = 0
        self._answers: OrderedDict[str, T] = OrderedDict()

    def answer(self, engine: Engine, turn: Lock, key: str, make: Callable[[], T]) -> T:
        """The answer under a key, made anew when the record has grown, while ``turn`` is held."""
        kept = self.found(_state(engine), key)
        if kept is not None:
            return kept
        with turn:
            entry = _state(engine)
            kept = self.found(entry, key)  # by now somebody else may have asked for it
            if kept is None:
                kept = make()
                self.put(entry, key, kept)
        return kept

    def found(self, entry: int, key: str) -> T | None:
        """What is kept under a key of the state of the record after an entry of its log."""
        with self._lock:
            if entry != self._entry or key not in self._answers:
                return None
            self._answers.move_to_end(key)
            return self._answers[key]

    def put(self, entry: int, key: str, made: T) -> None:
        """Keep an answer of the state of the record after an entry; those not asked for longest go."""
        with self._lock:
            if entry > self._entry:
                self._answers.clear()
                self._entry, self._bytes = entry, 0
            if entry < self._entry:
                return
            before = self._answers.pop(key, None)
            self._answers[key] = made
            self._bytes += made.weight - (before.weight if before else 0)
            while self._bytes > self._most:
                _, gone = self._answers.popitem(last=False)
                self._bytes -= gone.weight


def _state(engine: Engine) -> int:
    with engine.connect() as connection:
        return last_entry(connection)


def response(request: Request, made: Answer, status: int = 200) -> Response:
    """The answer, or that the one who asks has it already (RFC 9110, 13.2)."""
    headers = {**OPEN_TO_ALL, **made.headers, "ETag": made.tag, "Cache-Control": "no-cache", "Vary": "Accept"}
    if made.modified is not None:
        headers["Last-Modified"] = format_datetime(_moment(made.modified), usegmt=True)
    if status == 200 and _has_it(request, made):
        return Response(status_code=304, headers=headers)
    return Response(made.body, status, headers, made.media_type)


def _has_it(request: Request, made: Answer) -> bool:
    if "if-none-match" in request.headers:
        return has_tag(request, made.tag)
    since = request.headers.get("if-modified-since")
    if since is None or made.modified is None:
        return False
    try:
        return _moment(made.modified) <= parsedate_to_datetime(since).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return False


def has_tag(request: Request, tag: str) -> bool:
    """Whether the one who asks says that they have what a weak tag is of."""
    known = {each.strip() for each in request.headers.get("if-none-match", "").split(",")}
    return "*" in known or tag in known or tag.removeprefix("W/") in known


def _moment(told: str) -> datetime:
    return datetime.fromisoformat(told).astimezone(UTC).replace(microsecond=0)
