"""Which "X said" a quote belongs to: the one after it, before it, or the one that still holds."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from pipeline.claims.attributions_half import is_half
from pipeline.claims.attributions_passive import is_passive
from pipeline.claims.quotes_owned import closing_tag, owner
from pipeline.claims.quotes_signed import label, signature
from pipeline.claims.quotes_unread import is_tagged, is_unread, only_titles, unread_teller
from pipeline.claims.quotes_untagged import Context, Quoted, Said, make_said
from pipeline.claims.speakers import Saying, Sayings
from pipeline.claims.speakers_leading import belongs, leading
from pipeline.claims.speakers_outlets import credited
from pipeline.claims.speakers_scene import Scene
from pipeline.claims.speakers_who import Speaker, Voices, make_speaker
from pipeline.claims.speakers_words import document_nouns
from pipeline.models import Span, make_span

_INNER_MARKS = "'\")"  # of a quote that ends with one: "... look at this.'"
_ENDS_OPEN = (",", "?", "!", "-", "…", "...")
_NAMES_SEEN = 200  # enough to know whom a story is about
_START = attrgetter("start")
_OTHER_CLAUSES = (
    ["and"],
    ["while"],
    ["but"],
    ["whereas"],
    ["although"],
    ["though"],
)  # '... "this," while Doe called it "that"'
_TAG_REACH = 200  # code points between a quote and a verb of saying behind it
_LEAD = 120  # code points before a quote that opens its paragraph
_IS = re.compile(r" (?:is|was|are|were) $")


def speakers_of(scene: Scene, sayings: Sayings, quotes: Sequence[Quoted]) -> list[Said]:
    """Return who said each quote, in the order of the quotes."""
    desk = _Desk(scene, sayings)
    said: list[Said] = []
    before: tuple[Quoted, Said] | tuple[None, None] = (None, None)
    for quote in quotes:
        said.append(desk.said(quote, *before))
        if not quote.work or said[-1].speaker is not None:
            before = (quote, said[-1])
    for at in range(len(said) - 2, -1, -1):  # who is told below the last of some paragraphs says them all
        if quotes[at].marked.runs_on and said[at].speaker is None and said[at].outlet is None:
            said[at] = said[at + 1]
    return said


@dataclass(frozen=True, slots=True)
class _Desk:
    scene: Scene
    sayings: Sayings

    def said(self, quote: Quoted, before: Quoted | None, last: Said | None) -> Said:
        paragraph = self._paragraph(quote.marked.outer.start)
        signed = signature(self.scene, quote, paragraph) or label(self.scene, quote)
        if signed is not None:
            return make_said(signed, None)
        if is_unread(self.scene, self.sayings, quote.marked.outer.start):
            unnamed = unread_teller(self.scene, quote.marked.outer.start)
            return make_said(unnamed, credited(self.scene, self._sentence(quote), on_air=True))
        saying = self._own(quote)
        whose = owner(self.scene, quote.marked)
        if whose is not None and (saying is None or (quote.partial and saying.verb.start < quote.marked.outer.start)):
            return make_said(
                Context(self.scene, self.sayings).voices_before(quote.marked.outer.start).resolve(whose),
                credited(self.scene, self._sentence(quote), on_air=True),
            )
        saying = saying or (closing_tag(self.scene, self.sayings, quote.marked) if self._is_open(quote) else None)
        if saying is not None:
            return self._by(saying, quote, last)
        block = self._block(quote, paragraph)
        if block is not None:
            return block
        return self._untagged(quote, paragraph, before, last)

    def _is_open(self, quote: Quoted) -> bool:
        """Tell whether the writer's sentence goes on behind a quote."""
        return quote.partial or self.scene.doc.plain[quote.marked.inner.end - 1] not in ".!?,"

    def _untagged(self, quote: Quoted, paragraph: int, before: Quoted | None, last: Said | None) -> Said:
        """Return who said a quote without a verb of saying beside it."""
        context = Context(self.scene, self.sayings)
        introduced = context.headed(quote) or context.behind(quote) or context.introduced(quote)
        credit = credited(self.scene, self._sentence(quote), on_air=introduced is not None)
        if quote.work or (introduced is None and is_tagged(self.scene, quote.marked, partial=quote.partial)):
            return make_said(None, credit)
        return make_said(introduced or context.carried(quote, paragraph, before, last), credit)

    def _by(self, saying: Saying, quote: Quoted, last: Said | None) -> Said:
        """Turn a saying into who said it; where an outlet is the subject, it quotes somebody else."""
        region = self._sentence(quote, saying)
        if saying.outlet is None and is_half(self.scene, saying):
            return make_said(None, credited(self.scene, region, on_air=True))
        if saying.outlet is None:
            reported = [other.outlet for other in self.sayings.within(region.start, saying.verb.start) if other.outlet]
            outlet = reported[-1] if reported else credited(self.scene, region, on_air=True)
            quoted = self._quoted_by_outlet(saying, quote) if saying.kind.lemma == "quote" else None
            return make_said(quoted or saying.speaker, outlet)
        speaker = self._quoted_by_outlet(saying, quote) if self._hands_on(saying) else None
        if speaker is None and saying.kind.frame == "outlet" and saying.kind.lemma not in ("report", "publish"):
            speaker = (last.speaker if last else None) or self._foremost(saying.start)
        return make_said(speaker or saying.speaker, saying.outlet)

    def _hands_on(self, saying: Saying) -> bool:
        """Tell whether an outlet reports others' words, and neither takes a stand nor asks by its reporter's mouth."""
        if self.scene.narrative.startswith(" that ", saying.verb.end):  # what follows is its own words
            return False
        if saying.kind.frame == "outlet":
            return True
        person = (
            saying.subject is not None
            and saying.subject.name is not None
            and self.scene.is_personal(saying.subject.name)
        )
        return saying.kind.frame != "object" and not person

    def _quoted_by_outlet(self, saying: Saying, quote: Quoted) -> Speaker | None:
        """Return whom an outlet quotes: "BBC News detailed Larsen's call:"."""
        start = saying.subject.span.end if saying.subject else saying.end
        for name in self.scene.names_in(start, max(start, quote.marked.outer.start)):
            if self.scene.is_personal(name) and name.key not in self.scene.reporters and not belongs(self.scene, name):
                return make_speaker(name.full, name)
        return None

    def _foremost(self, offset: int) -> Speaker | None:
        """Return the person named most often so far: whom a story of one speech is about."""
        counts: dict[str, int] = {}
        for name in self.scene.names_in(0, offset, _NAMES_SEEN):
            if self.scene.is_personal(name) and name.key not in self.scene.reporters:
                counts[name.key] = counts.get(name.key, 0) + 1
        best = max(counts, key=lambda key: counts[key], default=None)
        found = next((name for name in self.scene.names if name.key == best), None)
        return make_speaker(found.full, found) if found else None

    def _own(self, quote: Quoted) -> Saying | None:
        after, before = self._after(quote), self._before(quote)
        if after is None or before is None:
            return after or before
        if after.kind.frame == "source" and after.outlet:  # the pope said "...", according to the outlet
            return before
        words = self.scene.doc.plain[quote.marked.inner.start : quote.marked.inner.end]
        lead = self.scene.narrative[before.end : quote.marked.outer.start].strip()
        tight = lead in ("", ":", ",", "that") or lead.endswith(":")
        return (
            after
            if words.endswith(_ENDS_OPEN) and not (tight and before.inverted is False and quote.partial)
            else before
        )

    def _after(self, quote: Quoted) -> Saying | None:
        """Return the saying that follows at once: "...," she said / said the minister."""
        end = quote.marked.outer.end
        near = self.sayings.within(end, end + _TAG_REACH + self.scene.blanked(end, end + _TAG_REACH))
        if not near or not quote.marked.closed:
            return None
        saying = near[0]
        if saying.kind.form == "ing" and saying.kind.frame != "source":
            return None
        gap = self.scene.narrative[end : saying.start]
        if saying.inverted and gap.strip(" ,") and self.scene.narrative.startswith(" by ", saying.verb.end):
            return None  # '"this," words echoed by Doe'
        words = self.scene.doc.plain[quote.marked.inner.start : quote.marked.inner.end].rstrip(_INNER_MARKS)
        last = words[-1:]
        comma = last == "," and self.scene.doc.sentence_at(end).end >= saying.verb.start
        first = gap.split(maxsplit=1)[:1]
        if "\n" in gap or '"' in gap or "(" in gap or not (comma or only_titles(gap)) or first in _OTHER_CLAUSES:
            return None
        stopped = last in (".", ";") and not gap.lstrip().startswith(",")
        return None if stopped and not saying.inverted and not _lower_start(self.scene, saying) else saying

    def _before(self, quote: Quoted) -> Saying | None:
        """Return the last saying before the quote in its sentence."""
        start = quote.marked.outer.start
        sentence = self.scene.doc.sentence_at(start)
        near = self.sayings.within(sentence.start, start)
        for number, saying in reversed(list(enumerate(near))):
            if not saying.inverted and is_passive(self.scene.narrative, saying.verb.start, saying.cue):
                continue
            if saying.kind.lemma == "ask" and self.scene.narrative.startswith(" by ", saying.verb.end):
                continue  # 'he said, when asked by a reporter, "..."'
            if (
                saying.kind.form == "ing"
                and saying is not near[0]
                and _IS.search(self.scene.narrative, saying.end, start)
            ):
                continue  # "Doe says Roe asking him is 'a breach'"
            if not (
                saying.inverted
                and _follows_quote(self.scene, saying)
                and "," not in self.scene.narrative[saying.end : start]
            ):
                outer = near[number - 1] if number else None
                return outer if outer is not None and self._is_inside(saying, outer) else saying
        return None

    def _is_inside(self, saying: Saying, outer: Saying) -> bool:
        """Tell whether a saying is itself what another reports: "Doe said data showed", 'Doe also said, the paper wrote: "'."""
        gap = self.scene.narrative[outer.end : saying.start]
        if '"' in gap or ";" in gap or outer.kind.frame == "source":
            return False
        if saying.outlet is not None and outer.outlet is None:
            return gap == ", " and not saying.inverted
        noun = saying.subject.noun if saying.subject is not None else None
        shown = noun is not None and (
            (saying.kind.frame == "that" and noun in document_nouns()) or saying.kind.stance == "believes"
        )
        return (
            shown
            and not outer.inverted
            and outer.kind.frame in ("clause", "told")
            and "," not in gap
            and " and " not in gap
        )

    def _block(self, quote: Quoted, paragraph: int) -> Said | None:
        """Return who a colon at the end of the paragraph before introduces."""
        span = self.scene.doc.paragraphs[paragraph]
        start = quote.marked.outer.start
        if paragraph == 0 or start - span.start > _LEAD or self.scene.narrative[span.start : start].strip():
            return None
        above = self.scene.doc.paragraphs[paragraph - 1]
        if self.scene.narrative[above.end - 1] != ":":
            return None
        sentence = self.scene.doc.sentence_at(above.end - 1)
        near = self.sayings.within(sentence.start, sentence.end)
        if near:
            return self._by(near[-1], quote, None)
        subject = leading(self.scene, sentence)
        voices = Voices(self.scene)
        speaker = voices.resolve(subject) if subject else None
        names = [name for name in self.scene.names_in(sentence.start, sentence.end) if self.scene.is_personal(name)]
        return make_said(
            speaker or (make_speaker(names[-1].full, names[-1]) if names else None),
            credited(self.scene, sentence, on_air=True),
        )

    def _paragraph(self, offset: int) -> int:
        return max(0, bisect_right(self.scene.doc.paragraphs, offset, key=_START) - 1)

    def _sentence(self, quote: Quoted, saying: Saying | None = None) -> Span:
        """Return the sentences that hold the quote and its saying."""
        first = self.scene.doc.sentence_at(quote.marked.outer.start)
        last = first
        if quote.marked.outer.end > first.end:
            last = self.scene.doc.sentence_at(max(quote.marked.outer.start, quote.marked.outer.end - 1))
        said = first
        if saying is not None and not first.start <= saying.verb.start < first.end:
            said = saying.sentence
        if last is first and said is first:
            return first
        return make_span(min(first.start, said.start), max(last.end, said.end))


def _lower_start(scene: Scene, saying: Saying) -> bool:
    return scene.narrative[saying.start].islower()


def _follows_quote(scene: Scene, saying: Saying) -> bool:
    return scene.narrative[max(0, saying.start - 3) : saying.start].strip(" ,-").endswith('"')
