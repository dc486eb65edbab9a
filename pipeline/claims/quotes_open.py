"""Who stands behind a quote that a comma keeps open, whatever the verb: '"It rained," she started off'.

A sentence that opens with a quote and goes on behind the comma inside its marks tells there who says it: no list of verbs is
needed, and none has "chuckled", "read aloud" and "plans to say".
"""

from __future__ import annotations

from pipeline.claims.names import Name
from pipeline.claims.quotes_marks import Marked
from pipeline.claims.speakers_nouns import Subject, make_subject
from pipeline.claims.speakers_phrases import is_plain_noun
from pipeline.claims.speakers_scene import HIDDEN, Scene
from pipeline.claims.speakers_words import (
    AUXILIARIES,
    CLAUSE_WORDS,
    DETERMINERS,
    PREPOSITIONS,
    pronouns,
    speaks,
    spoken_forms,
    titles,
)
from pipeline.models import Span, make_span

_REACH = 120  # code points behind the quote
_LONGEST_PHRASE = 6  # words of "said a retired coal miner"
_OPEN = 20  # code points of blanked links that part a name from its verb
_NO_VERB = PREPOSITIONS | CLAUSE_WORDS | DETERMINERS | {"who", "or", "nor"}


def tagged(scene: Scene, quote: Marked) -> Subject | None:
    """Return who follows a quote that opens its sentence and ends with a comma, with a verb that no list has."""
    end = quote.outer.end
    if not quote.closed or scene.doc.plain[quote.inner.end - 1] != "," or scene.narrative[end : end + 1] != " ":
        return None
    if scene.doc.sentence_at(quote.outer.start).start != quote.outer.start:
        return None
    high = min(end + _REACH, len(scene.narrative))
    first = scene.word_after(end, high)
    word = scene.words(first).lower()
    if word in spoken_forms():
        return _inverted(scene, first.end, high)
    if word in pronouns() and pronouns()[word] in ("m", "f"):
        return make_subject(first, pronoun=word) if _is_verb(scene, first.end, high) else None
    name = _named(scene, first, high)
    return make_subject(name.span, name=name) if name is not None else None


def _named(scene: Scene, first: Span, high: int) -> Name | None:
    """Return the person who comes next, with or without titles, if it is the subject of what follows."""
    at = first.start
    for _ in range(5):
        token = scene.word_after(at, high)
        name = scene.name_at(token.start)
        if name is None:
            if scene.words(token).lower() not in titles():
                return None
            at = token.end
            continue
        person = scene.is_personal(name) or scene.surnamed(name.words) is not None
        parted = scene.narrative.startswith(" " * _OPEN, name.span.end)
        acts = parted or _is_verb(scene, name.span.end, high)
        return name if person and acts and not scene.is_possessive(name) else None
    return None


def _is_verb(scene: Scene, at: int, high: int) -> bool:
    """Tell whether a word that can be a verb comes next: no noun that speaks ("Doe supporters"), nothing that joins."""
    word = scene.right(at, high)[2].rstrip(",.:")
    if scene.narrative[at : at + 1] != " " or not (word.isalpha() and word.islower()):
        return False
    return word in AUXILIARIES or not (word in _NO_VERB or speaks(word))


def _inverted(scene: Scene, at: int, high: int) -> Subject | None:
    """Return the noun phrase behind a verb of saying, whatever its noun: "said one translator."."""
    start, words = scene.right(at, high)[0], list[str]()
    for _ in range(_LONGEST_PHRASE):
        token = scene.word_after(at, high)
        word = scene.words(token)
        bare = word.rstrip(",.;:")
        if HIDDEN in word or word[:1].isupper():
            return None
        if not is_plain_noun(bare) or (words and (bare in _NO_VERB or bare.endswith("ing"))):
            break
        words.append(bare)
        at = token.start + len(bare)
        if bare != word:
            break
    if len(words) < 2 or words[0] not in ("a", "an", "the", "one", "another"):
        return None
    return make_subject(make_span(start, at), noun=words[-1])
