"""Which text a fault of the program came up with, so that a night can go on without it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.models import Article


@contextmanager
def at_fault(what: str, articles: list[Article]) -> Iterator[None]:
    """Add to any error within which articles it came up with, where they lie, and what to do."""
    try:
        yield
    except Exception as error:
        error.add_note(
            f"{what} raised this, a fault of twosource: {', '.join(map(_whereabouts, articles))}.\n"
            "Take them out of the dump to have the rest scored, and please report this, with the text if you may."
        )
        raise


def _whereabouts(article: Article) -> str:
    at = article.location
    place = [at.file, *([at.member] if at.member else []), *([f"line {at.line}"] if at.line else [])]
    return f"{article.id!r} ({', '.join(place)})"
