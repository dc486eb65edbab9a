"""Lines that are not the article: marked with the rule that says so, never deleted.

A false mark hides claims, so rules look at whole lines or at their beginnings, and of a caption
only the credit is marked. The lines are in ``config/lexicon/boilerplate.csv``; what needs more than
words (credits, authors' notes, a headline said twice) is here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from string import ascii_lowercase
from typing import NamedTuple

from pipeline.ingest.byline import author_note
from pipeline.models import Boilerplate
from pipeline.resources import lexicon, words
from pipeline.text import fold

_BEGINNING = 80  # characters that are looked up; the longest words of the lexicon have 60
_OPENING = 3  # characters by which beginnings are found; the shortest words have so many
_LONGEST = 400  # characters; a longer line is prose
_FRAME = " \"'()[]{}<>*•·-–—_|>»«.…:;!#~=▶►"
_NUMBER = re.compile(r"\d\d*(?:[.,]\d+)*")
_CREDIT = 200  # characters; a longer credit is a caption
_PROSE_ENDS = frozenset(".!?,;:…\"'”’»")
_INVITING = frozenset("-•–FWEC")  # with which an invitation begins, see below
_LETTERS = frozenset(ascii_lowercase)
_ASCII = re.compile(r"[ -~]+")
_ASCII_WORD = re.compile(r"[a-z]{4,}")
_PERSON = r"[A-Z][\w.'’-]{0,20}(?: [\w.'’-]{1,20}){0,4}"
_LABELLED = re.compile(r"\b(?:Photo|Photograph|Image|Picture|Photo credit|Credit): ?[^\n.:]{1,80}$")
_INVITATION = re.compile(
    r"(?:[-•–] )?(?:Follow [A-Z@][^\n]{0,60} on (?:Twitter|Facebook|Instagram|X)\b[^\n]{0,60}$"
    r"|Follow [A-Z][^\n]{1,100} at https?://|(?:Write to|Email|Contact) [A-Z][^\n]{1,80} at \S{1,60}@\S{1,60}(?: and [A-Z]|$))"
)
_LINKS_REACH = 900  # characters; a longer block of links runs on as prose
_CUT = re.compile(r"(?:…|\.\.\.)?\s?\[\+\d{1,7} chars\]$")


class Line(NamedTuple):  # made by the thousand: a tuple costs a third of a frozen dataclass
    """A line that isn't blank, trimmed, with its place in the text."""

    start: int
    end: int
    text: str
    key: str  # its beginning as the lexicon spells it; empty where there is nothing to look up


@dataclass(frozen=True, slots=True)
class _Rule:
    rule: str
    words: str
    longest: int
    where: str


@dataclass(frozen=True, slots=True)
class _Rules:
    lines: dict[str, _Rule]
    starts: dict[str, tuple[_Rule, ...]]  # by their opening
    holds: tuple[_Rule, ...]
    signs: dict[bytes, list[tuple[bytes, _Rule]]]  # of these: a word, and what of a rule's words is ASCII
    closes: tuple[_Rule, ...]  # the last word of links run into a sentence


def find_boilerplate(text: str, title: str | None, authors: tuple[str, ...]) -> tuple[Boilerplate, ...]:
    """Return the stretches of an article's text that are not the article, in order, apart."""
    body_at = len(title) if title else 0
    lines = _lines(text, body_at)
    marks: dict[int, Boilerplate] = {}
    rest = _listed(lines, text, marks)
    for number in range(rest, len(lines)):
        marks.setdefault(number, _mark(lines[number], marks[rest].rule))
    if title and lines and _repeats(lines[0].text, title):
        marks[0] = _mark(lines[0], "boilerplate.repeated-headline")
    for number in author_note([line.text for line in lines[:rest]], authors, text):
        marks.setdefault(number, _mark(lines[number], "boilerplate.author-note"))
    found = list(marks.values())
    closes = tuple(rule for rule in _rules().closes if f" {rule.words}" in text)
    for number, line in enumerate(lines):
        if number not in marks:
            if not _is_prose(line.text) and (mark := _within(line)):
                found.append(mark)
            found += [mark for rule in closes for mark in _run_in(line, rule)]
    return tuple(sorted(found, key=lambda mark: mark.start))


