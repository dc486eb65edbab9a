"""The subject left of a reporting verb: "Larsen, who ..., said"; ``speakers_right`` has the other side."""

from __future__ import annotations

from pipeline.claims.names import Name
from pipeline.claims.speakers_nouns import Subject, make_subject, with_head
from pipeline.claims.speakers_phrases import alike, is_container, is_deed, is_inserted_after, is_object, is_office
from pipeline.claims.speakers_scene import HIDDEN, Scene, Token
from pipeline.claims.speakers_words import (
    AUXILIARIES,
    CLAUSE_WORDS,
    DETERMINERS,
    FINITE_VERBS,
    PREPOSITIONS,
    TIMES,
    controls,
    pronouns,
    speaks,
    titles,
)
from pipeline.models import make_span
from pipeline.text import reach_back

REACH = 260  # code points between a subject and its verb
_MAX_WORDS = 12  # of a noun phrase
_BREAKS = (",", ";", ":", '"', ")", "-", ".", "!", "?")
_NO_TIME = DETERMINERS | PREPOSITIONS
_NO_NAME = DETERMINERS | PREPOSITIONS | CLAUSE_WORDS
_LONGEST_NAME = 4  # words
_HOME = frozenset(("of", "from", "in"))


def subject_before(scene: Scene, verb: int, low: int, *, base: bool = False) -> Subject | None:
    """Return the subject left of a verb that begins at ``verb``; nothing left of ``low`` is looked at."""
    near = reach_back(verb, REACH, low)
    low = reach_back(verb, REACH + scene.blanked(near, verb), low) if scene.is_blanked else near
    token, plural = _past_adverbs(scene, verb, low)
    word = token[2]
    if not word or word.lower() in ("a", "an", "the"):  # "a suspected agent"
        return None
    if not base or plural or _is_plural(scene, token, low):
        return _ending_at(scene, token, low)
    subject = _ending_at(scene, token, low) if word[-1] in ",-" else None  # behind an insertion
    return subject if subject is not None and (subject.noun or "").endswith("s") else None


def _is_plural(scene: Scene, token: Token, low: int) -> bool:
    _, end, written = token
    word = written.lower().rstrip(",)")
    if word.endswith(("s", "i", "we", "they", "people", "police", "who")):
        return True
    name = scene.by_end.get(end)
    return name is not None and scene.governor(name, low)[0] == "and"


def _past_adverbs(scene: Scene, verb: int, low: int) -> tuple[Token, bool]:
    """Return the token before adverbs and auxiliaries; tell whether an auxiliary licenses a base form."""
    end, helped, timed = verb, False, False
    for _ in range(6):
        start, stop, word = token = scene.left(end, low)
        if not word or stop in scene.by_end:
            return token, helped
        if word == "to" and controls(scene.left(start, low)[2].removesuffix(" on")):
            end, helped = scene.left(start, low)[0], True
        elif word == "to" and scene.narrative[reach_back(start, 8, low) : start] == "went on ":
            end, helped = start - 8, True
        elif word in AUXILIARIES or (word.endswith("ly") and word.islower() and not speaks(word)):
            end, helped = start, True
        elif word.lower() in TIMES and (timed or word.lower() not in _NO_TIME):
            end, timed = start, True
        else:
            return token, helped
    return scene.left(end, low), helped


def _ending_at(scene: Scene, token: Token, low: int) -> Subject | None:
    start, end, word = token
    name = scene.by_end.get(end)
    if not word or name is not None:
        return _named(scene, name, low) if name is not None else None
    lower = word.lower()
    if lower == "who":
        return _antecedent(scene, start, low)
    pronoun = lower.removesuffix("'s")  # "He's also called it"
    if pronoun in pronouns():
        return make_subject(make_span(start, end), pronoun=pronoun)
    if word.endswith((",", ")", "-")):
        including = scene.narrative.rfind(", including ", low, end)  # "a number of farmers, including Doe, said"
        return _noun_phrase(scene, including, low) if including > low else _before_insertion(scene, token, low)
    if word[-1] in _BREAKS or word.endswith(("'s", "s'")) or lower in PREPOSITIONS:
        return None
    return _common(scene, token, low)


def _common(scene: Scene, token: Token, low: int) -> Subject | None:
    """Return the noun phrase that ends with a word, or that word where it is a name no list has."""
    start, end, word = token
    if word.lower() in AUXILIARIES:  # "Mrs. May said"
        titled = scene.left(start, low)[2].lower() in titles()
        return _unlisted(scene, token, low) if titled and word[0].isupper() else None
    phrase = _noun_phrase(scene, end, low)
    if phrase is None or not speaks(phrase.noun or ""):
        phrase = _before_clause(scene, token, low) or phrase
    return _with_partner(scene, phrase, low) if phrase else _unlisted(scene, token, low)


