"""An article laid out for the question "who speaks?": the narrator's own words, and the names in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.claims.names import Name
from pipeline.claims.outlets import outlet_named
from pipeline.claims.speakers_words import Gender, first_names, titles
from pipeline.models import Span
from pipeline.text import Document

HIDDEN = "\x00"  # stands for every code point between quote marks
_TITLE_GENDER: dict[str, Gender] = {
    "mr.": "m", "mr": "m", "sir": "m", "lord": "m", "king": "m", "prince": "m", "father": "m", "pope": "m",
    "mrs.": "f", "mrs": "f", "ms.": "f", "ms": "f", "miss": "f", "lady": "f", "dame": "f", "queen": "f",
    "princess": "f", "sister": "f", "congresswoman": "f", "spokeswoman": "f", "chairwoman": "f",
    "congressman": "m", "spokesman": "m", "chairman": "m", "businessman": "m", "businesswoman": "f",
}  # fmt: skip
_NOT_A_SUBJECT = re.compile(r"'s?\b|'(?= )")


@dataclass(frozen=True, slots=True)
class Scene:
    """The narrator's words at the article's offsets (quoted ones hidden) with the names in them."""

    doc: Document
    narrative: str
    names: tuple[Name, ...]
    starts: tuple[int, ...]
    by_end: dict[int, Name]
    reporters: dict[str, str]  # key of a person to the outlet he or she writes for
    genders: dict[str, Gender | None] = field(default_factory=dict)

    def names_in(self, start: int, end: int) -> Sequence[Name]:
        """Return the names that begin in a range of code points."""
        return self.names[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def name_at(self, start: int) -> Name | None:
        """Return the name that begins at a code point."""
        at = bisect_left(self.starts, start)
        return self.names[at] if at < len(self.starts) and self.starts[at] == start else None

    def word_before(self, end: int, low: int) -> Span:
        """Return the token (letters and what sticks to them) that ends at or before ``end``; may be empty."""
        while end > low and self.narrative[end - 1] == " ":
            end -= 1
        return Span(max(low, self.narrative.rfind(" ", low, end) + 1), end) if end > low else Span(low, low)

    def word_after(self, start: int, high: int) -> Span:
        """Return the token that begins at or after ``start``; may be empty."""
        while start < high and self.narrative[start] == " ":
            start += 1
        space = self.narrative.find(" ", start, high)
        return Span(start, high if space < 0 else space)

    def words(self, span: Span) -> str:
        """Return the narrator's words in a span."""
        return self.narrative[span.start : span.end]

    def governor(self, name: Name, low: int) -> tuple[str, int]:
        """Return the first word left of a name that is no title or role of it, lower case, and its start."""
        at = name.span.start
        for _ in range(8):
            token = self.word_before(at, low)
            word = self.words(token).lower()
            if not word or word[-1] in ",;:.\"-)" and word not in titles():
                return word, token.start
            if word not in titles() and word not in ("the", "a", "an") and not word[0].isdigit():
                return word, token.start
            at = token.start
        return "", at

    def surnamed(self, word: str) -> Name | None:
        """Return the first person whose full name ends with a word."""
        return next((name for name in self.names if name.full.endswith(" " + word) and self.is_personal(name)), None)

    def is_possessive(self, name: Name) -> bool:
        """Tell whether a name is followed by "'s"."""
        return _NOT_A_SUBJECT.match(self.narrative, name.span.end) is not None

    def is_personal(self, name: Name) -> bool:
        """Tell whether a name is, or looks like, that of a person."""
        if name.kind is not None:
            return name.kind == "person"
        return " " in name.full and name.full.split(" ", 1)[0] in first_names()

    def gender(self, name: Name) -> Gender | None:
        """Return the sex that title or first name tell, None where they don't."""
        if name.key not in self.genders:
            self.genders[name.key] = self._gender(name)
        return self.genders[name.key]

    def _gender(self, name: Name) -> Gender | None:
        known = first_names().get(name.full.split(" ", 1)[0])
        if known is not None:
            return known
        for other in self.names:
            if other.key == name.key:
                before = self.words(self.word_before(other.span.start, max(0, other.span.start - 16))).lower()
                if before in _TITLE_GENDER:
                    return _TITLE_GENDER[before]
        return None


def lay_out(doc: Document, names: Iterable[Name], quoted: Iterable[Span]) -> Scene:
    """Hide what stands between quote marks and index the names outside them."""
    narrative = _hidden(doc.plain, quoted)
    outside = tuple(name for name in names if narrative[name.span.start] != HIDDEN)
    return Scene(
        doc=doc,
        narrative=narrative,
        names=outside,
        starts=tuple(name.span.start for name in outside),
        by_end={name.span.end: name for name in outside},
        reporters=dict(_reporters(narrative, outside)),
    )


def _hidden(text: str, quoted: Iterable[Span]) -> str:
    parts, done = [], 0
    for span in quoted:
        parts += [text[done : span.start], '"', HIDDEN * max(0, span.end - span.start - 2), '"']
        done = span.end
    return "".join([*parts, text[done:]])


_OF_OUTLET = re.compile(r"(?:,? (?:of|from|with|at) (?:the )?|,? (?:a |an )?(?:\w{3,12} )?(?:reporter|correspondent|editor) (?:for|at|of|with) (?:the )?)$")
_REPORTER = re.compile(r"(?:'s?)? (?:[a-z]{3,14} ){0,3}$")
_JOB = frozenset("reporter correspondent journalist editor columnist anchor host writer bureau chief".split())


def _reporters(text: str, names: Sequence[Name]) -> Iterable[tuple[str, str]]:
    """Yield persons set beside an outlet: "Reuters' Jane Doe", "Jane Doe of Reuters", "CNN host Jane Doe"."""
    for first, second in zip(names, names[1:], strict=False):
        between = text[first.span.end : second.span.start]
        if len(between) > 40:
            continue
        outlet = outlet_named(first.words, first.full)
        if outlet and second.kind in ("person", None):
            joint = between.strip(" '").removeprefix("s ").strip()
            if (between[:1] == "'" and _REPORTER.match(between)) or (joint and joint.split()[-1] in _JOB):
                yield second.key, outlet
        elif first.kind in ("person", None) and _OF_OUTLET.fullmatch(between):
            outlet = outlet_named(second.words, second.full)
            if outlet:
                yield first.key, outlet