def key_of(line: str) -> str:
    """Return a line as the lexicon spells it: lower case, plain quotes, digits as #, frame left out."""
    plain = line if line.isascii() else fold(line)
    return _NUMBER.sub("#", plain.lower().strip(_FRAME))


def _repeats(line: str, title: str) -> bool:
    """Tell whether a line is the headline again. Another first letter tells at once: the frame has no letters."""
    first, other = line[0].lower(), title[0].lower()
    if first != other and first in _LETTERS and other in _LETTERS:
        return False
    return key_of(line[:_LONGEST]) == key_of(title[:_LONGEST])


def _lines(text: str, start: int) -> list[Line]:
    found, starts = [], _rules().starts
    for line in text[start:].split("\n"):
        trimmed = line.strip()
        if trimmed:
            at = start if trimmed is line else start + line.index(trimmed[0])
            key = key_of(trimmed[:_BEGINNING]) if _may_be_listed(trimmed, starts) else ""
            found.append(Line(at, at + len(trimmed), trimmed, key))
        start += len(line) + 1
    return found


def _may_be_listed(line: str, starts: Mapping[str, object]) -> bool:
    """Leave out most lines of prose at once, by their length and first letters."""
    if len(line) <= _BEGINNING:
        return True
    return len(line) <= _LONGEST and (not line[0].isalpha() or line[:_OPENING].lower() in starts)


def _mark(line: Line, rule: str) -> Boilerplate:
    return Boilerplate(start=line.start, end=line.end, rule=rule)


def _listed(lines: list[Line], text: str, marks: dict[int, Boilerplate]) -> int:
    """Mark the lines that the lexicon lists; return the number of the line from which all are out."""
    rules = _rules()
    holds = _held(text, rules)
    first, last = len(lines) / 3, len(lines) * 2 / 3
    for number, line in enumerate(lines):
        rule = _rule_of(line, rules, holds) if line.key or holds else None
        if rule is None or (rule.where == "tail" and number < last):
            continue
        marks[number] = _mark(line, rule.rule)
        if rule.where == "rest" and number >= max(1, first):
            return number
    return len(lines)


def _held(text: str, rules: _Rules) -> tuple[_Rule, ...]:
    """Return the rules whose words a text may hold; most texts have no sign of any, which bytes tell soonest."""
    data = text.encode("utf-8", "surrogatepass").lower()
    told = {rule for sign in rules.signs if sign in data for part, rule in rules.signs[sign] if part in data}
    return tuple(rule for rule in rules.holds if rule in told) if told else ()


def _rule_of(line: Line, rules: _Rules, holds: tuple[_Rule, ...]) -> _Rule | None:
    key, length = line.key, len(line.text)
    if length <= _BEGINNING and (rule := rules.lines.get(key)):
        return rule
    for rule in rules.starts.get(key[:_OPENING], ()):
        # A line may end where the words end: the frame took the colon.
        if length <= rule.longest and key.startswith(rule.words):
            return rule
    low = line.text.lower() if holds and length <= _LONGEST else ""
    return next((rule for rule in holds if length <= rule.longest and rule.words in low), None)


@cache
def _rules() -> _Rules:
    lines: dict[str, _Rule] = {}
    starts: dict[str, list[_Rule]] = {}
    holds: list[_Rule] = []
    closes: list[_Rule] = []
    for row in lexicon("boilerplate"):
        rule = _Rule(row["rule"], row["words"].lstrip("("), int(row["longest"]), row["where"])
        if row["match"] == "line":
            lines[rule.words.rstrip(_FRAME)] = rule
        elif row["match"] == "start":
            starts.setdefault(rule.words[:_OPENING], []).append(rule)
        elif row["match"] == "closes":
            closes.append(rule)
        else:
            holds.append(rule)
    return _Rules(
        lines, {key: tuple(rules) for key, rules in starts.items()}, tuple(holds), _signs(holds), tuple(closes)
    )


