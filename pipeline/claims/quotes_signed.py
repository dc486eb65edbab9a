"""Who signs a quote with a dash, in a byline or below it, or is named in front of it as in a transcript."""

from __future__ import annotations

import re

from pipeline.claims.quotes_pull import byline, signer
from pipeline.claims.quotes_untagged import Quoted
from pipeline.claims.speakers_scene import Scene
from pipeline.claims.speakers_who import Speaker, make_speaker
from pipeline.models import Span, make_span

_LABELLED = re.compile(r"([A-Z][A-Z.'-]{2,20}(?: [A-Z.'-]{2,20}){0,2}): ")


def signature(scene: Scene, quote: Quoted, paragraph: int) -> Speaker | None:
    """Return who signs with a dash behind the quote, or on the line below it."""
    line = _line_behind(scene, quote, paragraph)
    if line is None:
        return None
    who = signer(scene.doc, line)
    if who is None and not quote.partial:
        who = byline(scene, line)
    if who is None:
        return None
    at = scene.narrative.find(who, line.start, line.end)
    within_it = scene.names_in(max(at, line.start), max(at, line.start) + len(who))
    name = next((name for name in within_it if scene.is_personal(name)), None)
    return make_speaker(name.full if name else who, name)


def _line_behind(scene: Scene, quote: Quoted, paragraph: int) -> Span | None:
    """Return what stands behind a quote in its paragraph, or the one below it; None where no signature begins so."""
    paragraphs, end = scene.doc.paragraphs, quote.marked.outer.end
    line: Span | None = None
    if end < paragraphs[paragraph].end:
        line = make_span(scene.right(end, paragraphs[paragraph].end)[0], paragraphs[paragraph].end)
    elif paragraph + 1 < len(paragraphs):
        line = paragraphs[paragraph + 1]
    signs = line is not None and ((first := scene.doc.plain[line.start]) in "-~" or first.isupper())
    return line if signs else None


def label(scene: Scene, quote: Quoted) -> Speaker | None:
    """Return whom a transcript names inside the marks: "SMITH: I did not say that."."""
    found = _LABELLED.match(scene.doc.plain, quote.marked.inner.start, quote.marked.inner.end)
    if found is None:
        return None
    words = found[1].title()
    name = scene.surnamed(words.rsplit(" ", 1)[-1])
    return make_speaker(name.full if name else words, name)
