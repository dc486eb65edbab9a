"""The sentences that tell an article's main news, as statements: its headline and its lede; of a brief text, all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.corroboration.frames import words_of
from pipeline.models import Article, Claim, Span, StatementValue
from pipeline.resources import words
from pipeline.text import Document, document, terms

_REACH = 2_000  # code points after the title in which the first sentences stand
_SHORTEST = 4  # words; fewer are a label, not a statement
_CLOSERS = "\"')] "
_CONFIDENCE = 0.9  # that an article says what a sentence at its head does


def is_brief(article: Article, most: int) -> bool:
    """Tell whether an article has at most so many words: then it tells one thing, and each of its sentences is of that."""
    return article.word_count <= most


def main_sentences(article: Article, brief_words: int) -> Iterator[Claim]:
    """Yield the sentences that tell the main news; neither questions nor labels, nor one that is cut off.

    ``brief_words``: of a text of no more, all sentences do.
    """
    end = (len(article.title) if article.title else 0) + _REACH
    marks = tuple(mark for mark in article.boilerplate if mark.start < end)
    doc, brief = document(replace(article, text=article.text[:end], boilerplate=marks)), is_brief(article, brief_words)
    for number, span in enumerate(doc.sentences, 1):
        if (doc.position(span.start) == "body" and not brief) or span.end == end < len(article.text):
            return
        said = words_of(doc.plain, span)
        asked = doc.plain[span.start : span.end].rstrip(_CLOSERS).endswith("?")
        if len(said) >= _SHORTEST and not asked:
            hedged = not words("hedges").isdisjoint(map(str.lower, said))
            yield _statement(doc, f"s{number:03d}", span, hedged=hedged)


def _statement(doc: Document, number: str, span: Span, *, hedged: bool) -> Claim:
    return Claim(
        id=number,
        article=doc.article,
        kind="statement",
        rule=f"statement.{doc.position(span.start)}",
        span=span,
        sentence=span,
        position=doc.position(span.start),
        speaker=None,
        outlet=None,
        hedged=hedged,
        negated=False,
        confidence=_CONFIDENCE,
        terms=terms(doc.plain[span.start : span.end]),
        anchors=(),
        statement=StatementValue(words=" ".join(doc.text[span.start : span.end].split())),
    )
