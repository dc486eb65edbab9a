"""Whose words a quote is that stands inside the writer's sentence: by a noun ("Doe's claim that") or a verb at its end."""

from __future__ import annotations

import re

from pipeline.claims.quotes_marks import Marked
from pipeline.claims.quotes_unread import only_titles
from pipeline.claims.speakers import Saying, Sayings
from pipeline.claims.speakers_nouns import Subject, make_subject
from pipeline.claims.speakers_scene import Scene
from pipeline.claims.speakers_words import saying_nouns
from pipeline.models import make_span
from pipeline.text import reach_back

_REACH = 90  # code points between whose words they are and the quote
_NOUN_REACH = 6  # words; the noun is among the last, before "on Monday, that the"
_OWNED = re.compile(
    r"(?:(?P<name>')(?:s)?|\b(?P<pronoun>[Hh]is|[Hh]er)) (?:(?!(?:of|in|on|for|to|at|by|with|from|as|the|a|an|and|that)\b)[a-z-]+ ){0,3}?(?P<noun>[a-z]+)"
    r"(?: (?:on|last|this) \w+)?"
    r"(?:[,:]|,? (?:that|to|of|as|about|for)(?: (?:the|a|an|its|his|her))?|,? (?:was|were|is)(?: (?:that|to|as|a|an|the))?[,:]?)? $"
)
_ABOUT = frozenset(("about", "to", "on", "of", "over"))  # of whose words somebody else speaks
_HE = {"his": "he", "her": "she"}
_TAG_REACH = 300  # code points between a quote and the verb of saying that ends its sentence
_CLOSES = re.compile(
    r"[.,;\n]|$| \(| (?:on|in|at|over|during|through|last|late|early|earlier|this|yesterday|recently|me|us|to|after|of|for|from|with|by|before|\w{3,6}day)\b"
)


def owner(scene: Scene, quote: Marked) -> Subject | None:
    """Return whose claim, answer or promise the words before a quote call it: "Doe's response was: "..."", "her vow to "...""."""
    text, start = scene.narrative, quote.outer.start
    before = text[reach_back(start, _REACH) : start]
    if not before.endswith(" ") or not ("'" in before or "is " in before or "er " in before):
        return None
    if saying_nouns().isdisjoint(before.replace(",", " ").replace(":", " ").rsplit(None, _NOUN_REACH)[-_NOUN_REACH:]):
        return None
    found = _OWNED.search(text, reach_back(start, _REACH), start)
    if found is None or "\n" in found.group() or found["noun"] not in saying_nouns():
        return None
    if found["pronoun"]:
        word = found["pronoun"].lower()
        return make_subject(make_span(found.start("pronoun"), found.end("pronoun")), pronoun=_HE[word])
    name = scene.by_end.get(found.start("name"))
    if (
        name is not None
        and found.group().endswith((": ", ", "))
        and scene.governor(name, max(0, name.span.start - _REACH))[0] in _ABOUT
    ):
        return None  # "Doe wrote about Roe's claim: "
    return make_subject(name.span, name=name) if name is not None else None


def closing_tag(scene: Scene, sayings: Sayings, quote: Marked) -> Saying | None:
    """Return the saying that ends the sentence a quote is part of: 'The plan is "sound" in all but name, Doe said'."""
    end = quote.outer.end
    sentence = scene.doc.sentence_at(quote.outer.start)
    for saying in sayings.within(end, min(sentence.end, end + _TAG_REACH)):
        if _is_apart(scene, saying, end) and _CLOSES.match(scene.narrative, saying.end) is not None:
            return saying
    return None


def _is_apart(scene: Scene, saying: Saying, end: int) -> bool:
    """Tell whether a saying stands behind a comma, with nothing but titles before its subject."""
    if saying.kind.form == "ing" and saying.kind.frame != "source":
        return False
    if saying.kind.frame not in ("clause", "told", "source") or saying.kind.stance == "believes":
        return False
    gap = scene.narrative[end : saying.start]
    head, comma, titles = gap.rpartition(", ")
    if not comma:
        head, comma, titles = gap.rpartition('" ')
        at = end + len(head)
        if not comma or scene.doc.plain[at - 1] != ",":
            return False
    return only_titles(titles) and "\n" not in gap and ";" not in gap
