"""What happens while a command runs, on standard error: words for people, or a JSON object a line.

Modules log to ``logging.getLogger(__name__)`` and give what a machine may want as ``extra``.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from datetime import UTC, datetime
from typing import Any, Literal, TextIO

Form = Literal["text", "json"]

ROOT = "dateline"
VARIABLE = "DATELINE_LOG"
"""Of the environment, with the form."""
ORDINARY = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
"""What every record has; whatever else it has came as ``extra``."""


class JsonLines(logging.Formatter):
    """A record as one line of JSON: time (UTC), level, logger, message, and whatever was given as extra."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        told |= {key: value for key, value in vars(record).items() if key not in ORDINARY}
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return json.dumps(told, default=str)


class _Stderr(logging.StreamHandler[TextIO]):
    """Writes to what is standard error at that time."""

    def __init__(self, formatter: logging.Formatter) -> None:
        super().__init__()
        self.setFormatter(formatter)

    @property
    def stream(self) -> TextIO:
        return sys.stderr

    @stream.setter
    def stream(self, _: object) -> None: ...


def configure(form: Form) -> None:
    """Have Dateline's loggers write in a form: warnings alone as text, what is of interest too as JSON."""
    logger = logging.getLogger(ROOT)
    for handler in [each for each in logger.handlers if isinstance(each, _Stderr)]:
        logger.removeHandler(handler)
    as_json = form == "json"
    logger.addHandler(_Stderr(JsonLines() if as_json else logging.Formatter("dateline: %(message)s")))
    logger.setLevel(logging.INFO if as_json else logging.WARNING)


def configure_worker() -> None:
    """Have the loggers of a process that a command has started write in the command's form."""
    configure("json" if os.environ.get(VARIABLE) == "json" else "text")


def structured() -> bool:
    """Whether they write JSON."""
    handlers = logging.getLogger(ROOT).handlers
    return any(isinstance(handler.formatter, JsonLines) for handler in handlers)
