"""Publication times in their order: outlets write them with offsets of their own."""

from __future__ import annotations

from datetime import UTC, datetime
from math import inf


def instant(published: str | None, unknown: float = -inf) -> float:
    """Return an ISO 8601 time as seconds since 1970, for ordering; ``unknown`` where it is None or no time.

    A time without an offset, and a day's midnight, count as UTC.
    """
    try:
        moment = datetime.fromisoformat(published or "")
    except ValueError:
        return unknown
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
