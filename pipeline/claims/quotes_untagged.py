"""Who says a quote without a verb of saying beside it: only where the text around it leaves no doubt."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.claims.names import Name
from pipeline.claims.quotes_marks import Marked
from pipeline.claims.quotes_open import tagged
from pipeline.claims.speakers import Sayings
from pipeline.claims.speakers_fits import is_one
from pipeline.claims.speakers_leading import leading
from pipeline.claims.speakers_nouns import Subject, make_subject
from pipeline.claims.speakers_scene import Scene
from pipeline.claims.speakers_who import Speaker, Voices, make_speaker
from pipeline.claims.speakers_words import spoken_forms, verbs
from pipeline.models import make_span
from pipeline.record import maker, quickly_made

_TITLES = 12  # code points of titles before the name that a headline begins with
_WHEN = frozenset(("as", "while", "when", "after", "before", "if", "since", "because"))
_LEAD = 120  # code points before a quote that opens its paragraph
_TAG = 60  # code points of a sentence that does nothing but tell who asks: "Doe pressed."
_WORD = re.compile(r"[\w'-]+")
_INSCRIBED = re.compile(
    r"\b(?:headlines?|titled?|entitled|slogans?|signs?|banners?|questions?|captions?|stickers?|shirts?)\b"
)
_WORDS_OF = re.compile(r"\bin the words of (?:[\w.'-]+ ){0,4}$")


@quickly_made
@dataclass(frozen=True, slots=True)
class Said:
    """Who said a quote, and the outlet it is credited to."""

    speaker: Speaker | None
    outlet: str | None


make_said = maker(Said)


@quickly_made
@dataclass(frozen=True, slots=True)
class Quoted:
    """A marked quote with what its words alone tell."""

    marked: Marked
    partial: bool
    work: bool  # the title of one, to all appearance
    title: bool  # every long word capital
    subhead: bool  # alone on its line
    brief: bool  # hardly any words


make_quoted = maker(Quoted)


@dataclass(frozen=True, slots=True)
class Context:
    """The narrator's words around a quote, and who speaks in them."""

    scene: Scene
    sayings: Sayings

    def headed(self, quote: Quoted) -> Speaker | None:
        """Return whom a headline sets before its first colon, or behind its last: 'Doe: Rome "will burn"'."""
        text, end = self.scene.narrative, self.scene.doc.title_end
        if quote.marked.outer.start >= end:
            return None
        last = text[quote.marked.outer.end : end].rstrip()
        tail = quote.marked.outer.end + len(": ")
        teller = self._headline_teller(quote)
        if teller is not None:
            return teller
        first = next((name for name in self.scene.names_in(0, end, 1) if text.startswith(":", name.span.end)), None)
        name = first if first is not None and first.span.start <= _TITLES else None
        if name is None and last.startswith(": "):
            name = next(
                (
                    name
                    for name in self.scene.names_in(tail, end, 1)
                    if name.span.end == quote.marked.outer.end + len(last)
                ),
                None,
            )
        return (
            Voices(self.scene).resolve(make_subject(name.span, name=name))
            if name is not None and self._is_person(name)
            else None
        )

    def _headline_teller(self, quote: Quoted) -> Speaker | None:
        """Return who stands beside a quote of a headline with a capital verb: "'It Will Rain,' Doe Says", 'Doe Says "It Will Rain"'."""
        text, marked = self.scene.narrative, quote.marked.outer
        verb = self.scene.word_before(marked.start, max(0, marked.start - _TITLES))
        name = self.scene.by_end.get(verb.start - 1)
        if self.scene.words(verb).rstrip(":,").lower() not in spoken_forms():
            name = next(
                iter(self.scene.names_in(marked.end, min(marked.end + _TITLES, self.scene.doc.title_end), 1)), None
            )
            verb = self.scene.word_after(name.span.end, self.scene.doc.title_end) if name else verb
            if (
                name is None
                or text[marked.end : name.span.start].strip()
                or self.scene.words(verb).lower() not in spoken_forms()
            ):
                return None
        if name is None or not (self._is_person(name) or self.scene.surnamed(name.words)):
            return None
        return Voices(self.scene).resolve(make_subject(name.span, name=name))

    def behind(self, quote: Quoted) -> Speaker | None:
        """Return who stands right behind a quote that a comma keeps open, with another verb, or none."""
        subject = None if quote.partial else tagged(self.scene, quote.marked)
        if subject is None:
            return self._verbless(quote)
        return self.voices_before(quote.marked.outer.start).resolve(subject)

    def _verbless(self, quote: Quoted) -> Speaker | None:
        """Return who stands right behind a quote whose verb is missing, with an insertion: "Doe, who knew him"."""
        end = quote.marked.outer.end
        if quote.partial or self.scene.doc.plain[quote.marked.inner.end - 1] != ",":
            return None
        name = next(iter(self.scene.names_in(end, end + _TITLES, 1)), None)
        if name is None or not self._is_person(name) or self.scene.governor(name, end)[1] > end:
            return None
        closed = self.scene.narrative.startswith((", who ", ", the ", ", a "), name.span.end)
        return Voices(self.scene).resolve(make_subject(name.span, name=name)) if closed else None

    def introduced(self, quote: Quoted) -> Speaker | None:
        """Return who a colon or comma before the quote introduces without a verb of saying."""
        start = quote.marked.outer.start
        sentence = self.scene.doc.sentence_at(start)
        low = max(sentence.start, start - _LEAD)
        lead = self.scene.narrative[low:start].rstrip()
        if not lead.endswith((":", ",")):
            return None
        name = self.scene.by_end.get(low + len(lead) - 1)
        if name is not None and (
            _WORDS_OF.search(self.scene.narrative, low, name.span.start) is not None
            or (lead.endswith(":") and self._announced(name, sentence.start))
            or self._is_inverted(name, sentence.start)
        ):
            return make_speaker(name.full, name)
        first = self.scene.right(sentence.start, start)[2].lower()
        if start < self.scene.doc.title_end or first in _WHEN:  # a headline's colon joins what it likes
            return None
        subject = leading(self.scene, make_span(sentence.start, start))
        if subject is None or (
            (not self._is_voice(subject) or lead.endswith(",")) and not self._speaks(subject.span.end, start)
        ):
            return self._only_one(sentence.start, start) if lead.endswith(":") and not quote.partial else None
        return self.voices_before(sentence.start).resolve(subject)

    def _only_one(self, start: int, end: int) -> Speaker | None:
        """Return the only person named before a colon: "The theory was put to the paper by its editor Jane Doe:"."""
        names = [name for name in self.scene.names_in(start, end) if self.scene.is_personal(name)]
        if _INSCRIBED.search(self.scene.narrative, start, end):
            return None
        return make_speaker(names[0].full, names[0]) if len({name.key for name in names}) == 1 else None

    def _is_voice(self, subject: Subject) -> bool:
        return subject.name is None or self._is_person(subject.name) or self.scene.outlet(subject.name) is not None

    def _speaks(self, start: int, end: int) -> bool:
        """Tell whether a verb of reporting stands in a stretch, as it must between a subject and what it says."""
        text = self.scene.narrative
        return any(
            text.startswith(verb.rest, word.end())
            for word in _WORD.finditer(text, start, end)
            for verb in verbs().get(word.group(), ())
        )

    def _announced(self, name: Name, low: int) -> bool:
        """Tell whether a name before a colon is whose words follow: alone, or after "from" or "by"."""
        word, start = self.scene.governor(name, low)
        return start <= low or word in ("from", "by", "-")

    def _is_inverted(self, name: Name, low: int) -> bool:
        """Tell whether a sentence begins with a verb and its subject: 'Said Doe, "..."'."""
        word, start = self.scene.governor(name, low)
        return word in spoken_forms() and start <= low

    def carried(self, quote: Quoted, paragraph: int, before: Quoted | None, last: Said | None) -> Speaker | None:
        """Return who goes on speaking, or has just been said to speak; ``before`` and ``last`` are of the quote before."""
        start = quote.marked.outer.start
        if before is not None and last is not None and before.marked.runs_on:
            return last.speaker
        sentence = self.scene.doc.sentence_at(start)
        partial = quote.partial and start > sentence.start
        if partial:
            subject = leading(self.scene, make_span(sentence.start, start))
            person = subject is not None and (subject.name is None or self._is_person(subject.name))
            if subject is not None and person and self._speaks(subject.span.end, start):
                return self.voices_before(start).resolve(subject)
        low = self.scene.doc.paragraphs[max(0, paragraph - 1)].start
        if partial:  # goes on with what was quoted in the same sentence, or is the narrator's own
            since = before.marked.outer.end if before is not None else start
            goes_on = since >= sentence.start and "according to" not in self.scene.narrative[since:start]
            return last.speaker if before and last and goes_on else None
        if before is not None and last is not None and before.marked.outer.start >= low:
            return self._since(before.marked.outer.end, start, last.speaker)
        return self._just_spoke(start) or self._still(start, last)

    def _just_spoke(self, start: int) -> Speaker | None:
        """Return who is named as speaking in the sentence right before a quote."""
        end = len(self.scene.narrative[:start].rstrip())
        before = self.scene.doc.sentence_at(max(0, end - 1))
        heard = self.sayings.within(before.start, end)
        speaker = heard[0].speaker if heard else None
        if speaker is None:
            subject = leading(self.scene, make_span(before.start, end))
            named = subject is not None and subject.name is not None and self._is_person(subject.name)
            if subject is not None and named and self._speaks(subject.span.end, end):
                speaker = self.voices_before(before.start).resolve(subject)
        if speaker is None or (speaker.name is None and not (heard and is_one(speaker.label) and not heard[0].outlet)):
            return None
        return speaker

    def _still(self, start: int, last: Said | None) -> Speaker | None:
        """Return who said the quote before, where the sentence right before this one still tells of nobody else."""
        end = len(self.scene.narrative[:start].rstrip())
        before = self.scene.doc.sentence_at(max(0, end - 1))
        told = before.start < end and self.scene.narrative.find('"', before.start, end) < 0
        subject = leading(self.scene, make_span(before.start, end)) if told and last else None
        if subject is None or last is None or last.speaker is None or last.speaker.name is None:
            return None
        speaker = self.voices_before(before.start).resolve(subject)
        return speaker if speaker is not None and speaker.label == last.speaker.label else None

    def _is_person(self, name: Name) -> bool:
        return self.scene.is_personal(name) or self.scene.surnamed(name.words) is not None

    def _since(self, end: int, start: int, speaker: Speaker | None) -> Speaker | None:
        """Return who goes on: who said the quote before, unless the sentences between the two tell of others."""
        tag = self.scene.doc.sentence_at(end).end
        if tag >= start:
            return speaker
        heard = self.sayings.within(tag, start)
        if heard:
            last = self.scene.doc.sentence_at(heard[-1].verb.start).start
            return next(saying.speaker for saying in heard if saying.verb.start >= last)
        other = Voices(self.scene).latest(start, "x", low=tag)
        if other is not None and self.scene.doc.sentence_at(tag).end >= start and start - tag <= _TAG:
            return other  # '"Why?" Doe pressed. "Why now?"'
        return speaker if other is None or (speaker is not None and other.label == speaker.label) else None

    def voices_before(self, offset: int) -> Voices:
        """Return who has spoken up to an offset."""
        heard = [
            (s.verb.start, s.speaker)
            for s in self.sayings.within(max(0, offset - 1_600), offset)
            if s.speaker and not s.outlet
        ]
        return Voices(self.scene, heard)
