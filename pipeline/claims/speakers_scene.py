"""An article laid out for the question "who speaks?": the narrator's own words, and the names in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import compress, pairwise

from pipeline.claims.houses import houses
from pipeline.claims.names import Name
from pipeline.claims.outlets import outlet_named, outlet_words
from pipeline.claims.speakers_words import Gender, first_names, title_genders, titles
from pipeline.models import Span, make_span
from pipeline.remembered import remembered
from pipeline.text import Document, reach_back

_TOKEN_REACH = 200  # code points; a longer "word" ends the search
_GAP_REACH = 2_000  # code points; so does a longer gap: links run into a sentence are blanked out
_TITLE_REACH = 16  # code points before a name that hold "Mrs."
_OFFICES = frozenset(("staff", "state"))
_ARTICLES = frozenset(("the", "a", "an"))
_BLANK = " " * 20  # links that ran into a sentence leave at least so many
HIDDEN = "\x00"  # stands for every code point between quote marks
Token = tuple[int, int, str]  # letters and what sticks to them: start, end, words
_NOT_A_SUBJECT = re.compile(r"'s?\b|'(?= )")


def looks_personal(name: Name) -> bool:
    """Tell whether a name is, or looks like, that of a person."""
    return name.kind == "person" if name.kind is not None else _begins_with_first_name(name.full)


@remembered(50_000)
def _begins_with_first_name(full: str) -> bool:
    first, several, _ = full.partition(" ")
    return bool(several) and first in first_names()


@dataclass(frozen=True, slots=True)
class Scene:
    """The narrator's words at the article's offsets (quoted ones hidden) with the names in them."""

    doc: Document
    narrative: str
    names: tuple[Name, ...]
    starts: tuple[int, ...]
    by_end: dict[int, Name]
    people: tuple[Name, ...]  # those that are, or look like, a person's
    is_blanked: bool  # whether links that ran into a sentence are blanked out anywhere
    houses: dict[str, str]  # key of a name to the unlisted outlet that the text uses it as
    reporters: dict[str, str]  # key of a person to the outlet he or she writes for
    surnames: dict[str, Name | None] = field(default_factory=dict)  # filled when first asked for
    shared: set[str] = field(default_factory=set)  # surnames of two people, likewise
    firsts: dict[str, int] = field(default_factory=dict)  # where each full name first stands, likewise
    bearers: dict[tuple[str, str], Name | None] = field(default_factory=dict)  # of "Mrs. Doe" or a first name, likewise
    roles: dict[str, list[Name]] = field(default_factory=dict)  # who is given a role, likewise
    genders: dict[str, Gender | None] = field(default_factory=lambda: {"": "x"})  # likewise, from titles before names
    governors: dict[tuple[int, int], tuple[str, int]] = field(default_factory=dict)  # likewise: asked for often
    is_personal = staticmethod(looks_personal)

    def names_in(self, start: int, end: int, most: int = 1_000) -> Sequence[Name]:
        """Return the names that begin in a range of code points, the first ``most`` of them."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end, first)
        return self.names[first : last if last - first < most else first + most]

    def name_at(self, start: int) -> Name | None:
        """Return the name that begins at a code point."""
        at = bisect_left(self.starts, start)
        return self.names[at] if at < len(self.starts) and self.starts[at] == start else None

    def left(self, end: int, low: int) -> Token:
        """Return the token that ends at or before ``end``.

        It may be empty. Subjects are looked for leftwards a token at a time: plain values, many an article.
        """
        text = self.narrative
        if end - low > _GAP_REACH:
            low = end - _GAP_REACH
        while end > low and text[end - 1] == " ":
            end -= 1
        if end - low > _TOKEN_REACH:
            low = end - _TOKEN_REACH
        if end <= low:
            return low, low, ""
        start = text.rfind(" ", low, end) + 1 or low
        return start, end, text[start:end]

    def blanked(self, start: int, end: int) -> int:
        """Return by how much to look further where links that ran into a stretch are blanked out, code points."""
        return _GAP_REACH if self.is_blanked and self.narrative.find(_BLANK, start, end) >= 0 else 0

    def word_before(self, end: int, low: int) -> Span:
        """Return where the token lies that ends at or before ``end``; may be empty."""
        start, end, _ = self.left(end, low)
        return make_span(start, end)

    def right(self, start: int, high: int) -> Token:
        """Return the token that begins at or after ``start``; it may be empty."""
        text = self.narrative
        high = high if high < len(text) else len(text)  # noqa: FURB136 - asked for often, and min is slow
        if high - start > _GAP_REACH:
            high = start + _GAP_REACH
        while start < high and text[start] == " ":
            start += 1
        if high - start > _TOKEN_REACH:
            high = start + _TOKEN_REACH
        space = text.find(" ", start, high)
        end = high if space < 0 else space
        return start, end, text[start:end]

    def word_after(self, start: int, high: int) -> Span:
        """Return where the token lies that begins at or after ``start``; may be empty."""
        start, end, _ = self.right(start, high)
        return make_span(start, end)

    def words(self, span: Span) -> str:
        """Return the narrator's words in a span."""
        return self.narrative[span.start : span.end]

    def governor(self, name: Name, low: int) -> tuple[str, int]:
        """Return the first word left of a name that is no title or role of it, lower case, and its start."""
        asked = (name.span.start, low)
        found = self.governors.get(asked)
        if found is None:
            found = self.governors[asked] = self._governed(*asked)
        return found

    def _governed(self, at: int, low: int) -> tuple[str, int]:
        known, word = titles(), ""
        for _ in range(8):
            at, _, written = self.left(at, low)
            last, word = word, written.lower()
            if word == "of" and last in _OFFICES:  # "chief of staff"
                continue
            if word in known:
                continue
            if not word or word[-1] in ',;:."-)' or not (word in _ARTICLES or word[0].isdigit()):
                return word, at
        return "", at

    def surnamed(self, word: str) -> Name | None:
        """Return the first person whose full name ends with a word."""
        if not self.surnames:
            for name in reversed(self.people):
                if " " in name.full:
                    surname = name.full.rsplit(" ", 1)[-1]
                    other = self.surnames.get(surname)
                    if other is not None and other.key != name.key:
                        self.shared.add(surname)
                    self.surnames[surname] = name
            self.surnames.setdefault("", None)
        return self.surnames.get(word)

    def outlet(self, name: Name) -> str | None:
        """Return the outlet that a name means, listed or told by its use; a surname of the article is none."""
        if " " not in name.full and self.surnamed(name.words) is not None:
            return None
        return outlet_named(name.full) or self.houses.get(name.key)

    def is_possessive(self, name: Name) -> bool:
        """Tell whether a name is followed by "'s"."""
        end = name.span.end
        return self.narrative.startswith("'", end) and _NOT_A_SUBJECT.match(self.narrative, end) is not None

    def gender(self, name: Name) -> Gender | None:
        """Return the sex that title or first name tell, None where they don't."""
        known = first_names().get(name.full.split(" ", 1)[0])
        if known is not None:
            return known
        if name.key not in self.genders:
            self.genders[name.key] = self._titled(name.key)
        return self.genders[name.key]

    def _titled(self, key: str) -> Gender | None:
        """Return the sex that the first title before any mention of a name tells."""
        for name in self.names:
            if name.key == key:
                ahead = self.narrative[reach_back(name.span.start, _TITLE_REACH) : name.span.start]
                told = title_genders().get(ahead.rstrip(" ").rpartition(" ")[2].lower())
                if told is not None:
                    return told
        return None


