"""Edits that change no fact: other spellings of the same values, other typography, another order.

What they move is a false alarm.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from pipeline.evaluation.rewriting import rewritten
from pipeline.models import Article


def _percent(text: str) -> str:
    if re.search(r"\d%", text):
        return re.sub(r"(?<=\d)%", " per cent", text)
    return re.sub(r"(?<=\d) per ?cent\b", "%", text)


def _thousands(text: str) -> str:
    """Drop the comma of 1,500, but not of 1,950, which would read as a year."""
    return re.sub(r"(?<![\d,.])([1-9]),(\d{3})(?![\d,])", _without_comma, text)


def _without_comma(found: re.Match[str]) -> str:
    year = 1_900 <= int(found[1] + found[2]) <= 2_099
    return found[0] if year else found[1] + found[2]


def _quote_marks(text: str) -> str:
    if "“" in text or "’" in text:
        return text.translate({ord("“"): '"', ord("”"): '"', ord("‘"): "'", ord("’"): "'"})
    text = re.sub(r'(?<![^\s(—-])"', "“", text).replace('"', "”")
    return re.sub(r"(?<=\w)'(?=\w)", "’", text)


def _reversed_tail(text: str) -> str:
    """Turn the order of the paragraphs after the title and the first three."""
    paragraphs = text.split("\n\n")
    return "\n\n".join([*paragraphs[:4], *reversed(paragraphs[4:])])


EQUAL_FORMS: Mapping[str, Callable[[Article], Article]] = {
    "percent": lambda article: rewritten(article, _percent),
    "thousands": lambda article: rewritten(article, _thousands),
    "quote_marks": lambda article: rewritten(article, _quote_marks),
    "paragraphs": lambda article: rewritten(article, _reversed_tail),
}
