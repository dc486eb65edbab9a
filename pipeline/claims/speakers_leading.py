"""The subject that opens a sentence or a clause, where the verb of saying stands far behind it."""

from __future__ import annotations

import re

from pipeline.claims.attributions_clause import FINITE
from pipeline.claims.names import Name
from pipeline.claims.speakers_nouns import Subject, make_subject
from pipeline.claims.speakers_scene import Scene
from pipeline.claims.speakers_subjects import subject_before
from pipeline.claims.speakers_words import PREPOSITIONS, document_nouns, is_person, pronouns, speaks
from pipeline.models import Span, make_span

_NO_NOUN = frozenset(("left",))  # a verb here
_NOUN_REACH = 30  # code points
_NOUN_WORDS = 4  # of a noun phrase that opens a sentence
_WITHIN = frozenset(("in", "at"))  # no person stands behind these
_TOWARDS = frozenset(("to", "in", "from", "at"))
_TITLE_REACH = 30  # code points of titles before a subject
_SUBORDINATE = re.compile(r"(?<!such) (?:when|while|as|after|before|because) (?=[A-Z]|s?he )")


def leading(scene: Scene, sentence: Span) -> Subject | None:
    """Return the subject that opens a sentence: a pronoun, or the first name nothing governs."""
    first = scene.word_after(sentence.start, sentence.end)
    if scene.words(first).lower() in pronouns():
        return make_subject(first, pronoun=scene.words(first).lower())
    names = scene.names_in(sentence.start, sentence.end, 4)
    for personal in (True, False):
        for name in names:
            if scene.is_personal(name) == personal and name.kind != "place" and _opens(scene, name, sentence.start):
                return make_subject(name.span, name=name)
    return _leading_noun(scene, first, sentence)


def _leading_noun(scene: Scene, article: Span, sentence: Span) -> Subject | None:
    """Return what opens a sentence with an article: "The harbour master, while saying"."""
    at = article.end
    for _ in range(_NOUN_WORDS if scene.words(article).lower() in ("the", "a", "an") else 0):
        token = scene.word_after(at, sentence.end)
        word = scene.words(token)
        bare = word.rstrip(",")
        if not bare.isalpha() or not bare.islower():
            return None
        following = scene.right(token.end, sentence.end)[2]
        if is_person(bare) and (
            bare != word or (following.islower() and not is_person(following.rstrip(",")) and following != "of")
        ):
            return make_subject(make_span(article.start, token.start + len(bare)), noun=bare)
        if bare != word:
            return None
        at = token.end
    return None


def _opens(scene: Scene, name: Name, low: int) -> bool:
    """Tell whether nothing but titles, and names used as titles, stands before a name in its clause."""
    if scene.is_possessive(name) or belongs(scene, name) or _is_thing(scene, name):
        return False
    word, start = scene.governor(name, low)
    word = word.lstrip("•*·")
    other = scene.by_end.get(start + len(word))
    return (
        not word
        or word[-1] == ","
        or (other is not None and (other.span.start <= low or scene.left(other.span.start, low)[2][-1:] == ","))
        or (start <= low and word not in PREPOSITIONS)
    )


def _is_thing(scene: Scene, name: Name) -> bool:
    """Tell whether a person's name only tells which thing is meant: "the Doe monument"."""
    lead = scene.narrative[max(0, name.span.start - 4) : name.span.start].lower()
    return lead.endswith("the ") and scene.is_personal(name)


def belongs(scene: Scene, name: Name) -> bool:
    """Tell whether a name only tells which: "Trump allies", "the Biden campaign"."""
    after = scene.narrative[name.span.end : name.span.end + 1]
    word = scene.right(name.span.end, name.span.end + _NOUN_REACH)[2].rstrip(",.")
    return after == " " and word.islower() and speaks(word) and word not in _NO_NOUN and word not in document_nouns()


def clause_leading(scene: Scene, start: int, end: int) -> Subject | None:
    """Return the subject of the last "when", "as" or "after" clause of a stretch, if it goes on to its end.

    "The network left when Doe began by praising": Doe; but not in "Doe went after Roe, calling him": no verb behind Roe.
    """
    clause = max((found.end() for found in _SUBORDINATE.finditer(scene.narrative, start, end)), default=start)
    subject = leading(scene, make_span(clause, end)) if clause > start else None
    if subject is None or subject.span.start > clause + _TITLE_REACH:
        return None
    return subject if FINITE.search(scene.narrative, subject.span.end, end) else None


def left_subject(scene: Scene, start: int, low: int, *, base: bool) -> Subject | None:
    """Return the subject left of a verb, past a place somebody went to: "Doe did more, and on a trip to Rome said"."""
    subject = subject_before(scene, start, low, base=base)
    name = subject.name if subject is not None else None
    towards = scene.governor(name, low)[0] if name is not None else ""
    if towards not in (_TOWARDS if name is not None and name.kind == "place" else _WITHIN):
        return subject
    return leading(scene, make_span(low, start))


def opens_quote(scene: Scene, end: int) -> bool:
    """Tell whether a quote comes right after a verb."""
    return scene.narrative.startswith((', "', ': "', ' "'), end)


def alone(scene: Scene, subject: Subject | None) -> Subject | None:
    """Return a subject that is a person or "he" or "she"."""
    if subject is None or (subject.name is None and subject.pronoun not in ("he", "she")):
        return None
    person = subject.name is None or scene.is_personal(subject.name) or scene.surnamed(subject.name.words) is not None
    return subject if person else None