def lay_out(doc: Document, names: Iterable[Name], quoted: Iterable[Span]) -> Scene:
    """Hide what stands between quote marks and index the names outside them."""
    narrative = _hidden(doc.plain, quoted)
    outside = tuple([name for name in names if narrative[name.span.start] != HIDDEN])
    personal = list(map(looks_personal, outside))
    unlisted = houses(narrative, outside, personal)
    return Scene(
        doc=doc,
        narrative=narrative,
        names=outside,
        starts=tuple([name.span.start for name in outside]),
        by_end={name.span.end: name for name in outside},
        people=tuple(compress(outside, personal)),
        is_blanked=_BLANK in narrative,
        houses=unlisted,
        reporters=dict(_reporters(narrative, outside, unlisted)),
    )


def _hidden(text: str, quoted: Iterable[Span]) -> str:
    parts, done = [], 0
    for span in quoted:
        parts += [text[done : span.start], '"', HIDDEN * max(0, span.end - span.start - 2), '"']
        done = span.end
    return "".join([*parts, text[done:]])


_OF_OUTLET = re.compile(
    r"(?:,? (?:of|from|with|at) (?:the )?|,? (?:a |an )?(?:\w{3,12} )?(?:reporter|correspondent|editor) (?:for|at|of|with) (?:the )?)$"
)
_OF_ENDS = ("of ", "from ", "with ", "at ", "for ", "the ")  # how that ends
_BESIDE = 40  # code points between a reporter and the outlet
_REPORTER = re.compile(r"(?:'s?)? (?:[a-z]{3,14} ){0,3}$")


def _reporters(text: str, names: Sequence[Name], unlisted: dict[str, str]) -> Iterable[tuple[str, str]]:
    """Yield persons set beside an outlet: "Reuters' Jane Doe", "Jane Doe of Reuters", "CNN host Jane Doe"."""
    for first, second in pairwise(names):
        start, end = first.span.end, second.span.start
        if end - start > _BESIDE:
            continue
        outlet = outlet_named(first.full) or unlisted.get(first.key)
        if not outlet and not text.endswith(_OF_ENDS, 0, end):  # most of them
            continue
        between = text[start:end]
        if ":" in between:
            continue
        if outlet and second.kind in ("person", None):
            joint = between.strip(" '").removeprefix("s ").strip()
            if (between[:1] == "'" and _REPORTER.match(between)) or (
                joint and joint.split()[-1] in outlet_words("job")
            ):
                yield second.key, outlet
        elif first.kind in ("person", None) and between.endswith(_OF_ENDS) and _OF_OUTLET.fullmatch(between):
            outlet = outlet_named(second.full) or unlisted.get(second.key)
            if outlet:
                yield first.key, outlet