def _with_partner(scene: Scene, phrase: Subject, low: int) -> Subject:
    """Return "Doe and his allies" for "his allies", where Doe opens the clause."""
    start = phrase.span.start
    if scene.narrative[reach_back(start, 12) : start].lower() == "current and ":
        return make_subject(make_span(start - 12, phrase.span.end), noun=phrase.noun)
    other = scene.by_end.get(start - len(" and "))
    owned = scene.narrative.startswith(("his ", "her ", "its ", "their "), start)
    if other is None or not owned or scene.narrative[start - 5 : start] != " and " or not _opens(scene, other, low):
        return phrase
    return make_subject(make_span(other.span.start, phrase.span.end), noun=phrase.noun)


def _before_clause(scene: Scene, token: Token, low: int) -> Subject | None:
    """Return the noun phrase that a clause without commas belongs to: "officials who ran the numbers say"."""
    start, end, _ = token
    who = scene.narrative.rfind(" who ", low, start)
    if who < 0 or any(mark in scene.narrative[who:end] for mark in _BREAKS):
        return None
    phrase = _noun_phrase(scene, who, low)
    return phrase if phrase is not None and speaks(phrase.noun or "") else None


def _unlisted(scene: Scene, token: Token, low: int) -> Subject | None:
    """Return a capitalised word that is no listed name ("Sharp said", "Mr. English said")."""
    start, end, word = token
    if not (word[0].isupper() and len(word) > 1 and word.isalpha() and word.lower() not in _NO_NAME):
        return None
    before = scene.left(start, low)[2].lower()
    if start <= low + 1 or before in titles() or before in ("and", "but", "as") or before.endswith((",", '"')):
        return make_subject(make_span(start, end), name=scene.surnamed(word), noun=word)
    lead = scene.narrative[low:start].split()
    behind = scene.narrative[low - 1 : low] == '"' and 0 < len(lead) < _LONGEST_NAME
    if behind and all(part[0].isupper() and part.isalpha() for part in lead):  # '"It rained," Zero Net added'
        return make_subject(make_span(scene.right(low, end)[0], end), noun=word)
    return None


def _antecedent(scene: Scene, end: int, low: int) -> Subject | None:
    """Return what "who" points at: the name or noun phrase before it, or before an insertion."""
    begin, stop, word = token = scene.left(end, low)
    if word in ("-", "--"):  # "Doe - who called it off"
        return _ending_at(scene, scene.left(begin, low), low)
    if word.endswith(","):
        named = scene.by_end.get(stop - 1)
        if named is not None and named.kind != "place":
            word, start = scene.governor(named, low)
            named = _holder(scene, named, word, start) or named
            return make_subject(named.span, name=named)
        phrase = _noun_phrase(scene, stop - 1, low)
        if phrase is not None and phrase.noun is not None and speaks(phrase.noun):
            return _beside(scene, phrase, None)
        return _before_insertion(scene, token, low) or phrase
    return _ending_at(scene, token, low) if word and word.lower() != "who" else None


def _named(scene: Scene, name: Name, low: int) -> Subject | None:
    """Return the name, or the noun phrase it only belongs to ("a spokesman for Trump")."""
    if is_container(scene, name):
        return None
    word, start = scene.governor(name, low)
    holder = _holder(scene, name, word, start)
    if holder is not None:
        return make_subject(holder.span, name=holder)
    if word == "of" and is_office(scene, start, name, low):
        return make_subject(name.span, name=name)
    if word in PREPOSITIONS and scene.narrative[start - 2 : start - 1] not in (",", '"'):
        phrase = _noun_phrase(scene, name.span.end, low)
        if phrase is not None and phrase.noun is not None and speaks(phrase.noun):
            return _beside(scene, phrase, low)
    other = _joined(scene, name, start, low) if word == "and" else None
    return make_subject(make_span(other.span.start, name.span.end)) if other else make_subject(name.span, name=name)


def _holder(scene: Scene, name: Name, word: str, start: int) -> Name | None:
    """Return who is of a place or house: "Rep. Jane Doe of Ohio said"; ``word``, which begins at ``start``: "of"."""
    holder = scene.by_end.get(start - 1) if word in _HOME and scene.narrative[start - 1] == " " else None
    if holder is None or (name.kind == "person" and " " in name.words):
        return None
    unlisted = word == "of" and " " in holder.words and holder.kind is None and name.kind != "person"
    return holder if scene.is_personal(holder) or unlisted else None


