"""Which texts a fault of the program came up with, where it ends a night."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.models import Article


def name_articles(error: Exception, what: str, articles: Sequence[Article]) -> None:
    """Add to an error within which articles it came up, where they lie, and what to do."""
    error.add_note(
        f"{what} raised this wherever there was something to do, a fault of twosource; "
        f"last with {', '.join(map(_whereabouts, articles))}.\nPlease report this, with the text if you may."
    )


def _whereabouts(article: Article) -> str:
    at = article.location
    place = [at.file, *([at.member] if at.member else []), *([f"line {at.line}"] if at.line else [])]
    return f"{article.id!r} ({', '.join(place)})"
