"""What happens in a run, as lines of JSON for a log collector."""

from __future__ import annotations

import datetime
import json
import logging
import sys
from typing import Literal

from pipeline.store import StoreError

_EVENTS = "twosource.events"
_LUIGI = "luigi-interface"


class JsonLines(logging.Formatter):
    """One object a record: when, how grave, what, and the fields that the record was given."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line."""
        told = {
            "time": datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


class PlainFaults(logging.Filter):
    """Has a fault of the disk, or of what lies on it, told in one line: a way through the program explains nothing of it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the record through, without the traceback of such a fault."""
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, StoreError | OSError):
            record.msg, record.args = f"{_task(record)} failed: {_words(error)}", None
            record.exc_info = record.exc_text = None
        return True


def _words(error: StoreError | OSError) -> str:
    if isinstance(error, OSError) and error.filename:
        return f"{error.strerror}: {str(error.filename)!r}"
    return str(error)


def _task(record: logging.LogRecord) -> str:
    for part in record.args if isinstance(record.args, tuple) else ():
        if family := getattr(part, "task_family", None):
            return f"{family} of {getattr(part, 'date', '?')}"
    return "the run"


def log_as(form: Literal["text", "json"]) -> None:
    """Have events, and what Luigi logs, written to standard error as JSON; for text, leave Luigi's log as it is."""
    events = logging.getLogger(_EVENTS)
    if form == "text" or events.handlers:
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    events.addHandler(handler)
    events.setLevel(logging.INFO)
    events.propagate = False
    luigi = logging.getLogger(_LUIGI)
    for other in (*luigi.handlers, *logging.getLogger().handlers):
        other.setFormatter(JsonLines())


def is_told() -> bool:
    """Return whether anybody asked for JSON."""
    return bool(logging.getLogger(_EVENTS).handlers)


def tell(event: str, **fields: object) -> None:
    """Tell of an event, to those who asked for JSON."""
    if is_told():
        logging.getLogger(_EVENTS).info(event, extra={"fields": fields})
