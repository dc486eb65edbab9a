"""The words around a saying in the midst or at an end of their sentence: "In May, he said, ...", "..., according to her"."""

from __future__ import annotations

import re

from pipeline.claims.attributions_clause import FINITE
from pipeline.claims.speakers import Saying
from pipeline.claims.speakers_scene import HIDDEN, Scene
from pipeline.claims.speakers_words import CLAUSE_WORDS, PREPOSITIONS, is_person
from pipeline.models import Span, make_span

_REST = 20  # code points; less of a sentence is no rest
_COMMA_REACH = 120  # code points between the verb and the comma behind it
_LAPSE = re.compile(
    r"(?: (?:on|in|at|to|during|last|earlier|late|early|this|yesterday|\w{3,6}day|week|month|year|back)\b[^,]*)?"
)
SUBORDINATE = CLAUSE_WORDS - {"and", "but", "or", "nor", "so", "yet", "then"} | {
    "after",
    "since",
    "until",
    "before",
    "who",
}
_OPEN = SUBORDINATE | {"even", "in", "given", "despite", "although", "whatever", "under", "during", "by"} - {"that"}
_DATELINE = re.compile(
    r"[A-Z][A-Z ,./-]{2,40}(?:, [A-Z][\w. ]{2,20})?(?: \([\w ]{2,20}\))? (?:--?|[—–]) "
)  # "ROME (AP) - "
_CONJUNCTIONS = frozenset(
    ("after", "as", "when", "while", "if", "because", "although", "though", "since", "until", "before", "once")
)
_LEAST_BEFORE = 12  # code points; less is "But, according to"
# The source may be that of the relative clause alone: "cast them as foes, who mostly voted for him, according to polls".
_ENDS_RELATIVE = re.compile(r", (?:who|which|whose|where)\b[^,;]*,? ?$")
# Nothing but a time, a place or a hearer is told behind "as X said": else "as" means while.
_CLOSES = re.compile(
    r"\s*(?:[.,;)\n]|$)| (?:on|in|at|during|after|last|late|early|earlier|this|yesterday|me|us|him|her|them|[A-Z]\w+|reporters|\w{3,6}day)\b"
)
_IS = re.compile(rf" (?:--?|[—–]) {FINITE.pattern}")  # "His spending, a lot, according to Doe -- is known"
_LACKS = re.compile(r"\b(?:has|have|had|is|are|was|were|will|would),? $")
_BEING = re.compile(r"\b(?:was|were|is|are|been|be|being)(?: \w+ly| first)?$|, (?:an?|the) [\w -]{2,30}$")
_NOUN_BEHIND = re.compile(r" (?:public|radio|television|tv|news|newspaper)\b")  # "reported by Turku | public radio"
_ABOUT_ITSELF = re.compile(r"\b(?:article|story|report|piece) (?:was|is) $")  # "This article was reported by Jane Doe"
_FEW = 4  # words; fewer are no clause


def around_source(scene: Scene, saying: Saying, sentence: Span) -> Span | None:
    """Return the rest of the sentence: "According to X, ..." or "..., according to X"."""
    before = make_span(sentence.start, saying.start)
    comma = scene.narrative.find(",", saying.end, sentence.end)
    if saying.start - sentence.start > _LEAST_BEFORE:
        if comma >= 0 and _is_opening(scene, before, comma + 2):
            return None
        if _IS.match(scene.narrative, saying.end) or _LACKS.search(
            scene.words(before)
        ):  # "It has, according to him, 12"
            return None
        return None if _ENDS_RELATIVE.search(scene.narrative, before.start, before.end) else trimmed(scene, before)
    return (
        trimmed(scene, make_span(_past_role(scene, saying, comma, sentence.end) + 1, sentence.end))
        if comma > 0
        else None
    )


def _past_role(scene: Scene, saying: Saying, comma: int, end: int) -> int:
    """Return the comma behind what a person is: "According to Jane Doe, a judge in Rome, it rained"."""
    name = saying.speaker.name if saying.speaker is not None else None
    if name is None or not scene.is_personal(name):
        return comma
    closes = scene.narrative.find(", ", comma + 1, end)
    words = scene.words(make_span(comma + 1, max(comma + 1, closes))).lower().split()
    role = any(map(is_person, words)) and words[0] not in PREPOSITIONS | _OPEN and not FINITE.search(" ".join(words))
    return closes if role else comma


def _is_opening(scene: Scene, lead: Span, behind: int) -> bool:
    """Tell whether the words before a source only open the clause behind it: "In May, according to him, it rained"."""
    words = scene.words(lead).lower().split()
    return (
        not words or words[0] in _OPEN or len(words) < _FEW or FINITE.match(scene.narrative, behind) is not None
    ) and not (FINITE.search(scene.doc.plain, lead.start, lead.end) and words[0] not in _OPEN)


