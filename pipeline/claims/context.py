"""What a draft becomes a claim with: its sentence, what else that says, who says it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from string import ascii_letters, digits

from pipeline.claims.draft import Draft
from pipeline.claims.names import Name
from pipeline.claims.scan import letters, lower
from pipeline.models import Claim, Position, Span
from pipeline.record import maker_with
from pipeline.text import Document, reach_back, spelled, stems_of, terms, terms_spelled

# "did not say in Berlin", "never met": a negation shortly before the words, in the same clause.
_NEGATIONS = frozenset(("not", "never", "no", "neither", "nor", "without"))
_NEGATED = re.compile(rf"\b(?:{'|'.join(sorted(_NEGATIONS))}|[a-z]{{2,8}}n't)\b[^.;:!?]{{0,40}}$")
# Another clause, perhaps another subject: ";" and the like, "while", "whereas", "although", "but" (looked for by their first sign).
_CLAUSE = re.compile(r"[;:!?.(abw](?:(?<![abw])\s|(?<!\w.)(?:(?<=w)h(?:ile|ereas)|(?<=a)lthough|(?<=b)ut)\b)")
_SUBJECT_REACH = 80  # code points between a name and the figure that is its
_PLAIN_WORD = re.compile(r"[a-z](?<![\w'].)[a-z'-]+")  # no names: whose it is, is asked apart
_WHOLE_START, _WHOLE_END = re.compile(r"^\w+"), re.compile(r"(?<!\w)\w+$")  # words that the window may have cut
_IN_WORDS = f"{ascii_letters}{digits}_"  # what they are made of, where all is ASCII
_NEAR_BEFORE, _NEAR_AFTER = 50, 30  # code points around a span in which its verb and noun stand
_NEGATION_REACH = 60  # code points before a claim in which a negation still belongs to it

# The fields of a claim: those that its draft has, and those that what stands around it gives, in the order of ``claim``.
_DRAFTED = (
    "kind", "rule", "span", "confidence", "hedged",
    "quantity", "date", "place", "person_role", "quote", "attribution",
)  # fmt: skip
_ADDED = (
    "id", "article", "sentence", "position", "speaker", "outlet", "negated", "terms", "anchors", "subject", "near",
)  # fmt: skip
_claim = maker_with(Claim, _DRAFTED, _ADDED)


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around the spans of an article: sentences, names, and the quotes that hold them."""

    doc: Document
    low: str  # the text in lower case
    letters: str  # the same without signs and digits
    spelled: str  # the same with apostrophes
    names: tuple[Name, ...]
    starts: list[int]  # of the names
    ends: list[int]
    keys: list[str]
    quotes: list[Draft]
    lede: int  # where it ends
    quoted: list[int]  # ends of the quotes, sorted as the quotes are: none lies inside another

    @classmethod
    def of(cls, doc: Document, names: tuple[Name, ...], quotes: list[Draft]) -> Context:
        """Lay out what the claims of an article are told from."""
        low = lower(doc.plain)
        return cls(
            doc=doc,
            low=low,
            letters=letters(low),
            spelled=spelled(low),
            names=names,
            starts=[name.span.start for name in names],
            ends=[name.span.end for name in names],
            keys=[name.key for name in names],
            quotes=quotes,
            lede=doc.lede_end(),
            quoted=[quote.span.end for quote in quotes],
        )

    def claim(self, number: str, draft: Draft) -> Claim:
        """Return a draft with what stands around it."""
        sentence = self.doc.sentence_at(draft.span.start)
        said = self._said_in(draft)
        return _claim(
            draft,
            number,
            self.doc.article,
            sentence,
            self._position(draft.span.start),
            said.speaker,
            said.outlet,
            draft.negated or self._is_negated(draft, sentence),
            self._terms(draft, sentence),
            self._anchors(draft, sentence),
            self._subject(draft, sentence),
            self._near(draft, sentence),
        )

    def _position(self, offset: int) -> Position:
        return "headline" if offset < self.doc.title_end else "lede" if offset < self.lede else "body"

    def _said_in(self, draft: Draft) -> Draft:
        """Return the quote that holds the draft: its speaker says what stands in it."""
        if draft.kind in ("quote", "attribution"):
            return draft
        first = bisect_left(self.quoted, draft.span.end)
        holds = first < len(self.quotes) and self.quotes[first].span.start <= draft.span.start
        return self.quotes[first] if holds else draft

    def _is_negated(self, draft: Draft, sentence: Span) -> bool:
        if draft.kind in ("quote", "attribution"):
            return False
        start = reach_back(draft.span.start, _NEGATION_REACH, sentence.start)
        before = self.low[start : draft.span.start]
        if "n't" not in before and _NEGATIONS.isdisjoint(self.letters[start : draft.span.start].split()):
            return False
        return _NEGATED.search(before) is not None

    def _terms(self, draft: Draft, sentence: Span) -> tuple[str, ...]:
        at = draft.span
        if draft.kind == "quote":
            start, end, gap = at.start, at.end, at.start
        else:
            start, end, gap = sentence.start, max(at.end, sentence.end), at.end
        if self.low[start:end].isascii():
            return terms_spelled(f"{self.spelled[start : at.start]} {self.spelled[gap:end]}")
        return terms(f"{self.doc.plain[start : at.start]} {self.doc.plain[gap:end]}")

    def _subject(self, draft: Draft, sentence: Span) -> str | None:
        """Return the name next before a figure or date in its clause: whose figure it is."""
        if draft.kind not in ("quantity", "date"):
            return None
        before = bisect_left(self.starts, draft.span.start) - 1
        if before < 0 or self.starts[before] < sentence.start:
            return None
        name = self.names[before]
        between = self.doc.plain[name.span.end : draft.span.start]
        return name.key if len(between) <= _SUBJECT_REACH and not _CLAUSE.search(between) else None

    def _near(self, draft: Draft, sentence: Span) -> tuple[str, ...]:
        if draft.kind not in ("quantity", "date"):
            return ()
        plain = self.doc.plain
        before = plain[reach_back(draft.span.start, _NEAR_BEFORE, sentence.start) : draft.span.start]
        after = plain[draft.span.end : min(sentence.end, draft.span.end + _NEAR_AFTER)]
        whole = before.lstrip(_IN_WORDS) if before.isascii() else _WHOLE_START.sub("", before, 1)
        rest = after.rstrip(_IN_WORDS) if after.isascii() else _WHOLE_END.sub("", after, 1)
        clause = f"{_CLAUSE.split(whole)[-1]} {_CLAUSE.split(rest, 1)[0]}"
        found = _PLAIN_WORD.findall(clause)
        return terms_spelled(" ".join(found).replace("-", " ")) if "-" in clause or "'" in clause else stems_of(found)

    def _anchors(self, draft: Draft, sentence: Span) -> tuple[str, ...]:
        """Return the names around a claim; those inside it are what it says, but for a quote."""
        if draft.kind == "quote":
            first = bisect_left(self.starts, min(sentence.start, draft.span.start))
            last = bisect_left(self.starts, max(sentence.end, draft.span.end), first)
            return tuple(sorted(set(self.keys[first:last])))
        first = bisect_left(self.starts, sentence.start)
        last = bisect_left(self.starts, sentence.end, first)
        if first == last:
            return ()
        before = bisect_right(self.ends, draft.span.start, first, last)
        after = bisect_left(self.starts, draft.span.end, first, last)
        around = self.keys[first:before] + self.keys[after:last]
        return tuple(sorted(set(around)) if len(around) > 1 else around)