def _signs(rules: Sequence[_Rule]) -> dict[bytes, list[tuple[bytes, _Rule]]]:
    """Return as few words as may be of which each rule has one, with the rules; the empty one where it has none of ASCII."""
    found: dict[bytes, list[tuple[bytes, _Rule]]] = {}
    rest = list(rules)
    while rest:
        words = Counter(word for rule in rest for word in set(_ASCII_WORD.findall(rule.words)))
        word = max(words, key=lambda word: (words[word], len(word), word), default="")
        parts = {rule: max(_ASCII.findall(rule.words), key=len, default="") for rule in rest if word in rule.words}
        found[word.encode()] = [(part.encode(), rule) for rule, part in parts.items()]
        rest = [rule for rule in rest if rule not in parts]
    return found


# A surname, said again at the end of the full name, with the next headline glued on: "Jo Doe Joan (Jo) DoeSenate votes".
_GLUED = re.compile(
    r"\b([A-Z][\w'’-]{1,30}),? ((?:[A-Z(][\w.'’)-]{0,30} ){0,6}\1)(?=[A-Z0-9]|'s [A-Z]| [A-Z][a-z]+ [a-z])"
)


def _run_in(line: Line, rule: _Rule) -> Iterator[Boilerplate]:
    """Mark links that run into a sentence behind a name, up to their closing word: "Jo Doe Joan (Jo) DoeSenate votes MORE"."""
    close, done = f" {rule.words}", 0
    at = line.text.find(close)
    while at >= 0:
        end = at + len(close)
        begins = _GLUED.search(line.text, max(done, at - _LINKS_REACH), at)
        if begins is not None and not line.text[end : end + 1].isalnum():
            yield Boilerplate(start=line.start + begins.start(2), end=line.start + end, rule=rule.rule)
            done = end
        at = line.text.find(close, end)


def _is_prose(text: str) -> bool:
    """Tell a line that ends as prose does, and begins as no invitation does: most lines, and nothing to mark in them."""
    return len(text) > _BEGINNING and text[-1] in _PROSE_ENDS and text[0] not in _INVITING


def _within(line: Line) -> Boilerplate | None:
    """Mark the part of a line that isn't the article: a credit, a cut mark; or a ruled line."""
    if not line.key and len(line.text) <= _BEGINNING:
        return _mark(line, "boilerplate.rule-line")
    if _INVITATION.match(line.text):
        return _mark(line, "boilerplate.follow")
    tail = line.text[-_CREDIT:]
    shift = line.end - len(tail)
    if cut := _CUT.search(tail) if tail.endswith(" chars]") else None:
        return Boilerplate(start=shift + cut.start(), end=line.end, rule="boilerplate.cut-mark")
    if credit := _credit(tail):
        # "(Reuters)" alone may credit the text as well as a picture: ``wires`` decides.
        rule = "agency-credit" if credit[0].strip("()") in _agency_names() else "photo-credit"
        return Boilerplate(start=shift + credit.start(), end=line.end, rule=f"boilerplate.{rule}")
    return None


def _credit(tail: str) -> re.Match[str] | None:
    """Find a credit at the end of a line: "(Photo by X/Agency)", "(X/Agency)", "Photo: X", "X/Agency"."""
    if tail[-1] == ")":
        return _bracketed().search(tail)
    if tail[-1] in _PROSE_ENDS:
        return None
    return _LABELLED.search(tail) or (_slashed().search(tail) if "/" in tail or "|" in tail else None)


@cache
def _bracketed() -> re.Pattern[str]:
    return re.compile(
        r"\((?:Photos?|Photograph|Image|Picture|Credit|Photo credit|Illustration)(?: by|:) [^()\n]{1,120}\)$"
        rf"|\((?:{_PERSON} ?/ ?)?(?:[A-Z]\w{{1,20}} ?/ ?)?{_agency()}(?: ?/ ?{_PERSON})?(?:, File)?\)$"
    )


@cache
def _slashed() -> re.Pattern[str]:
    return re.compile(rf"\b{_PERSON} ?/ ?(?:[A-Z]\w{{1,20}} ?/ ?)?{_agency()}$|\| ?{_agency()}$")


@cache
def _agency() -> str:
    longest_first = sorted(_agency_names(), key=lambda name: (-len(name), name))
    return f"(?:{'|'.join(map(re.escape, longest_first))})"


@cache
def _agency_names() -> frozenset[str]:
    return words("photo_agencies", "name")
