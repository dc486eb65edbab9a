"""Quotes: the words between quote marks, or above a dash signature, with who said them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from operator import attrgetter

from pipeline.claims.draft import Draft, make_draft
from pipeline.claims.names import Name
from pipeline.claims.quotes_marks import Marked, find_marked
from pipeline.claims.quotes_pull import Pulled, find_pulled
from pipeline.claims.quotes_said import speakers_of
from pipeline.claims.quotes_untagged import Quoted, Said, make_quoted
from pipeline.claims.speakers import Sayings, find_sayings
from pipeline.claims.speakers_scene import Scene, lay_out
from pipeline.claims.speakers_who import Voices
from pipeline.models import QuoteValue
from pipeline.record import maker
from pipeline.resources import words as lexicon_words
from pipeline.text import Document, reach_back

# Probability that the marks hold words somebody said or wrote, by how they are set.
_TITLE, _SHORT, _UNCLOSED, _PULL, _PARTIAL, _WHOLE = 0.2, 0.3, 0.6, 0.8, 0.8, 0.95
_UNSAID = (
    0.25  # of words in the writer's sentence that nobody is told to say: a term, a label, what a law or anybody says
)
_FEW_WORDS = 3
_PARTIAL_WORDS = 4  # a whole sentence this short ends with its own stop
_TITLE_WORDS = 5
_SUBHEAD_WORDS = 6
_STOPS = (".", "!", "?", ",", "…", ";", "-")
_AFTER_COLON = re.compile(r":\s{0,4}\n\s{0,8}$")
_INTRODUCES = re.compile(r"[,:]\s{0,10}$")
_BEFORE_TITLE = re.compile(r"([\w-]+)[,:]?\s{1,3}$")


_quote_value = maker(QuoteValue)


def find_quotes(doc: Document, names: tuple[Name, ...]) -> list[Draft]:
    """Return the quotes of a text in order, with their speakers; no quote lies inside another."""
    return quotes_in(stage(doc, names))


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands between quote marks, and what is quoted without them."""

    marked: tuple[Marked, ...]
    pulled: tuple[Pulled, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """A text with its quote marks, its narrator's words, and who speaks in them."""

    scene: Scene
    marked: tuple[Marked, ...]
    pulled: tuple[Pulled, ...]
    sayings: Sayings


def stage(doc: Document, names: tuple[Name, ...]) -> Stage:
    """Read marks and reporting verbs, once for quotes and attributions alike."""
    marks = marks_in(doc)
    return staged(scene_of(doc, names, marks), marks)


def marks_in(doc: Document) -> Marks:
    """Return the quotes of a text, the first of three steps to its stage."""
    marked = find_marked(doc)
    return Marks(marked, tuple(find_pulled(doc, marked)))


def scene_of(doc: Document, names: tuple[Name, ...], marks: Marks) -> Scene:
    """Return the narrator's words with the names in them, the second step."""
    hidden = [*[quote.outer for quote in marks.marked], *[quote.outer for quote in marks.pulled]]
    return lay_out(doc, names, sorted(hidden, key=attrgetter("start")))


def staged(scene: Scene, marks: Marks) -> Stage:
    """Return a text with who speaks in it, the last step."""
    return Stage(scene, marks.marked, marks.pulled, find_sayings(scene, Voices(scene)))


def quotes_in(read: Stage) -> list[Draft]:
    """Return the quotes of a text that was read before."""
    doc = read.scene.doc
    quotes = [_quoted(doc, quote) for quote in read.marked]
    said = speakers_of(read.scene, read.sayings, quotes)
    drafts = [_draft(doc, quote, by) for quote, by in zip(quotes, said, strict=True)]
    drafts += [_pulled(doc, quote) for quote in read.pulled]
    return sorted(drafts, key=lambda draft: draft.span.start)


def _quoted(doc: Document, quote: Marked) -> Quoted:
    words = doc.plain[quote.inner.start : quote.inner.end].split()
    title, subhead = _is_title(doc, quote, words), quote.single and _is_subhead(doc, quote, words)
    work = subhead or (title and not _is_own_sentence(doc, quote))
    partial = title or subhead or _is_partial(doc, quote, len(words))
    return make_quoted(quote, partial, work, title, subhead, len(words) < _FEW_WORDS)


def _is_own_sentence(doc: Document, quote: Marked) -> bool:
    ended = not quote.single and doc.plain[quote.inner.end - 1] in ".!?"
    return ended and quote.outer.start == doc.sentence_at(quote.outer.start).start


def _draft(doc: Document, quoted: Quoted, said: Said) -> Draft:
    quote, partial = quoted.marked, quoted.partial
    return make_draft(
        kind="quote",
        rule=_rule(doc, quote, partial=partial),
        span=quote.inner,
        confidence=_confidence(quoted, said),
        speaker=said.speaker.label if said.speaker else None,
        outlet=said.outlet,
        quote=_quote_value(words=doc.text[quote.inner.start : quote.inner.end], partial=partial),
    )


def _pulled(doc: Document, quote: Pulled) -> Draft:
    return make_draft(
        kind="quote",
        rule="quote.pull",
        span=quote.inner,
        confidence=_PULL,
        speaker=quote.who,
        quote=_quote_value(words=doc.text[quote.inner.start : quote.inner.end], partial=False),
    )


def _rule(doc: Document, quote: Marked, *, partial: bool) -> str:
    if partial:
        return "quote.partial"
    start = quote.outer.start
    return "quote.block" if _AFTER_COLON.search(doc.plain[reach_back(start, 12) : start]) else "quote.direct"


def _is_partial(doc: Document, quote: Marked, count: int) -> bool:
    """Tell a fragment of some words inside the writer's sentence from a sentence of the speaker's own."""
    words = doc.plain[quote.inner.start : quote.inner.end]
    after = doc.plain[quote.outer.end : quote.outer.end + 1]
    ended = words.endswith(_STOPS)
    stopped = ended or after in (",", ".", "!", "?") or not quote.closed
    if count <= _PARTIAL_WORDS and not ended:
        return True
    first = words.lstrip("[('\"$£€ ")[:1]
    before = doc.plain[reach_back(quote.outer.start, 12) : quote.outer.start]
    introduced = _INTRODUCES.search(before) is not None
    at_start = not before.strip(" ") or before.endswith("\n")
    if first.islower():
        return not (introduced and ended) and not at_start
    return not (stopped or introduced or at_start)


def _confidence(quoted: Quoted, said: Said) -> float:
    quote, partial = quoted.marked, quoted.partial
    if partial and said.speaker is None and said.outlet is None:
        return _UNSAID
    if quoted.title:
        return _TITLE
    if quoted.brief or quoted.subhead:
        return _SHORT
    if not quote.closed and not quote.runs_on:
        return _UNCLOSED
    return _PARTIAL if partial else _WHOLE


def _is_title(doc: Document, quote: Marked, words: list[str]) -> bool:
    """Tell whether the marks hold the name of a work: "titled", "the song", every long word capital.

    In a headline every word may be capital, whatever it is.
    """
    if quote.outer.start < doc.title_end or len(words) < 2:
        return False
    for word in words:  # most quotes end here, at their first long word
        if len(word) > 4 and word[0].isalpha() and not word[0].isupper():
            return False
    before = doc.plain[reach_back(quote.outer.start, 24) : quote.outer.start]
    capitals = sum(word[:1].isupper() for word in words)
    last = _BEFORE_TITLE.search(before)
    named = last is not None and last[1].lower() in work_nouns()
    set_in = before.endswith(" ") and before[-2:-1].isalpha()  # 'on its programme "Dawn on the Harbour."'
    ending = words[-1].rstrip(".,") if set_in else words[-1]
    framed = capitals > 1 and words[0][:1].isupper() and words[-1][:1].isupper() and ending[-1:].isalpha()
    brief = framed and len(words) <= _TITLE_WORDS and capitals * 2 >= len(words)  # "Dawn on the Harbour"
    return capitals * 3 >= len(words) * 2 or brief or (capitals > 1 and named)


def _is_subhead(doc: Document, quote: Marked, words: list[str]) -> bool:
    """Tell whether a few words in single marks stand alone on a line."""
    if len(words) > _SUBHEAD_WORDS:
        return False
    return doc.plain[quote.outer.start - 1 : quote.outer.start] in ("\n", "") and (
        doc.plain[quote.outer.end : quote.outer.end + 1] in ("\n", "")
    )


@cache
def work_nouns() -> frozenset[str]:
    """Return the words that stand before the title of a work, lower case."""
    return lexicon_words("work_nouns")
