"""Edits of an article's text: which words, by which others, and where the others then stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256

from pipeline.models import Article, Span

Edits = tuple[tuple[str, str], ...]  # (old words, new words); those that the changed claim holds come first


@dataclass(frozen=True, slots=True)
class Replaced:
    """One occurrence of old words, and where the new ones stand in the rewritten text."""

    old: Span
    new: Span

    @property
    def growth(self) -> int:
        """Code points that the new words are longer."""
        return (self.new.end - self.new.start) - (self.old.end - self.old.start)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """An article with its edits made."""

    article: Article
    places: tuple[Replaced, ...]  # in text order

    def now(self, old: Span) -> Span:
        """Return where a span of the old text stands now, with all the new words that it holds."""
        before = sum(place.growth for place in self.places if place.old.end <= old.start)
        within = sum(place.growth for place in self.places if place.old.start < old.end)
        return Span(old.start + before, old.end + within)


def with_edits(article: Article, edits: Edits) -> Article:
    """Return the article with every whole occurrence of the old words replaced, title included."""
    return rewrite(article, edits).article


def rewrite(article: Article, edits: Edits) -> Rewritten:
    """Replace every whole occurrence of the old words, longer ones first, in text and title."""
    by_old = dict(edits)
    either = "|".join(re.escape(old) for old in sorted(by_old, key=lambda old: (-len(old), old)))
    whole = re.compile(rf"(?<!\w)(?:{either})(?!\w)")
    places, shift = [], 0
    for found in whole.finditer(article.text):
        start, words = found.start() + shift, by_old[found[0]]
        places.append(Replaced(Span(found.start(), found.end()), Span(start, start + len(words))))
        shift += len(words) - len(found[0])
    changed = rewritten(article, lambda text: whole.sub(lambda found: by_old[found[0]], text))
    return Rewritten(changed, tuple(places))


def rewritten(article: Article, change: Callable[[str], str]) -> Article:
    """Return the article with text and title changed alike, and the digest that goes with it."""
    text = change(article.text)
    title = change(article.title) if article.title else None
    return replace(article, text=text, title=title, sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest())
