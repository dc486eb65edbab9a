"""What stands between a quote and a verb of saying; where its subject was not found, nobody is named for the quote."""

from __future__ import annotations

import re

from pipeline.claims.quotes_marks import Marked
from pipeline.claims.speakers import Sayings
from pipeline.claims.speakers_scene import Scene
from pipeline.claims.speakers_who import Speaker, make_speaker
from pipeline.claims.speakers_words import AUXILIARIES, CLAUSE_WORDS, PREPOSITIONS, spoken_forms, titles
from pipeline.models import make_span
from pipeline.text import reach_back

_DASHED = re.compile(r"[.,]?\s{0,4}\n\s{0,4}(?:--?|~)\s{0,3}[^\W\d_][^\n]{0,80}(?:\n|$)")
_MANY = frozenset(("lot", "number", "few", "couple", "who", "which", "that"))
_PHRASE = re.compile(r"((?:An?|One|Another) (?:[a-z-]+ ){0,4}[A-Za-z-]+) [a-z-]+[,:] $")
_VERB_REACH = 24  # code points before a quote that hold its verb
_LEAD = 120  # and the words before it
_GOES_ON = (
    CLAUSE_WORDS | PREPOSITIONS | {"including"}
)  # behind such a word the writer's sentence goes on, no speaker follows
_SAME_SUBJECT = frozenset(("and", "but", "by", "to"))
_ADVERBS = frozenset(("then", "later", "also", "even", "once", "again"))


def is_unread(scene: Scene, sayings: Sayings, start: int) -> bool:
    """Tell whether a verb without a known subject introduces the quote at ``start``: '@handle says, "..."'."""
    if not scene.narrative.endswith((", ", ": "), 0, start):
        return False
    word = scene.word_before(start, reach_back(start, _VERB_REACH))
    verb = make_span(word.start, word.end - 1)
    if scene.words(verb) not in spoken_forms():
        return False
    before = _word_before(scene, verb.start)
    same = before.endswith(",") or before in _SAME_SUBJECT  # "vented his anger, saying", "and said"
    return not same and not sayings.within(verb.start, verb.end)


def unread_teller(scene: Scene, start: int) -> Speaker | None:
    """Return the noun phrase that opens a sentence before such a verb, whatever its noun: 'A retired glassblower wrote, "..."'."""
    begins = scene.doc.sentence_at(start).start
    found = _PHRASE.match(scene.narrative, begins, start)
    if found is None or any(word in CLAUSE_WORDS or word in AUXILIARIES or word in _MANY for word in found[1].split()):
        return None
    return make_speaker(found[1].removeprefix("A ").removeprefix("An "), None)


def is_tagged(scene: Scene, quote: Marked, *, partial: bool) -> bool:
    """Tell whether a comma inside the marks, or a dash on the next line, names a speaker that could not be read."""
    if not partial and quote.closed and scene.doc.plain[quote.inner.end - 1] == ",":
        following = scene.right(quote.outer.end, quote.outer.end + _LEAD)[2].lower()
        return following not in _GOES_ON
    return _DASHED.match(scene.narrative, quote.outer.end) is not None


def _word_before(scene: Scene, end: int) -> str:
    """Return the word before an offset that is no adverb, lower case."""
    low = max(0, end - _LEAD)
    word = scene.word_before(end, low)
    while (lower := scene.words(word).lower()) in _ADVERBS or lower.endswith("ly"):
        word = scene.word_before(word.start, low)
    return lower


def only_titles(gap: str) -> bool:
    """Tell whether words before a subject can be its titles: no verb, no clause, no preposition."""
    words = gap.strip(" ,-()").lower().split()
    return len(words) <= 8 and not any(
        word in PREPOSITIONS
        or word in CLAUSE_WORDS
        or word in AUXILIARIES
        or (word[-1] in ",.;:" and word not in titles())
        for word in words
    )
