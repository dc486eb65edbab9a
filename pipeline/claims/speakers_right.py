"""The subject right of a reporting verb: "said Larsen", "according to a spokesman for the city"."""

from __future__ import annotations

import re

from pipeline.claims.names import Name
from pipeline.claims.speakers_nouns import Subject, make_subject, with_head
from pipeline.claims.speakers_phrases import is_office
from pipeline.claims.speakers_scene import HIDDEN, Scene
from pipeline.claims.speakers_words import (
    AUXILIARIES,
    CLAUSE_WORDS,
    DETERMINERS,
    PREPOSITIONS,
    document_nouns,
    is_person,
    pronouns,
    speaks,
    titles,
)
from pipeline.models import Span, make_span

_DID = re.compile(r" (?:(?:has|had|was|is) )?(?:[a-z]{2,}ed|wrote|gave|sent|made|took|released|obtained)\b")
_MAX_WORDS = 12  # of a noun phrase
_MOST_ROLE = 4  # words of a second role, before the name
_NOUN = 30  # code points
_ARTICLES = frozenset(("a", "an", "the", "one", "another"))
_NO_TITLE = PREPOSITIONS | AUXILIARIES | CLAUSE_WORDS
_NO_OPENING = PREPOSITIONS | CLAUSE_WORDS - {"that"}
_AFTER_PHRASE = CLAUSE_WORDS | {"who"}


def subject_after(scene: Scene, verb: int, high: int) -> Subject | None:
    """Return the subject right of a verb that ends at ``verb``: "said Larsen", "said a spokesman for the city"."""
    first = scene.word_after(verb, high)
    lower = scene.words(first).lower().strip(",.")
    if lower in pronouns():
        return make_subject(make_span(first.start, first.start + len(lower)), pronoun=lower)
    at = verb
    tokens: list[Span] = []
    for _ in range(_MAX_WORDS):
        token = scene.word_after(at, high)
        word = scene.words(token)
        if not word or HIDDEN in word or "\n" in word:
            break
        name = scene.name_at(token.start)
        if name is not None:
            if (
                not scene.is_possessive(name)
                and not _modifies(scene, name, high)
                and not _tells_whose(scene, name, tokens)
            ):
                return _named_after(scene, name, tokens, high)
            tokens.append(make_span(token.start, name.span.end))
            at = name.span.end + 2 if scene.is_possessive(name) else name.span.end
            continue
        lower = word.lower()
        if not tokens and lower in _NO_OPENING:
            return None
        stop = word[-1] in ",.;:-)" and lower not in titles()
        tokens.append(make_span(token.start, token.end - 1) if stop else token)
        if stop or (
            len(tokens) > 1 and (lower in CLAUSE_WORDS or lower == "who") and not _goes_on(scene, tokens, high)
        ):
            break
        at = token.end
    return _noun_after(scene, tokens, high)


def _goes_on(scene: Scene, tokens: list[Span], high: int) -> bool:
    """Tell whether "and" joins two roles that one person has: "said strategist and ad maker Jane Doe"."""
    words = [scene.words(token) for token in tokens[-2:]]
    if words[1] != "and" or not words[0].islower() or not is_person(words[0]):
        return False
    at = tokens[-1].end
    for _ in range(_MOST_ROLE):
        token = scene.word_after(at, high)
        if scene.name_at(token.start) is not None:
            return at > tokens[-1].end
        if not scene.words(token).isalpha() or scene.words(token) in DETERMINERS:
            return False
        at = token.end
    return False


def _modifies(scene: Scene, name: Name, high: int) -> bool:
    """Tell whether a name stands before a role: "RNC spokesman Jane Doe"."""
    if scene.narrative[name.span.end : name.span.end + 1] != " " or scene.is_personal(name):
        return False
    at = name.span.end
    for _ in range(3):
        token = scene.word_after(at, high)
        word = scene.words(token).rstrip(",.")
        if word in _NO_TITLE or not (word.islower() or word.isalpha()):
            return False
        if speaks(word) or scene.words(token).lower() in titles():
            return True
        at = token.end
    return False


def _tells_whose(scene: Scene, name: Name, tokens: list[Span]) -> bool:
    """Tell whether a name behind an article only tells whose man somebody is: "said a top Doe ally"."""
    if not tokens or scene.words(tokens[0]).lower() not in _ARTICLES or not scene.is_personal(name):
        return False
    word = scene.right(name.span.end, name.span.end + _NOUN)[2].rstrip(",.;:")
    return scene.narrative[name.span.end : name.span.end + 1] == " " and word.islower() and speaks(word)


def _named_after(scene: Scene, name: Name, tokens: list[Span], high: int) -> Subject | None:
    between = [scene.words(token).lower() for token in tokens]
    of = next((token.start for token, word in zip(tokens, between, strict=True) if word == "of"), 0)
    if of and is_office(scene, of, name, tokens[0].start):
        return make_subject(make_span(tokens[0].start, name.span.end), name=name)
    if _is_signed(scene, name, between):
        return _noun_after(scene, tokens, high)
    if not any(word in PREPOSITIONS for word in between):
        return make_subject(make_span(tokens[0].start if tokens else name.span.start, name.span.end), name=name)
    beside = scene.name_at(name.span.end + 1)
    if beside is not None and scene.narrative[name.span.end] == " " and scene.is_personal(beside):
        return make_subject(make_span(tokens[0].start, beside.span.end), name=beside)
    return _noun_after(scene, [*tokens, name.span], high)


def _is_signed(scene: Scene, name: Name, before: list[str]) -> bool:
    """Tell whether a name behind a thing only tells who did something with it: "the order Doe signed"."""
    if not before or before[-1] in DETERMINERS:
        return False
    if before[-1] not in document_nouns() and (speaks(before[-1]) or before[-1] in titles()):
        return False
    return _DID.match(scene.narrative, name.span.end) is not None


def _noun_after(scene: Scene, tokens: list[Span], high: int) -> Subject | None:
    """Return the noun phrase, or the name set beside it: "said the minister, Jane Doe"."""
    if not tokens:
        return None
    end = tokens[-1].end
    if scene.narrative[end : end + 2] == ", ":
        name = scene.name_at(end + 2)
        closed = name is not None and scene.narrative[name.span.end : name.span.end + 1] in (",", ".", "", "\n", ";")
        plural = scene.words(tokens[-1]).rstrip(",").endswith("s")
        if name is not None and closed and not plural and name.span.end <= high and scene.is_personal(name):
            return make_subject(make_span(tokens[0].start, name.span.end), name=name)
    lowered = [scene.words(token).lower() for token in tokens]
    cut = next((at for at, word in enumerate(lowered) if at and word in _AFTER_PHRASE), len(lowered))
    return with_head(lowered[:cut], tokens[0].start, tokens[cut - 1].end)
