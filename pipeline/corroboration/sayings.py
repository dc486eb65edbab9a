"""Whether two articles surely quote one saying: one person's, in the same words at some length but for one place.

Whoever sums up, translates or says a thing again says it in like words. Of one origin against one, nobody knows then which
of them is wrong, or whether either is.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.corroboration.alignment import align, tokens
from pipeline.corroboration.levels.person_role import same_person
from pipeline.models import Claim, Span


def is_one_saying(claim: Claim, words: str, speakers: Iterable[str | None], least: int) -> bool:
    """Tell whether other words are surely a quote's own; ``speakers``: to whom they are given, ``least``: words in common."""
    assert claim.quote is not None
    if claim.speaker is None or not any(speaker and same_person(claim.speaker, speaker) for speaker in speakers):
        return False
    return align(tokens(claim.quote.words), tokens(words)).shared >= least


def speakers_at(article: str, span: Span, claims: Iterable[Claim]) -> list[str | None]:
    """Return to whom the quotes of an article are given that lie on a stretch of its text."""
    return [
        row.speaker
        for row in claims
        if row.article == article and row.quote is not None and row.span.start < span.end and span.start < row.span.end
    ]
