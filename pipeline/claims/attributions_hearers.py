"""Whom words go to: "told reporters", "warned the mayor of Rome"; the words begin behind them."""

from __future__ import annotations

import re

from pipeline.claims.attributions_clause import FINITE
from pipeline.claims.names import Name
from pipeline.claims.speakers import Saying
from pipeline.claims.speakers_scene import Scene
from pipeline.claims.speakers_words import DETERMINERS, PREPOSITIONS, speaks, titles
from pipeline.models import Span, make_span

_HEARER_REACH = 40
_HEARER_WORD = r"(?!(?:a|an|the|his|her|its|their|our|will|would|can|could|may|is|are|was|were|has|had|should|must|did|to|that|not|he|she|it|they|we|there|in|on|at|about|of|how|why|what|if)\b)[\w'-]+"
_OF_NAME = re.compile(r" (?:[a-z]+ ){0,2}([a-z]+s)\b(?! (?:is|are|was|were|has|have|had|will|would)\b)")
_OF_MANY = re.compile(r" of (?:the |his |her |their )?(?:[\w-]+ ){0,3}?[\w-]+s\b")  # "told a panel of judges on Monday"
_RELATIVE_THAT = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|he|she|they|it)\b")
_TO_DO = re.compile(r" to (?!the\b|an?\b|[A-Z])")
_DEPUTIES = frozenset(("deputy", "inspector", "assistant", "senior", "special"))
_OBJECTS = frozenset(("me", "him", "her", "them", "us", "you"))
_HEARER = re.compile(
    rf" (?:a|an|the|his|her|its|their|all) (?:{_HEARER_WORD} ){{0,2}}{_HEARER_WORD}(?:\.\w+\.?){{0,3}}| [\w'-]+(?:\.\w+\.?){{0,3}}"
)


def _can_hear(saying: Saying, hearer: re.Match[str] | None) -> bool:
    """Tell whether a noun can be whom words go to: "told a rally", "warned the mayor", not "promised a return"."""
    if saying.kind.lemma == "tell" or hearer is None:
        return True
    return speaks(hearer.group().rsplit(" ", 1)[-1].lower())


def past_hearer(scene: Scene, saying: Saying, start: int, sentence: Span) -> int:
    """Return where the words begin in "told reporters (that) ..."."""
    that = scene.narrative.find(" that ", start, min(start + 60, sentence.end))
    if that >= 0 and _only_hears(scene, saying, make_span(start, that)):
        return that
    first = scene.word_after(start, sentence.end)
    titled = scene.words(first).lower() in titles()
    name = scene.name_at(scene.right(first.end, sentence.end)[0] if titled else first.start)
    if name is None and scene.words(first) in (
        "the",
        "The",
    ):  # "told The Associated Press", not "told the Pentagon chief"
        name = scene.name_at(scene.right(first.end, sentence.end)[0])
        behind = scene.right(name.span.end, sentence.end)[2].lower() if name is not None else ""
        name = None if speaks(behind) or behind in titles() or behind in _DEPUTIES or FINITE.match(behind) else name
    if name is not None:
        return _past_name(scene, name)
    word = scene.right(start, sentence.end)[2].lower()
    if word in PREPOSITIONS or word in ("there", "it", "he", "she", "they", "we", "if"):
        return start
    hearer = _HEARER.match(scene.narrative, start, sentence.end)
    hears = (
        (word in DETERMINERS and _can_hear(saying, hearer))
        or word.endswith("s")
        or word in ("me", "him", "them", "us", "you", "police")
    )
    if hearer is None or not hears or FINITE.match(scene.narrative, hearer.end() + 1):  # "warned the party will lose"
        return start
    return sentence.end if _OF_MANY.match(scene.narrative, hearer.end()) else hearer.end()


def _only_hears(scene: Scene, saying: Saying, between: Span) -> bool:
    """Tell whether nothing but whom words go to stands before "that": not so in "urged a talk that all could hear"."""
    words = scene.words(between)
    if _TO_DO.search(words) or _RELATIVE_THAT.search(words):
        return False
    return (
        saying.kind.lemma == "tell"
        or not words
        or (
            bool(scene.names_in(between.start, between.end, 1))
            or any(speaks(word.lower()) or word in _OBJECTS for word in words.replace(",", "").split())
        )
    )


def _past_name(scene: Scene, name: Name) -> int:
    """Return where a hearer ends: "CNN's Jane Doe", "Example.com"."""
    if scene.is_possessive(name):
        following = scene.names_in(name.span.end, name.span.end + _HEARER_REACH, 1)
        return following[0].span.end if following else name.span.end + 2
    if (
        scene.narrative[name.span.end : name.span.end + 1] == "."
        and scene.narrative[name.span.end + 1 : name.span.end + 2].islower()
    ):
        return scene.right(name.span.end, name.span.end + _HEARER_REACH)[1]
    people = _OF_NAME.match(scene.narrative, name.span.end)  # "New York City tax officials"
    return people.end() if people is not None and speaks(people[1]) else name.span.end