def is_complete(scene: Scene, lead: Span) -> bool:
    """Tell whether the words before a saying are a whole clause: "In May, he said, ..." goes on behind it."""
    words = scene.words(lead).lower().split()
    first = next((word for word in words if word not in ("and", "but", "so", "yet")), "")
    begins = lead.start
    if first in _OPEN:  # its main clause begins behind a comma
        begins = scene.narrative.find(", ", lead.start, max(lead.start, lead.end - 2))
    return begins >= 0 and FINITE.search(scene.doc.plain, begins, lead.end) is not None


def is_opening(scene: Scene, lead: Span) -> bool:
    """Tell whether the words before a saying only open what follows it: "After the attack, he said"."""
    words = scene.words(lead).lower().split()
    first = next((word for word in words if word not in ("and", "but", "so", "yet")), "")
    if scene.narrative.find(", ", lead.start, max(lead.start, lead.end - 2)) >= 0:
        return False
    return first in _CONJUNCTIONS or (
        first in PREPOSITIONS and FINITE.search(scene.doc.plain, lead.start, lead.end) is None
    )


def around_as(scene: Scene, saying: Saying, sentence: Span) -> Span | None:
    """Return the rest of the sentence: "As X said on Monday, ..." or "..., as X said on Monday"."""
    if scene.narrative.startswith(" that ", saying.verb.end):
        return None
    starts = scene.narrative.rfind(" as ", sentence.start, saying.start)
    if starts > 0 and scene.narrative.startswith(",", saying.verb.end) and saying.verb.end + _REST < sentence.end:
        return None  # in the midst of a sentence: which part of it was said, is open
    if starts > 0:
        long = scene.narrative.count(" ", sentence.start, starts) >= _FEW
        closes = (
            long and scene.narrative[starts - 1] in ",-" and _CLOSES.match(scene.narrative, saying.verb.end) is not None
        )
        return trimmed(scene, make_span(sentence.start, starts)) if closes else None
    comma = scene.narrative.find(",", saying.verb.end, min(sentence.end, saying.verb.end + _COMMA_REACH))
    told = saying.kind.frame == "told"
    if scene.right(saying.verb.end, sentence.end)[2] in saying.kind.also:  # "as they hinted at a vote, ..."
        return None
    when = comma > 0 and (told or _LAPSE.fullmatch(scene.narrative, saying.verb.end, comma) is not None)
    return trimmed(scene, make_span(comma, sentence.end)) if when else None


def around_credit(scene: Scene, cue: Span, source: Span, sentence: Span) -> Span | None:
    """Return the rest of the sentence that names a source without a verb of its own: "..., as reported by X"."""
    if _ABOUT_ITSELF.search(scene.narrative, sentence.start, cue.start):
        return None
    if cue.start - sentence.start > 3:
        return trimmed(scene, make_span(sentence.start, cue.start))
    comma = scene.narrative.find(",", source.end, sentence.end)
    return trimmed(scene, make_span(comma, sentence.end)) if comma > 0 else None


def is_credited(scene: Scene, rest: Span, cue: Span, source: Span) -> bool:
    """Tell whether a credit is that of a whole clause: not in "The posting, first reported by Doe", "It was reported by Doe"."""
    plain = scene.doc.plain
    if rest.start > source.end or scene.words(cue).lower() == "per":
        return True
    long = plain.count(" ", rest.start, rest.end) > _FEW or FINITE.search(plain, rest.start, rest.end) is not None
    cut = _BEING.search(plain, rest.start, rest.end) or _NOUN_BEHIND.match(scene.narrative, source.end)
    return long and cut is None


def trimmed(scene: Scene, span: Span) -> Span:
    """Return a stretch without the spaces, commas and stops at its ends."""
    text, start, end = scene.narrative, span.start, past_quote(scene, max(span.start, span.end))
    if text[start : start + 2].isupper() and (dateline := _DATELINE.match(text, start, end)):
        start = dateline.end()
    while start < end and text[start] in " ,:;-\n":
        start += 1
    while end > start and (text[end - 1] in " ,:;-.\n" or _is_stray(scene, start, end)):
        end -= 1
    return make_span(start, end)


def past_quote(scene: Scene, end: int) -> int:
    """Return the end of the quote that a stretch would end within, with its mark, else ``end``."""
    if not scene.narrative.startswith(HIDDEN, end):
        return end
    closes = scene.narrative.find('"', end)
    return closes + 1 if closes >= 0 else end


def _is_stray(scene: Scene, start: int, end: int) -> bool:
    """Tell whether a stretch ends with a bracket that it did not open."""
    return scene.narrative[end - 1] == ")" and "(" not in scene.narrative[start:end]
