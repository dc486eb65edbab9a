"""Attributions: who is named as the source of which words, in the narrator's own sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter

from pipeline.claims.attributions_around import around_credit, is_credited
from pipeline.claims.attributions_passive import is_passive
from pipeline.claims.attributions_pronouns import unsure_pronouns
from pipeline.claims.attributions_source import told_source
from pipeline.claims.attributions_sure import is_sure
from pipeline.claims.attributions_words import LEAST_WORDS, content_of
from pipeline.claims.draft import Draft, make_draft
from pipeline.claims.names import Name
from pipeline.claims.names_words import common_words
from pipeline.claims.quotes import Stage, stage
from pipeline.claims.speakers import Saying
from pipeline.claims.speakers_outlets import credits_in
from pipeline.claims.speakers_scene import Scene
from pipeline.claims.speakers_words import CLAUSE_WORDS, speaks, titles
from pipeline.models import AttributionValue, Span, make_span
from pipeline.text import Document, reach_back

# Probability that these words are put into that mouth, by how the text says it.
_SURE, _LIKELY, _GUESS = 0.9, 0.8, 0.5
_NO_REPORT = re.compile(r" (?:about|of|during|against|between) ")  # "who writes about health": no words follow
_PHRASAL = re.compile(r" (?:out|off|up|back|into|away|down|aside)\b")  # "called off the strike", "adds up to"
_SURELY_SAID = frozenset(("say", "tell"))
_RESTRICTS = re.compile(r"^ who (?!has\b|have\b|had\b|once\b|later\b|also\b)")
_CAUSED = re.compile(r"(?:make|makes|made|let|lets|help|helps|helped) ")
_ASKED = frozenset(("was", "were", "is", "are"))
_TIMES = frozenset(("time", "moment", "day"))  # "the next time she wants to talk"
_START = attrgetter("start")
_CASE = re.compile(
    r" (?:the|his|her|its|their|a|an|all|both|that) (?:[\w-]+ ){0,2}?(?:suits?|lawsuits?|cases?|charges?|appeals?|complaints?|challenges?|motions?|requests?|petitions?|bids?|applications?)\b"
)
_MOTION = re.compile(
    r" (?:the|his|her|its|their|a|an|all|that) (?:[\w-]+ ){0,2}?(?:motion|request|petition|application|appeal)s?\b"
)
_WITHHELD = re.compile(
    r" (?:him|her|them|us|me|entry|access|bail|parole|asylum|an? (?!(?:\w+ )?(?:report|claim|suggestion|rumou?r|charge|allegation|accusation|story)\b))"
)  # "denied us that", "a woman denied a job"
_TAKEN = {"deny": (_WITHHELD, _MOTION), "dismiss": (_CASE,)}  # what is denied or dismissed by a deed, not by words
_ASKED_OF = re.compile(r" (?:to|for|about|if|whether|why|how|what|by)\b")
_LONGEST_SUBJECT = 9  # words; a longer one holds a verb of its own
_NAMED = re.compile(r" [\"'A-Z]")  # "a company called Acme"
_ITSELF = re.compile(r" (?:itself|themselves|himself|herself)\b")
_INFINITIVE = re.compile(r" to (?!the\b|a\b|an\b|his\b|her\b|its\b|their\b|many\b|be\b)[a-z]+ [a-z]+")
_EXAMINERS = frozenset(("police", "officers", "detectives", "investigators", "agents", "interrogators"))
_NAME_REACH = 60  # code points
_OBJECTS = frozenset(("him", "her", "them", "me", "us"))
_RANG = re.compile(
    r"[.;,]|$| (?:to|on|at|after|before|from|in|last|and|when|about|late|early|again|back|twice|yesterday|\w+day|\w+ (?:days|weeks|hours|minutes|months))\b"
)
_PLURALS = frozenset(("some", "many", "most", "few", "several", "both", "these", "those"))


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
    quote = quotes[max(0, bisect_right(quotes, content.start, key=_START) - 1)]
    return quote.start <= content.start and content.end <= quote.end


def attributions_in(staged: Stage) -> list[Draft]:
    """Return the attributions of a text that was read before."""
    unsure = unsure_pronouns(staged.scene, staged.sayings.each)
    told = [_of_saying(staged, saying) for saying in staged.sayings.each if saying.verb.start not in unsure]
    drafts = [draft for draft in told if draft is not None]
    drafts += _credits(staged)
    return sorted(drafts, key=attrgetter("span.start", "span.end"))


def _of_saying(staged: Stage, saying: Saying) -> Draft | None:
    scene = staged.scene
    if (
        saying.speaker is None
        or saying.kind.frame in ("about", "tag")
        or _is_credit(scene, saying)
        or _is_no_report(scene, saying)
    ):
        return None
    block = _block(staged, saying.sentence) if saying.outlet else None
    content = block or content_of(scene, saying)
    if content is None or _is_short(scene, content) or not (block or is_sure(scene, saying, content)):
        return None
    source = told_source(scene, saying)
    if source is None:
        return None
    return make_draft(
        kind="attribution",
        rule=_rule(saying),
        span=make_span(saying.start, saying.end),
        confidence=_confidence(saying),
        speaker=source,
        outlet=saying.outlet,
        hedged=saying.kind.stance == "doubts",
        negated=saying.kind.stance == "denies",
        attribution=AttributionValue(source=source, cue=saying.cue, content=content),
    )


def _is_credit(scene: Scene, saying: Saying) -> bool:
    """Tell whether the verb only names a source, as ``credits_in`` does: "as reported by X", "citing X"."""
    passive = saying.inverted and scene.narrative.startswith(" by ", saying.verb.end)
    return (passive and saying.kind.frame == "outlet") or (
        saying.kind.lemma == "cite" and (saying.outlet is None or saying.kind.form == "ing")
    )


def _is_no_report(scene: Scene, saying: Saying) -> bool:
    """Tell whether the verb is passive, a noun for all its s, a deed, or reports no words."""
    text, verb, cue, kind = scene.narrative, saying.verb, saying.cue.lower(), saying.kind
    source = saying.speaker.label if saying.speaker else ""
    if (source[-1:].isdigit() and " in " not in source) or (source.lower() in _PLURALS and cue.endswith("s")):
        return True
    if (
        _is_participle(scene, saying)
        or _PHRASAL.match(text, verb.end)
        or _is_deed(scene, saying)
        or not _can_speak(saying)
    ):
        return True
    if kind.lemma == "call":
        if _is_no_calling(scene, saying):
            return True
    elif kind.lemma == "write" and _NO_REPORT.match(text, verb.end):
        return True
    follows = saying.subject is not None and saying.subject.span.start < verb.start
    if follows and saying.subject is not None and _is_aside(scene, saying, saying.subject.span):
        return True
    return follows and is_passive(text, verb.start, cue)


def _is_no_calling(scene: Scene, saying: Saying) -> bool:
    """Tell whether "called" only gives a name, or is done by telephone: "a company called Acme"."""
    indefinite = saying.subject is not None and scene.narrative.startswith(("a ", "an "), saying.subject.span.start)
    return _is_phoned(scene, saying.verb.end) or (
        indefinite and _NAMED.match(scene.narrative, saying.verb.end) is not None
    )


def _is_phoned(scene: Scene, end: int) -> bool:
    """Tell whether "called" names whom somebody rang or sent for: "called Lund on Monday", "called in the mayor"."""
    text = scene.narrative
    if text.startswith(" in ", end):
        return True
    first = scene.word_after(end, end + _NAME_REACH)
    while scene.words(first).lower() in titles():
        first = scene.word_after(first.end, end + _NAME_REACH)
    name = scene.name_at(first.start)
    at = name.span.end if name else first.end if scene.words(first) in _OBJECTS else 0
    return at > 0 and _RANG.match(text, at) is not None


def _is_participle(scene: Scene, saying: Saying) -> bool:
    """Tell whether a verb in the past tells what was done to somebody: "Lund, asked to go", "the man accused of it"."""
    text, verb, lemma = scene.narrative, saying.verb, saying.kind.lemma
    if saying.kind.form != "past":
        return lemma == "hail" and text.startswith(" from ", verb.end)
    if lemma == "ask":
        return text.endswith((", ", "- "), 0, verb.start) and _ASKED_OF.match(text, verb.end) is not None
    return (lemma == "accuse" and text.startswith(" of ", verb.end)) or (
        lemma == "hail" and text.startswith(" from ", verb.end)
    )


def _is_aside(scene: Scene, saying: Saying, subject: Span) -> bool:
    """Tell whether a clause only tells who is meant, supposes or asks: "those who want", "made him worry", "was he asked"."""
    text = scene.narrative
    restricts = text.startswith(" who ", subject.end) and _RESTRICTS.search(text[subject.end : saying.verb.start])
    if restricts or _CAUSED.match(text, subject.start):
        return True
    before = scene.left(subject.start, reach_back(subject.start, 40))[2].lower()
    return (before in _ASKED and saying.kind.form == "past") or (before in _TIMES and saying.kind.stance == "believes")


def _is_deed(scene: Scene, saying: Saying) -> bool:
    """Tell whether the verb is what only an outlet does with words, or is no verb: "Gulf states", "a plane carrying"."""
    kind, after = saying.kind, saying.verb.end
    if kind.frame == "outlet":
        return saying.outlet is None and kind.lemma != "report"
    if kind.lemma == "state" and kind.form == "third":
        return not scene.narrative.startswith((" that ", ":"), after)
    if kind.lemma in ("press", "go on") or (kind.lemma == "repeat" and _ITSELF.match(scene.narrative, after)):
        return True  # "pressed the lawyers on the law", "history repeats itself"
    if kind.lemma == "question" and _is_examined(saying):
        return True
    if kind.lemma in _TAKEN and any(pattern.match(scene.narrative, after) for pattern in _TAKEN[kind.lemma]):
        return True
    return kind.lemma in ("say", "go on") and kind.form == "past" and scene.narrative.startswith(" to ", after)


def _is_examined(saying: Saying) -> bool:
    """Tell whether the police ask: they question people, others question what is so."""
    return saying.subject is not None and saying.subject.noun in _EXAMINERS


def _can_speak(saying: Saying) -> bool:
    """Tell whether the subject is a name, a pronoun or a noun that speaks; whoever "said" something does."""
    subject = saying.subject
    words = saying.speaker.label.split() if saying.speaker else []
    if len(words) > _LONGEST_SUBJECT or (words and words[0].lower() in CLAUSE_WORDS) or _is_compound(saying):
        return False
    if subject is None or subject.name is not None or subject.noun is None or saying.kind.lemma in _SURELY_SAID:
        return True
    return speaks(subject.noun.lower()) or (subject.noun[:1].isupper() and subject.noun.lower() not in common_words())


def _is_compound(saying: Saying) -> bool:
    """Tell whether subject and verb are one noun ("police calls"), or the subject holds an infinitive."""
    subject = saying.subject
    if subject is None or subject.noun is None or saying.speaker is None:
        return False
    label = saying.speaker.label
    plural = subject.noun in ("police", "people") or (
        subject.noun.endswith("s") and not subject.noun.endswith(("ss", "is", "us"))
    )
    joined = plural and saying.kind.form == "third" and saying.verb.start == subject.span.end + 1
    return (joined and label.lower().endswith(subject.noun) and saying.cue != "says") or _INFINITIVE.search(
        label
    ) is not None


def _is_short(scene: Scene, content: Span) -> bool:
    return len(scene.doc.plain[content.start : content.end].split()) < LEAST_WORDS


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


def _block(staged: Stage, sentence: Span) -> Span | None:
    """Return the quote that a sentence with a colon at its end introduces on the next line."""
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
        block = _block(staged, sentence) if credit.outlet else None
        rest = block or around_credit(scene, credit.cue, credit.source.span, sentence)
        if (
            rest is None
            or _is_short(scene, rest)
            or not (block or is_credited(scene, rest, credit.cue, credit.source.span))
        ):
            continue
        cue = scene.words(credit.cue).lower()
        yield make_draft(
            kind="attribution",
            rule="attribution.cites"
            if cue == "citing"
            else "attribution.outlet"
            if credit.outlet
            else "attribution.according-to",
            span=make_span(credit.cue.start, credit.source.span.end),
            confidence=_SURE,
            speaker=credit.source.full,
            outlet=credit.outlet,
            attribution=AttributionValue(source=credit.source.full, cue=cue, content=rest),
        )
