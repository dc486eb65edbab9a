"""Attributions: who is named as the source of which words, in the narrator's own sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from pipeline.claims.draft import Draft
from pipeline.claims.names import Name
from pipeline.claims.quotes import Stage, stage
from pipeline.claims.speakers import Saying
from pipeline.claims.speakers_outlets import credits_in
from pipeline.claims.speakers_scene import HIDDEN, Scene
from pipeline.claims.speakers_words import DETERMINERS, PREPOSITIONS
from pipeline.models import AttributionValue, Span
from pipeline.text import Document

# Probability that these words are put into that mouth, by how the text says it.
_SURE, _LIKELY, _GUESS = 0.9, 0.8, 0.5
_LEAST_WORDS = 3  # of a content
_LEAD = re.compile(
    r"[\s,:-]{0,4}(?:(?:on|last|this) \w{4,10}day\b ?|in a (?:statement|tweet|letter|speech) )?(?:,? ?that )?"
)
_HEARER = re.compile(
    r" (?:a|an|the|his|her|its|their|all) (?:[\w'-]+ ){0,2}[\w'-]+(?:\.\w+\.?){0,3}| [\w'-]+(?:\.\w+\.?){0,3}"
)
_PASSIVE = re.compile(r"\b(?:was|were|is|are|am|been|being|be)(?: (?:also|not|never|often|only|[a-z]{3,12}ly))? $")
_NO_REPORT = re.compile(r" (?:about|of|during|against|between) ")  # "who writes about health": no words follow
_PHRASAL = re.compile(r" (?:out|in|off|up|back|into|away) ")  # "called off the strike"
_NAMED = re.compile(r" [\"'A-Z]")  # "a company called Acme"
_PLURALS = frozenset(("some", "many", "most", "few", "several", "both", "these", "those"))
_TRAILER = re.compile(
    r",? (?:according to|as reported by|per|citing|as quoted by) |, (?:he|she|they|it) (?:said|added|says)\b"
)
_NEGATED = re.compile(r"\b(?:not|never|n't|declined|refused|no one|nobody)\b|n't\b")
_CLOSES_CLAUSE = re.compile(
    r"\s*(?:[.,;!?)\n]|$)|\s(?:in|on|at|to|during|after|while|when|late|early|earlier|last|this|yesterday)\b"
)


def find_attributions(doc: Document, names: tuple[Name, ...], quotes: Sequence[Draft]) -> list[Draft]:
    """Return the attributions of a text in order; words that are a quote of ``quotes`` are left to it."""
    return attributions_beside(quotes, stage(doc, names))


def attributions_beside(quotes: Sequence[Draft], staged: Stage) -> list[Draft]:
    """Return the attributions of a text that was read before, without those whose words are a quote of ``quotes``."""
    drafts = attributions_in(staged)
    spans = [quote.span for quote in quotes]
    return [draft for draft in drafts if draft.outlet or not _inside(spans, draft)]


def _inside(quotes: Sequence[Span], draft: Draft) -> bool:
    """Tell whether the words that hang on an attribution are part of a quote; the spans are sorted."""
    content = draft.attribution.content if draft.attribution else None
    if content is None or not quotes:
        return False
    quote = quotes[max(0, bisect_right(quotes, content.start, key=lambda span: span.start) - 1)]
    return quote.start <= content.start and content.end <= quote.end


def attributions_in(staged: Stage) -> list[Draft]:
    """Return the attributions of a text that was read before."""
    drafts = [draft for saying in staged.sayings for draft in _of_saying(staged, saying)]
    drafts += _credits(staged)
    return sorted(drafts, key=lambda draft: (draft.span.start, draft.span.end))


def _of_saying(staged: Stage, saying: Saying) -> Iterator[Draft]:
    scene = staged.scene
    if (
        saying.speaker is None
        or saying.kind.frame == "about"
        or _is_credit(scene, saying)
        or _is_no_report(scene, saying)
    ):
        return
    block = _block(staged, saying.verb.start) if saying.outlet else None
    content = block or _content(scene, saying)
    if content is None or _is_short(scene, content):
        return
    yield Draft(
        kind="attribution",
        rule=_rule(saying),
        span=Span(saying.start, saying.end),
        confidence=_confidence(saying),
        speaker=saying.speaker.label,
        outlet=saying.outlet,
        hedged=saying.kind.stance == "doubts",
        negated=saying.kind.stance == "denies",
        attribution=AttributionValue(source=saying.speaker.label, cue=saying.cue, content=content),
    )


def _is_credit(scene: Scene, saying: Saying) -> bool:
    """Tell whether the verb only names a source, as ``credits_in`` does: "as reported by X", "citing X"."""
    passive = saying.inverted and scene.narrative.startswith(" by ", saying.verb.end)
    return (passive and saying.kind.frame == "outlet") or (saying.kind.lemma == "cite" and saying.outlet is None)


def _is_no_report(scene: Scene, saying: Saying) -> bool:
    """Tell whether the verb is passive, a noun for all its s, or reports no words."""
    text, verb, cue = scene.narrative, saying.verb, saying.cue.lower()
    source = saying.speaker.label if saying.speaker else ""
    if source[-1:].isdigit() or (source.lower() in _PLURALS and cue.endswith("s")):
        return True
    if saying.kind.lemma == "call":
        indefinite = saying.subject is not None and text.startswith(("a ", "an "), saying.subject.span.start)
        if _PHRASAL.match(text, verb.end) or (indefinite and _NAMED.match(text, verb.end)):
            return True
    elif saying.kind.lemma == "write" and _NO_REPORT.match(text, verb.end):
        return True
    follows = saying.subject is not None and saying.subject.span.start < verb.start
    return (
        follows and not cue.endswith("ing") and _PASSIVE.search(text[max(0, verb.start - 28) : verb.start]) is not None
    )


def _is_short(scene: Scene, content: Span) -> bool:
    return len(scene.doc.plain[content.start : content.end].split()) < _LEAST_WORDS


def _rule(saying: Saying) -> str:
    if saying.outlet is not None:
        return "attribution.outlet"
    if saying.kind.frame == "source":
        return "attribution.according-to"
    return "attribution.position" if saying.kind.frame == "object" else "attribution.said"


def _confidence(saying: Saying) -> float:
    if saying.kind.frame == "source":
        return _SURE
    return _GUESS if saying.kind.frame == "object" or saying.kind.stance == "believes" else _LIKELY


def _content(scene: Scene, saying: Saying) -> Span | None:
    """Return the words that hang on a saying: before it, after it, or the sentence around it."""
    sentence = scene.doc.sentence_at(saying.verb.start)
    before = Span(sentence.start, saying.start)
    lead = scene.words(before).rstrip()
    if saying.kind.frame == "source":
        return _around_source(scene, saying, sentence)
    if lead.endswith(('"', '",')):
        return None
    if lead.endswith(",") and len(lead.split()) > _LEAST_WORDS and _CLOSES_CLAUSE.match(scene.narrative, saying.end):
        if _quoted(scene, before):
            return None
        parenthetical = scene.narrative[saying.end : saying.end + 2] == ", " and saying.end + 20 < sentence.end
        return _trimmed(scene, sentence if parenthetical else before)
    if saying.inverted or _negative(scene, saying):
        return None
    return _after(scene, saying, sentence)


def _around_source(scene: Scene, saying: Saying, sentence: Span) -> Span | None:
    """Return the rest of the sentence: "According to X, ..." or "..., according to X"."""
    if saying.start - sentence.start > 12:
        return _trimmed(scene, Span(sentence.start, saying.start))
    comma = scene.narrative.find(",", saying.end, sentence.end)
    return _trimmed(scene, Span(comma + 1, sentence.end)) if comma > 0 else None


def _after(scene: Scene, saying: Saying, sentence: Span) -> Span | None:
    start = saying.verb.end
    if saying.kind.frame == "told":
        start = _past_hearer(scene, start, sentence)
    text = scene.narrative
    lead = _LEAD.match(text, start, sentence.end)
    begins = lead.end() if lead else start
    if saying.kind.frame == "that" and not text.startswith(" that ", saying.verb.end):
        return None
    trailer = _TRAILER.search(text, begins, sentence.end)
    content = _trimmed(scene, Span(begins, trailer.start() if trailer else sentence.end))
    return None if _quoted(scene, content) else content


def _past_hearer(scene: Scene, start: int, sentence: Span) -> int:
    """Return where the words begin in "told reporters (that) ..."."""
    that = scene.narrative.find(" that ", start, min(start + 60, sentence.end))
    if that >= 0:
        return that
    name = scene.name_at(start + 1)
    if name is not None:
        return name.span.end
    word = scene.words(scene.word_after(start, sentence.end)).lower()
    if word in PREPOSITIONS or word in ("there", "it", "he", "she", "they", "we", "if"):
        return start
    hearer = _HEARER.match(scene.narrative, start, sentence.end)
    return (
        hearer.end()
        if hearer and (word in DETERMINERS or word.endswith("s") or word in ("me", "him", "them", "us"))
        else start
    )


def _quoted(scene: Scene, span: Span) -> bool:
    """Tell whether a stretch is nothing but quoted words."""
    return not scene.words(span).replace(HIDDEN, "").strip(' ",.:;-')


def _negative(scene: Scene, saying: Saying) -> bool:
    """Tell whether the subject is said not to say it ("did not confirm")."""
    start = saying.subject.span.end if saying.subject else saying.verb.start
    return start < saying.verb.start and _NEGATED.search(scene.narrative, start, saying.verb.start) is not None


def _trimmed(scene: Scene, span: Span) -> Span:
    start, end = span.start, max(span.start, span.end)
    while start < end and scene.narrative[start] in " ,:;-\n":
        start += 1
    while end > start and scene.narrative[end - 1] in " ,:;-.\n":
        end -= 1
    return Span(start, end)


def _block(staged: Stage, offset: int) -> Span | None:
    """Return the quote that a sentence with a colon at its end introduces on the next line."""
    sentence = staged.scene.doc.sentence_at(offset)
    if staged.scene.narrative[sentence.end - 1 : sentence.end] != ":":
        return None
    at = bisect_right(staged.marked, sentence.end, key=lambda quote: quote.outer.start)
    if at == len(staged.marked):
        return None
    quote = staged.marked[at]
    gap = staged.scene.narrative[sentence.end : min(quote.outer.start, sentence.end + 20)]
    return None if gap.strip() else quote.inner


def _credits(staged: Stage) -> Iterator[Draft]:
    """Yield credits without a subject of their own: "as reported by X", "per X", "citing X"."""
    scene = staged.scene
    for credit in credits_in(scene):
        sentence = scene.doc.sentence_at(credit.cue.start)
        block = _block(staged, credit.cue.start) if credit.outlet else None
        rest = block or _around_credit(scene, credit.cue, credit.source.span, sentence)
        if rest is None or _is_short(scene, rest):
            continue
        cue = scene.words(credit.cue).lower()
        yield Draft(
            kind="attribution",
            rule="attribution.cites"
            if cue == "citing"
            else "attribution.outlet"
            if credit.outlet
            else "attribution.according-to",
            span=Span(credit.cue.start, credit.source.span.end),
            confidence=_SURE,
            speaker=credit.source.full,
            outlet=credit.outlet,
            attribution=AttributionValue(source=credit.source.full, cue=cue, content=rest),
        )


def _around_credit(scene: Scene, cue: Span, source: Span, sentence: Span) -> Span | None:
    if cue.start - sentence.start > 3:
        return _trimmed(scene, Span(sentence.start, cue.start))
    comma = scene.narrative.find(",", source.end, sentence.end)
    return _trimmed(scene, Span(comma, sentence.end)) if comma > 0 else None
