"""Dates and names of posts and pictures that a text shows: each has its own."""

from __future__ import annotations

import re

from pipeline.models import Span
from pipeline.text import fold

_BEFORE = 60  # code points before a date; the same before both: one post or picture, whose date can be wrong
_AFTER = 30  # code points after a date in which a picture shows
_CAPTION = 300  # code points before a date in which its paragraph says that it is a picture's
_POSTED = re.compile(r"\(@\w{1,20}\) $")
_SIGNED = re.compile(r"\W{0,6}- [^()\n]{1,60} \(@\w{1,20}\)")
_SIGNATURE = 100  # code points after words in which the name under a post stands
_FILED = re.compile(r"\bFILE\b|\b[Ff]ile (?:photo|picture|image)\b")
_PICTURED = re.compile(r",? (?:file )?(?:photo|picture|image)\b")
_CAPTIONED = re.compile(
    r"\b(?:photo|picture|image)s?[:;]|\bfile (?:photo|picture|image)\b|\b(?:is|are) (?:seen|shown|pictured)\b"
    r"|\bin this [\w., ]{3,20} (?:photo|picture|image)\b"
)
_TAKEN = re.compile(r"\b[A-Z][\w.]{1,20}, $")  # "in Lindau, Germany, May 9, 2024."
_DATED = re.compile(r"\d{4}[.)]?(?:\s|$)")


def is_posted(span: Span, text: str) -> bool:
    """Tell whether words are followed by the name under a post: who posts them may have them from somebody else."""
    return _SIGNED.match(fold(text[span.end : span.end + _SIGNATURE])) is not None


def is_filed(sentence: Span, text: str) -> bool:
    """Tell whether a sentence is the caption of a picture from the files: who held an office then may not hold it now."""
    return _FILED.search(text[sentence.start : sentence.end + _AFTER].partition("\n")[0]) is not None


def of_two_posts(ours: Span, text: str, theirs: Span, other: str) -> bool:
    """Tell whether a date is that of a post or a picture in its text, and the words before the two dates are not the same."""
    return not of_one_post(ours, text, theirs, other) and (_is_stamp(ours, text) or _is_stamp(theirs, other))


def of_one_post(ours: Span, text: str, theirs: Span, other: str) -> bool:
    """Tell whether the words before two dates are the same."""
    return _words_before(ours, text) == _words_before(theirs, other)


def _words_before(span: Span, text: str) -> str:
    return fold(text[max(0, span.start - _BEFORE) : span.start])


def _is_stamp(span: Span, text: str) -> bool:
    before = _words_before(span, text)
    if _POSTED.search(before) or _PICTURED.match(text[span.end : span.end + _AFTER]):
        return True
    if _TAKEN.search(before) and _DATED.match(text[span.end - 4 : span.end + 2]):
        return True
    paragraph = text[max(0, span.start - _CAPTION) : span.start].rpartition("\n")[2]
    return _CAPTIONED.search(paragraph.lower()) is not None