def _joined(scene: Scene, name: Name, joint: int, low: int) -> Name | None:
    """Return the first of two people who speak together ("Jane Doe and Max Roe said"), if it opens the clause."""
    other = scene.by_end.get(joint - 1)
    if other is None or scene.is_possessive(other) or not alike(scene, other, name):
        return None
    return other if _opens(scene, other, low) else None


def _beside(scene: Scene, phrase: Subject, low: int | None) -> Subject:
    """Return the name that a noun phrase is set beside ("Jane Doe, a spokeswoman for Rome"), else the phrase.

    ``low``: where the clause begins, if the name must be its subject: not so in "In a talk with Jane Doe, the minister said".
    """
    name = scene.by_end.get(phrase.span.start - 2)
    if name is None or scene.narrative[phrase.span.start - 2] != ",":
        return phrase
    if low is not None and scene.governor(name, low)[0] in PREPOSITIONS:
        return phrase
    return make_subject(name.span, name=name)


def _before_insertion(scene: Scene, token: Token, low: int) -> Subject | None:
    """Return the subject before ", the mayor of Rome," or "(R-SC)"."""
    start, end, word = token
    if word[-1] == "-":
        dash = scene.narrative.rfind(" -", low, start - 1)
        if dash > low:
            return _ending_at(scene, scene.left(dash, low), low)
    if word[-1] == ")":
        bracket = scene.narrative.rfind("(", low, end)
        if bracket > low:
            return _ending_at(scene, scene.left(bracket, low), low)
    before = scene.names_in(low, end)
    inserted = [name for name in before[-8:] if is_inserted_after(scene, name)]
    first = inserted[0] if inserted else None
    if first is not None and first.kind is None and first.span.start <= low + 2 and " " in first.full:
        return make_subject(first.span, name=first)
    opening = next((name for name in reversed(inserted) if scene.is_personal(name) and _opens(scene, name, low)), None)
    if opening is not None:
        return make_subject(opening.span, name=opening)
    for personal in (True, False):
        for name in reversed(inserted):
            if name.kind == "place" or scene.is_personal(name) != personal or is_object(scene, name.span.start, low):
                continue
            word, _ = scene.governor(name, low)
            if word not in PREPOSITIONS and not (not personal and word.endswith((",", "'s"))):
                return make_subject(name.span, name=name)
    return _opening_phrase(scene, end, low)


def _opens(scene: Scene, name: Name, low: int) -> bool:
    """Tell whether a name opens its clause: no verb, and nothing but titles, stands before it."""
    word, start = scene.governor(name, low)
    return not word or start <= low + 1 or word.endswith(",") or word in CLAUSE_WORDS


def _opening_phrase(scene: Scene, end: int, low: int) -> Subject | None:
    """Return the noun phrase or pronoun that opens the clause: "The minister, in Berlin, said"."""
    comma = scene.narrative.find(",", low, end)
    if comma < 0:
        return None
    first = scene.word_after(low, comma)
    if scene.words(first).lower() in pronouns():
        return make_subject(first, pronoun=scene.words(first).lower())
    if scene.words(first).lower() in PREPOSITIONS:  # "In a study, ..."
        return None
    return _noun_phrase(scene, comma, low)


def _noun_phrase(scene: Scene, end: int, low: int) -> Subject | None:
    """Return the noun phrase that ends at ``end``, if its head is something that speaks."""
    start, taken = end, list[tuple[int, str]]()
    for _ in range(_MAX_WORDS):
        at, stop, word = scene.left(start, low)
        lower = word.lower()
        if not word or HIDDEN in word or (word[-1] in _BREAKS and lower not in titles() and stop not in scene.by_end):
            break
        if lower in CLAUSE_WORDS or (lower in AUXILIARIES and lower not in DETERMINERS) or lower in pronouns():
            break
        if taken and (word in FINITE_VERBS or (word.endswith("ed") and is_deed(scene, at, word, low))):
            break
        name = scene.by_end.get(stop)
        at = max(low, name.span.start) if name is not None else at
        if lower.startswith("("):  # "(A report says"
            taken.append((at + 1, lower[1:]))
            break
        start = at
        taken.append((at, lower))
        if lower in DETERMINERS and scene.left(at, low)[2].lower() not in PREPOSITIONS:
            break
    while taken and taken[-1][1] in PREPOSITIONS:
        taken.pop()
    if taken and is_object(scene, taken[-1][0], low):
        return None
    return with_head([lower for _, lower in reversed(taken)], taken[-1][0], end) if taken else None
