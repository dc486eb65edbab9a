"""Whether a text file begins with its headline."""

from __future__ import annotations

import re

from pipeline.ingest.boilerplate import find_boilerplate

_LONGEST = 150  # characters; the longest headlines of the news seen so far have 130
_FEWEST = 3  # words; two are a by-line or a section as often as a headline
_STOP = re.compile(r"[.,:;…—–-][\"'”’»)\]]{0,3}$")
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,6}[\"'”’]?$|\b(?:Inc|Corp|Co|Ltd|Jr|Sr|St)\.$")
_TWO_SENTENCES = re.compile(r"[a-z]{3}[.][\"”’)]? [(A-Z“\"]")
_DATELINE = re.compile(r"\([A-Z][\w .]{1,30}\) ?[—–-]")
_LINKS = "boilerplate.links"  # headlines begin with "Watch:" too
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_CAPITALISED = 0.8  # of the longer words, in a headline in title case
_WRAPPED = range(50, 101)  # characters a line of text broken by an editor


def split_headline(text: str) -> tuple[str | None, str]:
    """Return (headline, body) of a cleaned text; the headline is None where the first line is prose."""
    first, _, rest = text.partition("\n")
    body = rest.lstrip("\n")
    if not body or not _reads_like_headline(first) or _goes_on(first, rest):
        return None, text
    return " ".join(first.split()), body


def _reads_like_headline(line: str) -> bool:
    words = line.split()
    if len(line) > _LONGEST or len(words) < _FEWEST or words[0].islower():
        return False
    if _DATELINE.search(line) or any(mark.rule != _LINKS for mark in find_boilerplate(line, None, ())):
        return False
    if _in_title_case(line):
        return _STOP.search(line[-5:]) is None or line[-5:].rstrip("\"'”’").endswith(".")
    if _TWO_SENTENCES.search(line):
        return False
    return _STOP.search(line[-5:]) is None or _INITIALS.search(line[-12:]) is not None


def _in_title_case(line: str) -> bool:
    words = _LONG_WORD.findall(line)
    return len(words) > _FEWEST and sum(word[0].isupper() for word in words) >= _CAPITALISED * len(words)


def _goes_on(first: str, rest: str) -> bool:
    """Tell whether the first line is the beginning of a sentence, or of a paragraph broken into lines."""
    if rest.lstrip("\n")[:1].islower():
        return True
    if rest.startswith("\n"):
        return False
    lines = rest.split("\n", 4)[:3]
    paragraph = [first, *lines[: lines.index("")]] if "" in lines else [first, *lines]
    return len(paragraph) > 2 and all(len(line) in _WRAPPED for line in paragraph[:-1])
